"""Rows written past the ORM are the rows that it reads back; constraints, triggers and errors are as ever."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from signals.models import (
    Disclosure,
    DisclosureVersion,
    Extraction,
    Fact,
    Indicator,
    IndicatorCurrent,
    SignalCurrent,
)
from signals.services import describing, extraction, fetch, recording, rows, search

MOMENT = datetime(2025, 8, 28, 9, 30, tzinfo=UTC)
ODD = "tabs\tand\\n \\N 引号\"'\n{json: null} %s"


def fields_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


def test_what_is_added_is_read_back(first_half):
    kept = Extraction.objects.get()
    new = [
        Extraction(version=kept.version, engine=f"{n}", lexicon=ODD[:64], warnings=[{"message": ODD, "span": None}])
        for n in range(3)
    ]
    new[1].origin = {"publisher": ODD}
    rows.number(new)
    rows.add(new)
    found = list(Extraction.objects.exclude(pk=kept.pk).order_by("pk"))
    assert [fields_of(one) for one in found] == [fields_of(one) for one in new]
    assert found[0].origin is None


def test_ids_come_from_the_sequences_of_several_tables(first_half):
    figures, readings = [Indicator(), Indicator()], [Extraction()]
    rows.number(figures, [], readings)
    newest = Indicator.objects.order_by("-pk")[0].pk
    assert [one.pk for one in figures] == [newest + 1, newest + 2]
    assert readings[0].pk == Extraction.objects.order_by("-pk")[0].pk + 1


def test_a_row_in_the_way_is_overwritten_left_or_refused(first_half):
    row = IndicatorCurrent.objects.order_by("key")[0]
    row.value, row.period_end, row.quote = Decimal("1.500000"), date(2025, 12, 31), ODD
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert([row], [("other",)], search.PLAIN)
    assert rows.insert([row], [("other",)], search.PLAIN, on_conflict="nothing") == []
    assert IndicatorCurrent.objects.get(pk=row.pk).quote != ODD
    assert rows.insert([row], [("rare earth",)], search.PLAIN, on_conflict="update") == [row.pk]
    kept = IndicatorCurrent.objects.get(pk=row.pk)
    assert (kept.value, kept.period_end, kept.quote) == (row.value, row.period_end, ODD)
    assert IndicatorCurrent.objects.filter(pk=row.pk, search="earth").exists()


def test_nothing_to_write_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        rows.number()
        rows.add([])
        assert rows.insert([]) == []


def test_what_does_not_fit_is_an_error_of_the_database(first_half):
    version = DisclosureVersion.objects.get()
    with pytest.raises(DataError), transaction.atomic():
        rows.add([Extraction(version=version, engine="x" * 50, lexicon="")])
    with pytest.raises(DataError), transaction.atomic():
        rows.insert(
            [
                Fact(
                    key="k" * 65,
                    metric="m",
                    measure="level",
                    modality="reported",
                    unit="t",
                    best_id="x",
                    newest_at=MOMENT,
                )
            ]
        )


def test_who_is_overtaken_begins_again(known, source, monkeypatch):
    """Another worker makes the same disclosure after we looked whether it is known."""
    page = "<html lang=en><body><article><h1>Note</h1><p>JL MAG said that revenue in 2024 reached 7 billion yuan.</p></article></body></html>"
    one = fetch.keep(source, "https://press.example/a", page.encode())
    make, overtaken = describing.disclosure, []

    def late(work):
        if not overtaken:
            overtaken.append(work.url)
            known_as = make(work)
            known_as.save()
            return make(work)
        return make(work)

    monkeypatch.setattr(recording.describing, "disclosure", late)
    with pytest.raises(recording.OvertakenError), transaction.atomic():
        extraction._read_locked([one])
    assert not Disclosure.objects.exists()
    assert extraction.read(one) == "done"
    assert Disclosure.objects.count() == 1


def test_vectors_are_what_the_words_give(first_half):
    with connection.cursor() as cursor:
        for table, model in (("indicator", IndicatorCurrent), ("signal", SignalCurrent)):
            for row in model.objects.all():
                cursor.execute(
                    f"SELECT search = to_tsvector('simple', %s) FROM signals_{table}current WHERE key = %s",
                    [*search.quoted(row.quote), row.pk],
                )
                assert cursor.fetchone() == (True,)


def test_a_row_that_is_made_is_as_the_model_makes_it():
    told = {
        "extraction_id": 1,
        "key": "k",
        "subject_id": "a",
        "figure_start": 3,
        "figure_end": 5,
        "value": Decimal("1.5"),
    }
    made, again = rows.make(Indicator, told), rows.make(Indicator, told)
    plain = Indicator(**told)
    assert [getattr(made, f.attname) for f in Indicator._meta.concrete_fields] == [
        getattr(plain, f.attname) for f in Indicator._meta.concrete_fields
    ]
    made.also.append([1, 2])
    assert (again.also, made._state.adding) == ([], True)


def test_a_row_takes_no_value_for_a_column_that_is_not_there():
    with pytest.raises(TypeError, match="Indicator has no subjekt_id"):
        rows.make(Indicator, {"subjekt_id": "a"})


@pytest.mark.parametrize("model", [Indicator, IndicatorCurrent, SignalCurrent, Fact, Disclosure])
def test_a_row_made_holds_what_the_constructor_gives(model):
    made, built = rows.make(model, {"confidence": 1} if hasattr(model, "confidence") else {}), model()
    told = {"confidence"}
    assert {k: v for k, v in fields_of(made).items() if k not in told} == {
        k: v for k, v in fields_of(built).items() if k not in told
    }
    mutable = [name for name, value in fields_of(made).items() if isinstance(value, list | dict)]
    other = rows.make(model, {})
    assert all(getattr(made, name) is not getattr(other, name) for name in mutable)
