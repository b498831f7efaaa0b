"""Time of a decision with its next card, with very many figures waiting: server time through the test client.

Run by `./dev bench`, or alone: `python -m pytest tests/bench/review.py -s`. Prints the median and the 95th percentile in milliseconds.
"""

import time

import pytest
from django.db import connection

from signals.models import Disclosure, IndicatorCurrent
from signals.services import decisions, review
from tests.signals.conftest import first_half, known, source, take  # noqa: F401

WAITING, DECISIONS, P95 = 100_000, 60, 120


def multiply(row: IndicatorCurrent, count: int) -> None:
    """So many more waiting figures like ``row``, twenty to a document, with keys, facts, texts and times of their own."""
    version = row.disclosure.current_version_id
    many = count // 20
    with connection.cursor() as cursor:
        _copy(cursor, Disclosure, "n BETWEEN 1 AND %s", row.disclosure_id, many,
              {"id": "nextval('signals_disclosure_id_seq')", "canonical_url": "canonical_url || n", "current_version_id": "NULL",
               "first_seen_at": "first_seen_at - n * interval '1 second'", "title": "title || n"})  # fmt: skip
        cursor.execute(
            "INSERT INTO signals_disclosureversion (disclosure_id, number, cause, capture_id, title, text, sections, blocks, charset, repairs, "
            "offsets, text_hash, paragraph_hashes, sketch, engine, made_at) SELECT d.id, 1, v.cause, v.capture_id, v.title, v.text, v.sections, "
            "v.blocks, v.charset, v.repairs, v.offsets, v.text_hash, v.paragraph_hashes, v.sketch, v.engine, v.made_at "
            "FROM signals_disclosureversion v, signals_disclosure d WHERE v.id = %s AND d.current_version_id IS NULL",
            [version],
        )
        cursor.execute(
            "UPDATE signals_disclosure d SET current_version_id = v.id FROM signals_disclosureversion v WHERE v.disclosure_id = d.id AND d.current_version_id IS NULL"
        )
        first = "(SELECT min(id) FROM signals_disclosure WHERE canonical_url LIKE '%%a1')"
        _copy(cursor, IndicatorCurrent, "n BETWEEN 1 AND %s", row.pk, count,
              {"key": "md5('k' || n) || md5('l' || n)", "fact_key": "md5('f' || n)", "disclosure_id": f"{first} + (n - 1) / 20",
               "first_seen_at": "first_seen_at - ((n - 1) / 20 + 1) * interval '1 second'", "subject_id": "NULL",
               "confidence": "round((0.5 + 0.5 * mod(n, 500) / 500.0)::numeric, 3)"})  # fmt: skip
        cursor.execute("ANALYZE signals_indicatorcurrent")
        cursor.execute("ANALYZE signals_disclosure")


def _copy(cursor, model, where, pk, count, own):
    columns = [field.column for field in model._meta.concrete_fields]
    listed = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(own.get(column, f'"{column}"') for column in columns)
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({listed}) SELECT {values} FROM {model._meta.db_table}, generate_series(1, %s) AS n "
        f'WHERE "{model._meta.pk.column}" = %s AND {where}',
        [count, pk, count],
    )


@pytest.mark.parametrize("queue", ["new", "low"])
def test_a_decision_with_its_next_card_is_quick_when_very_much_waits(as_editor, first_half, queue):  # noqa: F811
    row = IndicatorCurrent.objects.get(metric="revenue", measure="level")
    multiply(row, WAITING)
    keys = list(
        IndicatorCurrent.objects.filter(state="unreviewed", confidence__lt=0.7).values_list("pk", flat=True)[:DECISIONS]
    )
    took = []
    for key in keys:
        one = IndicatorCurrent.objects.get(pk=key)
        form = {"verdict": "defer", "queue": queue, "shown": review.token(one, decisions.standing([key]).get(key))}
        begun = time.perf_counter()
        answer = as_editor.post(f"/review/indicator/{key}/decide/", form, headers={"HX-Request": "true"})
        took.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200
    took.sort()
    print(
        f"\n{queue}: {WAITING:,} waiting, {len(took)} decisions, median {took[len(took) // 2]:.0f} ms, p95 {took[int(0.95 * len(took))]:.0f} ms"
    )
    assert took[int(0.95 * len(took))] <= P95
