"""Twenty editors in browsers of their own on one running server: a thousand decisions over HTTP, none lost, none unseen.

They sign in by the form, carry cookies and tokens as browsers do, and take what the desk gives them next; often several have
the same item open. Who was later gets both versions (409) and decides again on what holds.
"""

import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from reex_site.embedded.processes import die_with_parent
from reex_site.lib.roles import give_role
from signals.models import AuditEntry, Decision, IndicatorCurrent
from signals.services import decisions, integrity, rebuild
from tests.conftest import PASSWORD
from tests.running import ROOT, free_port, until, worker_environment
from tests.signals.conftest import known, loaded_tables, source, take  # noqa: F401

EDITORS, DECISIONS = 20, 1000
ASIDE = 0.1  # how often somebody opens another item, judged or not, instead of the next
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
YEARS = range(2005, 2025)
SAY = [{"verdict": "accept"}, {"verdict": "correct"}, {"verdict": "defer"}, {"reject": "duplicate"}]


@dataclass
class Editor:
    """A browser with what it has on screen, and what it was told was written."""

    name: str
    browser: httpx.Client
    keys: list[str]
    chance: random.Random
    written: list[tuple[str, str]] = field(default_factory=list)  # key, and the state it was decided upon
    merged: int = 0
    mistake: str = ""

    def work(self) -> None:
        try:
            self._sign_in()
            while len(self.written) < DECISIONS // EDITORS:
                page = self._open()
                while 'id="judge"' in page and len(self.written) < DECISIONS // EDITORS:
                    page = self._decide(page)
                    if self.chance.random() < ASIDE:
                        break
        except Exception as error:  # told by the test, in its own thread
            self.mistake = f"{self.name}: {error!r}"

    def _sign_in(self) -> None:
        form = {
            "username": self.name,
            "password": PASSWORD,
            "csrfmiddlewaretoken": _token(self.browser.get("/accounts/login/").text),
        }
        answer = self.browser.post("/accounts/login/", data=form)
        assert answer.status_code == 302, answer.text[:300]

    def _open(self) -> str:
        answer = self.browser.get(
            "/review/", params={"key": self.chance.choice(self.keys)}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200
        return answer.text

    def _decide(self, page: str) -> str:
        """Answers the card on screen, however often somebody was quicker; returns the next one."""
        key = re.search(r'action="/review/indicator/(\w+)/decide/"', page)[1]
        said = dict(self.chance.choice(SAY))
        if said.get("verdict") == "correct":
            said["value"] = str(self.chance.randint(1, 10**9))
        while True:
            shown = re.search(r'name="shown" value="([\d.]+)"', page)[1]
            form = said | {"shown": shown, "queue": "new", "kind": "indicator", "csrfmiddlewaretoken": _token(page)}
            answer = self.browser.post(f"/review/indicator/{key}/decide/", data=form, headers={"HX-Request": "true"})
            page = answer.text
            if answer.status_code == 200:
                self.written.append((key, shown))
                return page
            assert answer.status_code == 409, f"{answer.status_code}: {page[:300]}"
            assert "Changed while you looked" in page
            self.merged += 1


def _token(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


@pytest.fixture
def address(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """A web server on this test's database, with several processes and threads."""
    port = free_port()
    static = Path(settings.DATABASES["default"]["HOST"]) / "static"
    env = worker_environment(REEX_STATIC_ROOT=str(static))
    if not (static / "staticfiles.json").exists():
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=env, check=True
        )
    log = tmp_path / "web.log"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "reex_site.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--timeout", "120", "--no-control-socket", "--log-level", "warning"],
            cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip
    until(lambda: _answers(f"http://127.0.0.1:{port}"), 60, log.read_text())
    yield f"http://127.0.0.1:{port}"
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    assert "Traceback" not in log.read_text()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/accounts/login/", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def _member(name: str) -> None:
    user = get_user_model().objects.create_user(name)
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)  # the server's own way, but quick
    user.save()
    give_role(user, "editor")


def test_a_thousand_decisions_by_twenty_editors_over_http(take, address):  # noqa: F811
    said = [
        " ".join(
            f"Northern Rare Earth's revenue in {month} {year} was RMB {100 + 7 * at} million."
            for at, month in enumerate(MONTHS)
        )
        for year in YEARS
    ]
    for part in range(4):
        take(
            f"<html lang='en'><body><article><h1>Northern Rare Earth month by month, part {part}</h1><p>28 August 2025</p>"
            + "".join(f"<p>{each}</p>" for each in said[part::4]) + "</article></body></html>",
            url=f"https://press.example/{part}",
        )  # fmt: skip
    keys = list(IndicatorCurrent.objects.values_list("pk", flat=True))
    assert len(keys) >= 100
    team = []
    for number in range(EDITORS):
        _member(f"editor-{number}")
        browser = httpx.Client(base_url=address, timeout=60)
        team.append(Editor(f"editor-{number}", browser, keys, random.Random(number)))
    before = _deadlocks()

    threads = [threading.Thread(target=editor.work) for editor in team]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=400)
    assert [editor.mistake for editor in team if editor.mistake] == []

    # What each was told is what is written.
    assert Decision.objects.count() == DECISIONS
    assert Counter(Decision.objects.values_list("reviewer__username", flat=True)) == Counter(
        {editor.name: len(editor.written) for editor in team}
    )
    assert sum(editor.merged for editor in team) > 0
    # No lost update: on each item, every decision was made in sight of the one before it.
    sights = defaultdict(set)
    for editor in team:
        for key, shown in editor.written:
            sights[key].add(int(shown.split(".")[1]))
    for key, seen in sights.items():
        made = list(Decision.objects.filter(finding_key=key).order_by("pk").values_list("pk", flat=True))
        assert sorted(seen) == [0, *made[:-1]]
    standing = decisions.standing(keys)
    for row in IndicatorCurrent.objects.filter(pk__in=standing):
        assert row.state == decisions.state_of(standing[row.pk])
        if "value" in standing[row.pk].corrected:
            assert decisions.text_of(row.value) == standing[row.pk].corrected["value"]
    # The audit log has each of them, by whom and by which request.
    names = dict(get_user_model().objects.values_list("pk", "username"))
    logged = AuditEntry.objects.filter(table="decision")
    assert logged.values("request").distinct().count() == logged.count() == DECISIONS
    assert Counter((names[entry.actor], entry.url.split("/")[3]) for entry in logged) == Counter(
        Decision.objects.values_list("reviewer__username", "finding_key")
    )
    assert _deadlocks() == before
    assert list(integrity.check()) == []
    rows = list(IndicatorCurrent.objects.order_by("key").values())
    rebuild.rebuild()
    assert list(IndicatorCurrent.objects.order_by("key").values()) == rows
