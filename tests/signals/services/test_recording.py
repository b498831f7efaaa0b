"""Many documents in one transaction: the same outcome as one by one, in few questions to the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signals.models import Disclosure, DisclosureVersion, Fact, Fetch, IndicatorCurrent, Rollup, TimelineEntry
from signals.services import describing, extraction, fetch, integrity, pipeline

NAMES = ["Northern Rare Earth", "Shenghe Resources", "JL MAG", "Xiamen Tungsten"]


def page(number, revenue=None):
    """Every third page retells the one before it, so that copies and shared facts are among them."""
    told = number - 1 if number % 3 == 2 else number
    name = NAMES[told % len(NAMES)]
    return (
        f"<html lang=en><body><article><h1>{name} reports, note {told}</h1><p>{1 + told % 27} March 2025</p>"
        f"<p>{name} said that its revenue in 2024 reached {revenue or 10 + told / 10} billion yuan, up {5 + told} percent on the "
        f"year. It began to build the second phase of its green smelting project in the park, in plot {told * 7919}.</p>"
        f"<p>Lot numbers {', '.join(str(told * 31337 + n) for n in range(9))} were handed over to buyers abroad.</p></article></body></html>"
    ).encode()


@pytest.fixture
def keep(known, source):
    def keep(number, name=None, **about):
        return fetch.keep(source, f"https://press.example/{name or number}", page(number, **about))

    return keep


def outcome():
    return {
        "pages": sorted(
            Disclosure.objects.values_list(
                "canonical_url", "title", "indicator_count", "signal_count", "origin__key", "counted",
                "duplicate_of__canonical_url",
            ), key=str,
        ),
        "figures": sorted(IndicatorCurrent.objects.values_list("key", "value", "conflict", "superseded", "fact_key")),
        "facts": sorted(Fact.objects.values_list("key", "best", "carriers", "origins", "conflict")),
        "timeline": sorted(TimelineEntry.objects.values_list("entity", "lane", "finding_key", "title", "weight")),
        "counts": sorted(Rollup.objects.filter(count__gt=0).values_list("entity", "kind", "key", "month", "count")),
    }  # fmt: skip


def outcome_of(keep, read):
    """What comes of twelve pages; nothing of it stays."""
    from django.db import transaction

    with transaction.atomic():
        read([keep(number) for number in range(12)])
        assert list(integrity.check()) == []
        found = outcome()
        transaction.set_rollback(True)
    return found


def test_together_gives_what_one_by_one_gives(keep):
    together = outcome_of(keep, extraction.read_all)
    assert together == outcome_of(keep, lambda ids: [extraction.read(one) for one in ids])
    assert together == outcome_of(keep, lambda ids: extraction.read_all(ids[::-1]))
    assert any(original for *_, original in together["pages"])


def test_more_documents_are_hardly_more_questions(keep):
    few, many = [keep(number) for number in (0, 3)], [keep(number) for number in range(6, 60, 3)]
    counts = []
    for ids in (few, many):
        with CaptureQueriesContext(connection) as queries:
            extraction.read_all(ids)
        counts.append(len(queries))
    assert counts[1] - counts[0] <= len(many) - len(few)  # an origin that is new asks for itself


def test_one_that_breaks_something_bears_it_alone(keep, monkeypatch):
    ids = [keep(number) for number in (0, 3, 6)]
    ask = extraction._ask

    def poisoned(data, url, *rest):
        if url.endswith("/3"):
            raise RuntimeError("boom")
        return ask(data, url, *rest)

    monkeypatch.setattr(extraction, "_ask", poisoned)
    pipeline.read_all(ids)
    assert list(Fetch.objects.order_by("pk").values_list("state", flat=True)) == ["done", "kept", "done"]
    assert "boom" in Fetch.objects.get(pk=ids[1]).error
    assert Disclosure.objects.count() == 2


def test_a_row_that_cannot_be_written_takes_nobody_along(keep, monkeypatch):
    ids = [keep(number) for number in (0, 3, 6)]
    version = describing.version

    def too_long(work, *rest):
        made = version(work, *rest)
        if work.url.endswith("/3"):
            made.charset = "x" * 99
        return made

    monkeypatch.setattr(describing, "version", too_long)
    pipeline.read_all(ids)
    assert list(Fetch.objects.order_by("pk").values_list("state", flat=True)) == ["done", "kept", "done"]


def test_two_captures_of_one_address_are_two_versions_in_their_order(keep):
    ids = [keep(0, "a"), keep(3, "b"), keep(0, "a", revenue=77), keep(0, "a", revenue=78)]
    assert set(extraction.read_all(ids).values()) == {"done"}
    kept = DisclosureVersion.objects.filter(disclosure__canonical_url__endswith="/a").order_by("number")
    assert [next(str(n) for n in (10, 77, 78) if f"reached {n}" in one.text) for one in kept] == ["10", "77", "78"]
    assert [one.cause for one in kept] == ["first", "edited", "edited"]


def test_what_was_tried_before_is_read_alone(keep, monkeypatch):
    ids = [keep(number) for number in (0, 3, 6)]
    Fetch.objects.filter(pk=ids[1]).update(attempts=1)
    batches = []
    read = extraction._read_batch
    monkeypatch.setattr(extraction, "_read_batch", lambda batch: batches.append(list(batch)) or read(batch))
    extraction.read_all(ids)
    assert [batch for batch in batches if batch] == [[ids[0]], [ids[1]], [ids[2]]]


def test_what_there_is_no_time_for_is_left_as_it_was(keep, monkeypatch):
    monkeypatch.setattr(extraction, "LONGEST", -1.0)
    ids = [keep(number) for number in (0, 3)]
    assert extraction.read_all(ids) == dict.fromkeys(ids, "later")
    assert list(Fetch.objects.values_list("state", "attempts")) == [("kept", 0), ("kept", 0)]
