"""What the engine must bear: it answers or says why not, in bounded time, and every span gives its quote."""

from __future__ import annotations

import json
import random
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from signals.extraction import extract
from signals.extraction.lexicon import Lexicon
from signals.extraction.reading.reader import UnreadableError
from tests.fuzz.damage import damaged

GOLD = Path(__file__).resolve().parent.parent / "gold"
_PARTS = re.compile(r"(?s)<(?:p|h1|h2|li|table)\b.*?</(?:p|h1|h2|li|table)>")
_SECONDS = 10  # of work, for a document of some ten thousand bytes


class TooLong(Exception):
    """The answer took longer than ``_SECONDS``."""


def materials() -> list[tuple[str, ...]]:
    """The paragraphs, headings and tables of each gold document."""
    pages = [path.read_bytes().decode("utf-8", "replace") for path in sorted(GOLD.glob("*.html"))]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(GOLD.glob("*.txt"))]
    return [*(tuple(_PARTS.findall(page)) for page in pages), *(tuple(text.split("\n\n")) for text in texts)]


def document(number: int, seed: int, stock: list[tuple[str, ...]]) -> bytes:
    """The damaged small document ``number`` of a run; the same for the same seed."""
    dice = random.Random(f"{seed}/{number}")
    pieces = [piece for _ in range(dice.randint(1, 3)) for piece in _some(dice.choice(stock), dice)]
    whole = "\n".join(pieces)
    if dice.random() < 0.5:
        whole = f"<html><head><title>北方稀土 results</title></head><body><article>{whole}</article></body></html>"
    return damaged(whole.encode(), dice)


def _some(pieces: tuple[str, ...], dice: random.Random) -> list[str]:
    count = min(len(pieces), dice.randint(1, 4))
    start = dice.randint(0, len(pieces) - count)
    return list(pieces[start : start + count])


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise ``TooLong`` in the block when it takes more seconds of this process's work; waiting does not count."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"no answer after {seconds} s")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def bear(data: bytes, lexicon: Lexicon) -> None:
    """Read ``data``; raises what went wrong: any error but ``UnreadableError`` with a reason, ``TooLong``, ``AssertionError``."""
    with within(_SECONDS):
        try:
            found = extract(data, lexicon)
        except UnreadableError as error:
            assert str(error), "an unreadable document must be told with its reason"
            return
        record = found.as_json()
    json.dumps(record, allow_nan=False).encode()
    text = record["text"]
    for one in record["indicators"]:
        assert text[slice(*one["span"])] == one["quote"], one
        assert one["as_written"] and one["as_written"] in text, one
        assert 0 <= one["confidence"] <= 1, one
        assert one["value_high"] is None or one["value"] <= one["value_high"], one
        assert one["period"] is None or one["period"]["start"] <= one["period"]["end"], one
        assert all(0 <= start < end <= len(text) for start, end in [one["span"], *one["also"]]), one
    for one in [*record["signals"], *({**slogan, "quote": slogan["text"]} for slogan in record["slogans"])]:
        assert one["quote"] and text[slice(*one["span"])] == one["quote"], one
    spans = [span for entity in record["entities"] for span in entity["spans"]]
    spans += [one["span"] for one in record["sections"]]
    spans += [one["span"] for one in record["warnings"] if one["span"]]
    assert all(0 <= start <= end <= len(text) for start, end in spans), spans
