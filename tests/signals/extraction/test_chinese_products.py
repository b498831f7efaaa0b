"""What a Chinese figure counts: the noun behind it, the business line of its paragraph, the oxides of a list."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

MADE = [
    # each item of a list has its own noun, and a noun that is no product takes none from elsewhere
    (
        "项目建成后可形成年产4万套新能源汽车电机、900台风力发电机、1万吨铸件的生产能力。",
        [("motors", 40000), ("wind-power", 900), (None, 10000)],
    ),
    ("稀土二次资源项目旁还将建设年产8万吨低氧铜杆项目。", [(None, 80000)]),
    ("公司拟建设年产6000吨高性能稀土永磁材料项目。", [("magnetic-materials", 6000)]),
    ("公司拥有5000吨/年氧化镨钕产能。", [("ndpr-oxide", 5000)]),
    ("公司稀土金属产能4万吨/年。", [("rare-earth-metals", 40000)]),
    ("公司磁材产能由2万吨扩建至3万吨。", [("magnetic-materials", 30000)]),
]


@pytest.mark.parametrize(("text", "expected"), MADE, ids=[text for text, _ in MADE])
def test_the_noun_behind_says_what_is_made(lexicon, text, expected):
    found = [one for one in told(lexicon, "包头项目建设动态", text) if one["metric"] == "capacity"]
    assert rows(found, "product", "value")[-len(expected) :] == expected


def test_a_business_line_heads_its_paragraph(lexicon):
    text = (
        "- 钨钼业务:实现营业收入45亿元,同比增长11%;利润总额6亿元,同比增长20%。其中第三季度利润总额环比增长42%。\n"
        "- 稀土业务:实现营业收入13亿元。利润总额1亿元。公司整体利润总额9亿元。"
    )
    found = told(lexicon, "厦门钨业2025年三季报", text)
    assert rows(found, "metric", "measure", "product") == [
        ("revenue", "level", "tungsten"),
        ("revenue", "change_yoy", "tungsten"),
        ("profit", "level", "tungsten"),
        ("profit", "change_yoy", "tungsten"),
        ("profit", "change_qoq", "tungsten"),
        ("revenue", "level", "rare-earth"),
        ("profit", "level", "rare-earth"),
        ("profit", "level", None),
    ]


def test_heavy_oxides_keep_apart(lexicon):
    text = "氧化钬45万元/吨;氧化铒30万元/吨;氧化镱9万元/吨;氧化镥520万元/吨;氧化钪900万元/吨;氧化铥88万元/吨。"
    found = told(lexicon, "南方稀土挂牌价", text)
    assert rows(found, "product") == [
        ("ho-oxide",), ("er-oxide",), ("yb-oxide",), ("lu-oxide",), ("sc-oxide",), ("tm-oxide",),
    ]  # fmt: skip
