"""The proof of one figure or signal: quote in context, version, origin chain, judgements, competing values."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signals.formatting import quotes
from signals.models import (
    Decision,
    Disclosure,
    DisclosureVersion,
    Fact,
    Indicator,
    IndicatorCurrent,
    Signal,
    SignalCurrent,
)
from signals.selectors import because

CONFIDENCE = [(0.9, gettext_lazy("sure")), (0.7, gettext_lazy("fairly sure")), (0.0, gettext_lazy("unsure"))]


def find(key: str) -> IndicatorCurrent | SignalCurrent | None:
    related = ("subject", "disclosure", "disclosure__origin", "disclosure__current_version__capture", "source")
    return (
        IndicatorCurrent.objects.select_related(*related, "indicator").filter(pk=key).first()
        or SignalCurrent.objects.select_related(*related, "signal").filter(pk=key).first()
    )


def evidence(row: IndicatorCurrent | SignalCurrent, *, alone: bool = False) -> dict[str, Any]:
    """Everything that the panel shows about a row; without verdicts for who reads its document on their own."""
    finding = row.indicator if isinstance(row, IndicatorCurrent) else row.signal
    fact = Fact.objects.filter(pk=row.fact_key).first() if isinstance(row, IndicatorCurrent) else None
    disclosure = row.disclosure
    held = _holding(row, finding)
    place = f"?version={held.number}" if held and row.lost else ""
    row.prefix = quotes.before(finding.prefix) if finding else ""  # type: ignore[union-attr]
    row.suffix = quotes.after(finding.suffix) if finding else ""  # type: ignore[union-attr]
    row.speaker = disclosure.publisher if row.voice == "publisher" else ""  # type: ignore[union-attr]
    return {
        "figure": row,
        "disclosure": {
            "title": disclosure.title,
            "url": f"{disclosure.get_absolute_url()}{place}#f-{row.key[:12]}",
            "publisher": disclosure.publisher,
            "language": disclosure.language,
            "published_on": disclosure.published_on,
            "withdrawn": disclosure.withdrawn_at,
        },
        "chain": chain(disclosure),
        "carriers": fact.carriers if fact else None,
        "origins": fact.origins if fact else None,
        "independent": fact.independent if fact else None,
        # A second person judges without having seen the first verdict.
        "decisions": [] if alone or row.state == "second_look" else decisions(row.key),
        "competing": competing(row) if isinstance(row, IndicatorCurrent) else [],
        "checks": checks(row) if isinstance(row, IndicatorCurrent) else [],
        "version": version(held),
        "gone": gone(row, held),
        "because": because.in_a_line(row),
        "confidence_words": next(word for floor, word in CONFIDENCE if float(row.confidence) >= floor),
    }


def chain(disclosure: Disclosure) -> list[dict[str, Any]]:
    """Whose words, nearest first: the page, what it copies, who said it."""
    links = [
        {
            "label": disclosure.publisher or disclosure.canonical_url,
            "url": disclosure.canonical_url if disclosure.canonical_url.startswith("http") else "",
            "kind": "own_reporting",
        }
    ]
    if disclosure.duplicate_of is not None:
        original = disclosure.duplicate_of
        links.append(
            {"label": original.publisher or original.title, "url": original.get_absolute_url(), "kind": "own_reporting"}
        )
    origin = disclosure.origin
    if origin is not None:
        if origin.kind == "own_reporting":
            return links
        links[0]["kind"] = "unknown" if origin.kind == "unknown" else "own_reporting"
        if origin.name == disclosure.publisher:
            links[0]["kind"] = origin.kind
        else:
            links.append(
                {"label": origin.name, "url": origin.url if origin.url.startswith("http") else "", "kind": origin.kind}
            )
    return links


def decisions(key: str) -> list[dict[str, Any]]:
    rows = Decision.objects.filter(finding_key=key, undone_by=None).exclude(verdict="undo").select_related("reviewer")
    return [{"verdict": row.verdict, "by": row.reviewer.get_username(), "at": row.at, "note": row.note} for row in rows]


def competing(row: IndicatorCurrent) -> list[IndicatorCurrent]:
    """Other statements of the same fact, the nearest to their source first."""
    others = IndicatorCurrent.objects.filter(fact_key=row.fact_key, superseded=False).exclude(pk=row.pk)
    return list(others.select_related("subject", "disclosure").order_by("origin_kind", "published_on", "key")[:12])


def checks(row: IndicatorCurrent) -> list[dict[str, Any]]:
    """What the engine's arithmetic found about the figure, and whether others agree."""
    found: list[dict[str, Any]] = []
    if row.conflict:
        found.append({"ok": False, "text": _("Another source states a different value for the same period.")})
    if row.indicator is not None:
        for name, ok in (("arithmetic", True), ("disagrees", False)):
            text = row.indicator.why.get(name)
            if text:
                found.append({"ok": ok, "text": because.sum_in_words(text)})
        if row.converted_value is not None and row.converted_value and row.unit == "CNY":
            rate = row.value / row.converted_value
            found.append({"ok": True, "text": _("Implied exchange rate %(rate)s.") % {"rate": f"{rate:.2f}"}})
    return found


def _holding(row: IndicatorCurrent | SignalCurrent, finding: Indicator | Signal | None) -> DisclosureVersion | None:
    """The version that has the quote: the newest, or the last one before its words were taken out."""
    if not row.lost or finding is None:
        return row.disclosure.current_version
    return DisclosureVersion.objects.select_related("capture").get(extractions=finding.extraction_id)


def gone(row: IndicatorCurrent | SignalCurrent, held: DisclosureVersion | None) -> dict[str, Any] | None:
    """The version from which on the quote is no longer in the text, and where to see what changed."""
    if not row.lost or held is None:
        return None
    after = row.disclosure.versions.filter(number__gt=held.number).select_related("capture").order_by("number").first()
    if after is None:
        return None
    place = reverse("signals:diff", args=[row.disclosure_id])
    return {
        "number": after.number,
        "at": after.capture.fetched_at,
        "url": f"{place}?from={held.number}&to={after.number}",
    }


def version(held: DisclosureVersion | None) -> dict[str, Any]:
    """The kept copy that the quote stands in."""
    if held is None:
        return {}
    return {
        "number": held.number,
        "fetched_at": held.capture.fetched_at,
        "sha256": held.capture.snapshot_id,
        "url": reverse("signals:disclosure", args=[held.disclosure_id]),
        "engine": held.engine,
        "repairs": len(held.repairs),
        "charset": held.charset,
    }
