"""What a phone shows of long things: event notes folded under their chart, titles cut in lists; an empty site says so once."""

import pytest

from tests.signals.conftest import FIRST_HALF

WORD = "Supercalifragilistic" * 15
SPOKE = "Northern Rare Earth began to build the second phase of its green smelting project."


@pytest.fixture
def with_events(take) -> None:
    """Two years of revenue, and a beginning that the chart of them numbers."""
    now = FIRST_HALF.format(more=SPOKE)
    take(now)
    take(now.replace("2025", "2024").replace("18.87", "13.01"), "https://press.example/year-before")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "folded"), [(390, True), (1280, False)])
def test_event_notes_are_folded_on_a_phone_alone(live_server, new_page, with_events, width, folded):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(live_server.url + "/companies/northern-rare-earth/indicators/?metric=revenue")
    notes, summary = page.locator(".flags li a").first, page.locator(".flags > summary").first
    notes.wait_for(state="attached")
    shown = "node => node.checkVisibility({contentVisibilityAuto: true}) && node.getBoundingClientRect().height > 0"
    assert notes.evaluate(shown) is not folded
    assert summary.is_visible() is folded
    if folded:
        summary.click()
        assert notes.evaluate(shown)


@pytest.mark.parametrize(
    "path", ["/companies/northern-rare-earth/", "/companies/northern-rare-earth/disclosures/", "/search/?q=revenue"]
)
def test_a_title_without_end_is_cut_in_lists_and_whole_on_its_page(client, take, path):
    filed = take(FIRST_HALF.format(more="").replace("Northern Rare Earth reports its first half", WORD))
    text = client.get(path).text
    assert WORD[:180] + "…" in text
    assert WORD not in text
    page = client.get(filed.get_absolute_url()).text
    assert f'class="long">{WORD}</h1>' in page


def test_an_empty_company_says_so_once(client, known):
    page = client.get("/companies/northern-rare-earth/").text
    assert "No entries" in page
    assert "Show everything" not in page
    assert 'class="pages"' not in page
    filtered = client.get("/companies/northern-rare-earth/?lane=figure").text
    assert "Show everything" in filtered


def test_nothing_to_compare_asks_for_no_choice(client, known):
    page = client.get("/compare/").text
    assert "No figures yet" in page
    assert 'name="metric"' not in page
