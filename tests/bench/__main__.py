"""`./dev bench [NAME]`: run one benchmark of this folder, or say which there are."""

import runpy
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))

if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
    sys.exit(f"usage: ./dev bench NAME, one of: {', '.join(NAMES)}")
name = sys.argv.pop(1)
if "\ndef test_" in (HERE / f"{name}.py").read_text():  # it wants the fixtures of the tests
    sys.exit(pytest.main([str(HERE / f"{name}.py"), "-s", "-q", "-p", "no:cacheprovider", *sys.argv[1:]]))
runpy.run_module(f"tests.bench.{name}", run_name="__main__", alter_sys=True)
