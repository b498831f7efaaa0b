"""What a Chinese figure of output or capacity counts: the noun right behind it, 年产5万套新能源汽车电机."""

from __future__ import annotations

from signals.extraction.grammar import behind_basis
from signals.extraction.marks import Marks
from signals.extraction.records import Hit, Quantity
from signals.extraction.wording import pattern_of

_COUNTED = ("mass", "mass_rate", "count")
_MAKES = pattern_of("{makes}$")
# The noun ends where the plant, its capacity or the next item of a list begins.
_NOUN = pattern_of(
    r"(?:[/／]年)?的?(?P<noun>[\u3400-\u9fffA-Za-z()（）·-]{1,24}?)"
    r"(?P<end>{works-end}|[、,，。;；:：\s“”]|[和及与以]|(?=\d)|$)"
)
_NO_NOUN = pattern_of("{counted-no-noun}")


def noun_behind(marks: Marks, figure: Quantity, cue: Hit | None, pool: list[Hit]) -> tuple[bool, Hit | None]:
    """Whether the words behind the figure name what is counted, and the product that they are (the noun's head is last)."""
    if figure.dimension not in _COUNTED:
        return False, None
    start = behind_basis(marks.text, figure.span[1])
    found = _NOUN.match(marks.text, start, marks.span[1])
    if found is None or _NO_NOUN.match(found["noun"]):
        return False, None
    inside = [hit for hit in pool if found.start("noun") <= hit.start < found.end("noun")]  # 稀土金属及合金 is one word
    head = [hit for hit in inside if hit.end >= found.end("noun") - 1] or inside
    narrow = [hit for hit in head if not hit.entry.data.get("wide")]
    if narrow or head:
        return True, (narrow or head)[-1]
    before = marks.text[max(marks.span[0], figure.span[0] - 6) : figure.span[0]]
    listed = cue is not None and _MAKES.search(cue.alias) and cue.end <= figure.span[0]
    return bool(listed or _MAKES.search(before)), None
