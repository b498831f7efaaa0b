"""Saved views: kept, counted, opened, renamed and deleted by their owner, without JavaScript."""

import pytest

from signals.models import SavedView
from signals.selectors import saved

THIRD_QUARTER = """
<html><body><article><h1>Third quarter told</h1>
<p>Northern Rare Earth put its revenue in the third quarter of 2025 at RMB 11.42 billion in a statement to the exchange.</p>
<p>Orders for polishing powder came in late, the company added, and the warehouse in Baotou stood empty by September.</p>
</article></body></html>
"""
TIMELINE = "/companies/northern-rare-earth/?lane=figure"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (TIMELINE, TIMELINE),
        ("/search/?q=quota&page=3&mode=signals&theme=", "/search/?q=quota&mode=signals"),
        ("/companies/northern-rare-earth/?before=2025-01-01.7&all=1", "/companies/northern-rare-earth/"),
        ("/compare/?metric=revenue&company=a&company=b", "/compare/?metric=revenue&company=a&company=b"),
        ("/indicators/price/?tab=table", "/indicators/price/?tab=table"),
        (
            "/companies/northern-rare-earth/indicators/?metric=price",
            "/companies/northern-rare-earth/indicators/?metric=price",
        ),
        ("/audit/", ""),
        ("/disclosures/1/", ""),
        ("https://elsewhere.example/search/?q=a", ""),
        ("//elsewhere.example/search/", ""),
        ("/accounts/login/", ""),
        ("//[", ""),
        ("/search/?q=a%00", ""),
        ("/search/?q=" + "x" * 2000, ""),
        ("", ""),
    ],
)
def test_only_addresses_of_filtered_pages_are_kept_and_without_their_place_on_the_list(url, kept):
    assert saved.savable(url) == kept


@pytest.fixture
def view(as_analyst, first_half):
    as_analyst.post("/saved/add/", {"name": "  Figures  of the group ", "url": TIMELINE})
    return SavedView.objects.get()


def test_saving_leads_back_to_the_view_and_lists_it_on_the_overview(as_analyst, view):
    assert (view.name, view.url) == ("Figures of the group", TIMELINE)
    assert "Figures of the group" in as_analyst.get("/").text
    assert "Save this view" in as_analyst.get(TIMELINE).text


def test_strangers_see_no_form(client, first_half):
    assert "Save this view" not in client.get(TIMELINE).text


@pytest.mark.parametrize(
    "url",
    [
        TIMELINE,
        "/search/?q=revenue",
        "/search/?mode=figures&metric=revenue",
        "/indicators/revenue/?company=northern-rare-earth",
        "/compare/?metric=revenue&company=northern-rare-earth",
        "/companies/northern-rare-earth/indicators/?metric=revenue&product=",
    ],
)
def test_what_comes_in_after_the_last_opening_is_new_until_it_is_opened(as_analyst, first_half, take, url):
    as_analyst.post("/saved/add/", {"name": "mine", "url": url})
    view = SavedView.objects.get()
    assert [one.new for one in saved.of(view.user)] == ["0"]
    take(THIRD_QUARTER, url="https://press.example/second")
    assert int(saved.of(view.user)[0].new) > 0
    assert as_analyst.get(f"/saved/{view.pk}/")["Location"] == view.url
    assert int(saved.of(view.user)[0].new) > 0, "whatever fetches links ahead has not seen it"
    assert as_analyst.post(f"/saved/{view.pk}/")["Location"] == view.url
    assert [one.new for one in saved.of(view.user)] == ["0"]


def test_a_search_for_nothing_counts_nothing(as_analyst, view):
    as_analyst.post("/saved/add/", {"name": "empty", "url": "/search/"})
    assert {one.row.name: one.new for one in saved.of(view.user)}["empty"] == "0"


def test_the_owner_renames_and_deletes(as_analyst, view):
    as_analyst.post(f"/saved/{view.pk}/change/", {"name": "Group"})
    assert SavedView.objects.get().name == "Group"
    as_analyst.post(f"/saved/{view.pk}/change/", {"name": "Group", "delete": "1"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_view_keeps_its_name_when_none_is_given(as_analyst, view, name):
    page = as_analyst.post(f"/saved/{view.pk}/change/", {"name": name}, follow=True)
    assert "needs a name" in page.text
    assert SavedView.objects.get().name == "Figures of the group"


def test_two_views_never_share_a_name_by_renaming_but_saving_again_moves_one(as_analyst, view):
    as_analyst.post("/saved/add/", {"name": "other", "url": "/search/?q=a"})
    other = SavedView.objects.get(name="other")
    page = as_analyst.post(f"/saved/{other.pk}/change/", {"name": view.name}, follow=True)
    assert "this name already" in page.text
    as_analyst.post("/saved/add/", {"name": "other", "url": "/search/?q=b"})
    assert SavedView.objects.get(name="other").url == "/search/?q=b"


def test_nobody_touches_anothers_views(as_editor, view):
    assert as_editor.get(f"/saved/{view.pk}/").status_code == 404
    assert as_editor.post(f"/saved/{view.pk}/change/", {"name": "x"}).status_code == 404
    assert as_editor.post(f"/saved/{view.pk}/change/", {"delete": "1"}).status_code == 404
    assert view.name not in as_editor.get("/saved/").text
    view.refresh_from_db()
    assert view.name == "Figures of the group"


def test_an_address_that_cannot_be_kept_is_refused_with_words(as_analyst, view):
    page = as_analyst.post("/saved/add/", {"name": "x", "url": "https://elsewhere.example/"}, follow=True)
    assert "can be saved" in page.text
    assert SavedView.objects.count() == 1


def test_a_name_loses_what_no_text_can_hold(as_analyst, view):
    as_analyst.post("/saved/add/", {"name": "two\0words", "url": "/search/?q=a"})
    assert SavedView.objects.filter(name="twowords").exists()
