"""What an analyst can read on each page, in sentences."""

import json
from datetime import UTC, datetime

import pytest

from signals.models import IndicatorCurrent, SignalCurrent
from tests.signals.conftest import CHINESE_HALF, FIRST_HALF

PAGES = [
    "/",
    "/companies/",
    "/companies/northern-rare-earth/",
    "/companies/northern-rare-earth/indicators/",
    "/companies/northern-rare-earth/disclosures/",
    "/companies/northern-rare-earth/language/",
    "/companies/northern-rare-earth/promises/",
    "/promises/?state=due&kind=figure",
    "/indicators/",
    "/compare/",
    "/search/",
    "/search/?q=稀土",
    "/search/?mode=figures",
    "/search/?mode=signals",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_before_anything_was_read(client, known, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_something_to_show(client, first_half, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_chinese(client, first_half, path):
    page = client.get(path, headers={"accept-language": "zh-hans"})
    assert page.status_code == 200
    assert 'lang="zh-Hans"' in page.text


def test_the_overview_shows_the_new_figure_and_who_says_it(client, first_half):
    page = client.get("/").text
    assert "¥18.87" in page
    assert "Northern Rare Earth" in page


def test_the_first_run_says_what_would_be_here(client, known):
    assert "Nothing has been read yet" in client.get("/").text


def test_a_company_page_shows_both_names_ticker_and_key_figures(client, first_half):
    page = client.get("/companies/northern-rare-earth/").text
    for words in ("Northern Rare Earth", "北方稀土", "600111", "¥18.87", "H1\u00a02025", "self-reported"):
        assert words in page


def test_an_unknown_company_is_not_found(client, known):
    assert client.get("/companies/nobody/").status_code == 404


def test_every_point_of_a_chart_carries_the_key_of_its_figure(client, two_halves):
    page = client.get("/companies/northern-rare-earth/indicators/?metric=revenue").text
    data = page.split('type="application/json">', 1)[1].split("</script>")[0]
    keys = [key for trace in json.loads(data)["data"] for key in trace["customdata"] if key]
    assert keys
    assert set(keys) <= set(IndicatorCurrent.objects.values_list("pk", flat=True))


def test_what_was_stated_once_is_told_and_not_drawn(client, first_half):
    page = client.get("/indicators/revenue/").text
    assert "application/json" not in page
    assert page.count('class="figure ') == 2
    assert "Stated once, so not drawn" in page
    below = client.get("/companies/northern-rare-earth/indicators/?metric=revenue").text
    assert "What was stated only once is in the table alone." in below


def test_of_several_companies_one_length_of_period_is_drawn(client, take, two_halves):
    for year, revenue in (("2025", "5.12"), ("2024", "4.07")):
        page = FIRST_HALF.format(more=f"It told more of {year}.").replace("2025", year).replace("18.87", revenue)
        shown = page.replace("China Northern Rare Earth (Group) High-Tech Co.", "Shenghe Resources").replace(
            "Northern Rare Earth", "Shenghe Resources"
        )
        take(shown.replace("the first half of", "the first quarter of"), f"https://press.example/shenghe-{year}")
    quarters = client.get("/indicators/revenue/?span=quarter").text
    halves = client.get("/indicators/revenue/?span=half").text
    assert ("by quarter" in quarters, "by half-year" in quarters) == (True, False)
    assert ("by quarter" in halves, "by half-year" in halves) == (False, True)
    assert client.get("/indicators/revenue/?span=nonsense").status_code == 200


def test_a_sentence_of_two_themes_is_told_once(client, take):
    take(
        FIRST_HALF.format(
            more="Northern Rare Earth completed its green smelting upgrade and doubled its separation capacity."
        )
    )
    entries = client.get("/companies/northern-rare-earth/?lane=signal").text.split('id="entries"')[1]
    assert entries.count("completed its green smelting upgrade") == 1


def test_the_evidence_of_a_figure_is_a_page_and_a_panel(client, first_half):
    row = IndicatorCurrent.objects.get(metric="revenue", measure="level")
    whole = client.get(f"/indicators/figure/{row.key}/evidence/")
    panel = client.get(f"/indicators/figure/{row.key}/evidence/", headers={"hx-request": "true"})
    for words in ("RMB 18.87 billion", "H1\u00a02025", "1 article", "1 origin"):
        assert words in whole.text
    assert "<html" in whole.text
    assert "<html" not in panel.text
    assert "HX-Request" in whole.headers["Vary"]


def test_the_evidence_of_a_signal_shows_its_sentence(client, take):
    take(
        FIRST_HALF.format(
            more="Northern Rare Earth completed its green smelting upgrade and put the line into operation."
        )
    )
    row = SignalCurrent.objects.filter(stage="done").first()
    assert row.quote.split()[-1] in client.get(f"/indicators/figure/{row.key}/evidence/").text


def test_a_disclosure_marks_its_figures_and_tells_where_it_was_kept(client, first_half):
    page = client.get(first_half.get_absolute_url()).text
    version = first_half.current_version
    assert "kind-indicator" in page
    assert version.capture.snapshot_id[:12] in page
    assert "https://press.example/a" in page


def test_the_snapshot_is_a_download_that_no_browser_runs(client, first_half):
    answer = client.get(f"{first_half.get_absolute_url()}snapshot/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_diff_shows_the_digit_that_changed(client, first_half, take):
    take(FIRST_HALF.format(more="The company also spoke of new quality productive forces.").replace("18.87", "17.99"))
    page = client.get(f"{first_half.get_absolute_url()}diff/").text
    assert "18.87" in page.split("<del>", 1)[1].split("</del>")[0]
    assert "17.99" in page.split("<ins>", 1)[1].split("</ins>")[0]


@pytest.mark.parametrize(
    "query", ["revenue", "Northern Rare Earth", "北方稀土", "600111", '"first half of 2025"', "nosuchword"]
)
def test_search_finds_by_word_name_in_either_language_and_ticker(client, first_half, query):
    page = client.get("/search/", {"q": query})
    found = first_half.title in page.text
    assert found is (query != "nosuchword")


def test_two_chinese_characters_are_found_inside_running_text(client, take):
    page = take(
        "<html lang='zh'><body><article><h1>集团召开会议</h1><p>会议强调，加快绿色冶炼改造，推进全产业链建设。</p></article></body></html>"
    )
    assert page.title in client.get("/search/", {"q": "冶炼"}).text
    assert page.title not in client.get("/search/", {"q": "炼冶"}).text


def test_hits_stand_by_year_and_older_years_are_a_click_away(client, two_halves, monkeypatch):
    page = client.get("/search/?q=revenue").text
    assert "Hits by year" in page
    assert 'href="/search/?q=revenue&amp;year=2024"' in page
    monkeypatch.setattr("signals.selectors.search.COUNTED", 1)
    page = client.get("/search/?q=revenue").text
    assert "The newest 1 hits by year" in page
    assert 'href="/search/?q=revenue&amp;year=2024"' in page
    assert "all years" in client.get("/search/?q=revenue&year=2024").text


def test_a_title_is_not_told_twice(client, first_half):
    page = client.get("/search/?q=revenue").text
    assert page.count(first_half.title) == 1


def test_figures_are_searched_by_value_and_period(client, first_half):
    page = client.get("/search/", {"mode": "figures", "min": "1000000000", "period": "2025H1"}).text
    assert "18.87" in page
    assert "RMB 931" not in page
    assert "18.87" not in client.get("/search/", {"mode": "figures", "period": "2024"}).text


def test_files_carry_quote_address_and_hash_and_are_never_empty(client, first_half):
    csv = client.get("/indicators/revenue/export.csv").getvalue().decode("utf-8-sig")
    assert "https://press.example/a" in csv
    assert first_half.current_version.capture.snapshot_id in csv
    records = json.loads(client.get("/indicators/revenue/export.json").getvalue())["records"]
    assert records[0]["citation"]
    empty = client.get("/indicators/revenue/export.csv?subject=baotou")
    assert empty.status_code == 404
    assert "nothing to take away" in empty.text.lower()


def test_compare_refuses_what_is_not_alike_and_says_why(client, first_half):
    page = client.get("/compare/?metric=revenue").text
    assert "a change and a level do not share a scale" in page


def test_the_timeline_filters_by_the_address_and_says_so(client, first_half):
    everything = client.get("/companies/northern-rare-earth/").text
    figures = client.get("/companies/northern-rare-earth/?lane=figure").text
    assert first_half.title in everything.split('id="entries"')[1]
    assert first_half.title not in figures.split('id="entries"')[1]


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "\u202egnp.exe",
        "javascript:alert(1)",
    ],
)
def test_a_hostile_page_is_only_text(client, take, payload):
    escaped = payload.replace("<", "&lt;").replace(">", "&gt;")
    text = f"<html lang='en'><body><article><h1>Baogang {escaped}</h1><p>Baogang Group said revenue rose 15% in 2025. {escaped} It completed the line.</p></article></body></html>"
    row = take(text)
    for path in (
        row.get_absolute_url(),
        "/",
        "/companies/baogang-group/",
        "/companies/baogang-group/disclosures/",
        "/search/?q=Baogang",
    ):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
        assert "\u202e" not in page


def test_pages_forbid_inline_scripts_and_frames(client, first_half):
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"].split("script-src")[-1].split(";")[0]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_two_languages_stand_side_by_side_with_the_same_facts_numbered(client, first_half, take):
    chinese = take(CHINESE_HALF, url="https://press.example/zh")
    assert f"/disclosures/{first_half.pk}/beside/?with={chinese.pk}" in client.get(first_half.get_absolute_url()).text
    page = client.get(f"/disclosures/{first_half.pk}/beside/").text
    left, right = page.split('id="l-1"', 1)[1], page.split('id="r-1"', 1)[1]
    assert "18.87 billion" in left.split("</mark>")[0]
    assert "188.7亿元" in right.split("</mark>")[0]
    assert 'href="#r-1"' in left.split("</mark>")[0]


def test_nothing_stands_beside_a_text_that_is_alone(client, first_half):
    assert client.get(f"/disclosures/{first_half.pk}/beside/").status_code == 404
    assert client.get(f"/disclosures/{first_half.pk}/beside/?with=99999999").status_code == 404


QUARTER = "<html><body><article><h1>{label}</h1><p>Northern Rare Earth put its revenue in the {label} of 2025 at RMB {value} billion. {more}</p></article></body></html>"
TOLD = [
    ("first quarter", "9.29", "2025-04-20", "A list of holders came with the notice, and a word on tailings."),
    ("second quarter", "9.58", "2025-07-20", "Furnaces at the old plant had stood cold for a month by then."),
    ("third quarter", "11.43", "2025-10-20", "Buyers of polishing powder pressed for earlier delivery all summer."),
    ("fourth quarter", "10.81", "2026-01-20", "The board met twice over freight, and settled for rail."),
]


def test_a_figure_that_stopped_coming_is_said_to_be_missing_never_shown_as_a_number(client, take, monkeypatch):
    for label, value, day, more in TOLD:
        page = QUARTER.format(label=label, value=value, more=more)
        take(page, url=f"https://press.example/{day}", published_on=day)
    monkeypatch.setattr("signals.views.company.timezone.now", lambda: datetime(2026, 9, 1, tzinfo=UTC))
    for path in ("/companies/northern-rare-earth/", "/companies/northern-rare-earth/indicators/?metric=revenue"):
        words = client.get(path).text.split('class="absence ', 1)[1].split("</li>")[0]
        assert "Q1\u00a02026" in words
        assert "not published" in words
        assert "4 times in a row, each quarter" in words
        assert "¥" not in words
