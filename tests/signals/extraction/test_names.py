"""Names: sentence → the entities it names. Traps 1-13 of the list are named in the comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.extraction.names import ambiguity_warnings, find_names, listed_entities
from signals.extraction.records import NameMention
from tests.lexicon import lexicon


def mentions(text: str, on_date: str | None = None) -> list[NameMention]:
    return find_names(text, lexicon().find(text), lexicon(), on_date)


def keys(text: str, on_date: str | None = None) -> list[str]:
    return list(dict.fromkeys(mention.key for mention in mentions(text, on_date)))


def listed(text: str) -> set[str]:
    return set(listed_entities(mentions(text), lexicon()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # longest name first
        ("北方稀土集团召开会议。", ["northern-rare-earth"]),
        ("内蒙古北方稀土磁性材料有限责任公司扩产。", ["northern-magnetic-materials"]),
        ("Baotou Rare Earth Research Institute filed a patent.", ["baotou-rare-earth-institute"]),
        # trap 4: the group and its subsidiary
        ("Northern Rare Earth, part of Baogang Group, sold more.", ["northern-rare-earth", "baogang-group"]),
        # trap 5: the city and the firms with its name
        ("包头市稀土产值增长。", ["baotou"]),
        ("包头稀土研究院与包头华美稀土签约。", ["baotou-rare-earth-institute", "huamei-rare-earth"]),
        ("Baotou Xinda Machinery Co. won the tender.", []),
        ("内蒙古某某重工有限公司中标。", []),
        # trap 7: peers in one sentence
        ("广晟有色、盛和资源、北方稀土利润均增长。", ["rising-nonferrous", "shenghe-resources", "northern-rare-earth"]),
        # trap 8: 包钢 is not 宝钢
        ("宝钢股份上调出厂价。", ["baowu"]),
        ("包钢召开安全例会。", ["baogang-group"]),
        ("包钢(600010)披露回购。", ["baogang-union"]),
        ("包钢股份披露回购,包钢股价上涨。", ["baogang-union"]),
        ("Baosteel and Baogang raised prices.", ["baowu", "baogang-group"]),
        # trap 9: 中国稀土 in three senses, and its neighbours
        ("中国稀土出口量下降。", ["china"]),
        ("中国稀土前三季度净利润扭亏。", ["china-rare-earth-resources"]),
        ("中国稀土(000831)公告。", ["china-rare-earth-resources"]),
        ("中国稀土集团与地方签约。", ["china-rare-earth-group"]),
        ("中国稀土集团资源科技股份有限公司公告。", ["china-rare-earth-resources"]),
        ("中国稀土行业协会公布指数。", ["china-rare-earth-association"]),
        ("中国稀土学会召开年会。", ["chinese-society-of-rare-earths"]),
        ("中国稀有稀土股份有限公司出资。", ["china-rare-metals"]),
        ("China Northern Rare Earth is not China Rare Earth Group.", ["northern-rare-earth", "china-rare-earth-group"]),
        ("China rare earth exports fell.", ["china"]),
        # trap 10: the news site and the exchange
        ("Rare Earth Exchanges (REEx) covered the story.", ["rare-earth-exchanges"]),
        ("稀交所发布指数。", ["baotou-rare-earth-exchange"]),
        ("The Rare Earth Exchange in Baotou lists ten products.", ["baotou-rare-earth-exchange", "baotou"]),
        # trap 11: one firm, many names; the joint venture differs by a word
        ("Golden Dragon and Northern Gold Dragon are two firms.", ["golden-dragon", "northern-jinlong"]),
        ("金龙稀土参股北方金龙。", ["golden-dragon", "northern-jinlong"]),
        # trap 12: a steel works
        ("An alarm rang at the rare earth steel plate plant.", ["baogang-plate-plant"]),
        # trap 13: whose asset commission
        ("福建省国资委持股。", ["fujian-sasac"]),
        ("内蒙古国资委批复。", ["inner-mongolia-sasac"]),
        ("江西省国资委批复。", ["jiangxi"]),
        ("国务院国资委批复。", ["sasac"]),
        # damaged, traditional, full width
        ("据包__钢集团消息。", ["baogang-group"]),
        ("據北方稀土公告。", ["northern-rare-earth"]),
        ("Ｂａｏｇａｎｇ　Group reported.", ["baogang-group"]),
        ("Baogang Goup belongs to the region.", ["baogang-group"]),
        # words that only look like names
        ("The writer libaogang commented.", []),
        ("The northern rare earth belt is long.", []),
        ("新中国成立后。", []),
        ("产品达到国内领先水平。", []),
        ("全国最大的磁材基地。", []),
        ("全国稀土开采指标。", ["china"]),
        ("The text was translated from Chinese.", []),
        ("Chinese exports grew.", ["china"]),
        ("记者李晓明报道。", []),
        ("总经理李晓主持会议。", ["li-xiao"]),
        ("China Galaxy Securities kept its rating.", []),
        # where a report was filed
        ("BEIJING, Jan 20 (Reuters) - Exports fell.", ["reuters"]),
        ("BAOTOU, June 3 - Baogang Group met buyers.", ["baogang-group"]),
        ("中央社上海7日電。包鋼集團表示。", ["central-news-agency", "baogang-group"]),
        ("Baotou makes magnets.", ["baotou"]),
        ("某公众号 2025年3月2日 09:15 内蒙古\n北方稀土开会。", ["northern-rare-earth"]),
        # a place that begins somebody's name
        ("以增资方式控股包头华星稀土。", ["huaxing-rare-earth"]),
        ("江西金力永磁中标。", ["jl-mag"]),
        ("深圳市某某机器人有限公司采购磁材。", []),
        ("Shenzhen Xinda Robot Co. buys magnets.", []),
        ("深圳的磁材需求增长。", ["shenzhen"]),
        # Chinese producers and a Chinese producer; the mainland; outlets of the country's name
        ("Chinese producers cut output.", ["china"]),
        ("The Chinese magnet maker cut output.", []),
        ("大陸稀土磁鐵出口減少。", ["china"]),
        ("欧亚大陆的地质构造。", []),
        ("中国粉体网讯,价格上涨。", []),
        ("中国互联网企业采购机器人。", ["china"]),
        # short names that need company
        ("Peak keeps the Ngualla licence.", ["peak-rare-earths", "ngualla"]),
        ("Peak demand came in spring.", []),
        ("Baogang's profit rose, Baotou Steel Union Co., Ltd. said.", ["baogang-union"]),
        (
            "Baogang owns Northern Rare Earth and Baotou Steel Union.",
            ["baogang-group", "northern-rare-earth", "baogang-union"],
        ),
        ("China Rare Earth (Yongzhou) started its line.", ["zhongxi-yongzhou"]),
        ("American rare earths come from the west, American Rare Earths said.", ["american-rare-earths"]),
    ],
)
def test_a_sentence_names(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "on_date", "expected"),
    [
        ("包钢稀土去年利润下降。", "2014-03-28", "northern-rare-earth"),
        ("五矿稀土发布季报。", "2021-10-27", "china-rare-earth-resources"),
        (
            "五矿稀土发布季报。",
            "2024-10-27",
            "china-rare-earth-resources",
        ),  # an old name used late still means the firm
        ("中国稀土净利润增长。", "2024-04-27", "china-rare-earth-resources"),
        ("中国稀土净利润增长。", "2019-04-27", "china"),  # nobody bore the name then
        ("包钢稀土钢新产品下线。", "2025-04-27", "baogang-group"),
    ],
)
def test_a_name_means_what_it_meant_at_the_date(text: str, on_date: str, expected: str) -> None:
    assert keys(text, on_date) == [expected]


def test_a_short_name_that_the_text_gives_is_followed() -> None:
    text = "北方招宝磁业(内蒙古)有限公司(以下简称“招宝合资”)成立。招宝合资将建磁体产线。"
    found = [text[slice(*mention.span)] for mention in mentions(text) if mention.key == "northern-zhaobao"]
    assert found == ["北方招宝磁业(内蒙古)有限公司", "招宝合资", "招宝合资"]


def test_an_abbreviation_in_brackets_is_followed_and_a_remark_is_not() -> None:
    text = "Gansu Rare Earth (“GSRE”) sold alloys (see below). GSRE hired. Huamei (green works) grew; green works pay."
    assert [text[slice(*m.span)] for m in mentions(text)] == ["Gansu Rare Earth", "GSRE", "GSRE", "Huamei"]


def test_a_ticker_or_a_generic_word_in_brackets_names_nobody_else() -> None:
    text = "北方稀土(600111)公告,北方稀土(以下简称“公司”)与公司股东沟通。"
    assert {text[slice(*m.span)] for m in mentions(text)} == {"北方稀土"}


def test_bystanders_are_listed_only_when_something_is_said_of_them() -> None:
    text = "Baogang Group exported rails to Vietnam, Xinhua reported."
    assert keys(text) == ["baogang-group", "vietnam", "xinhua"]
    assert listed(text) == {"baogang-group"}
    assert "vietnam" in listed_entities(mentions(text), lexicon(), ["vietnam"])


def test_a_zone_of_a_city_stands_for_the_city() -> None:
    assert listed("包头稀土高新区签约。") == {"baotou", "baotou-rare-earth-high-tech-zone"}


def test_a_short_name_that_may_be_either_is_asked_about() -> None:
    text = "包钢集团与包钢股份的年报。包钢净利润增长。包钢开会。"
    found = [(m.key, m.others) for m in mentions(text) if text[slice(*m.span)] == "包钢"]
    assert found == [("baogang-group", ("baogang-union",)), ("baogang-group", ())]
    assert [one.code for one in ambiguity_warnings(mentions(text), text)] == ["ambiguous-entity"]


def test_two_candidates_are_a_question_and_one_is_not() -> None:
    two = [
        NameMention("baogang-group", (0, 2), ("baogang-union",)),
        NameMention("baogang-group", (5, 7), ("baogang-union",)),
    ]
    warnings = ambiguity_warnings(two, "包钢与包头的包钢")
    assert [(one.code, one.span) for one in warnings] == [("ambiguous-entity", (0, 2))]
    assert "baogang-union" in warnings[0].message
    assert ambiguity_warnings(mentions("包钢集团开会。"), "包钢集团开会。") == []


PIECES = [
    "包钢",
    "中国稀土",
    "Baogang",
    " ",
    "\n",
    "_",
    "(",
    "简称“",
    "”)",
    "000831",
    "SASAC",
    "é",
    "İ",
    "\u200b",
    "。",
    "NRE",
    "公司",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_mixture_of_names_gives_spans_inside_the_text_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = [mention.span for mention in mentions(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_every_plain_name_is_found_alone_in_a_sentence() -> None:
    lost = []
    for record in lexicon().companies.values():
        for name in record.names:
            if name.ambiguous or name.language not in ("zh", "en"):
                continue
            text = f"据{name.name}消息。" if name.language == "zh" else f"News of {name.name} came."
            if record.key not in keys(text):
                lost.append((record.key, name.name))
    assert lost == []
