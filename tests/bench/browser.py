"""What a browser has to fetch and to do: `./dev bench browser`.

On the bulk data of `./dev bench pages` (10,000 disclosures), served as in production, each page is opened in a fresh browser
context: bytes over the wire, requests, the longest task of the main thread. Then a chart of 2,000 points, put into a real
page: the time from Plotly's being there to the drawn chart, and every long task but Plotly's own start.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.pages import prepare

SIZE = 10_000
MOST_KB, LONGEST_MS, DRAWN_MS, POINTS = 120, 200, 1000, 2000
PLAIN = [
    "/", "/companies/", "/companies/baogang-group/disclosures/", "/companies/baogang-group/language/", "/promises/",
    "/search/", "/search/?q=稀土", "/search/?mode=figures&q=revenue", "/disclosures/1000000512/", "/indicators/",
    "/indicators/revenue/?tab=table", "/sources/", "/quality/", "/accounts/login/",
]  # fmt: skip
CHARTS = [
    "/companies/baogang-group/",
    "/companies/baogang-group/indicators/?metric=revenue",
    "/indicators/revenue/",
    "/compare/",
]
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => { for (const one of list.getEntries()) longTasks.push([one.startTime, one.duration]); })
  .observe({ type: "longtask", buffered: true });
let plotly;
Object.defineProperty(window, "Plotly", { configurable: true, get: () => plotly, set: (value) => { plotly = value; window.plotlyAt = performance.now(); } });
"""
LONGEST = "Math.max(0, ...longTasks.filter(([at, ms]) => !(window.plotlyAt >= at && window.plotlyAt <= at + ms)).map(([, ms]) => ms))"


def main() -> None:
    environment = prepare(SIZE)
    with serving(environment) as base, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        print(f"{'page without a chart':46}{'kB':>7}{'requests':>10}{'longest task':>14}")
        for path in PLAIN:
            size, requests, longest = first_view(browser, base + path)
            print(
                f"{path:46}{size / 1000:7.1f}{requests:10}{longest:12.0f} ms  {verdict(size / 1000, MOST_KB, longest)}"
            )
        print(f"\n{'page with charts':46}{'drawn ms':>10}{'longest task but Plotly':>26}")
        for path in CHARTS:
            drawn, longest = charts(browser, base + path)
            print(f"{path:46}{drawn:10.0f}{longest:23.0f} ms  {verdict(drawn, DRAWN_MS, longest)}")
        made = time.perf_counter()
        figure = large_figure(environment)
        made = (time.perf_counter() - made) * 1000
        drawn, longest = charts(browser, base + "/indicators/revenue/", figure)
        print(
            f"{f'a chart of {POINTS:,} points':46}{drawn:10.0f}{longest:23.0f} ms  {verdict(drawn, DRAWN_MS, longest)}"
        )
        print(f"its JSON: {len(figure) / 1000:.0f} kB, made on the server in {made:.0f} ms (with the start of Django)")
        browser.close()


def verdict(value: float, most: float, longest: float) -> str:
    return ", ".join((["too much"] if value > most else []) + (["long task"] if longest > LONGEST_MS else []))


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """The site under gunicorn, as `./dev up` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "reex_site.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "--log-level",
        "error",
    ]
    running = subprocess.Popen(command, env=environment)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(base + "/accounts/login/", timeout=5)
                break
            except OSError:
                time.sleep(0.5)
        yield base
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)


def opened(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(WATCH)
    return page


def first_view(browser: Browser, address: str) -> tuple[int, int, float]:
    """Bytes over the wire with headers, number of requests, longest task in milliseconds; nothing is cached."""
    page = opened(browser)
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="networkidle")
    longest = float(page.evaluate(LONGEST))
    page.context.close()
    return sum(sizes), len(sizes), longest


def charts(browser: Browser, address: str, figure: str = "") -> tuple[float, float]:
    """The slowest chart's milliseconds of drawing, and the longest task but Plotly's start; ``figure`` takes the first chart's place."""
    page = opened(browser)
    if figure:

        def replaced(route: Any) -> None:
            answer = route.fetch()
            body = re.sub(
                r'(type="application/json">)(.*?)(</script>)',
                lambda found: found[1] + figure + found[3],
                answer.text(),
                count=1,
                flags=re.DOTALL,
            )
            route.fulfill(response=answer, body=body)

        page.route(address, replaced)
    page.goto(address, wait_until="load")
    page.locator("[data-chart][data-drawn]").first.wait_for(timeout=30_000)
    page.wait_for_timeout(500)
    drawn = max(
        float(ms) for ms in page.eval_on_selector_all("[data-drawn]", "all => all.map(one => one.dataset.drawn)")
    )
    longest = float(page.evaluate(LONGEST))
    page.context.close()
    return drawn, longest


def large_figure(environment: dict[str, str]) -> str:
    """Plotly's JSON of six daily series, ``POINTS`` points in all, made by the site's own code from facts that are in no database."""
    os.environ.update(environment)
    import json

    import django

    django.setup()
    from companies.models import Entity
    from signals import charts as drawing
    from signals.models import Fact, IndicatorCurrent, Source
    from signals.selectors.indicator import Series

    source = Source(name="Bulk source")
    lines = []
    for line in range(6):
        subject = Entity(key=f"company-{line}", short_en=f"Company {line}", name_en=f"Company {line}")
        facts = []
        for n in range(POINTS // 6 + (line < POINTS % 6)):
            day = date(2024, 1, 1) + timedelta(days=n)
            best = IndicatorCurrent(
                key=f"{line}-{n}", subject=subject, source=source, metric="price", measure="level", comparator="=", unit="CNY/t", voice="company",
                value=Decimal(400_000 + 3000 * ((n * 37 + line * 11) % 23)), period_label=f"{day}", modality="reported", state="unreviewed", grade="B",
            )  # fmt: skip
            facts.append(
                Fact(
                    key=f"{line}-{n}",
                    subject=subject,
                    best=best,
                    period_start=day,
                    period_end=day,
                    metric="price",
                    unit="CNY/t",
                )
            )
        lines.append(Series(subject.key, "price", "", "level", "CNY/t", "day", "reported", facts))
    return json.dumps(drawing.chart("large", "Price", lines, "en", by_subject=True)["figure"])


if __name__ == "__main__":
    main()
