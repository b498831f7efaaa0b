"""What a chart says in words: names of its lines, what a point says, the summary for readers who do not see it, its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from signals.charts.gaps import LABELLED, gaps
from signals.charts.marks import REVIEWED
from signals.formatting import names, periods, words
from signals.formatting.figures import show
from signals.models import Fact
from signals.selectors.indicator import Series

BY_SPAN = {
    "day": gettext_lazy("on single days"),
    "month": gettext_lazy("by month"),
    "quarter": gettext_lazy("by quarter"),
    "half": gettext_lazy("by half-year"),
    "nine_months": gettext_lazy("first nine months"),
    "year": gettext_lazy("by year"),
}


class Missing(Protocol):
    """A period that a regular figure did not come for (see ``signals.selectors.absence``)."""

    @property
    def label(self) -> str: ...

    @property
    def every(self) -> int: ...

    @property
    def end(self) -> date: ...


def label(one: Series, language: str, *, subject: bool, span: bool, product: bool = True) -> str:
    """What tells this line from the others of its chart."""
    parts = []
    entity = one.facts[0].subject
    if subject and entity is not None:
        parts.append((entity.short_zh or entity.short_en) if language.startswith("zh") else entity.short_en)
    elif one.product and product:
        parts.append(names.name("products", one.product, language))
    if span or not parts:
        parts.append(words.span(one.span))
    if one.modality != "reported":
        parts.append(words.word(words.MODALITIES, one.modality))
    return _(", ").join(parts)


def subtitle(unit: str, series: Sequence[Series]) -> str:
    """The line under the title: the unit, and the length of period where all lines share it."""
    spans = {one.span for one in series}
    shared = str(BY_SPAN.get(next(iter(spans)), "")) if len(spans) == 1 else ""
    return _(", ").join(part for part in (unit, shared) if part)


def hover(fact: Fact, language: str) -> str:
    """As written and normalised, period, review state, and what is special about the point."""
    best = fact.best
    shown = show(
        best.value, best.unit, language, value_high=best.value_high, comparator=best.comparator, measure=best.measure
    )
    lines = [f"<b>{shown}</b> · {periods.show_period(fact.period_label, language)}", f"“{best.as_written}”"]
    told = [
        ngettext("%(n)s article", "%(n)s articles", fact.carriers) % {"n": fact.carriers},
        ngettext("%(n)s origin", "%(n)s origins", fact.origins) % {"n": fact.origins},
    ]
    lines.append(_(", ").join(told))
    if fact.conflict:
        lines.append(_("other values are stated"))
    if best.state not in REVIEWED:
        lines.append(_("not reviewed"))
    return "<br>".join(lines)


def summary(series: Sequence[Series], language: str, missing: Missing | None = None) -> str:
    """The chart in words, for those who do not see it, with its gaps."""
    sentences = []
    for one in series:
        first, last = one.facts[0], one.facts[-1]
        start = show(first.best.value, one.unit, language, comparator=first.best.comparator, measure=one.measure)
        end = show(last.best.value, one.unit, language, comparator=last.best.comparator, measure=one.measure)
        sentences.append(
            _("%(name)s: %(n)s points, from %(start)s (%(first)s) to %(end)s (%(last)s).")
            % {
                "name": label(one, language, subject=True, span=True),
                "n": len(one.facts),
                "start": start,
                "first": periods.show_period(first.period_label, language),
                "end": end,
                "last": periods.show_period(last.period_label, language),
            }
        )
        sentences += [
            _("No figures between %(first)s and %(last)s.")
            % {
                "first": periods.show_period(gap.before.period_label, language),
                "last": periods.show_period(gap.after.period_label, language),
            }
            for gap in gaps(one)
            if gap.missing >= LABELLED
        ]
    if missing is not None:
        sentences.append(not_published(missing, language) + _("."))
    return " ".join(sentences)


def not_published(missing: Missing, language: str) -> str:
    return _("%(period)s not published") % {"period": periods.show_period(missing.label, language)}


def source_line(facts: Sequence[Fact], unconfirmed: int) -> str:
    """Where the points come from, and how many nobody has confirmed."""
    publishers = sorted({fact.best.source.name for fact in facts})
    named = _(", ").join(publishers[:4])
    if len(publishers) > 4:
        named = _("%(names)s and %(n)s more") % {"names": named, "n": len(publishers) - 4}
    text = _("Source: %(names)s.") % {"names": named}
    if unconfirmed:
        text += " " + ngettext(
            "Includes %(n)s unconfirmed point.", "Includes %(n)s unconfirmed points.", unconfirmed
        ) % {"n": unconfirmed}
    return text
