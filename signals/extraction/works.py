"""What stands, runs or is paid for, and what is still to be built: the sense of capacities and of money put into projects."""

from __future__ import annotations

import re

from signals.extraction.drafts import Draft
from signals.extraction.gated import gated
from signals.extraction.marks import Marks
from signals.extraction.modality_words import Cue
from signals.extraction.records import Modality
from signals.extraction.wording import listed_words, pattern_of

_BESIDE = 4  # characters between 在建 and the figure of its capacity
_AHEAD, _AHEAD_GAP = 24, 16  # characters before a word of completion in which it can be put off
_PAUSE = re.compile(r"[,，;；。]")
_PIECE_ENDS = re.compile(r"[,，]|\b(?:in addition to|on top of|besides|up from)\b")
_YEAR_REACHES = gated(r"\d\d年(?:底|末)?(?:将)?达")
_MEANT_TO_PAY = pattern_of(r"{plans-zh}(?:以|用|出资)?[^,，。;；\d]{0,6}$")
_TO_PUT_IN = pattern_of(r"{intends}(?!于)[^,，。;；\d]{0,16}{puts-in}[^,，。;；\d]{0,6}$")
_IN_ALL = pattern_of(r"{in-all}[^,，。;；\d]{0,8}$")
_PLANS = pattern_of("{plans-zh}")
_WILL_PAY = pattern_of("{will-pay}", re.IGNORECASE)
_EXPANDED = pattern_of("[^,，。;；]{0,6}{extended}?项目")
_COSTING = pattern_of(r",\s+(?:which (?:has )?)?cost(?:ing)?\s+(?:{roughly}\s+)?$", re.IGNORECASE)
_DEAL = pattern_of("{this-deal}")
_DONE = pattern_of("{deal-done}")
_TO_TAKE = pattern_of("{means-to-take}")


def of_investment(marks: Marks, figure: tuple[int, int], clause: tuple[int, int], title: str) -> tuple[Modality, str]:
    """Money for a project that is still to be built is a target; money spent, paid or put in is reported."""
    cues = marks.cues
    paid = cues.every("spent", *clause)
    ahead = next((cue for cue in paid if _is_ahead(marks, cue.start, clause[0])), None)
    spent = next((cue for cue in paid if cue is not ahead), None)
    running = cues.first("in_use", marks.span[0], figure[1])
    if running and not ahead and not _is_ahead(marks, running.start, marks.span[0]):
        return "reported", running.words
    if _COSTING.search(marks.text, marks.span[0], figure[0]) and marks.text.startswith(",", figure[1]):
        there = cues.first("in_use", figure[1], marks.span[1]) or cues.first("built", figure[1], marks.span[1])
        if there and not _is_ahead(marks, there.start, figure[1]):
            return "reported", there.words  # "The first phase, costing 3.7 billion yuan, entered trial production"
    in_all = _IN_ALL.search(marks.text, clause[0], figure[0])
    if in_all and _PLANS.search(marks.text, marks.span[0], in_all.start()):
        return "target", in_all.group()  # 拟出资…收购…,拟出资…增资,两项出资合计…
    will_pay = _TO_PUT_IN.search(marks.text, clause[0], figure[0]) or _WILL_PAY.search(marks.text, clause[0], figure[0])
    if will_pay:
        return "target", will_pay.group()
    planned = ahead or cues.first("unbuilt", *clause) or cues.first("target", *clause)
    words = planned.words if planned else cues.in_title("planned_title", title)
    deal = _DEAL.search(marks.text, marks.span[0], figure[0])
    if deal and _TO_TAKE.search(marks.text, max(0, marks.span[0] - 600), marks.span[0]):
        if not _DONE.search(marks.text, *marks.span):
            return "target", deal.group()
    if _MEANT_TO_PAY.search(marks.text, clause[0], figure[0]):
        return "target", "meant to pay"  # 拟以1.58亿澳元(折合人民币7.43亿元)收购
    if words and not spent:
        return "target", words
    price = _price_of_deal(marks, figure)
    if price:
        return "target", price
    return "reported", spent.words if spent else "no other cue"


_PRICE_OF_DEAL = pattern_of(r"{deal-price}[^,，。;；]{0,8}$")


def _price_of_deal(marks: Marks, figure: tuple[int, int]) -> str:
    """公司拟收购…股权,收购对价为1.58亿澳元: the words for the price of what the sentence says is meant to be taken."""
    price = _PRICE_OF_DEAL.search(marks.text, marks.span[0], figure[0])
    if price is None or _DONE.search(marks.text, *marks.span):
        return ""
    return price.group() if _TO_TAKE.search(marks.text, marks.span[0], price.start()) else ""


_NOW = pattern_of(r"\s*{at-present}", re.IGNORECASE)
_NOW_BEFORE = pattern_of(r"{at-present}\s*$", re.IGNORECASE)
_FROM_LEVEL = re.compile(
    r"\bfrom\s+(?:(?:the|its|a|current|present|existing|about|around|some|only)\s+)*$", re.IGNORECASE
)
_FROM_HAN = re.compile(r"[由从][^\d,，。;；]{0,3}$")
_BEGUN = pattern_of("{building-begun}", re.IGNORECASE)
_NEAR_BEGIN = 80  # characters
_TO_HAN = pattern_of("{rises-to}")
_TO_NEXT = re.compile(r"\s*(?:(?:a year|annually|now|currently|in 20\d\d)\s+)?to\s+(?:[a-z]+\s+){0,2}\d", re.IGNORECASE)


def near_capacity(draft: Draft, marks: Marks) -> tuple[Modality, str] | None:
    """What the words right around one of several capacities say: 现有3.8万吨/年,预计25年底达4万吨/年,27年达6万吨/年."""
    start, end = draft.quantity.span
    now = _NOW.match(marks.text, end, marks.span[1]) or _NOW_BEFORE.search(
        marks.text, max(marks.span[0], start - 20), start
    )
    if now:
        return "reported", now.group()  # "to 60,000 tons by 2027 from 40,000 tons now"
    base = _FROM_LEVEL.search(marks.text, max(marks.span[0], start - 24), start)
    if base and _TO_NEXT.match(marks.text, end, marks.span[1]):
        return "reported", base.group()  # "will rise from 38,000 tons to 60,000 tons"
    if text_from := _FROM_HAN.search(marks.text, max(marks.span[0], start - 8), start):
        if _TO_HAN.match(marks.text, end, marks.span[1]):
            return "reported", text_from.group()  # 将由1.5万吨提升至2万吨
    begun = _BEGUN.search(marks.text, *marks.span)
    if begun and begun.start() <= start <= begun.end() + _NEAR_BEGIN:
        return "target", begun.group()  # "Construction of a 20,000-tonne plant started on Thursday"
    floor = max((other.span[1] for other in marks.quantities if other.span[1] <= start), default=marks.span[0])
    later = marks.cues.first("afterwards", floor, start)
    by_year = _YEAR_REACHES.search(marks.text, floor, start)
    if later or by_year:
        return "target", later.words if later else by_year.group() if by_year else ""
    existing = marks.cues.first("existing", floor, start)
    if existing and (
        marks.cues.first("unbuilt", existing.end, start) or marks.cues.first("target", existing.end, start)
    ):
        return None  # 目前在建产能5万吨
    return ("reported", existing.words) if existing else None


def of_capacity(marks: Marks, clause: tuple[int, int], figure: tuple[int, int], plan: bool) -> tuple[Modality, str]:
    """What is said behind the figure decides, then what is said before it, up to the next comma, then the clause."""
    start, end = figure
    comma = _PIECE_ENDS.search(marks.text, end, clause[1])
    opened = [found.end() for found in _PIECE_ENDS.finditer(marks.text, clause[0], start)]
    behind = (end, comma.start() if comma else clause[1])
    before = (opened[-1] if opened else clause[0], start)
    for piece in (behind, before):
        unbuilt, built, ahead = _building(marks, piece)
        if ahead and not built:
            return "target", ahead.words
        aim = marks.cues.first("target", *piece)
        if aim and not built and not marks.cues.first("running", *piece):
            return "target", aim.words
        if built and not unbuilt and not plan:
            return "reported", built.words
        if unbuilt and not built and piece == before and (unbuilt.words.isascii() or start - unbuilt.end <= _BESIDE):
            return "target", unbuilt.words  # "would add 20,000 tons in addition to its existing 40,000 tons"
        if piece == before and (once := _ONCE_THERE.search(marks.text, marks.span[0], start)):
            return "target", once.group()  # "Once completed, it will treat 90,000 tons of ore to produce 40,000 tons"
        if unbuilt and not built and unbuilt.words == "启动" and _EXPANDED.match(marks.text, end):
            return "target", unbuilt.words  # 在扩建项目建成投产的情况下,又启动了第4期5000吨扩建项目
    return _of_project(marks, clause, plan)


_ONCE_DONE = pattern_of("{will-be}")  # 达产后年产值可达30亿元


def _building(marks: Marks, piece: tuple[int, int]) -> tuple[Cue | None, Cue | None, Cue | None]:
    """The words for what is still to be built, for what is built, and for what is due to be finished."""
    finished = marks.cues.every("built", *piece)
    ahead = [cue for cue in finished if _is_ahead(marks, cue.start, piece[0]) or _ONCE_DONE.match(marks.text, cue.end)]
    built = next((cue for cue in finished if cue not in ahead), None)
    return marks.cues.first("unbuilt", *piece), built, ahead[0] if ahead else None


def _is_ahead(marks: Marks, place: int, floor: int) -> bool:
    """Whether what stands at ``place`` is not done yet: 计划2026年6月投产, "will have … when completed"."""
    if marks.text.endswith(("when ", "once ", "upon "), 0, place):
        return True
    due = marks.cues.last("ahead", max(floor, place - _AHEAD), place)
    return due is not None and place - due.end <= _AHEAD_GAP and not _PAUSE.search(marks.text, due.end, place)


def _of_project(marks: Marks, piece: tuple[int, int], plan: bool) -> tuple[Modality, str]:
    target = marks.cues.first("target", *piece)
    unbuilt, built, ahead = _building(marks, piece)
    if ahead and not built:
        return "target", ahead.words
    if plan and not built and not marks.cues.first("running", *piece):
        return "target", "plan of the document"
    if unbuilt and not built:
        return "target", unbuilt.words
    if target and not built:
        return "target", target.words
    if unbuilt and built and unbuilt.words in listed_words("when-built"):
        return "target", unbuilt.words
    later = _ONCE_BUILT.search(marks.text, marks.span[0], piece[0])
    if later and not built and not marks.cues.first("running", *piece):
        return "target", later.group()
    return "reported", built.words if built else "no other cue"


# 项目全部建成后,公司将具备…能力19.8万吨/年;萃取分离能力10.7万吨/年
_ONCE_BUILT = gated(r"(?:建成|达产|投产|竣工|完工)(?:投产|达产|运营)?后[^。;；]{0,20}(?:将|可|预计|能)")
_ONCE_THERE = pattern_of(r"\b{once-there}[^.;]{0,100}?\b{is-to}\b", re.IGNORECASE)
