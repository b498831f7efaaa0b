"""The engine's speed: `./dev bench engine`.

Documents per second of processor time from HTML bytes to JSON against trafilatura's main-text extraction alone on the same pages in the same
run; growth with length; a page of 2 MB; the time to load the lexicon; peak memory over 10,000 documents.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura

from signals.extraction import extract, load_lexicon
from signals.extraction.lexicon import Lexicon

GOLD = Path(__file__).resolve().parent.parent / "gold"
ROUNDS = 5
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


def longer(page: bytes, times: int) -> bytes:
    """``page`` with its paragraphs repeated, each told apart by a number so that none counts as a copy."""
    text = page.decode("utf-8")
    start, end = text.index("<p>"), text.rindex("</p>") + 4
    body = text[start:end]
    repeated = "\n".join(body.replace("</p>", f" Part {number}.</p>") for number in range(times))
    return (text[:start] + repeated + text[end:]).encode()


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time of the quickest of three runs."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def memory(lexicon: Lexicon, documents: list[bytes]) -> float:
    """Peak memory of this process in MB after many documents in a row."""
    for number in range(MANY):
        extract(documents[number % len(documents)], lexicon)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the figures; 1 when one misses its mark."""
    load = timed(load_lexicon)
    lexicon = load_lexicon()
    documents = pages()
    ours, theirs = paces(
        (
            lambda page: json.dumps(extract(page, lexicon).as_json(), ensure_ascii=False),
            lambda page: trafilatura.extract(page, include_comments=False),
        ),
        documents,
    )
    sample = next(page for page in documents if b"<p>" in page and page.count(b"</p>") >= 4 and _is_utf8(page))
    once, tenfold = longer(sample, 20), longer(sample, 200)
    growth = timed(lambda: extract(tenfold, lexicon)) / timed(lambda: extract(once, lexicon))
    large = longer(sample, max(1, 2_000_000 // len(sample)))
    large_seconds = timed(lambda: extract(large, lexicon))
    marks = [
        ("lexicon loaded, seconds", load, load < 0.6),
        ("documents per second, engine", ours, True),
        ("documents per second, trafilatura alone", theirs, True),
        ("share of trafilatura's pace (≥ 0.5)", ours / theirs, ours >= theirs / 2),
        ("time for 10 times the text (≤ 12)", growth, growth <= 12),
        (f"a page of {len(large) / 1e6:.1f} MB, seconds (< 5)", large_seconds, large_seconds < 5),
    ]
    if "--memory" in sys.argv:
        peak = memory(lexicon, documents)
        marks.append((f"peak memory over {MANY} documents, MB (< 300)", peak, peak < 300))
    for name, value, good in marks:
        print(f"{'ok ' if good else 'BAD'} {name:48} {value:10.2f}")
    return 0 if all(good for _, _, good in marks) else 1


def _is_utf8(page: bytes) -> bool:
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
