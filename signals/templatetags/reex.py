"""Figures, periods, names, voices and quotes in the reader's language.

A *figure* is an ``IndicatorCurrent`` row or a mapping with the same names: key, subject, metric, product, measure,
comparator, value, value_high, unit, period_label, modality, voice, as_written, quote, state, and optionally prefix,
suffix, speaker, evidence_url.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext

from signals.formatting import names, periods, quotes, words
from signals.formatting.figures import MINUS, NBSP, Shown, show

register = template.Library()


def _language() -> str:
    return get_language() or "en"


def _read(thing: Any, field: str, default: Any = "") -> Any:
    value = thing.get(field) if isinstance(thing, Mapping) else getattr(thing, field, None)
    return default if value is None else value


# ── figures ──


@register.filter
def shown(figure: Any) -> Shown:
    """Bound, number with unit, basis: ``{% with s=figure|shown %}{{ s.bound }} {{ s.text }} {{ s.basis }}``."""
    return show(
        _read(figure, "value"),
        _read(figure, "unit"),
        _language(),
        value_high=_read(figure, "value_high", None),
        comparator=_read(figure, "comparator", "="),
        measure=_read(figure, "measure", "level"),
    )


@register.filter
def figure_text(figure: Any) -> str:
    """The whole figure in one line: > 15 % yoy."""
    return str(shown(figure))


@register.filter
def exact_figure(figure: Any) -> str:
    """Every digit and the canonical unit, for proofs and tables: 1,525,000,000 CNY, 15 %."""
    unit = {"percent": "%", "count": ""}.get(_read(figure, "unit"), _read(figure, "unit"))
    high = _read(figure, "value_high", None)
    numbers = [f"{Decimal(value):,f}" for value in (_read(figure, "value"), high) if value is not None]
    text = "–".join(number.rstrip("0").rstrip(".") if "." in number else number for number in numbers)
    return f"{text}{NBSP}{unit}".replace("-", MINUS).rstrip()


@register.simple_tag
def evidence_url(figure: Any) -> str:
    """Where a figure's or signal's proof is; a mapping may carry its own address."""
    given = _read(figure, "evidence_url")
    if given:
        return str(given)
    return _evidence_address(get_script_prefix()).replace("KEY", quote(str(_read(figure, "key")), safe=""))


@lru_cache(maxsize=8)
def _evidence_address(_prefix: str) -> str:
    """Reversed once a prefix: a page may hold hundreds of figures, and each reversal costs a tenth of a millisecond."""
    return reverse("signals:evidence", args=["KEY"])


@register.simple_tag
def says(figure: Any) -> str:
    """Who says it, in words: Baogang says · REEx writes · customs data show."""
    speaker = str(_read(figure, "speaker"))
    match _read(figure, "voice"):
        case "company":
            return gettext("%(who)s says") % {
                "who": speaker or entity_name(_read(figure, "subject")) or gettext("The company")
            }
        case "publisher":
            return gettext("%(who)s writes") % {"who": speaker or gettext("The outlet")}
        case _:
            return gettext("According to %(who)s") % {"who": speaker} if speaker else gettext("A third party says")


# ── periods and dates ──


@register.filter
def period(label: str | None) -> str:
    return periods.show_period(label, _language())


@register.filter
def day(when: date | None, precision: str = "day") -> str:
    """A date no more exact than it is known: ``{{ entry.date|day:entry.date_precision }}``."""
    return periods.show_date(when, precision or "day", _language())


@register.simple_tag
def when(moment: date | None, precision: str = "day") -> str:
    """A date as ``<time>``; approximate ones are marked as such."""
    if moment is None:
        return format_html('<span class="date muted">{}</span>', gettext("no date"))
    text = periods.show_date(moment, precision or "day", _language())
    machine = {"year": f"{moment:%Y}", "month": f"{moment:%Y-%m}"}.get(precision, f"{moment:%Y-%m-%d}")
    if precision in ("", "day", "minute"):
        return format_html('<time datetime="{}">{}</time>', machine, text)
    return format_html(
        '<time class="about" datetime="{}" title="{}">{}</time>', machine, gettext("date not exact"), text
    )


@register.filter
def minute(moment: datetime | None) -> str:
    """A moment of these days, without its year: 23 Nov 17:34 · 11月23日 17:34."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    if _language().startswith("zh"):
        return f"{local.month}月{local.day}日{NBSP}{local:%H:%M}"
    return f"{local.day}{NBSP}{periods.MONTHS[local.month - 1]}{NBSP}{local:%H:%M}"


@register.simple_tag
def ago(moment: datetime | None) -> str:
    """Time since, with the exact moment as its title."""
    if moment is None:
        return format_html('<span class="muted">{}</span>', gettext("never"))
    local = timezone.localtime(moment)
    since = timesince(moment, depth=1)
    return format_html(
        '<time datetime="{}" title="{} {}">{}</time>',
        moment.isoformat(timespec="seconds"),
        periods.show_date(local, "minute", _language()),
        local.tzname(),
        gettext("%(time)s ago") % {"time": since},
    )


# ── names and words ──


@register.filter
def metric_name(key: str) -> str:
    return names.name("metrics", key, _language())


@register.filter
def measured(thing: Any) -> str:
    """What a figure or fact measures, with its product: Export volume, Magnets · 出口量，磁体."""
    metric = metric_name(str(_read(thing, "metric")))
    product = product_name(str(_read(thing, "product")))
    return gettext(", ").join((metric, product)) if product else metric


@register.filter
def product_name(key: str) -> str:
    return names.name("products", key or "", _language())


@register.filter
def theme_name(key: str) -> str:
    return words.word(words.THEMES, key)


@register.filter
def slogan_name(key: str) -> str:
    return names.name("slogans", key or "", _language())


@register.filter
def entity_name(entity: Any) -> str:
    """An entity's everyday name in the reader's language; takes a row, a mapping, or a plain key or name."""
    if not entity or isinstance(entity, str):
        return names.short(entity, _language()) or entity if entity else ""
    english, chinese = _read(entity, "short_en"), _read(entity, "short_zh")
    everyday = str((chinese or english) if _language().startswith("zh") else (english or chinese))
    official = full_name(entity)
    return (everyday if everyday != official else "") or names.short(_read(entity, "key"), _language()) or official


@register.filter
def full_name(entity: Any) -> str:
    """An entity's official name in the reader's language."""
    english, chinese = _read(entity, "name_en"), _read(entity, "name_zh")
    return str(chinese or english) if _language().startswith("zh") else str(english or chinese)


@register.filter
def kind_name(key: str) -> str:
    """The heading over entities of one kind."""
    return words.word(words.ENTITY_KINDS, key)


@register.filter
def kind_word(key: str) -> str:
    return words.word(words.ENTITY_KIND, key)


@register.filter
def ownership_word(key: str) -> str:
    return words.word(words.OWNERSHIP, key)


@register.filter
def voice_name(key: str) -> str:
    return words.word(words.VOICES, key)


@register.filter
def voice_in_full(key: str) -> str:
    return words.word(words.VOICES_IN_FULL, key)


@register.filter
def state_name(key: str) -> str:
    return words.word(words.STATES, key)


@register.filter
def modality_name(key: str) -> str:
    return words.word(words.MODALITIES, key)


@register.filter
def span_name(key: str) -> str:
    return words.span(key)


@register.filter
def measure_name(key: str) -> str:
    return words.word(words.MEASURES, key)


@register.filter
def stage_name(key: str) -> str:
    return words.word(words.STAGES, key)


@register.filter
def step_name(key: str) -> str:
    return words.word(words.STEPS, key)


@register.simple_tag
def project_name(project: Any) -> str:
    """A project's name in the reader's language."""
    return str(project.zh if _language().startswith("zh") else project.en) if project else ""


@register.filter
def gap_text(per_cent: Decimal) -> str:
    """How far an outcome lies from its promise: −23 %."""
    return f"{per_cent:+.0f}{NBSP}%".replace("-", MINUS)


@register.filter
def rhythm(months: int) -> str:
    """How often something came: each month, each quarter."""
    return words.word(words.RHYTHMS, str(months))


@register.filter
def origin_name(key: str) -> str:
    return words.word(words.ORIGINS, key)


@register.filter
def lane_name(key: str) -> str:
    return words.word(words.LANES, key)


@register.filter
def health_name(key: str) -> str:
    return words.word(words.HEALTH, key)


@register.filter
def field_name(key: str) -> str:
    return words.word(words.FIELDS, key)


@register.filter
def verdict_name(key: str) -> str:
    return words.word(words.VERDICTS, key)


@register.filter
def reason_name(key: str) -> str:
    return words.word(words.REASONS, key)


@register.filter
def grade_name(key: str) -> str:
    return words.word(words.GRADES, key)


@register.filter
def lang_tag(language: str | None) -> str:
    """The ``lang`` attribute of source text: Chinese is zh-Hans."""
    return "zh-Hans" if (language or "").lower().startswith("zh") else (language or "en")


# ── source text ──


@register.filter
def marked_quote(figure: Any) -> SafeString:
    """The quote with the figure as written inside ``<mark>``; everything escaped."""
    return mark_safe(quotes.marked(str(_read(figure, "quote")), str(_read(figure, "as_written"))))


@register.filter
def headline(text: str | None) -> str:
    """A title from outside, cut for a list; its own page has all of it."""
    return quotes.headline(text or "")


@register.filter
def source_text(text: str | None) -> SafeString:
    """Any other text from outside: escaped, invisible characters named, mixed alphabets pointed out."""
    return mark_safe(quotes.safe(text or "", gettext("This word mixes alphabets")))
