"""Which fields of a finding a person may set, and what each may hold."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from companies.models import Entity
from signals.extraction import calendar
from signals.extraction.lexicon import Lexicon
from signals.formatting.words import THEMES
from signals.models.indicator import COMPARATORS, MEASURES, MODALITIES, READ
from signals.models.signal import STAGES
from signals.services import lexicon

VOICES = ["company", "publisher", "third_party"]
FIGURE_FORM = [*READ, "note"]
SIGNAL_FORM = ["subject", "theme", "stage", "voice"]
MAX_VALUE = Decimal(10) ** 20
SIX_PLACES = Decimal("0.000001")


def form_fields(kind: str) -> list[str]:
    """What the form of a figure ("indicator") or a signal asks for."""
    return FIGURE_FORM if kind == "indicator" else SIGNAL_FORM


def choices(field: str) -> list[str]:
    """The values that a field may hold; an empty list where it is free. Proposals add words to entries, never entries."""
    fixed = {"measure": MEASURES, "comparator": COMPARATORS, "modality": MODALITIES, "stage": STAGES, "voice": VOICES}
    if field in fixed:
        return fixed[field]
    if field == "theme":
        return list(THEMES)
    kind = {"metric": "metrics", "product": "products"}.get(field)
    if kind:
        return sorted(lexicon.files().kind(kind))
    return sorted(_units(lexicon.files())) if field == "unit" else []


@lru_cache(maxsize=2)
def _units(known: Lexicon) -> frozenset[str]:
    by_role: dict[str, set[str]] = {"unit": set(), "currency": set(), "per": set()}
    for entry in known.kind("units").values():
        if entry.data.get("role") in by_role and entry.data.get("unit"):
            by_role[str(entry.data["role"])].add(str(entry.data["unit"]))
    rates = {f"{money}/{each}" for money in by_role["currency"] for each in by_role["per"] - {"yr"}}
    return frozenset(by_role["unit"] | by_role["currency"] | rates | {"count"})


def clean(kind: str, given: Mapping[str, str], effective: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of ``given`` that differ from ``effective``, as they are kept, and what is wrong with the others.

    Both map the form's fields to their text. A changed period brings its dates along; a changed value or unit drops the
    conversion, which no longer belongs to it.
    """
    changed = {
        field: given[field].strip()
        for field in form_fields(kind)
        if field in given and given[field].strip() != effective.get(field, "")
    }
    wrong = {field: problem for field, text in changed.items() if (problem := _problem(field, text))}
    kept: dict[str, Any] = {field: _kept(field, text) for field, text in changed.items() if field not in wrong}
    if kind == "indicator":
        wrong |= _range_problems({**effective, **changed}, wrong)
        _bring_along(kept)
    return ({} if wrong else kept), wrong


def _problem(field: str, text: str) -> str:
    if field == "subject":
        return "" if not text or Entity.objects.filter(pk=text).exists() else _("No such company is known.")
    if field in ("value", "value_high"):
        return "" if not text and field == "value_high" else _number_problem(text)
    if field == "period_label":
        return (
            ""
            if not text or calendar.of_label(text)
            else _("Write a period as 2025, 2025H1, 2025Q3, 2025M1-9, 2025-06 or 2025-06-30.")
        )
    if field == "product" and not text:
        return ""
    allowed = choices(field)
    return _("“%(value)s” is not one of the choices.") % {"value": text[:40]} if allowed and text not in allowed else ""


def _number_problem(text: str) -> str:
    try:
        number = Decimal(text.replace(",", "").replace(" ", "").replace("−", "-"))
    except InvalidOperation:
        return _("Write a number.")
    if not number.is_finite() or abs(number) >= MAX_VALUE:
        return _("This number is out of bounds.")
    return ""


def _range_problems(both: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, str]:
    if "value" in wrong or "value_high" in wrong:
        return {}
    is_range, high = both.get("comparator") == "range", both.get("value_high", "")
    if is_range and not high:
        return {"value_high": _("A range needs its upper end.")}
    if high and not is_range:
        return {"value_high": _("Only a range has an upper end.")}
    if is_range and Decimal(number_text(both["value"])) > Decimal(number_text(high)):
        return {"value_high": _("The upper end is below the lower.")}
    return {}


def _kept(field: str, text: str) -> str | None:
    if field in ("value", "value_high"):
        return number_text(text) or None
    return None if field == "subject" and not text else text


def number_text(text: str) -> str:
    """A number as it is kept: plain digits, at most six decimals, no trailing zeros."""
    bare = text.replace(",", "").replace(" ", "").replace("−", "-")
    return format(Decimal(bare).quantize(SIX_PLACES).normalize(), "f") if bare else ""


def _bring_along(kept: dict[str, Any]) -> None:
    if "period_label" in kept:
        period = calendar.of_label(kept["period_label"])
        kept["period_start"] = period.start if period else None
        kept["period_end"] = period.end if period else None
    if {"value", "unit", "value_high"} & kept.keys():
        kept["converted_value"], kept["converted_unit"] = None, ""
