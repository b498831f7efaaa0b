"""Whether a figure is a result, the company's forecast, a target or an outsider's estimate.

The nearest cue that governs the figure decides; a metric of project economics is a forecast and a target price an estimate by
their nature; capacity that is still to be built is a target.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from signals.extraction.drafts import Draft
from signals.extraction.grammar import parted
from signals.extraction.marks import Marks
from signals.extraction.records import Modality, Period
from signals.extraction.timing import is_base

_ESTIMATE = re.compile(
    r"我们预计|机构[^。;；]{0,24}预测|(?<![\u4e00-\u9fff])预测(?=20\d\d年|净利|营收|每股)|一致预期|我們預計|预计公司|盈利预测|维持.{0,6}评级|给予.{0,8}(?:PE|倍|评级)|[上下]调.{0,14}(?:净利|盈利|EPS|归母|目标价|预测)|前值|机构预测|盈利预测|\bwe (?:expect|forecast|estimate)\b|"
    r"\banalysts?\b|\bconsensus\b|\bbrokers?\b|研报|目标价",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"目标|力争|争取|确保|规划|到20\d\d年|(?<!控制)计划(?!单列)|将达|达产后|全年生产经营目标|\btargets?\b|\btargeting\b|\baims?\b|\baiming\b|\bplans? (?:to|for)\b|"
    r"\bplanned\b|\bgoals?\b|\bseeks? to\b|\bby 20[2-9]\d\b|\bintends?\b|\bwants\b|\bstrives?\b|(?<!expected )(?<!forecast )(?<!projected )(?<!likely )\bto reach\b|\bwill (?:produce|reach|have|make|build|add)\b|\bscheduled to\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"预计|預計|预期|预告|预增|预减|预亏|预盈|预喜|经.{0,8}初步(?:测算|核算)|有望|\bexpects?\b|\bexpected\b|\bforecasts?\b|\bprojected\b|\bguidance\b|\bpreliminary\b|"
    r"\bsees\b|\bshould reach\b|\bshould\b|\bwould be\b|\bis put at\b|\bprojects? (?:a|its|net|revenue|profit)\b|\bestimate[sd]? (?:a|an|its|that|net|to)\b|\bpre-announce\w*|\banticipates?\b|\bis (?:likely|set) to\b|\bwill (?:be|rise|grow|fall|increase)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"实现|完成|达到了|报告期内|已|\bachieved\b|\bposted\b|\breported\b|\brecorded\b|\bcompleted\b|\bcame to\b|\breached\b",
    re.IGNORECASE,
)
_BUILT = re.compile(
    r"投产|建成|完工|竣工|达产|投运|已形成|具备|拥有|现有|\bcompleted\b|\bcommission(?:ed|ing)\b|\bin operation\b|\bput into operation\b|\bhas an? |\boperates\b|\bstarted\b|\bexisting\b|\bcurrent(?:ly)?\b"
)
_UNBUILT = re.compile(
    r"拟|建设期|将达|预计.{0,12}达|提升至|扩至|增至|新建|在建|开工|动工|启动(?!运行|试|生产)|启动键|立项|能评|环评|奠基|规划建设|计划建|将建|签约|筹建|待建|建设中|正在建设|推进建设|可形成|将形成|建成后|达产后|"
    r"\bto build\b|\bis building\b|\bwill (?:invest|spend|cost|be invested|be spent)\b|\bplans to\b|\bwill (?:build|have|produce|be built|rise|reach|increase|be able)\b|\bplanned\b|\bplans\b|\bto (?:set up|construct)\b|\bproposed\b|\bexpected to\b|\btargeting\b|\baims? to\b|\bunder construction\b|\b(?:br(?:oke|eaks?|eaking)|broken) ground\b|\badding\b|\bwill\b|\bto be built\b|\bwould\b",
    re.IGNORECASE,
)


def modality_of(
    draft: Draft, marks: Marks, period: Period | None, published: str | None, title: str
) -> tuple[Modality, str]:
    """The modality and the words that decided."""
    own = draft.meaning.entry.data.get("modality")
    if own:
        return own, draft.metric
    text, start, end = marks.text, *draft.quantity.span
    clause = _clause(marks, start, end)
    if draft.metric == "capacity":
        near = _near_capacity(draft, marks)
        if near:
            return near
        return _of_capacity(
            text,
            clause,
            (start, end),
            bool(
                re.search(r"拟|投建|投资建设|合资设立|启动|开工|奠基|\bto build\b|\bto set up\b", title, re.IGNORECASE)
            ),
        )
    if draft.metric == "investment":
        return _of_investment(text, (marks.span[0], start, end), clause, title)
    if draft.metric in ("stake", "registered_capital"):
        buying = _TO_BUY.search(text, clause[0], start) if draft.metric == "stake" else None
        return ("target", buying.group()) if buying else ("reported", "a holding is a fact")
    if draft.metric in ("price", "price_step", "share_price", "price_index"):
        return "reported", "a price is stated"
    sentence = text[marks.span[0] : start]
    later = text[end : clause[1]]
    found = _last(_ESTIMATE, sentence) or _ESTIMATE.search(later)
    if found:
        future = period is not None and published is not None and period.end > published[:4]
        if draft.period is not None or future or _last(_FORECAST, sentence) or "预测" in found.group():
            return "estimate", found.group()
    if is_base(draft, marks) or _of_earlier_period(draft, marks):
        return "reported", "base of comparison"
    forecast, target = _last(_FORECAST, sentence), _last(_TARGET, sentence)
    latest = max((match for match in (forecast, target) if match), key=lambda match: match.end(), default=None)
    if latest is target and forecast and latest is not None and latest.group() == "to reach":
        if _same_clause(sentence, forecast.end(), latest.start()):
            latest = forecast  # "expects its net profit to reach"
    if latest is None:
        if re.search(
            r"预增|预减|预亏|预告|预盈|预计|\bexpects?\b|\bflags?\b|\bforecasts?\b", title
        ) and draft.metric in ("net_profit", "net_profit_core", "revenue", "profit", "eps"):
            return "forecast", "title"
        return "reported", "no other cue"
    if latest is forecast and draft.period is not None and published and draft.period.period.end[:4] >= published[:4]:
        return "estimate", "years in a row"  # a company guides for one period, an analyst for three years
    if draft.metric == "target_completion":
        return "reported", "completion is a result"
    reported = _last(_REPORTED, sentence)
    if reported and sentence[max(0, reported.start() - 4) : reported.start()].endswith(
        ("将", "有望", "可", "预计", "拟")
    ):
        reported = None  # 预计,其一季度将实现
    if reported and reported.start() >= latest.end() and _same_clause(sentence, latest.end(), reported.start()):
        reported = None  # 预计全年实现: what is expected is not yet so
    if reported and reported.start() > latest.end():
        return "reported", reported.group()
    if parted(text, marks.span[0] + latest.end(), start) and reported:
        return "reported", reported.group()
    if (
        period is not None
        and published
        and period.end < published
        and latest is target
        and not _same_clause(text, marks.span[0] + latest.end(), start)
    ):
        return "reported", "period over"
    return ("target" if latest is target else "forecast"), latest.group()


# Before a word of completion: 计划2026年6月投产 is not built yet.
_AHEAD = re.compile(
    r"(?:计划|預計|预计|预期|将|拟|力争|有望|争取|目标|\bwill (?:be )?|\bexpected to (?:be )?|\bto be |\bdue (?:to|for) (?:be )?"
    r"|\bscheduled (?:to|for) (?:be )?)[^,，;；。]{0,16}$",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"现有|具备|拥有|已有|\bhas an?\b|\bexisting\b|\bcurrent\b|\boperates\b")
_PLAN_TITLE = re.compile(
    r"拟|启动|开工|奠基|投建|投资建设|合资设立|\bto build\b|\bto set up\b|\bplans?\b|\bwill build\b|\bforms? joint venture\b",
    re.IGNORECASE,
)


_IN_USE = re.compile(r"(?:正式|建成|顺利|全面|竣工)(?:建成)?投产|(?:正式|顺利|全面)(?:建成|竣工|投运|投用)")
_TO_BUY = re.compile(
    r"\b(?:plans?|intends?|proposes?|proposed|agreed|aims?|seeks?|wants?|offered|will|is set|is to|expects?)\s+(?:to\s+)?(?:acquire|buy|purchase|take over)\b",
    re.IGNORECASE,
)
_WILL_PAY = re.compile(
    r"\b(?:will|plans? to|intends? to|is to)\s+(?:invest|spend|pay)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_SPENT = re.compile(
    r"完成投资|累计投资|已投|已完成|收购|对价|\bspent\b|\binvested\b|\bpaid\b|\bcompleted\b|\bputs? in\b|\bacqui|\bpurchase\b|\bcontribut",
    re.IGNORECASE,
)


def _of_investment(text: str, place: tuple[int, int, int], clause: tuple[int, int], title: str) -> tuple[Modality, str]:
    """Money for a project that is still to be built is a target; money spent, paid or put in is reported."""
    piece = text[clause[0] : clause[1]]
    paid = list(_SPENT.finditer(piece))
    ahead = next((one for one in paid if _AHEAD.search(piece[max(0, one.start() - 24) : one.start()])), None)
    spent = next((one for one in paid if one is not ahead), None)
    sentence = text[place[0] : place[2]]
    running = _IN_USE.search(sentence)
    if running and not ahead and not _AHEAD.search(sentence[: running.start()]):
        return "reported", running.group()
    planned = ahead or _UNBUILT.search(piece) or _TARGET.search(piece) or _PLAN_TITLE.search(title)
    will_pay = _WILL_PAY.search(text, clause[0], place[1])
    if will_pay:
        return "target", will_pay.group()
    if planned and not spent:
        return "target", planned.group()
    return "reported", spent.group() if spent else "no other cue"


_AFTERWARDS = re.compile(
    r"(?:投产|建成|达产|完工|完成)后|将达|将由|提升至|扩至|\d\d年(?:底|末)?(?:将)?达|预计.{0,10}达|\bafter completion\b|\bwill rise\b|\bto rise to\b",
    re.IGNORECASE,
)


def _near_capacity(draft: Draft, marks: Marks) -> tuple[Modality, str] | None:
    """What the words right around one of several capacities say: 现有3.8万吨/年,预计25年底达4万吨/年,27年达6万吨/年."""
    start, _end = draft.quantity.span
    floor = max((other.span[1] for other in marks.quantities if other.span[1] <= start), default=marks.span[0])
    own = marks.text[floor:start]
    later = _AFTERWARDS.search(own)
    if later:
        return "target", later.group()
    existing = re.search(r"现有|已有|具备|拥有", own)
    return ("reported", existing.group()) if existing else None


def _of_capacity(text: str, clause: tuple[int, int], figure: tuple[int, int], plan: bool) -> tuple[Modality, str]:
    """What is said behind the figure decides, then what is said before it, up to the next comma, then the clause."""
    start, end = figure
    behind = re.split(r"[,，]", text[end : clause[1]])[0]
    before = re.split(r"[,，]", text[clause[0] : start])[-1]
    for piece in (behind, before):
        unbuilt, built, ahead = _building(piece)
        if ahead and not built:
            return "target", ahead.group()
        aim = _TARGET.search(piece)
        if aim and not built and not _RUNNING.search(piece):
            return "target", aim.group()
        if built and not unbuilt and not plan:
            return "reported", built.group()
    return _of_project(text[clause[0] : clause[1]], plan)


def _building(piece: str) -> tuple[re.Match[str] | None, re.Match[str] | None, re.Match[str] | None]:
    """The words for what is still to be built, for what is built, and for what is due to be finished."""
    finished = list(_BUILT.finditer(piece))
    ahead = [one for one in finished if _AHEAD.search(piece[max(0, one.start() - 24) : one.start()])]
    built = next((one for one in finished if one not in ahead), None)
    return _UNBUILT.search(piece), built, ahead[0] if ahead else None


def _of_project(piece: str, plan: bool) -> tuple[Modality, str]:
    target = _TARGET.search(piece)
    unbuilt, built, ahead = _building(piece)
    if ahead and not built:
        return "target", ahead.group()
    if plan and not built and not _RUNNING.search(piece):
        return "target", "plan of the document"
    if unbuilt and not built:
        return "target", unbuilt.group()
    if target and not built:
        return "target", target.group()
    if unbuilt and built and unbuilt.group() in ("将建", "建成后", "达产后", "可形成", "将形成", "拟建", "计划建"):
        return "target", unbuilt.group()
    return "reported", built.group() if built else "no other cue"


def _hardly_begun(period: Period, published: str) -> bool:
    """Whether less than a third of the period, of a quarter or more, was over: no result can be told of it yet."""
    first, last, now = (int(day[:4]) * 12 + int(day[5:7] or 1) for day in (period.start, period.end, published + "-01"))
    return last - first >= 2 and (now - first) * 3 < last - first + 1 and published[:7] <= period.end[:7]


def _of_earlier_period(draft: Draft, marks: Marks) -> bool:
    """Whether the level is told of the same period a year before: 上年同期亏损3.05亿元."""
    if draft.is_change:
        return False
    start = draft.quantity.span[0]
    last = bisect_right(marks.periods, start, key=lambda mention: mention.span[1]) - 1
    before = marks.periods[last] if last >= 0 else None
    return before is not None and before.comparison and _same_clause(marks.text, before.span[1], start)


def _clause(marks: Marks, start: int, end: int) -> tuple[int, int]:
    """The stretch around the figure up to the next semicolon, or to the comma that opens another firm's project."""
    text = marks.text
    first, last = marks.span
    for found in re.finditer(r"[;；\n]", text[first:last]):
        place = marks.span[0] + found.start()
        if place < start:
            first = place + 1
        elif place >= end:
            last = place
            break
    for name in marks.names:
        before = text[max(marks.span[0], name.span[0] - 1) : name.span[0]]
        if before in ("，", ",") and end <= name.span[0] < last:
            last = name.span[0]
            break
        if before in ("，", ",") and first < name.span[0] <= start:
            first = name.span[0]
    return first, last


def _same_clause(text: str, start: int, end: int) -> bool:
    return not re.search(r"[,，;；]", text[start:end])


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = pattern.search(text)
    while found is not None and (later := pattern.search(text, found.end())):
        found = later
    return found
