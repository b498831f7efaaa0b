"""Figures as a reader's language writes them, from canonical numbers: ¥1.525 bn, 15.25亿元, > 15 %, 21.8–23.6亿元.

A number never wraps from its unit (no-break spaces), never passes through a float, and keeps at most
``SIGNIFICANT`` digits once it is scaled; ``as_written`` beside it keeps the source's own wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from babel.numbers import get_currency_symbol

NBSP = "\u00a0"
MINUS = "\u2212"
SIGNIFICANT = 5

BOUNDS = {"=": "", ">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈", "range": ""}
_OPPOSITE = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
BASES = {
    "change_yoy": ("yoy", "同比"),
    "change_qoq": ("qoq", "环比"),
    "change_mom": ("mom", "环比（月）"),
    "change_ytd": ("ytd", "较年初"),
    "change": ("change", "变动"),
    "level": ("", ""),
}

# (threshold, divisor, suffix), largest first
_EN_MONEY = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))
_ZH_MONEY = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_EN_MASS = ((10**6, "M"),)
_ZH_MASS = ((10**8, "亿"), (10**4, "万"))
_ZH_BIG = ((10**8, "亿"), (10**5, "万"))
_ZH_CURRENCY = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "JPY": "日元", "HKD": "港元", "GBP": "英镑", "AUD": "澳元",
    "CAD": "加元", "KRW": "韩元", "RUB": "卢布",
}  # fmt: skip
_PER = {"t": ("t", "吨"), "kg": ("kg", "公斤"), "share": ("share", "股"), "yr": ("yr", "年")}
_PLAIN = {
    "percent": ("%", "%"),
    "pp": ("pp", "个百分点"),
    "points": ("points", "点"),
    "years": ("years", "年"),
    "x": ("×", "倍"),
    "count": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure for a page: ``bound`` sign, ``text`` (number, unit), ``basis`` of a change; as ``str`` all three."""

    bound: str
    text: str
    basis: str

    def __str__(self) -> str:
        bounded = f"{self.bound}{NBSP}{self.text}" if self.bound else self.text
        return f"{bounded}{NBSP}{self.basis}" if self.basis else bounded


def inequality(comparator: str, value: Decimal) -> str:
    """The sign that holds for the number itself: words bound the size, so "fell by more than 30 %" is < −30 %."""
    return _OPPOSITE.get(comparator, comparator) if value < 0 else comparator


def show(
    value: Decimal | int | str,
    unit: str,
    language: str = "en",
    *,
    value_high: Decimal | int | str | None = None,
    comparator: str = "=",
    measure: str = "level",
    digits: int | None = SIGNIFICANT,
) -> Shown:
    """One figure in ``language`` ("en", or anything that begins with "zh"); ``digits=None`` keeps every digit."""
    chinese = language.lower().startswith("zh")
    low = Decimal(value)
    high = Decimal(value_high) if value_high is not None and comparator == "range" else None
    signed = measure != "level" and comparator in ("=", "~")
    prefix, divisor, suffix = _dress(unit, max(abs(low), abs(high) if high is not None else abs(low)), chinese)
    number = _number(low, divisor, digits, signed)
    if high is None:
        text = _join(prefix, number, suffix, chinese)
    else:
        dash = "–" if low >= 0 and high >= 0 else f"{NBSP}to{NBSP}" if not chinese else "至"
        text = _join(prefix, f"{number}{dash}{_number(high, divisor, digits, False)}", suffix, chinese)
    sign = inequality(comparator, low)
    return Shown(BOUNDS.get(sign, sign), text, BASES.get(measure, ("", ""))[chinese])


def _join(prefix: str, number: str, suffix: str, chinese: bool) -> str:
    """¥ goes between the sign and the digits; Latin units take a no-break space, Chinese ones and slashes none."""
    sign = number[0] if number[0] in f"+{MINUS}" else ""
    body = f"{sign}{prefix}{number[len(sign) :]}"
    if not suffix:
        return body
    tight = chinese or suffix[0] in "/×"
    return f"{body}{suffix}" if tight else f"{body}{NBSP}{suffix}"


def _number(value: Decimal, divisor: int, digits: int | None, signed: bool) -> str:
    scaled = value / divisor
    if digits is not None and len(scaled.normalize().as_tuple().digits) > digits:
        whole = max(digits, scaled.adjusted() + 1)
        scaled = scaled.normalize(Context(prec=whole, rounding=ROUND_HALF_EVEN))
    text = f"{abs(scaled):,f}"
    if "." in text:  # the database pads to six places
        text = text.rstrip("0").rstrip(".")
    if scaled < 0:
        return MINUS + text
    return f"+{text}" if signed and scaled > 0 else text


def _dress(unit: str, size: Decimal, chinese: bool) -> tuple[str, int, str]:
    """What goes before the number, what divides it, and what follows it."""
    if unit in _PLAIN:
        divisor, scale = _scale(size, _ZH_BIG) if chinese and unit == "count" else (1, "")
        return "", divisor, scale + _PLAIN[unit][chinese]
    head, _, per = unit.partition("/")
    tail = "/" + _PER.get(per, (per, per))[chinese] if per else ""
    if head == "t" or head == "tCO2e":
        divisor, scale = _scale(size, _ZH_MASS if chinese else _EN_MASS)
        if chinese:
            return "", divisor, scale + ("吨二氧化碳当量" if head == "tCO2e" else "吨") + tail
        return "", divisor, f"{scale}t" + (f"{NBSP}CO₂e" if head == "tCO2e" else "") + tail
    if len(head) == 3 and head.isupper():
        return _money(head, tail, size, chinese)
    return "", 1, unit


def _money(code: str, tail: str, size: Decimal, chinese: bool) -> tuple[str, int, str]:
    if chinese:
        divisor, scale = _scale(size, _ZH_BIG if tail else _ZH_MONEY)
        return "", divisor, scale + _ZH_CURRENCY.get(code, code) + tail
    symbol = _symbol(code)
    if tail:  # prices keep every digit before the point: ¥18,618/t
        return symbol, 1, tail
    divisor, scale = _scale(size, _EN_MONEY)
    return symbol, divisor, scale


def _scale(size: Decimal, steps: tuple[tuple[int, str], ...]) -> tuple[int, str]:
    for threshold, suffix in steps:
        if size >= threshold:
            return (10**4 if suffix == "万" else threshold), suffix
    return 1, ""


@lru_cache(maxsize=64)
def _symbol(code: str) -> str:
    """¥, $, €; a code without a sign of its own is written out: ``RUB 3 bn``."""
    symbol = {"CNY": "¥", "JPY": "JP¥"}.get(code) or get_currency_symbol(code, locale="en_US")
    return f"{code}{NBSP}" if symbol == code else symbol
