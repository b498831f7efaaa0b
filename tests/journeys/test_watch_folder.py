"""The whole way: a file dropped in the watch folder, read by a real worker, its figure on the company's page."""

import pytest

from tests.running import until

pytestmark = [pytest.mark.journey, pytest.mark.browser]

NEWS = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>Northern Rare Earth lifts first-half revenue</title>
<meta property="article:published_time" content="2026-08-21T09:30:00+08:00">
</head><body><article>
<h1>Northern Rare Earth lifts first-half revenue</h1>
<p>21 August 2026</p>
<p>China Northern Rare Earth (Group) High-Tech Co., Ltd. reported revenue of RMB 21.437 billion for the first half of
2026, the company said in its half-year report.</p>
<p>The company said that it will go on to build its magnet plants as planned, and thanked its customers for their trust
during a half-year in which prices moved a great deal.</p>
</article></body></html>
"""
QUOTE = "reported revenue of RMB 21.437 billion for the first half of 2026"


def test_a_dropped_file_becomes_a_figure_that_a_reader_can_trace(site, page):
    until(lambda: site.get("/healthz")[0] == 200, 60, "everything to be well")
    (site.data / "watch" / "northern-first-half.html").write_text(NEWS, encoding="utf-8")
    until(lambda: "21.44" in _company(site) or "21.437" in _company(site), 90, "the figure on the company's page")

    page.goto(f"{site.url}/companies/northern-rare-earth/")
    assert page.get_by_text("Northern Rare Earth").first.is_visible()
    page.goto(f"{site.url}/companies/northern-rare-earth/disclosures/")
    page.get_by_role("link", name="Northern Rare Earth lifts first-half revenue").first.click()
    text = page.locator("main").inner_text().replace("\n", " ")
    assert QUOTE in text
    mark = page.locator("mark", has_text="21.437").first
    assert mark.is_visible()


def _company(site) -> str:
    return site.get("/companies/northern-rare-earth/")[1]


@pytest.mark.parametrize("role", ["analyst", "editor", "admin"])
def test_the_demo_accounts_can_sign_in(site, page, role):
    page.goto(f"{site.url}/accounts/login/")
    page.fill("input[name=username]", role)
    page.fill("input[name=password]", site.passwords[role])
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site.url}/")
    page.goto(f"{site.url}/accounts/password_change/")
    assert page.url.endswith("/password_change/")
