"""What units are called where they stand alone, in the reader's language: in a log, in a form."""

from django.utils.translation import gettext_lazy as _

from signals.formatting.words import Words, word

UNITS: Words = {
    "CNY": _("yuan"),
    "USD": _("US dollars"),
    "HKD": _("Hong Kong dollars"),
    "AUD": _("Australian dollars"),
    "CAD": _("Canadian dollars"),
    "EUR": _("euros"),
    "GBP": _("pounds sterling"),
    "JPY": _("yen"),
    "percent": _("per cent"),
    "pp": _("percentage points"),
    "x": _("times"),
    "points": _("points"),
    "years": _("years"),
    "t": _("tonnes"),
    "tCO2e": _("tonnes of CO₂ equivalent"),
    "count": _("items"),
}
PER: Words = {"t": _("tonne"), "kg": _("kilogram"), "yr": _("year"), "share": _("share"), "Wh": _("watt-hour")}


def unit_name(key: str) -> str:
    """``CNY/t`` → yuan / tonne; a unit that has no name keeps its key."""
    head, _slash, per = key.partition("/")
    return f"{word(UNITS, head)} / {word(PER, per)}" if per else word(UNITS, head)
