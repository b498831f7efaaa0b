"""What pages read of disclosures, made anew from their newest extractions and their standing; many in one go."""

from collections import defaultdict

from django.db.models import QuerySet

from signals.models import Disclosure, Indicator, Signal
from signals.services import findings, timeline
from signals.services.findings import Standing


def locked() -> QuerySet[Disclosure]:
    """Disclosures to be changed, with what the read models ask of them."""
    return Disclosure.objects.select_for_update(of=("self",)).select_related("source", "origin", "current_version")


def refresh(*disclosures: Disclosure) -> None:
    """Make the read rows, timelines and counts of locked disclosures anew (``locks.one_writer`` is held)."""
    lay_out(stand(disclosures))


def lay_out(standings: list[Standing]) -> None:
    """The same for disclosures whose findings are at hand."""
    timeline.lay_out(standings, findings.refresh_all(standings))


def stand(disclosures: tuple[Disclosure, ...]) -> list[Standing]:
    """The disclosures that have an extraction, each with the findings of the newest."""
    by_version = {one.current_version_id: one for one in disclosures if one.current_version_id is not None}
    newest = timeline.current_extraction_ids(by_version)
    figures: defaultdict[int, list[Indicator]] = defaultdict(list)
    signals: defaultdict[int, list[Signal]] = defaultdict(list)
    for figure in Indicator.objects.filter(extraction__in=newest.values()).order_by("pk"):
        figures[figure.extraction_id].append(figure)
    for signal in Signal.objects.filter(extraction__in=newest.values()).order_by("pk"):
        signals[signal.extraction_id].append(signal)
    return [
        Standing(by_version[version], extraction, figures[extraction], signals[extraction])
        for version, extraction in newest.items()
    ]
