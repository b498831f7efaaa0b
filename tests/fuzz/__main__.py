"""`./dev fuzz [--documents N] [--seed N]`: read damaged documents, keep in var/fuzz what the engine did not bear.

Ten thousand small documents take some four minutes. A find is told by its kind of error; mended, it becomes a case of
`tests/fuzz/test_found.py`.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path

from signals.extraction import load_lexicon
from tests.fuzz.bearing import bear, document, materials


def main() -> int:
    """1 when the engine did not bear a document."""
    parser = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000, help="how many to read")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of a run to repeat")
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="folder for what was not borne")
    asked = parser.parse_args()
    lexicon, stock = load_lexicon(), materials()
    kinds: dict[str, int] = {}
    slowest, begun = 0.0, time.monotonic()
    for number in range(asked.documents):
        data = document(number, asked.seed, stock)
        begin = time.process_time()
        try:
            bear(data, lexicon)
        except Exception as error:  # any error is a find, whatever its kind
            kind = _kind(error)
            kinds[kind] = kinds.get(kind, 0) + 1
            asked.keep.mkdir(parents=True, exist_ok=True)
            path = asked.keep / f"{asked.seed}-{number}.bin"
            path.write_bytes(data)
            if kinds[kind] == 1:
                print(f"{kind}: {path}", flush=True)
        slowest = max(slowest, time.process_time() - begin)
    minutes = (time.monotonic() - begun) / 60
    print(f"seed {asked.seed}: {asked.documents} documents in {minutes:.1f} min, the slowest {slowest:.2f} s of work")
    for kind, count in sorted(kinds.items()):
        print(f"  {count:6} {kind}")
    return 1 if kinds else 0


def _kind(error: Exception) -> str:
    """The error and the last line of the engine that it went through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/signals/" in frame.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "what was told"
    return f"{type(error).__name__} at {where}"


if __name__ == "__main__":
    sys.exit(main())
