"""A page that its source edits after a person confirmed its figure: the proof stays where the words were."""

import pytest
from django.urls import reverse

from signals.models import IndicatorCurrent, SignalCurrent
from tests.signals.conftest import FIRST_HALF
from tests.signals.views.test_review import post, shown

PAGE = FIRST_HALF.format(more="The company also spoke of new quality productive forces.")


@pytest.fixture
def edited(first_half, as_editor, take):
    """The confirmed figure of version 1; version 2 says another one."""
    row = IndicatorCurrent.objects.get(metric="revenue", measure="level")
    post(as_editor, row, verdict="accept")
    take(PAGE.replace("18.87", "17.99"))
    row.refresh_from_db()
    assert (row.state, row.lost) == ("re_review", True)
    return row


def test_the_proof_of_a_figure_that_was_edited_away_is_the_version_that_said_it(client, edited):
    first, second = edited.disclosure.versions.select_related("capture").order_by("number")
    page = client.get(reverse("signals:evidence", args=[edited.key])).content.decode()
    assert first.capture.snapshot_id in page
    assert second.capture.snapshot_id not in page
    assert f'href="/disclosures/{edited.disclosure_id}/diff/?from=1&amp;to=2"' in page
    assert "From version 2 on the text no longer says this" in page
    place = f"/disclosures/{edited.disclosure_id}/?version=1#f-{edited.key[:12]}"
    assert f'href="{place}"' in page
    assert f'id="f-{edited.key[:12]}"' in client.get(place.partition("#")[0]).content.decode()


def test_what_still_stands_is_shown_in_the_newest_version(client, edited):
    row = IndicatorCurrent.objects.get(metric="revenue", measure="level", lost=False)
    page = client.get(reverse("signals:evidence", args=[row.key])).content.decode()
    assert edited.disclosure.versions.get(number=2).capture.snapshot_id in page
    assert "no longer says" not in page


def test_a_signal_whose_words_are_gone_says_so_too(client, as_editor, take):
    take(FIRST_HALF.format(more="Northern Rare Earth will build a new magnet plant in Baotou by 2027."))
    row = SignalCurrent.objects.filter(quote__contains="magnet plant").first()
    form = {"queue": "new", "kind": "signal", "shown": shown(row), "looked_at": "1", "verdict": "accept"}
    as_editor.post(f"/review/signal/{row.key}/decide/", form)
    take(FIRST_HALF.format(more="The canteen of Northern Rare Earth was praised."))
    page = client.get(reverse("signals:evidence", args=[row.key])).content.decode()
    assert "From version 2 on the text no longer says this" in page
