"""Pictures of every page, 1440 and 390 pixels wide, light and dark, English and Chinese, into ``shots/`` (which git ignores).

    python -m tests.journeys.shots [--base URL [--account NAME:PASSWORD]] [--out FOLDER] [--only WORD …] [--language en zh]
    python -m tests.journeys.shots --readme      the README's own pictures, into ``docs/`` (which git keeps)

Addresses that need a row (a disclosure, a figure) are found by the first such link on a page that lists them.
A page that does not answer 200 is named and makes the exit status 1; the others are still pictured.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, TimeoutError, expect, sync_playwright

WIDTHS = {1440: 900, 390: 844}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
ROLES = ("editor", "admin")
Accounts = dict[str, tuple[str, str]]  # role: name and password
README = {"overview": "/", "company": "/companies/northern-rare-earth/"}


@dataclass(frozen=True, slots=True)
class Shot:
    """A page's name and address; ``link`` (a pattern) means: the first matching link on that page; ``role``: who may see it."""

    name: str
    path: str
    link: str = ""
    role: str = ""


SHOTS = (
    Shot("overview", "/"),
    Shot("companies", "/companies/"),
    Shot("company", "/companies/baogang-group/"),
    Shot("company-indicators", "/companies/baogang-group/indicators/"),
    Shot("company-disclosures", "/companies/baogang-group/disclosures/"),
    Shot("promises", "/promises/"),
    Shot("company-promises", "/companies/northern-rare-earth/promises/"),
    Shot("company-language", "/companies/baogang-group/language/"),
    Shot("indicators", "/indicators/"),
    Shot("metric", "/indicators/price/"),
    Shot("evidence", "/companies/baogang-group/", r"/indicators/figure/[^/]+/evidence/"),
    Shot("compare", "/compare/"),
    Shot("disclosure", "/companies/baogang-group/disclosures/", r"/disclosures/\d+/"),
    Shot("search", "/search/?q=%E7%A8%80%E5%9C%9F"),
    Shot("search-figures", "/search/?mode=figures&metric=revenue"),
    Shot("search-signals", "/search/?mode=signals&q=quota"),
    Shot("search-nothing", "/search/?q=zzzz"),
    Shot("metric-table", "/indicators/revenue/?tab=table"),
    Shot("sources", "/sources/"),
    Shot("source", "/sources/", r"/sources/[a-z0-9-]+/$"),
    Shot("quality", "/quality/"),
    Shot("review", "/review/", role="editor"),
    Shot("annotate", "/companies/baogang-group/disclosures/", r"/disclosures/\d+/", role="editor"),
    Shot("proposals", "/proposals/", role="editor"),
    Shot("account", "/account/", role="editor"),
    Shot("saved", "/saved/", role="editor"),
    Shot("users", "/users/", role="admin"),
    Shot("audit", "/audit/", role="admin"),
    Shot("source-add", "/sources/add/", role="admin"),
    Shot("styleguide", "/styleguide/"),
    Shot("login", "/accounts/login/"),
    Shot("missing", "/no-such-page/"),
)


def chromium() -> str | None:
    """The system's own Chromium if there is one, else Playwright's."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


@contextlib.contextmanager
def own_site() -> Iterator[tuple[str, Accounts]]:
    """A running ``manage.py up`` with the sample newsroom read: its address and the demo accounts."""
    root = Path(__file__).resolve().parents[2]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="reex-shots-") as folder:
        command = [sys.executable, "manage.py", "up", "--port", str(port)]
        serving = subprocess.Popen(
            command,
            cwd=root,
            env={**os.environ, "REEX_DATA": folder},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_read(base, serving)
            accounts = dict(
                line.split(" ", 1)
                for line in (Path(folder) / "demo-accounts.txt").read_text().splitlines()
                if " " in line and not line.startswith("#")
            )
            yield base, {role: (role, accounts[role]) for role in ROLES if role in accounts}
        finally:
            if serving.poll() is None:
                serving.send_signal(signal.SIGINT)
            serving.wait(60)


def wait_until_read(base: str, serving: subprocess.Popen[bytes], seconds: float = 420) -> None:
    """Until the overview shows disclosures, none is being read, and the numbers stand still."""
    deadline, before = time.monotonic() + seconds, ""
    while time.monotonic() < deadline and serving.poll() is None:
        time.sleep(5)
        with contextlib.suppress(OSError):
            text = urllib.request.urlopen(base, timeout=20).read().decode()
            found = re.search(r'class="standfirst">([^<]+)', text)
            if found and "being read now" not in text and found[1] == before:
                return
            before = found[1] if found else ""
    raise SystemExit(f"The site at {base} ended, or was not ready within {seconds:.0f} s.")


def sign_in(page: Page, base: str, name: str, password: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{base}/accounts/login/?next=/styleguide/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/styleguide/", timeout=10_000)


def find(page: Page, base: str, shot: Shot) -> str | None:
    """The address to picture; None when the page has no such link."""
    if not shot.link:
        return base + shot.path
    page.goto(base + shot.path)
    for anchor in page.locator("a[href]").all():
        href = anchor.get_attribute("href") or ""
        if re.search(shot.link, href):
            return base + re.sub(r"#.*", "", href)
    return None


def settle(page: Page) -> None:
    """Wait for fonts and for every chart: they are drawn when they come near the window."""
    page.evaluate("document.fonts.ready")
    charts = page.locator("[data-chart]")
    for number in range(charts.count()):
        charts.nth(number).scroll_into_view_if_needed()
    expect(page.locator("[data-chart]:not([data-drawn])")).to_have_count(0, timeout=15_000)
    page.evaluate("scrollTo(0, 0)")


def picture(
    browser: Browser, base: str, out: Path, shots: tuple[Shot, ...], accounts: Accounts, languages: list[str]
) -> list[str]:
    """One file a page, language, width and theme; returns what went wrong, in words. Pages for roles come last, signed in."""
    problems: list[str] = []
    ordered = sorted(shots, key=lambda shot: ["", *ROLES].index(shot.role))
    for language, (width, height), theme in product(languages, WIDTHS.items(), THEMES):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            locale=LOCALES[language],
            reduced_motion="reduce",
            device_scale_factor=1,
        )
        page = context.new_page()
        role = ""
        for shot in ordered:
            if shot.role != role:
                if shot.role not in accounts:
                    continue
                try:
                    sign_in(page, base, *accounts[shot.role])
                except TimeoutError:
                    problems.append(f"{shot.name}: {shot.role} cannot sign in")
                    continue
                role = shot.role
            address = find(page, base, shot)
            if address is None:
                problems.append(f"{shot.name}: no link like {shot.link} on {shot.path}")
                continue
            answer = page.goto(address, wait_until="load")
            expected = 404 if shot.name == "missing" else 200
            if answer is None or answer.status != expected:
                problems.append(f"{shot.name}: {address} answered {answer.status if answer else 'nothing'}")
            settle(page)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wider > 0:
                problems.append(f"{shot.name}: scrolls sideways by {wider} px at {width} in {language}")
            page.screenshot(path=out / f"{shot.name}-{width}-{theme}-{language}.png", full_page=True)
        context.close()
    return sorted(set(problems))


def picture_readme(browser: Browser, base: str, out: Path) -> list[str]:
    """What fits into one window of the pages that the README shows."""
    page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light", reduced_motion="reduce")
    for name, path in README.items():
        page.goto(base + path, wait_until="load")
        settle(page)
        page.screenshot(path=out / f"{name}.png")
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", help="a site that runs already; else one of its own")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--only", nargs="*", default=[], help="names of pages")
    parser.add_argument("--account", help="NAME:PASSWORD of an admin of that site")
    parser.add_argument("--language", nargs="*", default=list(LOCALES), choices=list(LOCALES))
    parser.add_argument("--readme", action="store_true", help="the README's pictures, into docs/")
    wanted = parser.parse_args()
    if wanted.readme:
        wanted.out = Path("docs")
    wanted.out.mkdir(parents=True, exist_ok=True)
    shots = tuple(shot for shot in SHOTS if not wanted.only or shot.name in wanted.only)
    name, _colon, password = (wanted.account or "").partition(":")
    given: Accounts = dict.fromkeys(ROLES, (name, password)) if name else {}
    site = contextlib.nullcontext((wanted.base.rstrip("/"), given)) if wanted.base else own_site()
    with site as (base, accounts), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-quic"])
        if wanted.readme:
            problems = picture_readme(browser, base, wanted.out)
        else:
            problems = picture(browser, base, wanted.out, shots, accounts, wanted.language)
        browser.close()
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(list(wanted.out.glob('*.png')))} pictures in {wanted.out}/")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
