"""axe-core finds nothing to complain about, in both themes; the morning round needs no mouse and no JavaScript."""

import re

import pytest

from signals.models import IndicatorCurrent
from tests.signals.conftest import CHINESE_HALF, FIRST_HALF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/companies/",
    "/companies/northern-rare-earth/",
    "/companies/northern-rare-earth/indicators/?metric=revenue",
    "/companies/northern-rare-earth/disclosures/",
    "/companies/northern-rare-earth/language/",
    "/companies/northern-rare-earth/promises/",
    "/promises/",
    "/indicators/",
    "/indicators/revenue/",
    "/indicators/revenue/?tab=table",
    "/compare/",
    "/search/?q=稀土",
    "/search/?mode=figures",
    "/search/?mode=signals&q=revenue",
    "/search/?q=nosuchword",
    "/disclosures/{disclosure}/",
    "/disclosures/{disclosure}/diff/",
    "/disclosures/{disclosure}/beside/",
    "/indicators/figure/{figure}/evidence/",
    "/indicators/revenue/?tab=sources",
    "/sources/",
    "/sources/test-press/",
    "/quality/",
    "/styleguide/",
    "/accounts/login/",
    "/accounts/password_reset/",
    "/no-such-page/",
]
# pages for who has signed in, as an admin sees them
SIGNED_IN = [
    "/",
    "/companies/northern-rare-earth/",
    "/account/",
    "/account/second-factor/",
    "/disclosures/{disclosure}/agreement/",
    "/saved/",
    "/accounts/password_change/",
    "/review/",
    "/review/?queue=conflicts",
    "/proposals/",
    "/disclosures/{disclosure}/",
    "/users/",
    "/audit/",
    "/sources/add/",
    "/disclosures/add/",
    "/sources/test-press/edit/",
]


@pytest.fixture
def rows(first_half, take) -> dict[str, object]:
    """What the addresses name: a disclosure that an edit and a translation stand beside, and a figure of it."""
    take(FIRST_HALF.format(more="The company also spoke of new quality productive forces.").replace("18.87", "17.99"))
    take(CHINESE_HALF, url="https://press.example/zh")
    figure = IndicatorCurrent.objects.get(disclosure=first_half, metric="revenue", measure="level", superseded=False)
    return {"disclosure": first_half.pk, "figure": figure.pk}


@pytest.fixture
def session(as_admin, live_server) -> dict[str, str]:
    """An admin's session as a cookie."""
    as_admin.post("/saved/add/", {"name": "Figures of the group", "url": "/companies/northern-rare-earth/?lane=figure"})
    return {"name": "sessionid", "value": as_admin.cookies["sessionid"].value, "url": live_server.url}


def complaints(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_complaint(live_server, new_page, rows, theme):
    page = new_page(color_scheme=theme)
    wrong = []
    for path in PAGES:
        page.goto(live_server.url + path.format(**rows), wait_until="load")
        wrong += complaints(page)
    assert wrong == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_complaint_about_the_pages_for_who_has_signed_in(live_server, new_page, rows, session, theme):
    page = new_page(color_scheme=theme)
    page.context.add_cookies([session])
    wrong = []
    for path in SIGNED_IN:
        answer = page.goto(live_server.url + path.format(**rows), wait_until="load")
        wrong += complaints(page) if answer.status == 200 else [f"{path} answered {answer.status}"]
    assert wrong == []


def test_no_page_scrolls_sideways_on_a_phone(live_server, new_page, rows, session):
    page = new_page(viewport={"width": 390, "height": 844})
    wide = []
    for path in [*PAGES, *SIGNED_IN]:
        if path == SIGNED_IN[0]:
            page.context.add_cookies([session])
        page.goto(live_server.url + path.format(**rows), wait_until="load")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_the_evidence_opens_by_keys_keeps_the_focus_and_gives_it_back(live_server, page, first_half):
    page.goto(live_server.url + "/companies/northern-rare-earth/")
    chip = page.locator("a.figure, a.value").first
    chip.focus()
    page.keyboard.press("Enter")
    panel = page.locator("dialog#evidence")
    panel.locator(".evidence mark").first.wait_for()
    assert page.evaluate("document.querySelector('#evidence').contains(document.activeElement)")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.querySelector('#evidence').contains(document.activeElement) || document.activeElement === document.body"
        )
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.matches('a.figure, a.value')")


def test_rows_help_and_search_by_keys(live_server, page, first_half):
    page.goto(live_server.url + "/")
    page.keyboard.press("j")
    assert page.locator("[data-row].here").count() == 1
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("稀土")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search/"))


def test_a_chart_is_read_by_arrows_and_opens_its_evidence(live_server, page, two_halves):
    page.goto(live_server.url + "/companies/northern-rare-earth/indicators/?metric=revenue")
    plot = page.locator("[data-chart]").first
    plot.scroll_into_view_if_needed()
    page.locator("[data-chart][data-drawn]").first.wait_for()
    plot.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("dialog#evidence .evidence mark").first.wait_for()


SIX_SERIES = """() => {
  const script = document.getElementById(document.querySelector("[data-chart]").dataset.chart);
  const figure = JSON.parse(script.textContent);
  figure.data = [...Array(6).keys()].map((n) => ({ ...figure.data[0], name: `Company ${n}` }));
  script.textContent = JSON.stringify(figure);
  document.dispatchEvent(new CustomEvent("reex:theme"));
}"""


def test_the_names_of_many_series_take_nothing_of_the_plot(live_server, page, two_halves):
    page.goto(live_server.url + "/companies/northern-rare-earth/indicators/?metric=revenue")
    page.locator("[data-chart]").first.scroll_into_view_if_needed()
    page.locator("[data-chart][data-drawn]").first.wait_for()
    area = page.locator("[data-chart] .nsewdrag").first
    before = area.bounding_box()["height"]
    page.evaluate(SIX_SERIES)
    page.locator(".chart-legend li").nth(5).wait_for()
    assert page.locator(".chart-legend li").count() == 6
    assert abs(area.bounding_box()["height"] - before) < 12


def test_the_theme_switch_keeps_its_choice(live_server, page, first_half):
    page.emulate_media(color_scheme="light")
    page.goto(live_server.url + "/styleguide/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-form] button").click()
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_evidence_filters_and_theme_work_without_scripts(live_server, new_page, first_half):
    page = new_page(java_script_enabled=False)
    page.goto(live_server.url + "/companies/northern-rare-earth/")
    page.locator("a.figure, a.value").first.click()
    page.wait_for_url(re.compile("/evidence/"))
    assert page.locator(".evidence mark").count() >= 1
    page.go_back()
    page.locator("details.filter summary").first.click()
    page.locator("details.filter input[type=checkbox]").first.check()
    page.locator("[data-apply]").click()
    assert "?" in page.url
    page.locator("[data-theme-form] button").click()
    assert page.locator("html[data-theme=dark]").count() == 1


def test_a_chart_arrives_with_its_tab_and_back_leads_back(live_server, page, two_halves):
    page.goto(live_server.url + "/companies/northern-rare-earth/disclosures/")
    page.locator(".tabs a", has_text="Indicators").click()
    page.locator("[data-chart][data-drawn]").first.wait_for()
    assert page.url.endswith("/indicators/")
    page.go_back()
    page.locator("[data-chart]").first.wait_for(state="detached")
    assert page.url.endswith("/disclosures/")


def test_a_failed_swap_says_what_happened_and_offers_to_try_again(live_server, page, two_halves):
    page.goto(live_server.url + "/companies/northern-rare-earth/disclosures/")
    page.route("**/indicators/", lambda route: route.abort())
    page.locator(".tabs a", has_text="Indicators").click()
    toast = page.locator(".toast.error")
    toast.wait_for()
    assert "Nothing was changed" in toast.inner_text()
    page.unroute("**/indicators/")
    toast.get_by_role("button", name="Try again").click()
    page.locator("[data-chart]").first.wait_for()
