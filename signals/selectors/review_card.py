"""What an editor reads beside the text: why the machine thinks so, in words, and what the values are checked against."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signals.extraction import calendar
from signals.models import IndicatorCurrent, SignalCurrent
from signals.selectors import evidence

REASONS_FOR: dict[str, Promise] = {
    "metric": gettext_lazy("Metric"),
    "product": gettext_lazy("Product"),
    "change": gettext_lazy("Kind of change"),
    "qualifier": gettext_lazy("Bound"),
    "period": gettext_lazy("Period"),
    "subject": gettext_lazy("Company"),
    "modality": gettext_lazy("Reported or planned"),
}
# What the engine notes when no words of the text decided.
UNSAID: dict[str, Promise] = {
    "no other cue": gettext_lazy("nothing says otherwise"),
    "main company": gettext_lazy("the company that the text is about"),
    "the document's entity": gettext_lazy("the company that the text is about"),
    "sentence before": gettext_lazy("from the sentence before"),
    "figure before": gettext_lazy("as for the figure before"),
    "document": gettext_lazy("from the text as a whole"),
    "title": gettext_lazy("from the title"),
}
JUMP = 8  # a value so many times the one before is worth a look


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that was decided, and by which words; ``quoted`` when they stand in the text."""

    what: Any
    words: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Check:
    """``ok`` is true, false, or None for a remark."""

    ok: bool | None
    text: str


def because(row: IndicatorCurrent | SignalCurrent) -> list[Because]:
    if isinstance(row, SignalCurrent):
        rule = row.signal.rule.replace("_", " ") if row.signal else _("entered by hand")
        return [Because(_("Theme and stage"), rule, False)]
    if row.indicator is None:
        return [Because(_("Figure"), _("entered by hand"), False)]
    found = []
    for name, label in REASONS_FOR.items():
        words = str(row.indicator.why.get(name) or "")
        if words:
            quoted = words not in UNSAID and words in row.quote
            found.append(Because(label, str(UNSAID.get(words, words)), quoted))
    return found


def checks(row: IndicatorCurrent | SignalCurrent, values: dict[str, str]) -> list[Check]:
    """What speaks for and against ``values`` (the form's texts, already found to be possible)."""
    if isinstance(row, SignalCurrent):
        return [] if values.get("subject") else [Check(None, _("No company: it will stand on no company's page."))]
    found: list[Check] = []
    if row.as_written and row.as_written not in row.quote and not row.lost:
        found.append(Check(False, _("The figure as written is not in the quote.")))
    found += [Check(each["ok"], each["text"]) for each in evidence.checks(row)]
    if not values.get("subject"):
        found.append(Check(None, _("No company: it will stand on no company's page.")))
    if not values.get("period_label"):
        found.append(Check(None, _("No period: it will stand on no chart.")))
    if values.get("subject") and values.get("period_label"):
        found += _neighbours(row, values)
    if values.get("unit") == "percent" and values.get("measure") == "level" and abs(Decimal(values["value"])) > 100:
        found.append(Check(False, _("A share of more than 100 %.")))
    return found


def _neighbours(row: IndicatorCurrent, values: dict[str, str]) -> list[Check]:
    """Other figures of the same fact, and the same series a period before."""
    series = IndicatorCurrent.objects.filter(
        subject=values["subject"], metric=values["metric"], measure=values["measure"], product=values["product"],
        unit=values["unit"], modality=values["modality"], superseded=False,
    ).exclude(pk=row.pk)  # fmt: skip
    value = Decimal(values["value"])
    found: list[Check] = []
    same = list(series.filter(period_label=values["period_label"]).values_list("value", "comparator")[:50])
    agreeing = sum(one == value and comparator == values["comparator"] for one, comparator in same)
    if agreeing:
        found.append(Check(True, _("%(n)s other statements say the same.") % {"n": agreeing}))
    period = calendar.of_label(values["period_label"])
    width = len(values["period_label"])
    before = (
        series.filter(period_end__lt=period.start) if period else series.none()
    )  # walks the index of series backwards
    earlier = (
        before.filter(period_label__regex=rf"^.{{{width}}}$", comparator="=")
        .order_by("-period_end").values_list("period_label", "value").first()
    )  # fmt: skip
    if earlier and values["measure"] == "level" and earlier[1] and value:
        ratio = abs(value / earlier[1])
        if ratio > JUMP or ratio < Decimal(1) / JUMP:
            found.append(
                Check(
                    False,
                    _("%(ratio)s times the value of %(period)s.") % {"ratio": f"{ratio:.3g}", "period": earlier[0]},
                )
            )
    return found
