"""The read models made anew from the record; a test compares the outcome with the live rows."""

from django.db import transaction

from signals.models import Disclosure, IndicatorCurrent, Rollup, SignalCurrent, TimelineEntry
from signals.services import locks, read_models, search


@transaction.atomic
def rebuild() -> int:
    """Empty the read models and fill them again; returns how many disclosures were gone through.

    Figures that people entered by hand have no extraction behind them and stay.
    """
    locks.one_writer()
    TimelineEntry.objects.all().delete()
    Rollup.objects.all().delete()
    IndicatorCurrent.objects.filter(entered_by=None, lost=False).delete()
    SignalCurrent.objects.filter(entered_by=None, lost=False).delete()
    Disclosure.objects.update(counted=[])
    ids = list(Disclosure.objects.exclude(current_version=None).order_by("pk").values_list("pk", flat=True))
    for disclosure in read_models.locked().filter(pk__in=ids).order_by("pk").iterator(chunk_size=200):
        if disclosure.current_version is not None:
            search.index(disclosure, disclosure.current_version)
        read_models.refresh(disclosure)
    return len(ids)
