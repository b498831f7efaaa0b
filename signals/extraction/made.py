"""What a Chinese figure of output or capacity counts: the noun right behind it, 年产5万套新能源汽车电机."""

from __future__ import annotations

import re

from signals.extraction.gated import gated
from signals.extraction.grammar import behind_basis
from signals.extraction.marks import Marks
from signals.extraction.records import Hit, Quantity

_COUNTED = ("mass", "mass_rate", "count")
_MAKES = gated(r"(?:年产|年处理|生产|产出|形成|新增|新建|扩建|建设|加工|制造|处理|回收)$")
# The noun ends where the plant, its capacity or the next item of a list begins.
_NOUN = re.compile(
    r"(?:[/／]年)?的?(?P<noun>[\u3400-\u9fffA-Za-z()（）·-]{1,24}?)"
    r"(?P<end>产能|生产线|产线|项目|基地|生产能力|处理能力|能力|工程|装置|改造|改扩建|扩建|技改|一期|二期|三期|[、,，。;；:：\s“”]|[和及与以]|(?=\d)|$)"
)
_NO_NOUN = re.compile(
    r"(?:以[上下内]|左右|余|多(?![品功元用层极种])|级|规模|[增较同环比达为实占其扩技提升至到并将已在于可由从每年含]|产能|能力|项目|生产|建设|总|目标|计划|预计|任务|冶炼分离|分离)"
)


def noun_behind(marks: Marks, figure: Quantity, cue: Hit | None, pool: list[Hit]) -> tuple[bool, Hit | None]:
    """Whether the words behind the figure name what is counted, and the product that they are (the noun's head is last)."""
    if figure.dimension not in _COUNTED:
        return False, None
    start = behind_basis(marks.text, figure.span[1])
    found = _NOUN.match(marks.text, start, marks.span[1])
    if found is None or _NO_NOUN.match(found["noun"]):
        return False, None
    inside = [hit for hit in pool if found.start("noun") <= hit.start and hit.end <= found.end("noun")]
    head = [hit for hit in inside if hit.end >= found.end("noun") - 1] or inside
    narrow = [hit for hit in head if not hit.entry.data.get("wide")]
    if narrow or head:
        return True, (narrow or head)[-1]
    before = marks.text[max(marks.span[0], figure.span[0] - 6) : figure.span[0]]
    listed = cue is not None and _MAKES.search(cue.alias) and cue.end <= figure.span[0]
    return bool(listed or _MAKES.search(before)), None
