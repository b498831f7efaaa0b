"""What the values of a finding are checked against while an editor looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from signals.extraction import calendar
from signals.models import IndicatorCurrent, SignalCurrent
from signals.selectors import evidence

JUMP = 8  # a value so many times the one before is worth a look


@dataclass(frozen=True, slots=True)
class Check:
    """``ok`` is true, false, or None for a remark."""

    ok: bool | None
    text: str


def is_market(row: IndicatorCurrent | SignalCurrent) -> bool:
    """Whether the machine takes the figure for a market's price, which is no company's."""
    finding = row.indicator if isinstance(row, IndicatorCurrent) else None
    return finding is not None and finding.why.get("subject") == "market price"


def checks(row: IndicatorCurrent | SignalCurrent, values: dict[str, str]) -> list[Check]:
    """What speaks for and against ``values`` (the form's texts, already found to be possible)."""
    if isinstance(row, SignalCurrent):
        return [] if values.get("subject") else [Check(None, _("No company: it will stand on no company's page."))]
    found: list[Check] = []
    if row.as_written and row.as_written not in row.quote and not row.lost:
        found.append(Check(False, _("The figure as written is not in the quote.")))
    found += [Check(each["ok"], each["text"]) for each in evidence.checks(row)]
    if not values.get("subject") and not is_market(row):
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
