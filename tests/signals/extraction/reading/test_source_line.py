"""Whose words are relayed, and who published them."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read

START = "A Title of the Article\n\nThe company said that output rose by 5% in spring, and that it expects more of the same. "
CHINESE = "集团产量增长的消息\n\n集团上半年产量同比增长5%，各项工作取得新进展，市场需求有所恢复。"


@pytest.mark.parametrize(
    ("text", "publisher", "key", "state_owned"),
    [
        (
            f"{START}\n\nSource: Baogang Group, translated from Chinese; own analysis",
            "Baogang Group",
            "baogang-group",
            True,
        ),
        (
            f"{START}\n\nDisclaimer: This report originates from Steel City Daily, a publication of a state-owned enterprise.",
            "Steel City Daily",
            None,
            True,
        ),
        (
            f"{START}\n\nNote: this news comes from Northern Rare Earth and was not checked.",
            "Northern Rare Earth",
            "northern-rare-earth",
            True,
        ),
        (f"{START}\n\nSource: Metal Miner", "Metal Miner", None, None),
        (f"{CHINESE}\n\n来源：包钢集团", "包钢集团", "baogang-group", True),
        (f"{CHINESE}\n\n（来源：某某日报 作者：张三）", "某某日报", None, None),
        (f"{CHINESE}\n\n本文转自：包钢日报", "包钢日报", "baogang-daily", True),
        ("据包钢集团官网消息，集团上半年产量同比增长5%。\n\n各项工作取得新进展。", "包钢集团", "baogang-group", True),
        ("据某某交易所1月9日消息，价格指数正式上线，覆盖主流产品。\n\n指数每日发布。", "某某交易所", None, None),
        ("快讯标题\n\n北方稀土(600111)7月9日晚间公告，第三季度交易价格调整。", "北方稀土", "northern-rare-earth", True),
        ("消息标题在此\n\n新华社北京1月4日电 集团上半年产量同比增长5%，各项工作取得新进展。", "新华社", "xinhua", True),
        (
            "示例标题\n\n2031-01-04 10:02 来源：包钢日报 浏览次数：123\n\n集团上半年产量同比增长5%。",
            "包钢日报",
            "baogang-daily",
            True,
        ),
        (
            "A Headline of Words\n\nBEIJING, Jan 4 (Example Wire) - Output rose by 5% in spring, officials said.",
            "Example Wire",
            None,
            None,
        ),
        (
            "Baogang Group opened the year well. According to its official press release, profit rose by 5%.\n\nMore follows in May.",
            "Baogang Group",
            "baogang-group",
            True,
        ),
    ],
)
def test_the_origin(text: str, publisher: str, key: str | None, state_owned: bool | None, lexicon: Lexicon) -> None:
    reading = read(text, lexicon)
    origin = reading.origin
    assert origin is not None
    assert (origin.publisher, origin.key, origin.state_owned) == (publisher, key, state_owned)
    assert origin.span is not None
    assert publisher in reading.text[slice(*origin.span)] or "its official" in reading.text[slice(*origin.span)]


@pytest.mark.parametrize(
    "text",
    [
        START,
        CHINESE,
        "The source of the ore is the western pit.\n\nOutput rose in May by 5%.",
        "数据来源稳定，公司表示产量增长。\n\n项目进展顺利。",
    ],
)
def test_no_origin_is_made_up(text: str, lexicon: Lexicon) -> None:
    assert read(text, lexicon).origin is None


def test_the_address_in_the_source_line(lexicon: Lexicon) -> None:
    origin = read(f"{START}\n\nSource: Metal Miner https://example.com/a/1", lexicon).origin
    assert origin is not None
    assert (origin.publisher, origin.url) == ("Metal Miner", "https://example.com/a/1")


def test_the_link_of_the_source_line(lexicon: Lexicon) -> None:
    page = f"<article><h1>A Title of the Article</h1><p>{START[24:]}</p><p>Source: <a href='https://example.com/b/2'>Metal Miner</a></p></article>"
    origin = read(page, lexicon).origin
    assert origin is not None
    assert (origin.publisher, origin.url) == ("Metal Miner", "https://example.com/b/2")


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<meta property="og:site_name" content="Metals Wire">', None, "Metals Wire"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"Wire B"}}</script>',
            None,
            "Wire B",
        ),
        ("", "https://www.rareearthexchanges.com/news/x", "Rare Earth Exchanges"),
        ('<link rel="canonical" href="https://rareearthexchanges.com/?p=1">', None, "Rare Earth Exchanges"),
        ("", "https://unheard-of.example/x", "unheard-of.example"),
        ("", None, None),
    ],
)
def test_the_publisher(head: str, url: str | None, expected: str | None, lexicon: Lexicon) -> None:
    page = f"<html><head>{head}</head><body><h1>A Title of the Article</h1><p>{START[24:]}</p></body></html>"
    assert read(page, lexicon, url=url).publisher == expected
