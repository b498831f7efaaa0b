"""When a document was published; unknown stays unknown."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read
from signals.extraction.reading.dates import (
    date_in,
    declared_date,
    line_date,
    named_date,
    opening_date,
    published_on,
    url_date,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-05-14T08:15:00+00:00", "2025-05-14"), ("2025-5-4", "2025-05-04"), ("2025-05", "2025-05"), ("2025", None),
        ("20250514", "2025-05-14"), ("20250514103000", "2025-05-14"), ("2025/05/14 10:00", "2025-05-14"),
        ("2025年5月14日 10:02", "2025-05-14"), ("May 14, 2025", "2025-05-14"), ("14 May 2025", "2025-05-14"),
        ("Wed, 14 May 2025 08:00:00 GMT", "2025-05-14"), ("May 2025", "2025-05"), ("2025年5月", "2025-05"), ("1747209600", "2025-05-14"),
        ("1747209600000", "2025-05-14"), ("2025-13-40", None), ("yesterday", None), ("", None), ("0000-00-00", None),
    ],
)  # fmt: skip
def test_declared(value: str, expected: str | None) -> None:
    assert declared_date(value) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mar 3, 2025", "2025-03-03"), ("March 3rd, 2025", "2025-03-03"), ("3 Mar. 2025", "2025-03-03"),
        ("2026年1月4日", "2026-01-04"), ("2026年1月4日 星期日", "2026-01-04"), ("发布时间：2025-04-21 08:30 来源：北疆工业网", "2025-04-21"),
        ("http://news.example.com 2025年4月21日 14:12 某某社", "2025-04-21"), ("某某中文網 2025年4月21日 週一 下午6:10 字号:大 中 小", "2025-04-21"),
        ("会议于2025年4月21日10:00在包头召开", None), ("2025年4月21日10:00,包头召开稀土大会", None),
        ("2025.04.21", "2025-04-21"), ("公告日期:2023-10-24", "2023-10-24"), ("iconApr 30, 2025 11:08", "2025-04-30"),
        ("by Jane Doe | Apr 30, 2025 | 3 min read", "2025-04-30"), ("Posted on June 1, 2024", "2024-06-01"),
        ("Jun 2024", "2024-06"), ("(2024年7月9日)", "2024-07-09"), ("二〇二五年十月三十一日", "2025-10-31"), ("二○二四年二月七日", "2024-02-07"),
        ("On April 15, 2025, the president signed an order.", None), ("公司于2025年4月15日召开董事会会议。", None),
        ("截至2025年6月30日，公司共有员工500人。", None), ("Output in May 2025 rose", None), ("No date here", None),
        ("2025 targets", None),
    ],
)  # fmt: skip
def test_a_date_line(line: str, expected: str | None) -> None:
    assert line_date(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Daily Metals 21-07-2025", "2025-07-21"), ("19/01/2026 Wire Nine", "2026-01-19"), ("Date 6/20/2025 3:02:00 PM", "2025-06-20"),
        ("Baotou Rare Earth Daily · 2024-07-10", "2024-07-10"), ("Northern Rare Earth (SH:600111) · 2024-07-10", "2024-07-10"),
        ("Market Desk 7/8/2025", None), ("Market Desk 31.12.2025", "2025-12-31"), ("Output rose 5% by 21-07-2025", None),
        ("The board met on 21-07-2025", None), ("Version 1.12.2025.4", None), ("Perth 2025", None),
    ],
)  # fmt: skip
def test_a_line_with_a_name_and_a_day(line: str, expected: str | None) -> None:
    assert (line_date(line) or named_date(line)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/2025/10/31/217083.html", "2025-10-31"), ("https://example.com/news/20251031/a.shtml", "2025-10-31"),
        ("https://example.com/xw/202510/t20251031_123456.html", "2025-10-31"), ("https://example.com/2025-10-31/x", "2025-10-31"),
        ("https://example.com/id/20251399", None), ("https://example.com/page/103306395/x", None), (None, None),
        ("https://example.com/2025/10/title", None),
    ],
)  # fmt: skip
def test_in_an_address(url: str | None, expected: str | None) -> None:
    assert url_date(url) == expected


def test_the_day_is_better_than_the_month_unless_they_disagree() -> None:
    assert published_on(["2025-10"], [], "https://example.com/2025/10/31/a.html") == "2025-10-31"
    assert published_on(["2025-01"], [], "https://example.com/2025/03/22/a.html") == "2025-01"
    assert published_on([], ["更新时间：2025年5月2日", "发布时间：2025年5月1日"], None) == "2025-05-01"
    assert published_on([], [], None) is None


def test_the_first_date_of_a_short_text() -> None:
    assert date_in("Beijing, 4 July 2023 (wire)") == "2023-07-04"


def test_headlines_of_other_articles_give_no_date(lexicon: Lexicon) -> None:
    page = """<html><head><title>A plant is opened in the north</title></head><body><h1>A plant is opened in the north</h1>
    <div><p>The plant was opened on Monday in the presence of many guests, its owner said in a statement to the press.</p>
    <p>It will make magnets for motors and employ people of the town, most of them trained on the spot by the company.</p></div>
    <div class="sidebar"><ul><li><a href="/1">Annual meeting of 2025年1月1日</a> <time datetime="2025-01-01">Jan 1, 2025</time></li></ul></div></body></html>"""
    assert read(page, lexicon).published_on is None


def test_the_caller_knows_better(lexicon: Lexicon) -> None:
    assert (
        read("A title of some words\n\nMay 1, 2025\n\nOutput rose.", lexicon, published_on="2024-02-03").published_on
        == "2024-02-03"
    )


def test_the_date_under_a_notice(lexicon: Lexicon) -> None:
    notice = "关于产品价格调整的公告\n\n公司第三季度产品交易价格调整为每吨一万元。\n\n特此公告。\n\n示例稀土股份有限公司董事会\n\n2024年7月9日"
    assert read(notice, lexicon).published_on == "2024-07-09"


def test_a_wordpress_answer(lexicon: Lexicon) -> None:
    answer = '{"id": 7, "date": "2025-03-02T20:00:00", "date_gmt": "2025-03-03T01:00:00", "link": "https://example.com/a", "title": {"rendered": "Plant &amp; mine"}, "content": {"rendered": "<p>Output rose by 5% in the first quarter, the company said.</p>"}}'
    reading = read(answer.encode(), lexicon)
    assert (reading.title, reading.published_on, reading.url) == ("Plant & mine", "2025-03-03", "https://example.com/a")
    assert reading.text.endswith("Output rose by 5% in the first quarter, the company said.")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A headline", "Nov 7, 2024 — The miner told of a mixed quarter."], "2024-11-07"),
        (["February 12, 2024. All data are in metric tons."], "2024-02-12"),
        (["7 November 2024 -- Output rose."], "2024-11-07"),
        (["On November 7, 2024 the board met."], None),
        (["November 7, 2024 was a holiday."], None),
    ],
)
def test_an_english_paragraph_may_open_with_its_day(lines: list[str], expected: str | None) -> None:
    assert opening_date(lines) == expected


def test_a_filing_s_name_may_end_with_its_day() -> None:
    assert line_date("某某股份:关于2020年度担保额度的公告2020-04-18") == "2020-04-18"
    assert line_date("某某股份将于月底披露2020年度报告") is None
