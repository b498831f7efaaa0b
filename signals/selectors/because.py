"""Why the machine reads a finding as it does, in the reader's words: what the engine noted, made readable."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from signals.extraction import calendar
from signals.formatting.periods import show_period
from signals.formatting.words import FIELDS
from signals.models import IndicatorCurrent, SignalCurrent

DECIDED: dict[str, Promise] = {
    "metric": FIELDS["metric"],
    "product": FIELDS["product"],
    "change": lazy("Kind of change"),
    "qualifier": FIELDS["comparator"],
    "period": FIELDS["period_label"],
    "subject": FIELDS["subject"],
    "modality": FIELDS["modality"],
}
_ABOUT = lazy("the company that the text is about")
_PLACE = lazy("the place that the text is about")
_PROJECT = lazy("the project that the text is about")
_WHOLE = lazy("from the text as a whole")
_DAY = lazy("the day of the market report")
# What the engine notes when no words of the text decided.
UNSAID: dict[str, Promise] = {
    "no other cue": lazy("nothing says otherwise"),
    "main company": _ABOUT,
    "the document's entity": _ABOUT,
    "sentence before": lazy("from the sentence before"),
    "figure before": lazy("as for the figure before"),
    "document": _WHOLE,
    "title": lazy("from the title"),
    "heading": lazy("from the heading"),
    "list": lazy("from its place in a list"),
    "table head": lazy("from the head of the table"),
    "unknown": lazy("not said"),
    "said of no period": lazy("said of no period"),
    "counted so far": lazy("counted so far, of no period"),
    "said in the sentence": lazy("said in the sentence"),
    "a year ago": lazy("the period a year before"),
    "target year": lazy("the year of the target"),
    "publication": lazy("the day of publication"),
    "publication year": lazy("the year of publication"),
    "the market's day": _DAY,
    "the month spoken of": lazy("the month that the text speaks of"),
    "period ahead": lazy("the period lies ahead"),
    "period over": lazy("the period is over"),
    "market price": lazy("a market price is nobody's"),
    "national measure": lazy("counted for the whole country"),
    "national scope": lazy("counted for the whole country"),
    "national document": lazy("the text is about the whole country"),
    "the document's place": _PLACE,
    "the venture": lazy("the venture that is founded"),
    "the venture of the title": lazy("the venture that the title names"),
    "who puts in the money": lazy("who puts in the money"),
    "project": _PROJECT,
    "this project": _PROJECT,
    "a holder that is not known": lazy("a holder that is not known to us"),
    "who makes the index": lazy("who makes the index"),
    "a price is stated": lazy("a price is stated"),
    "base of comparison": lazy("it is what the other figure is compared with"),
    "a holding is a fact": lazy("a holding is a fact"),
    "completion is a result": lazy("completion is a result"),
    "years in a row": lazy("an analyst's row of years"),
    "another's clause": lazy("the plan is in another clause"),
    "plan of the document": lazy("the text is a plan"),
    "target_price": lazy("a target price is an estimate"),
    "irr": lazy("a return that is calculated"),
}

_SUM_WORDS = {
    "printed": lazy("printed"),
    "agree": lazy("agree"),
    "yuan for a dollar": lazy("yuan for a dollar"),
}


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that was decided, and by which words; ``quoted`` when they stand in the text."""

    what: Promise | str
    words: str
    quoted: bool


def because(row: IndicatorCurrent | SignalCurrent) -> list[Because]:
    """What decided the reading of a finding, one line each."""
    if isinstance(row, SignalCurrent):
        rule = row.signal.rule.removeprefix("theme:").replace("_", " ") if row.signal else ""
        return [Because(_("Theme and stage"), _rule(rule) if rule else _("entered by hand"), False)]
    if row.indicator is None:
        return [Because(_("Figure"), _("entered by hand"), False)]
    why = row.indicator.why
    return [_reason(row, name, label, str(why[name])) for name, label in DECIDED.items() if why.get(name)]


def in_a_line(row: IndicatorCurrent | SignalCurrent) -> str:
    """The same as one text, for panels: Metric “营业收入”; Period: from the title."""
    return "; ".join(f"{one.what} “{one.words}”" if one.quoted else f"{one.what}: {one.words}" for one in because(row))


def sum_in_words(told: str) -> str:
    """What the engine's arithmetic found, its few English words in the reader's language."""
    for word, shown in _SUM_WORDS.items():
        told = re.sub(rf"(?<!\w){word}(?!\w)", str(shown), told)
    return told


def _rule(rule: str) -> str:
    return _("the words of the rule “%(rule)s”") % {"rule": rule.replace("-", " ")}


def _reason(row: IndicatorCurrent, name: str, label: Promise, why: str) -> Because:
    if why in UNSAID:
        return Because(label, str(UNSAID[why]), False)
    if name == "metric" and why == row.unit:
        return Because(label, _("from the unit alone"), False)
    version = row.disclosure.current_version
    if why in row.quote or (version is not None and why in version.text):
        return Because(label, why, True)
    if name == "period" and calendar.of_label(why):
        return Because(label, show_period(why, get_language() or "en"), False)
    return Because(label, why, False)
