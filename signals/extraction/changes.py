"""Find the words that make a figure a change: what it is measured against, which way it goes, where a level follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from signals.extraction.change_patterns import ChangePatterns, Cue
from signals.extraction.numerals import Lexicon, compiled, fold
from signals.extraction.records import ChangeCue, Span
from signals.extraction.wording import pattern_of

_WEEK = pattern_of("{week-spoken}")
_QUARTER = re.compile(r"季|[^a-z]q[1-4]|quarter|[1-4]q\d")
_ABOUT = "{about-figure}?"
_HAN_NUMBER = "一二三四五六七八九十两百"
_NUMBER_NEXT = pattern_of(rf"{_ABOUT} ?(?:rmb |us|a|hk|cny |yn)?[$¥+-]?[\d{_HAN_NUMBER}]")
_RATE_NEXT = pattern_of(
    rf" ?{_ABOUT}(?:a further |another )?\d[\d.,]*(?: ?- ?\d[\d.,]*)? ?-?(?:%|per ?cent|pct|pc\b|percentage)"
    rf"| ?{_ABOUT}(?:rmb ?|cny ?|yn|us)?[$¥]?\d[\d.,]* ?(?:yuan|dollars)? ?(?:/|per |a )(?:kg|m?t\b|ton)"
)
# A number within a few words: "dropped a further 6.5 percent".
_NUMBER_NEAR = re.compile(r" ?(?:[a-z’'-]{1,12} ){0,3}(?:rmb |us|a|hk|cny |yn)?[$¥+-]?\d")
_RATE_NOUN_BEFORE = pattern_of("{rate-of-change-noun}$")
_QUARTER_NAMED = re.compile(r"([一二三四1-4])季|q([1-4])|(?<![\d])([1-4])q")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LEVEL_FOLLOWS = re.compile(rf"[至到](?=[约了超近逾]{{0,2}}[\d{_HAN_NUMBER}+-])")
_SUM_NEXT = (
    r"(?:over |about |nearly |around |almost |a record |some |roughly |more than |approximately |just )?"
    r"(?:rmb |cny |yn|us|hk)?[$¥€]?\d"
)
_TO_LEVEL = re.compile(
    rf"(?:[^.,;。，；]|[.,](?=\d)){{1,60}}?"
    rf"(?: to (?={_SUM_NEXT})|(?<=[%倍点])[至到](?=[^%倍点。，,]{{1,16}}[元吨家户件台]))"
)
_MAY_LEAD = re.compile(" to |[至到]")
_BASE_FIGURE = re.compile(r" ?的?\(?[约近超]? ?\d[\d.,]{0,16}[^\d,，。;；]{0,12}")
_DATED = re.compile(r"\.? \d{1,2}(?!\d)|,? (?:19|20)\d\d")
_COMPARATIVES = (
    ("more ", 1),
    ("higher ", 1),
    ("greater ", 1),
    ("larger ", 1),
    ("bigger ", 1),
    ("smaller ", -1),
    ("less ", -1),
    ("lower ", -1),
    ("fewer ", -1),
)


def find_changes(text: str, start: int, end: int, lexicon: Lexicon) -> list[ChangeCue]:
    """The change words of ``text[start:end]`` by position.

    A basis and the direction right beside it are one cue (同比增长); a direction of its own has basis "". Words that
    name two bases (同环比) give two cues with the same span, in the order of the words.
    """
    cues = _Walk(compiled(ChangePatterns, lexicon), fold(text), start, end).cues()
    based = sorted({cue.span for cue in cues if cue.basis})
    kept = [cue for cue in cues if cue.basis or not _covered(cue.span, based)]
    return sorted(kept, key=lambda cue: cue.span)


def _covered(span: Span, spans: list[Span]) -> bool:
    """Whether one of ``spans`` (sorted, apart from one another) holds ``span``."""
    place = bisect_right(spans, (span[0], span[1])) - 1
    return any(spans[at][0] <= span[0] and span[1] <= spans[at][1] for at in (place, place + 1) if 0 <= at < len(spans))


@dataclass(slots=True)
class _Walk:
    """One pass over ``folded[start:end]``."""

    patterns: ChangePatterns
    folded: str
    start: int
    end: int

    def cues(self) -> list[ChangeCue]:
        cues: list[ChangeCue] = []
        position = self.start
        for at in self.patterns.triggers.places(self.folded, self.start, self.end):
            found = self.patterns.pattern.match(self.folded, at, self.end) if at >= position else None
            cue = self.patterns.meaning(found) if found is not None else None
            if found is None or cue is None or not self._stands(found, cue):
                self._told_base(at, position, cues)
                continue
            if cue.role == "basis":
                position, direction = self._basis(found, cue, cues)
            else:
                position, direction = self._direction(found, cue, cues)
            if direction is not None:
                self._mark_level(position, direction, cues)
        return cues

    def _told_base(self, at: int, position: int, cues: list[ChangeCue]) -> None:
        """Append a cue at the link of a base that is told with its figure: from 5,792 tonnes in August."""
        word = self.folded[at - 1 : at]
        found = self.patterns.base_with_figure.match(self.folded, at, self.end) if at >= position else None
        cue = self.patterns.meaning(found) if found is not None else None
        if found is None or cue is None or (word.isascii() and word.isalnum()):
            return
        basis = "" if cue.basis[0] == "mom" and not self._month_before(found) else cue.basis[0]
        cues.append(ChangeCue(found.span("link"), basis, 0))

    def _stands(self, found: re.Match[str], cue: Cue) -> bool:
        """Whether the match is a word of its own, and one that speaks of a change."""
        first, last = self.folded[found.start()], self.folded[found.end() - 1]
        before, after = self.folded[found.start() - 1 : found.start()], self.folded[found.end() : found.end() + 1]
        if (_latin(first) and before.isascii() and before.isalnum()) or (_latin(last) and _latin(after)):
            return False
        at = found.start()
        if found["what"] and self.patterns.run_of_months.match(self.folded, found.end(), self.end):
            return False  # "from January to September" is a period
        if cue.role == "level" and not cue.direction and _RATE_NOUN_BEFORE.search(self.folded[max(0, at - 5) : at]):
            return False  # 增幅达35%: the rate itself, no new level
        if cue.before_rate:
            return _RATE_NEXT.match(self.folded, found.end(), self.end) is not None
        if cue.before_number:
            return _NUMBER_NEXT.match(self.folded, found.end(), self.end) is not None
        if found["word"] in ("fall", "falls") and self.folded.startswith(
            (" due", " within", " short", " under", " into"), found.end()
        ):
            return False
        return not (found["word"] in ("up", "down") and self.folded.startswith(" to ", found.end()))

    def _direction(self, found: re.Match[str], cue: Cue, cues: list[ChangeCue]) -> tuple[int, int | None]:
        """Append the cue of a direction or level; where to go on, and the direction when a level may follow later."""
        direction = 0 if self._denied(found.start(), self.start) else cue.direction
        stop, level = self._with_level(found.end(), cue)
        cues.append(ChangeCue((found.start(), stop), "", direction, level))
        return stop, None if level or cue.direction == 0 else direction

    def _basis(self, found: re.Match[str], cue: Cue, cues: list[ChangeCue]) -> tuple[int, int | None]:
        """The same for a basis, joined with the direction that stands right beside it."""
        direction, level = cue.direction, False
        begin, stop = found.start(), found.end()
        if not cue.basis:  # 周环比: a change on a base that the contract has no name for
            cues.append(ChangeCue((begin, stop), "", 0))
            return stop, None
        if cue.linked:
            for word, sign in _COMPARATIVES if self.folded.startswith("than", begin) else ():
                if self.folded.endswith(word, self.start, begin):
                    direction, begin = sign, begin - len(word)
        elif not direction:
            beside = self._beside(stop) or self._behind_base(stop)
            if beside is not None:
                after, other = beside
                direction = 0 if self._denied(after.start(), stop) else other.direction
                begin = (
                    after.start() if any(letter.isdigit() for letter in self.folded[stop : after.start()]) else begin
                )
                stop, level = self._with_level(after.end(), other)
        for basis in cue.basis:
            name = self._previous_period(found.start()) if basis == "period" else basis
            if basis == "mom" and not self._month_before(found):
                name = ""
            if basis == "qoq":
                name = self._quarter_before(found)
            cues.append(ChangeCue((begin, stop), name, direction, level))
        return stop, direction if direction and not level else None

    def _beside(self, at: int) -> tuple[re.Match[str], Cue] | None:
        """The Chinese direction word that follows a basis at ``at``, words like 大幅 or 分别 between."""
        filler = self.patterns.filler.match(self.folded, at, self.end)
        found = self.patterns.pattern.match(self.folded, filler.end() if filler else at, self.end)
        other = self.patterns.meaning(found) if found is not None else None
        if found is None or other is None or other.role == "basis" or (found["word"] or "a").isascii():
            return None
        return (found, other) if self._stands(found, other) else None

    def _behind_base(self, at: int) -> tuple[re.Match[str], Cue] | None:
        """The direction word behind the base's own figure: 较二季度的10074.8吨减少."""
        found = self.patterns.pattern.search(self.folded, at, min(self.end, at + 32))
        other = self.patterns.meaning(found) if found is not None else None
        if found is None or other is None or other.role != "direction" or found["word"].isascii():
            return None
        figure = _BASE_FIGURE.fullmatch(self.folded, at, found.start())
        return (found, other) if figure is not None and self._stands(found, other) else None

    def _with_level(self, at: int, cue: Cue) -> tuple[int, bool]:
        """Where a direction ends and whether its level follows at once: 暴涨至, 增到."""
        if cue.role == "level":
            return at, True
        found = _LEVEL_FOLLOWS.match(self.folded, at, self.end) if not _latin(self.folded[at - 1]) else None
        return (found.end(), True) if found else (at, False)

    def _previous_period(self, at: int) -> str:
        """环比 is against the month before where the text speaks of single months, else against the quarter before."""
        near = self.folded[max(self.start, at - 60) : min(self.end, at + 30)]
        if _WEEK.search(near):
            return ""  # against the week before: a base that the contract has no name for
        return "mom" if self.patterns.single_month.search(near) and not _QUARTER.search(near) else "qoq"

    def _month_before(self, found: re.Match[str]) -> bool:
        """Whether the month that a base names is the one before the month spoken of: "in June from May", not from January."""
        named = self.patterns.month.search(found["what"] or found["word"])
        if named is None:
            return True
        if _DATED.match(self.folded, found.end()):
            return False  # from its low on September 13, 2015
        spoken = list(self.patterns.month.finditer(self.folded, max(self.start, found.start() - 80), found.start()))
        if not spoken:
            return True
        last, base = (int(one[1]) if one[1] else self.patterns.months[one.group()] for one in (spoken[-1], named))
        return (last - base) % 12 == 1

    def _quarter_before(self, found: re.Match[str]) -> str:
        """qoq, or yoy when the base is the same quarter of a year before (四季度…较2024年四季度), or "" for another one."""
        named = _QUARTER_NAMED.search(found["what"] or found["word"])
        if named is None or found["what"]:
            return "qoq"
        spoken = list(_QUARTER_NAMED.finditer(self.folded, max(self.start, found.start() - 80), found.start()))
        if not spoken:
            return "qoq"
        last, base = (_QUARTERS[one[1] or one[2] or one[3]] for one in (spoken[-1], named))
        return {0: "yoy", 1: "qoq"}.get((last - base) % 4, "")

    def _denied(self, at: int, floor: int) -> bool:
        window = self.folded[max(floor, at - 12) : at].rstrip()[::-1]
        return self.patterns.denial.match(window) is not None

    def _mark_level(self, at: int, direction: int, cues: list[ChangeCue]) -> None:
        """ "rose 45% to RMB 18.9 billion": append the "to" after which the level stands."""
        if (
            _NUMBER_NEXT.match(self.folded, at, self.end) is None
            and _NUMBER_NEAR.match(self.folded, at, self.end) is None
        ):
            return
        reach = min(self.end, at + 80)
        found = _TO_LEVEL.match(self.folded, at, reach) if _MAY_LEAD.search(self.folded, at, reach) else None
        if found is not None:
            stop = at + len(found.group().rstrip())
            width = 2 if self.folded[stop - 1] == "o" else 1
            cues.append(ChangeCue((stop - width, stop), "", direction, True))


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
