"""Voices: who says it, by section, figure, source words, subject and kind of document."""

from __future__ import annotations

from typing import Any

import pytest

from signals.extraction.names import find_names
from signals.extraction.records import Block, Reading, SectionKind
from signals.extraction.voices import Voices
from tests.lexicon import lexicon


def voice(title: str, sentence: str, section: SectionKind = "body", **known: Any) -> str:
    text = f"{title}\n{sentence}"
    start = len(title) + 1
    blocks = (Block("title", (0, len(title))), Block("paragraph", (start, len(text)), section))
    reading = Reading(text, blocks, "zh", "text/plain", title=title)
    hits = lexicon().find(text)
    return Voices(reading, hits, find_names(reading, hits, lexicon()), lexicon()).of((start, len(text)), **known)


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        ("北方稀土半年报", "公司实现营业收入增长。", "company"),
        ("Northern Rare Earth posts results", "Output rose in the half.", "company"),
        ("北方稀土半年报", "据海关总署数据,稀土出口增长。", "third_party"),
        ("Northern Rare Earth in focus", "Analysts see a stronger second half.", "third_party"),
        ("Baogang in focus", "REEx notes that the claim awaits proof.", "publisher"),
        ("关于下达稀土指标的通知 工业和信息化部", "矿山企业不得超指标生产。", "third_party"),
        ("包头市上半年经济运行", "稀土产业产值增长。", "third_party"),
        ("中国稀土行业协会价格指数", "九月指数上升。", "third_party"),
        ("包钢股份公告", "股价收盘报2元。", "publisher"),
        ("China's grip on magnets", "China refines most of the world's rare earths.", "publisher"),
    ],
)
def test_a_sentence_has_a_voice(title: str, sentence: str, expected: str) -> None:
    assert voice(title, sentence) == expected


def test_an_editorial_is_the_outlet_s_own_whatever_it_cites() -> None:
    assert voice("Baogang in focus", "According to customs data, Baogang exported more.", "editorial") == "publisher"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"subject": "northern-rare-earth", "metric": "net_profit", "modality": "estimate"}, "third_party"),
        ({"subject": "northern-rare-earth", "metric": "target_price"}, "third_party"),
        ({"subject": "northern-rare-earth", "metric": "share_price"}, "publisher"),
        ({"subject": "china", "metric": "quota_mining"}, "third_party"),
        ({"subject": None, "metric": "price"}, "publisher"),
        ({"subject": "northern-rare-earth", "metric": "price"}, "company"),
        ({"subject": "baotou", "metric": "output_value"}, "third_party"),
        ({"subject": "baotou-rare-earth-exchange", "metric": "trade_volume"}, "third_party"),
        ({"subject": "northern-rare-earth", "metric": "revenue", "modality": "reported"}, "company"),
    ],
)
def test_what_the_figure_is_helps_to_tell(known: dict[str, Any], expected: str) -> None:
    assert voice("北方稀土与市场", "数字为一百。", **known) == expected


NEWS, HALF = "稀土行业要闻", "北方稀土半年报"


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        # a company by name
        (NEWS, "据北方稀土公告，前三季度营收增长。", "company"),
        (NEWS, "根据包钢股份年报显示，精矿销量上升。", "company"),
        (NEWS, "记者从金力永磁获悉，新产线已经投产。", "company"),
        (NEWS, "盛和资源表示，上半年利润增长。", "company"),
        (NEWS, "厦门钨业(600549)晚间公告，磁材产量增长。", "company"),
        (NEWS, "包钢集团有关负责人介绍，绿色冶炼项目已经投产。", "company"),
        (NEWS, "金力永磁在业绩说明会上透露，订单饱满。", "company"),
        (NEWS, "孟繁英表示，集团利润增长。", "company"),
        (NEWS, "公司公告称，精矿价格上调。", "company"),
        (HALF, "记者获悉，磁材产量创新高。", "company"),
        (HALF, "报告期内产品毛利率上升。", "company"),
        ("Rare earths in brief", "Lynas said output fell.", "company"),
        ("Rare earths in brief", "MP Materials reported higher sales.", "company"),
        ("Rare earths in brief", "According to Northern Rare Earth, profit rose.", "company"),
        ("Rare earths in brief", "JL MAG's annual report said capacity doubled.", "company"),
        ("Rare earths in brief", "The group won an award, said Meng Fanying.", "company"),
        ("Rare earths in brief", "Baogang Group announced on Monday that it hired staff.", "company"),
        # offices, associations, exchanges
        (HALF, "据工信部，稀土开采指标增长。", "third_party"),
        (HALF, "商务部新闻发言人表示，出口审批依法进行。", "third_party"),
        (HALF, "记者从海关总署获悉，磁材出口增长。", "third_party"),
        (HALF, "据中国稀土行业协会数据，价格指数上升。", "third_party"),
        (HALF, "稀交所公告，新增两个品种。", "third_party"),
        (HALF, "国家统计局数据显示，产量增长。", "third_party"),
        (HALF, "内蒙古国资委指出，国企利润增长。", "third_party"),
        ("Northern Rare Earth in focus", "The Ministry of Commerce said licences were granted.", "third_party"),
        ("Northern Rare Earth in focus", "According to the USGS, China mines two thirds.", "third_party"),
        ("Northern Rare Earth in focus", "China's customs data show exports fell.", "third_party"),
        # analysts and price houses
        (HALF, "分析师认为，下半年价格将回升。", "third_party"),
        (HALF, "某证券研报指出，公司盈利有望改善。", "third_party"),
        (HALF, "业内人士表示，备货需求增加。", "third_party"),
        (HALF, "我们预计公司明年利润增长。", "third_party"),
        (HALF, "生意社数据显示，氧化镨钕价格上涨。", "third_party"),
        (HALF, "据亚洲金属网数据，氧化镝价格下跌。", "third_party"),
        ("Northern Rare Earth in focus", "SMM data showed prices were flat.", "third_party"),
        ("Northern Rare Earth in focus", "A broker raised its forecast for the firm.", "third_party"),
        ("Northern Rare Earth in focus", "Argus assessed the oxide higher.", "third_party"),
        ("Northern Rare Earth in focus", "Industry sources said buyers were absent.", "third_party"),
        # the outlet
        (NEWS, "笔者认为，北方稀土表示的增长难以持续。", "publisher"),
        ("Baogang in focus", "In our view, Baogang said little.", "publisher"),
        ("Baogang in focus", "Why it matters: Northern Rare Earth sets prices.", "publisher"),
        ("Baogang in focus", "The share price rose.", "publisher"),
        # news agencies pass on: whose facts they are decides
        ("Northern Rare Earth in focus", "Northern Rare Earth lifted output, Xinhua reported.", "company"),
    ],
)
def test_whoever_is_named_as_the_source_speaks(title: str, sentence: str, expected: str) -> None:
    assert voice(title, sentence) == expected
