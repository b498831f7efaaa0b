"""The engine's speed: `./dev bench engine`.

Documents per second of processor time from HTML bytes to JSON against trafilatura's main-text extraction alone on the same pages in the same
run; for each kind of text the growth of time with length, and the time for 2 MB; the time to load the lexicon; with
``--memory`` peak memory over 10,000 documents.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import trafilatura

from signals.extraction import extract, load_lexicon
from signals.extraction.lexicon import Lexicon
from tests.bench.engine_cases import CASES, LARGE

GOLD = Path(__file__).resolve().parent.parent / "gold"
ROUNDS = 15  # the peer swings by a third from one round to the next
SHORT = 40_000  # bytes of the shorter text of each kind; the longer one is ten times as long
MANY = 10_000


def pages() -> list[bytes]:
    """The gold set's web pages."""
    return [path.read_bytes() for path in sorted(GOLD.glob("*.html"))]


def paces(works: Sequence[Callable[[bytes], object]], documents: list[bytes]) -> list[float]:
    """Documents per second of each work, the median of a few rounds; rounds alternate, so that a busy machine slows all alike."""
    for work in works:
        for page in documents[:5]:
            work(page)
    rounds: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            begin = time.process_time()
            for page in documents:
                work(page)
            rounds[number].append(len(documents) / (time.process_time() - begin))
    return [statistics.median(one) for one in rounds]


def timed(work: Callable[[bytes], object], document: bytes, runs: int = 2) -> float:
    """Seconds of processor time of the quickest of a few runs."""
    best = float("inf")
    for _ in range(runs):
        begin = time.process_time()
        work(document)
        best = min(best, time.process_time() - begin)
    return best


def memory(lexicon: Lexicon, documents: list[bytes]) -> float:
    """Peak memory of this process in MB after many documents in a row."""
    for number in range(MANY):
        extract(documents[number % len(documents)], lexicon)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the figures; 1 when one misses its mark."""
    load = timed(lambda _: load_lexicon(), b"")
    lexicon = load_lexicon()
    documents = pages()
    ours, theirs = paces(
        (
            lambda page: extract(page, lexicon).dumped(),
            lambda page: trafilatura.extract(page, include_comments=False),
        ),
        documents,
    )
    marks = [
        ("lexicon loaded, seconds", load, load < 0.6),
        ("documents per second, engine", ours, True),
        ("documents per second, trafilatura alone", theirs, True),
        ("share of trafilatura's pace (≥ 0.5)", ours / theirs, ours >= theirs / 2),
    ]
    read = partial(extract, lexicon=lexicon)
    for name, made in CASES.items():
        growth = timed(read, made(10 * SHORT)) / timed(read, made(SHORT))
        marks.append((f"{name}: time for 10 times the text (≤ 12)", growth, growth <= 12))
    for name, made in CASES.items():
        large = made(LARGE.get(name, 2_000_000))
        seconds = timed(read, large, runs=1)
        marks.append((f"{name}: {len(large) / 1e6:.1f} MB, seconds (< 5)", seconds, seconds < 5))
    if "--memory" in sys.argv:
        peak = memory(lexicon, documents)
        marks.append((f"peak memory over {MANY} documents, MB (< 300)", peak, peak < 300))
    for name, value, good in marks:
        print(f"{'ok ' if good else 'BAD'} {name:58} {value:10.2f}")
    return 0 if all(good for _, _, good in marks) else 1


if __name__ == "__main__":
    sys.exit(main())
