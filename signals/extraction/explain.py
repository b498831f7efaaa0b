"""An extraction for a person's eye: the text with its marks, and for each figure the words that decided.

Colours are the terminal's own (ANSI); without them the marks are brackets, so that the output can be read in a file as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from signals.extraction.contract import Extraction, number
from signals.extraction.records import Indicator, Span

_COLOURS = {"figure": "1;32", "metric": "36", "name": "35", "slogan": "33"}
_SIGNS = {"figure": ("[", "]"), "metric": ("‹", "›"), "name": ("{", "}"), "slogan": ("«", "»")}
_ORDER = ("metric", "product", "change", "period", "subject", "qualifier", "modality", "arithmetic", "disagrees")


def explained(found: Extraction, *, colours: bool = True) -> str:
    """The text with marks, then one paragraph an indicator: what it says, by which rule, and which words decided what."""
    parts = [marked(found, colours=colours), ""]
    for place, one in enumerate(found.indicators, 1):
        parts.append(f"{place}. {summary(one)}")
        parts.append(f"   “{found.text[slice(*one.span)]}”".replace("\n", " "))
        parts.append(f"   rule {one.rule}, confidence {one.confidence:.2f}, voice {one.voice}")
        parts.extend(f"   {name}: {one.why[name]}" for name in _ORDER if one.why.get(name))
        if one.note:
            parts.append(f"   note: {one.note}")
        if one.also:
            parts.append(f"   told again {len(one.also)} time(s)")
        parts.append("")
    parts.extend(f"! {warning.code}: {warning.message}" for warning in found.warnings)
    return "\n".join(parts)


def plain(found: Extraction) -> str:
    """What a page says in a few lines: title, figures, signals, warnings."""
    reading = found.reading
    lines = [f"{reading.title or '(no title)'} · {reading.language} · {reading.published_on or 'undated'}"]
    lines.extend(f"  {summary(one)}" for one in found.indicators)
    lines.extend(f"  {one.theme} ({one.stage}, {one.voice})" for one in found.signals)
    lines.extend(f"  ! {warning.code}: {warning.message}" for warning in found.warnings)
    return "\n".join(lines)


def summary(one: Indicator) -> str:
    """One figure in one line: whose, what, how much, when, in which sense."""
    what = f"{one.metric}[{one.product}]" if one.product else one.metric
    measure = "" if one.measure == "level" else f" {one.measure}"
    value = _shown(one.value) if one.value_high is None else f"{_shown(one.value)} to {_shown(one.value_high)}"
    sign = "" if one.comparator in ("=", "range") else f"{one.comparator} "
    when = one.period.label if one.period else "no period"
    return f"{one.subject or 'nobody'} · {what}{measure} {sign}{value} {one.unit} · {when} · {one.modality}"


def marked(found: Extraction, *, colours: bool = True) -> str:
    """The text with figures, metric words, names and slogans marked; inner marks give way to outer figures."""
    text, place, parts = found.text, 0, []
    for kind, (start, end) in _marks(found):
        if start < place:
            continue
        parts.append(text[place:start])
        words = text[start:end]
        opening, closing = _SIGNS[kind]
        parts.append(f"\x1b[{_COLOURS[kind]}m{words}\x1b[0m" if colours else f"{opening}{words}{closing}")
        place = end
    parts.append(text[place:])
    return "".join(parts)


def _marks(found: Extraction) -> Iterator[tuple[str, Span]]:
    marks = [("figure", one.figure) for one in found.indicators]
    for one in found.indicators:
        word = one.why.get("metric", "")
        at = found.text.find(word, *one.span) if word else -1
        if at >= 0:
            marks.append(("metric", (at, at + len(word))))
    marks += [("name", name.span) for name in found.names]
    marks += [("slogan", use.span) for use in found.slogans]
    yield from sorted(marks, key=lambda mark: (mark[1][0], mark[0] != "figure", -mark[1][1]))


def _shown(value: Decimal) -> str:
    plain_number = number(value)
    return f"{plain_number:,}"
