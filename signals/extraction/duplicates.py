"""One fact, told twice, is one indicator: headline and text, highlights and body, rounded and exact.

The body's wording wins over title and highlights, the more precise figure over the rounder one; where a highlight says
something else than the body (another qualifier, another precision), a warning says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from signals.extraction.records import Indicator, Period, Warning_

# How far a figure may be from the exact one and still be the same when rounded ("nearly 2000%" for 1,952%).
_ROUND = {
    "~": Decimal("0.06"),
    "<": Decimal("0.12"),
    ">": Decimal("0.12"),
    ">=": Decimal("0.12"),
    "<=": Decimal("0.12"),
}
_MANY = 600  # figures of a document beyond which only equal ones are compared: every pair would cost seconds
_LAST = 40  # of these, and of those of one value, the last ones
_BESIDE = 80  # characters
_RANKS = {"highlights": 1, "title": 2}  # of sections: what stands above the text retells it
_SAME_FAMILY = [{"profit", "net_profit"}]


def merge(indicators: Sequence[tuple[Indicator, str]]) -> tuple[list[Indicator], list[Warning_]]:
    """Indicators with the section each stands in ("title", "highlights", "body", …), in text order -> facts and warnings."""
    kept: list[tuple[Indicator, str]] = []
    warnings: list[Warning_] = []
    ordered = sorted(indicators, key=lambda pair: (_rank(pair[1]), _roundly_said(pair[0]), pair[0].span))
    by_metric: dict[tuple[object, ...], list[tuple[Indicator, str]]] = {}
    for one, section in ordered:
        family = _family_of(one, many=len(ordered) > _MANY)
        told = by_metric.get(family, [])
        told = told if len(ordered) <= _MANY else told[-_LAST:]
        twin = next((other for other, place in told if _same_fact(other, place, one, section)), None)
        if twin is None:
            kept.append((one, section))
            by_metric.setdefault(family, []).append((one, section))
            continue
        if _rank(section) and _disagrees(twin, one):
            message = f"{one.as_written!r} above, {twin.as_written!r} in the text ({twin.metric})"
            warnings.append(Warning_("highlight-disagrees", message, one.span))
        if not _rank(section) and _more_precise(one, twin) and one.unit == twin.unit:
            _take_figure(twin, one)
        twin.also.append(one.span)
        _fill(twin, one, bool(_rank(section)))
    facts = sorted((one for one, _ in kept), key=lambda one: (one.span, one.figure))
    return facts, warnings


def _rank(section: str) -> int:
    return _RANKS.get(section, 0)


def _family_of(one: Indicator, *, many: bool) -> tuple[object, ...]:
    """What two tellings of one fact have in common at least; of ``many`` figures their value, too."""
    kind = (_family(one.metric), one.measure == "level")
    return (*kind, one.value, one.unit) if many else kind


def _family(metric: str) -> str:
    return "net_profit" if metric == "profit" else metric


def _same_fact(twin: Indicator, place: str, one: Indicator, section: str) -> bool:
    loose = _rank(section) > 0 or _roundly_said(one)
    if twin.metric != one.metric and not (loose and {twin.metric, one.metric} in _SAME_FAMILY):
        return False
    if (twin.measure == "level") != (one.measure == "level"):
        return False
    if not _rank(section) and not _rank(place) and twin.value != one.value and _side_by_side(twin, one):
        return False
    if twin.measure != one.measure and "change" not in (twin.measure, one.measure) and twin.measure != "level":
        return False
    if not loose and twin.span == one.span and twin.figure == one.figure:
        return twin.subject == one.subject and twin.product == one.product
    if not loose and (twin.subject != one.subject or twin.product != one.product):
        return False
    exact = (
        twin.value == one.value
        and twin.unit == one.unit
        and one.measure == "level"
        and one.unit not in ("percent", "count")
    )
    if (
        loose
        and twin.product != one.product
        and None not in (twin.product, one.product)
        and not _wide(twin, one)
        and not exact
    ):
        return False
    if not loose and twin.modality != one.modality:
        return False
    if not _period_fits(twin, one, loose, headline=_rank(section) > 0):
        return False
    return _value_fits(twin, one, loose) or (_rank(section) > 0 and _rounds(twin, one))


def _side_by_side(twin: Indicator, one: Indicator) -> bool:
    """Whether two different figures stand so close that nobody would tell one fact twice: "(+39%), … (+~38%)"."""
    return max(one.figure[0] - twin.figure[1], twin.figure[0] - one.figure[1]) < _BESIDE


def _roundly_said(one: Indicator) -> bool:
    """ "a nearly 2000% jump": a round figure with a loosening word retells an exact one."""
    if one.unit == "x" and one.measure != "level" and _spelled(one):
        return True  # "more than tripled"
    return (
        one.comparator in ("~", "<")
        and one.value_high is None
        and len(one.value.normalize().as_tuple().digits) <= 2
        and one.measure != "level"
    )


def _wide(twin: Indicator, one: Indicator) -> bool:
    if all((product or "").startswith("magnet") for product in (twin.product, one.product)):
        return True  # magnets, magnetic materials, magnets sent to one country
    return "rare-earth" in (twin.product, one.product)


def _period_fits(twin: Indicator, one: Indicator, loose: bool, *, headline: bool) -> bool:
    if twin.period is None or one.period is None:
        return loose or twin.period is one.period
    if twin.period.label == one.period.label or twin.period.end == one.period.end:
        return (
            twin.period.label == one.period.label
            or twin.period.start == twin.period.end
            or one.period.start == one.period.end
        )
    if not loose or twin.period.label[:4] != one.period.label[:4]:
        return False
    return headline or _holds(twin.period, one.period) or _holds(one.period, twin.period)


def _holds(whole: Period, part: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _value_fits(twin: Indicator, one: Indicator, loose: bool) -> bool:
    if twin.unit != one.unit:
        if loose and (_converted(twin, one) or _converted(one, twin)):
            return True
        if not loose and "x" not in (twin.unit, one.unit):
            return False
        left, right = _percent(twin), _percent(one)
        if loose and left is not None and right is not None and one.measure != "level":
            if (one.unit == "x" and _multiplied(one, left)) or (twin.unit == "x" and _multiplied(twin, right)):
                return True
        return (
            left is not None and right is not None and abs(left - right) <= Decimal("0.15") * max(abs(left), abs(right))
        )
    if one.value_high is not None and twin.value_high is not None:
        return _close(one.value, twin.value, one) and _close(one.value_high, twin.value_high, one)
    if twin.value_high is not None and one.value_high is None:
        return loose and _within(one.value, twin.value, twin.value_high)
    if one.value_high is not None:
        return loose and _within(twin.value, one.value, one.value_high)
    return _close(one.value, twin.value, one, twin)


def _converted(told: Indicator, other: Indicator) -> bool:
    """Whether a sum is told in the other currency of a dual one: "on USD200 million plan", below CNY1.3 billion (USD200 million)."""
    return told.converted is not None and other.value_high is None and told.converted == (other.value, other.unit)


def _rounds(twin: Indicator, one: Indicator) -> bool:
    """Whether a headline's whole number is the text's figure rounded: 增长9% for 8.6%."""
    if twin.value_high is not None or one.value_high is not None or twin.unit != one.unit or one.measure == "level":
        return False
    return one.value == one.value.to_integral_value() == twin.value.quantize(Decimal(1), ROUND_HALF_UP)


def _spelled(one: Indicator) -> bool:
    return not any(letter.isdigit() for letter in one.as_written)


def _multiplied(fold: Indicator, percent: Decimal) -> bool:
    """Whether "doubled" or "tripled" tells the growth of ``percent``: doubled is about 100%, "more than tripled" over 200%."""
    grown = (fold.value - 1) * 100
    return _spelled(fold) and grown * Decimal("0.85") <= percent <= grown * Decimal("1.5")


def _within(value: Decimal, low: Decimal, high: Decimal) -> bool:
    slack = Decimal("0.03") * max(abs(low), abs(high))
    return low - slack <= value <= high + slack or low - slack <= -value <= high + slack


def _percent(one: Indicator) -> Decimal | None:
    if one.value_high is not None:
        return None
    if one.unit == "percent":
        return one.value
    return one.value * 100 if one.unit == "x" and one.measure != "level" else None


def _close(left: Decimal, right: Decimal, *tellers: Indicator) -> bool:
    """Equal, or the coarser is the finer one rounded to its own digits, or loosened by an "about" or "over"."""
    if left == right:
        return True
    if not left or not right or (left > 0) != (right > 0):
        return False
    step = max(_step(left), _step(right))
    distance = abs(left - right)
    largest = max(abs(left), abs(right))
    if distance <= step * Decimal("0.5001") and step <= largest / 20:
        return True
    slack = max((_ROUND.get(teller.comparator, Decimal(0)) for teller in tellers), default=Decimal(0))
    if not slack or distance > slack * largest:
        return False
    loosened = [teller for teller in tellers if teller.comparator in _ROUND]
    return all(_agrees(teller, left if teller.value == right else right) for teller in loosened)


def _agrees(teller: Indicator, other: Decimal) -> bool:
    if teller.comparator in (">", ">="):
        return abs(other) >= abs(teller.value)
    if teller.comparator in ("<", "<="):
        return abs(other) <= abs(teller.value)
    return True


def _step(value: Decimal) -> Decimal:
    """The size of the last printed digit: 10 for 1950, 0.1 for 30.9 (trailing zeros of whole numbers are padding)."""
    trimmed = value.normalize()
    exponent = trimmed.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _more_precise(one: Indicator, twin: Indicator) -> bool:
    if (one.comparator == "=") != (twin.comparator == "="):
        return one.comparator == "="
    return one.value_high is None and twin.value_high is None and _step(one.value) < _step(twin.value)


def _disagrees(twin: Indicator, one: Indicator) -> bool:
    return one.comparator != twin.comparator or one.value != twin.value


def _take_figure(twin: Indicator, one: Indicator) -> None:
    """The more precise telling becomes the fact; the other stretch stays under ``also``."""
    twin.also.append(twin.span)
    twin.value, twin.value_high, twin.comparator = one.value, one.value_high, one.comparator
    twin.as_written, figure, span = one.as_written, one.figure, one.span
    one.span, twin.span, twin.figure = twin.span, span, figure
    twin.also.pop()


def _fill(twin: Indicator, one: Indicator, loose: bool) -> None:
    """What one telling leaves open, the other may say."""
    if twin.converted is None and one.converted is not None and one.converted[1] != twin.unit:
        twin.converted = one.converted
    if twin.period is None and not loose:
        twin.period = one.period
    if twin.measure == "change" and one.measure != "change":
        twin.measure = one.measure
    if twin.subject is None and one.subject is not None and twin.metric not in ("price", "price_index"):
        twin.subject = one.subject
