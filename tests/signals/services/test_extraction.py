"""From kept bytes to read rows, once and only once."""

from decimal import Decimal
from unittest import mock

import pytest

from signals.models import (
    Disclosure,
    DisclosureVersion,
    Extraction,
    Fact,
    Fetch,
    Indicator,
    IndicatorCurrent,
    Rollup,
    SourceEvent,
    TimelineEntry,
)
from signals.services import extraction, fetch, integrity, rebuild, recording, reextraction, withdrawal
from tests.signals.conftest import FIRST_HALF

URL = "https://press.example/a"


def test_a_page_becomes_figures_with_quotes_that_lead_to_kept_bytes(first_half):
    revenue = IndicatorCurrent.objects.get(metric="revenue", measure="level")
    assert revenue.value == Decimal(18_870_000_000)
    assert revenue.subject_id == "northern-rare-earth"
    assert revenue.period_label == "2025H1"
    version = revenue.indicator.extraction.version
    assert version.text[revenue.indicator.start : revenue.indicator.end] == revenue.quote
    assert list(integrity.check()) == []


def test_a_read_row_that_names_what_is_not_there_is_found(first_half):
    revenue = IndicatorCurrent.objects.get(metric="revenue", measure="level")
    IndicatorCurrent.objects.filter(pk=revenue.pk).update(disclosure=0)
    problem = integrity.Problem("read rows whose disclosure is not there", f"indicatorcurrent {revenue.pk}")
    assert list(integrity.check()) == [problem]


def test_reading_twice_changes_nothing(first_half, source):
    before = counts()
    assert extraction.read(Fetch.objects.get().pk) == ""
    again = fetch.keep(
        source,
        URL,
        FIRST_HALF.format(more="The company also spoke of new quality productive forces.").encode(),
        hints={"url": URL},
    )
    assert extraction.read(again) == "unchanged"
    assert counts() == before


def test_a_silent_edit_makes_a_second_version_and_moves_what_stayed(first_half, take):
    profit = IndicatorCurrent.objects.get(metric="net_profit", measure="level").key
    take(FIRST_HALF.format(more="A correction was made.").replace("18.87", "17.99"))
    assert [v.number for v in DisclosureVersion.objects.order_by("number")] == [1, 2]
    assert DisclosureVersion.objects.get(number=2).cause == "edited"
    assert IndicatorCurrent.objects.get(metric="revenue", measure="level").value == Decimal(17_990_000_000)
    assert IndicatorCurrent.objects.filter(pk=profit).exists()
    assert list(integrity.check()) == []


def test_a_change_in_the_boilerplate_alone_makes_no_version(first_half, take):
    page = FIRST_HALF.format(more="The company also spoke of new quality productive forces.")
    take(page.replace("<body>", "<body><nav><a href='/'>Home</a> <a href='/subscribe'>Subscribe now</a></nav>"))
    assert DisclosureVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"%PDF-1.7 this is no pdf", "PDF"),
        (bytes(range(256)) * 40, ""),
    ],
)
def test_bad_input_is_refused_with_a_reason_and_stores_nothing_half(known, source, data, words):
    fetch_id = fetch.keep(source, "file:bad", data)
    extraction.read(fetch_id)
    row = Fetch.objects.get(pk=fetch_id)
    assert row.state == "rejected"
    assert words in row.error
    assert Extraction.objects.count() == 0


def test_a_page_that_breaks_the_engine_is_parked_after_its_attempts_and_can_be_retried(known, source):
    fetch_id = fetch.keep(source, URL, FIRST_HALF.encode(), hints={"url": URL})
    with mock.patch.object(extraction, "extract", side_effect=RuntimeError("boom")):
        for _ in range(Fetch.MAX_ATTEMPTS):
            with pytest.raises(RuntimeError):
                extraction.read(fetch_id)
    assert extraction.read(fetch_id) == "parked"
    assert DisclosureVersion.objects.count() == 0
    assert fetch.retry(fetch_id)
    assert extraction.read(fetch_id) == "done"


def test_an_exact_copy_counts_once(first_half, take):
    copy = take(
        FIRST_HALF.format(more="The company also spoke of new quality productive forces."),
        url="https://mirror.example/b",
    )
    first_half.refresh_from_db()
    assert {copy.duplicate_of_id, first_half.duplicate_of_id} & {copy.pk, first_half.pk}
    assert Fact.objects.get(metric="revenue", measure="level").carriers == 1
    assert IndicatorCurrent.objects.filter(metric="revenue", measure="level", superseded=False).count() == 1


def test_two_outlets_that_retell_one_company_are_two_articles_and_one_origin(first_half, take):
    take(
        "<html lang='en'><body><article><h1>Northern Rare Earth grows</h1><p>August 29, 2025</p><p>Northern Rare Earth said its "
        "revenue for the first half of 2025 came to RMB 18.87 billion. Magnets, metals and oxides were all in demand at "
        "home while foreign buyers waited for licences, the company added in its statement.</p></article></body></html>",
        url="https://other.example/c",
    )
    fact = Fact.objects.get(metric="revenue", measure="level", period_label="2025H1")
    assert (fact.carriers, fact.origins, fact.independent) == (2, 1, False)


def test_the_read_models_can_be_made_anew(first_half, take):
    take(FIRST_HALF.format(more="More.").replace("18.87", "9.10").replace("931", "411"), url="https://other.example/d")
    before = snapshot()
    rebuild.rebuild()
    assert snapshot() == before


def test_rereading_with_the_same_engine_reports_no_change(first_half):
    report = reextraction.reextract(first_half.pk)
    assert (report.added, report.removed, report.changed) == ([], [], [])
    assert Extraction.objects.count() == 1


def test_the_past_cannot_be_changed(first_half):
    from django.db import IntegrityError, connection

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE signals_indicator SET value = 1")


def counts():
    return {
        model.__name__: model.objects.count()
        for model in (DisclosureVersion, Extraction, Indicator, IndicatorCurrent, TimelineEntry, Fact, Rollup)
    }


def snapshot():
    rows = {
        "current": sorted(
            IndicatorCurrent.objects.values_list("key", "value", "state", "superseded", "conflict", "fact_key")
        ),
        "facts": sorted(Fact.objects.values_list("key", "best", "carriers", "origins", "independent", "conflict")),
        "timeline": sorted(TimelineEntry.objects.values_list("entity", "lane", "finding_key", "title", "weight")),
        "rollups": sorted(Rollup.objects.filter(count__gt=0).values_list("entity", "kind", "key", "month", "count")),
    }
    return rows


def test_rereading_does_not_bring_back_what_its_source_took_away(first_half, monkeypatch):
    withdrawal.withdraw(URL, "Its source answers 410.")
    before = Disclosure.objects.get().withdrawn_at
    monkeypatch.setattr(recording, "ENGINE", "next")
    reextraction.reextract(first_half.pk)
    now = Disclosure.objects.get()
    assert Extraction.objects.count() == 2
    assert (now.withdrawn_at, now.withdrawn_reason) == (before, "Its source answers 410.")
    assert not IndicatorCurrent.objects.filter(superseded=False).exists()


def test_a_page_that_takes_itself_back_is_told_of_once(take, monkeypatch):
    gone = take(
        FIRST_HALF.format(more="x").replace("<p>28", "<p>This article has been withdrawn by its author.</p><p>28")
    )
    assert gone.withdrawn_at is not None
    monkeypatch.setattr(recording, "ENGINE", "next")
    reextraction.reextract(gone.pk)
    assert Disclosure.objects.get().withdrawn_at == gone.withdrawn_at
    assert SourceEvent.objects.filter(kind="withdrawn").count() == 1
