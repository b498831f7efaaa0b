"""Names of metrics, products, themes and slogans in the reader's language, from the lexicon."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import gettext, override

from signals.extraction.lexicon import Lexicon, load_lexicon
from signals.formatting.words import METRICS, PRODUCTS, THEMES, Words, word

_SPELLED = {
    "rd": "R&D", "cnc": "CNC", "ghg": "GHG", "eps": "EPS", "roe": "ROE", "irr": "IRR", "ndfeb": "NdFeB",
    "ndpr": "NdPr", "nd": "Nd", "dy": "Dy", "tb": "Tb", "la": "La", "ce": "Ce", "ai": "AI", "soe": "SOE", "rnd": "R&D",
    "party": "Party", "china": "China", "middle": "Middle", "east": "East",
}  # fmt: skip
FIXED: dict[str, Words] = {"themes": THEMES, "metrics": METRICS, "products": PRODUCTS}
# aliases are kept without hyphens; these belong together
_WRITTEN = re.compile(
    r"\b(?:five year|eight point|self (?:reliance|governance)|ten day|high (?:quality|end)|world class|set phrase)\b"
)


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return load_lexicon()


def read_lexicon() -> None:
    """Read the lexicon now (half a second), not at the first name that is asked for."""
    _lexicon()


def name(kind: str, key: str, language: str) -> str:
    """What to call an entry: themes and some metrics and products have words of their own, the lexicon names the rest."""
    fixed = FIXED.get(kind, {})
    if kind == "themes" or key in fixed:
        with override(language):
            return word(fixed, key)
    product, to, place = key.partition("-to-") if kind == "products" else (key, "", "")
    if to and short(place, language):
        with override(language):
            sent = {"product": _lexical(kind, product, language), "place": short(place, language)}
            return gettext("%(product)s to %(place)s") % sent
    return _lexical(kind, key, language) if key else ""


@lru_cache(maxsize=4096)
def _lexical(kind: str, key: str, language: str) -> str:
    """The entry's first Chinese alias; in English a slogan's first alias as it is written, else the key in words."""
    chinese = language.lower().startswith("zh")
    entry = _lexicon().kind(kind).get(key)
    if entry is not None:
        if chinese and entry.zh:
            return entry.zh[0]
        if kind == "slogans" and entry.en:
            return _capital(_WRITTEN.sub(lambda found: found[0].replace(" ", "-"), _spelled(entry.en[0].split())))
    return in_words(key)


@lru_cache(maxsize=4096)
def short(key: str, language: str) -> str:
    """A company's everyday name: what its file says, else the English one that its key spells, the shorter Chinese one."""
    record, chinese = _lexicon().companies.get(key), language.lower().startswith("zh")
    told = (record.short_zh if chinese else record.short_en) if record else None
    if told:
        return told
    entry = _lexicon().kind("names").get(key)
    if entry is None:
        return ""
    if chinese:
        return min(entry.zh[:2], key=len, default="")
    return next((name for name in entry.en if re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") == key), "")


def in_words(key: str) -> str:
    """``rd_spend`` → R&D spend, ``ndpr-oxide`` → NdPr oxide."""
    return _capital(_spelled(key.replace("_", " ").replace("-", " ").split()))


def _spelled(parts: list[str]) -> str:
    return " ".join(_SPELLED.get(part, part) for part in parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def meaning(kind: str, key: str) -> str:
    """What the lexicon says an entry means, for readers; empty when it says nothing."""
    entry = _lexicon().kind(kind).get(key)
    return str(entry.data.get("meaning", "")) if entry is not None else ""
