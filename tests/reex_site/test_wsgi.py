"""The web server has imported the pages and read the lexicon before its first reader comes, under ``python -O`` too."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, environment

ASKED = """
import sys
import reex_site.wsgi
from signals.formatting import names
print("signals.views.company" in sys.modules, names._lexicon.cache_info().currsize)
"""


@pytest.mark.parametrize("options", [[], ["-O"]])
def test_it_is_warm_when_it_begins(tmp_path: Path, options: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *options, "-c", ASKED],
        cwd=ROOT, env=environment(REEX_DATA=str(tmp_path)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["True", "1"], done.stderr[-2000:]
