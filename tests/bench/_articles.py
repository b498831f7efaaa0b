"""Pages as long as real ones, for ``tests/bench/ingest.py``: each is like no other, and says something.

Short pages flatter the figure per minute and hide the work: articles of this field have 2.5 to 9 kB of main text (about half
of them between 4 and 6.5 kB) and a handful of figures, and their pages carry tens of kilobytes of menus, teasers and scripts. So an
article here is one page of the sample newsroom (its headline, figures and tables, with digits and years of its own: twelve
articles on one subject tell of twelve years, as real ones do not all contradict each other) and, between its paragraphs,
background prose until the drawn length is reached. Two of them have a fifth (English) or a twelfth (Chinese) of their runs of five
characters in common; two real reports about one group were seen to have a tenth to a sixth.
"""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.bench._furniture import around
from tests.bench._prose import sentence

NEWSROOM = Path(__file__).resolve().parents[2] / "signals" / "newsroom" / "pages"
NUMBER = re.compile(r"(?<![\w.&#-])(\d{2,3})\.(\d)(?=[%％ 亿万])")
YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
SHORTEST, USUAL, LONGEST = 2_500, 5_000, 9_000  # bytes of main text
LEGACY = 0.15  # of the Chinese pages are in GB 18030


@dataclass(frozen=True, slots=True)
class Sample:
    """A page of the sample newsroom, taken apart."""

    language: str
    title: str
    day: str
    parts: tuple[str, ...]  # paragraphs and tables of the article, as HTML


def article(number: int) -> bytes:
    """The page of a number: always the same bytes, and like no other page's."""
    chance, sample = random.Random(number), samples()[number % len(samples())]
    back = number // len(samples()) % 12
    title, day, *parts = (_own(text, back, chance) for text in (sample.title, sample.day, *sample.parts))
    length = min(LONGEST, max(SHORTEST, chance.lognormvariate(math.log(USUAL), 0.35)))
    parts = _filled(parts, int(length), sample.language, chance)
    charset = "gb18030" if sample.language == "zh" and chance.random() < LEGACY else "utf-8"
    page = around(f"<h1>{title}</h1>\n{''.join(parts)}", title, day, sample.language, charset, chance)
    return page.encode(charset, "replace")


def _own(text: str, back: int, chance: random.Random) -> str:
    """The same with years some years back and other digits behind the point."""
    text = YEAR.sub(lambda found: str(int(found[0]) - back), text)
    return NUMBER.sub(lambda found: f"{found[1]}.{chance.randrange(10)}", text)


def _filled(parts: list[str], length: int, language: str, chance: random.Random) -> list[str]:
    """Paragraphs of background between the parts, until the whole is about ``length`` bytes long."""
    more = length - sum(len(re.sub(r"<[^>]*>", "", part).encode()) for part in parts)
    background = []
    while more > 0:
        said = ("" if language == "zh" else " ").join(sentence(chance, language) for _ in range(chance.randint(2, 4)))
        background.append(f"<p>{said}</p>\n")
        more -= len(said.encode())
    places = sorted(chance.randrange(len(parts) + 1) for _ in background)
    filled = list(parts)
    for place, paragraph in reversed(list(zip(places, background, strict=True))):
        filled.insert(place, paragraph)
    return filled


@lru_cache(maxsize=1)
def samples() -> list[Sample]:
    """The newsroom's articles in the order of their paths; lists and pages without paragraphs are left out."""
    found = (_sample(path.read_bytes()) for path in sorted(NEWSROOM.rglob("*.html")))
    return [one for one in found if one.parts]


def _sample(data: bytes) -> Sample:
    declared = re.search(rb"charset=[\"']?([\w-]+)", data)
    try:
        text = data.decode(declared[1].decode() if declared else "utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    title = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
    day = re.search(r"(?<!\d)20[12]\d-\d\d-\d\d", text)
    main = text[text.find("<article") : text.find("</article>")]
    parts = re.findall(r"<p>.*?</p>|<table.*?</table>", main, re.S)
    chinese = len(re.findall(r"[\u4e00-\u9fff]", main)) > len(main) / 8
    return Sample(
        "zh" if chinese else "en", title[1] if title else "", day[0] if day else "", tuple(f"{one}\n" for one in parts)
    )


def note(number: int) -> bytes:
    """A short page: the newsroom's own with other digits and a paragraph of references, next to no furniture."""
    paths = sorted(NEWSROOM.rglob("*.html"))
    data = paths[number % len(paths)].read_bytes()
    declared = re.search(rb"charset=[\"']?([\w-]+)", data)
    charset = declared[1].decode() if declared else "utf-8"
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        charset, text = "gb18030", data.decode("gb18030", "replace")
    chance = random.Random(number)
    text = NUMBER.sub(lambda found: f"{found[1]}.{chance.randrange(10)}", text)
    own = " ".join(f"{chance.choice('abcdefghklmnprstvwz')}{chance.randrange(10**6):06d}" for _ in range(60))
    return text.replace("</article>", f"<p>Reference {number}: {own}.</p></article>", 1).encode(charset, "replace")


KINDS = {"articles": article, "notes": note}
