"""Small drawings: glyphs that carry meaning beside their word, sparklines, heat."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from signals.formatting import drawing, words

register = template.Library()

_CIRCLE = '<circle cx="6" cy="6" r="4.6" class="line"/>'
_SHAPES = {
    # voices
    "company": '<rect x="1.5" y="1.5" width="9" height="9"/>',
    "publisher": '<path d="M6 .8 11.6 11H.4z"/>',
    "third_party": '<circle cx="6" cy="6" r="5"/>',
    # review states
    "unreviewed": _CIRCLE,
    "confirmed": '<path class="line" d="m1.5 6.5 3 3.2 6-7.4"/>',
    "corrected": '<path d="M1 11l.8-3.3L8.3 1.2l2.5 2.5-6.5 6.5z"/>',
    "contradicted": '<path class="line" d="M1.5 4.2h9M1.5 7.8h9M8.5 1l-5 10"/>',
    "withdrawn": '<path class="line" d="m2 2 8 8M10 2l-8 8"/>',
    "deferred": _CIRCLE + '<path class="line" d="M6 3.4V6l1.8 1.3"/>',
    "second_look": '<path class="line" d="M1 6c2-4.3 8-4.3 10 0-2 4.3-8 4.3-10 0z"/><circle cx="6" cy="6" r="1.5"/>',
    "re_review": '<path class="line" d="M10.3 4.5A4.7 4.7 0 1 0 10.7 7M10.6 1.6v3h-3"/>',
    "lost": '<path class="line" d="M3.5 4a2.5 2.5 0 1 1 3.6 2.2C6.3 6.7 6 7 6 8M6 10.7v.1"/>',
    # what kind of statement: the shapes of the charts
    "reported": '<circle cx="6" cy="6" r="4"/>',
    "forecast": '<path d="M6 .6 11.4 6 6 11.4.6 6z"/>',
    "target": '<path d="M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z"/>',
    "at_least": '<path d="M6 .8 11.2 10H.8z"/>',
    "at_most": '<path d="M6 11.2.8 2h10.4z"/>',
    "gap": '<path class="line" d="M0 6h3.6M8.4 6H12"/>',
    "range": '<path class="line" d="M6 1v10M3 1h6M3 11h6"/>',
    "estimate": '<rect x="1.8" y="1.8" width="8.4" height="8.4"/>',
    # source health
    "healthy": '<circle cx="6" cy="6" r="4.6"/>',
    "late": _CIRCLE + '<path class="line" d="M6 3.4V6l1.8 1.3"/>',
    "empty": '<rect x="1.8" y="1.8" width="8.4" height="8.4" class="line"/>',
    "shape_changed": '<path d="M6 .6 11.4 6 6 11.4.6 6z"/>',
    "blocked": _CIRCLE + '<path class="line" d="m3 3 6 6"/>',
    "failing": '<path d="M6 .8 11.8 11H.2z"/>',
    "paused": '<path d="M2 1.5h3v9H2zM7 1.5h3v9H7z"/>',
    # what should be there and is not
    "absent": '<circle cx="6" cy="6" r="4.6" class="line" stroke-dasharray="2.4 2.4"/>',
    # lanes
    "figure": '<path d="M.5 7h3v4.5h-3zM4.5 4h3v7.5h-3zM8.5.5h3v11h-3z"/>',
    "signal": '<path d="M1.5.5h1.4v11H1.5zM3.8 1.2h7.4L9.2 4l2 2.8H3.8z"/>',
    "disclosure": '<path class="line" d="M2 .9h5.5L10 3.5v7.6H2zM4.2 5.5h3.6M4.2 8h3.6"/>',
    "policy": '<path d="M6 .3 11.5 3v1.2H.5V3zM1.5 5h2v4.2h-2zM5 5h2v4.2H5zM8.5 5h2v4.2h-2zM.5 10.2h11v1.5H.5z"/>',
    # direction, told by arrow and sign
    "up": '<path class="line" d="M6 11V1.5M2 5.5l4-4 4 4"/>',
    "down": '<path class="line" d="M6 1v9.5M2 6.5l4 4 4-4"/>',
    "level": '<path class="line" d="M1 6h9.5M6.5 2l4 4-4 4"/>',
}
_ALIAS = {
    "rejected": "withdrawn", "superseded": "withdrawn", "due": "late", "no_match": "empty", "new": "unreviewed",
}  # fmt: skip


@register.simple_tag
@lru_cache(maxsize=256)
def glyph(name: str, css: str = "") -> SafeString:
    """A shape for a voice, state, modality, health or lane; always beside its word (it is ``aria-hidden``)."""
    shape = _SHAPES.get(_ALIAS.get(name, name), _SHAPES["unreviewed"])
    return format_html('<svg class="glyph {}" viewBox="0 0 12 12" aria-hidden="true">{}</svg>', css, mark_safe(shape))


@register.simple_tag
def sparkline(values: Sequence[Decimal | float | None], label: str = "", bounds: Sequence[bool] = ()) -> SafeString:
    """Values in time order as a line; None is a gap, bounds are hollow, the last point is marked."""
    drawn = drawing.spark(values, bounds)
    lines = format_html_join("", '<polyline points="{}"/>', ((line,) for line in drawn.lines))
    dots = format_html_join("", '<circle cx="{}" cy="{}" r="2"/>', ((f"{dot.x:g}", f"{dot.y:g}") for dot in drawn.dots))
    last = (
        format_html(
            '<circle class="last{}" cx="{}" cy="{}" r="2.5"/>',
            " hollow" if drawn.last.hollow else "",
            f"{drawn.last.x:g}",
            f"{drawn.last.y:g}",
        )
        if drawn.last
        else ""
    )
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="sparkline" viewBox="0 0 96 24" {}>{}{}{}</svg>', role, lines, dots, last)


@register.simple_tag
def bars(counts: Sequence[int], label: str = "") -> SafeString:
    """Counts in time order as small bars, for a source's last thirty days."""
    peak = max(counts, default=0) or 1
    step = 96 / max(len(counts), 1)
    rects = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                f"{index * step:.1f}",
                f"{24 - max(22 * count / peak, 1):.1f}",
                f"{step * 0.7:.1f}",
                f"{max(22 * count / peak, 1):.1f}",
            )
            for index, count in enumerate(counts)
        ),
    )
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="sparkline" viewBox="0 0 96 24" {}>{}</svg>', role, rects)


@register.filter
def heat(count: int, peak: int) -> int:
    """The step 0 … 5 of a heat-map cell: ``heat-{{ cell.count|heat:peak }}``."""
    return drawing.heat(count, peak)


@register.filter
def rungs(stage: str) -> list[tuple[str, bool]]:
    """The ladder's stages, each with whether ``stage`` has reached it; reported counts as done."""
    at = {"reported": len(words.LADDER) - 1, "setback": -1, "negated": -1}.get(stage)
    if at is None:
        at = words.LADDER.index(stage) if stage in words.LADDER else -1
    return [(rung, index <= at) for index, rung in enumerate(words.LADDER)]
