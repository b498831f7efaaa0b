"""What readers are told instead of a key."""

import pytest

from signals.formatting import names


@pytest.mark.parametrize(
    ("kind", "key", "english", "chinese"),
    [
        ("products", "magnets-to-united-states", "Magnets to United States", "磁体（对美国）"),
        ("products", "magnets-to-japan", "Magnets to Japan", "磁体（对日本）"),
        ("products", "magnets", "Magnets", "磁体"),
        ("products", "", "", ""),
        ("products", "polishing-materials", "Polishing materials", "抛光材料"),
        ("metrics", "net_profit_core", "Core net profit", "扣非净利润"),
        ("metrics", "net_profit", "Net profit", "归母净利润"),
        ("metrics", "revenue", "Revenue", "营业收入"),
        ("slogans", "technological-self-reliance", "Technological self-reliance", "高水平科技自立自强"),
    ],
)
def test_names_in_both_languages(kind, key, english, chinese):
    assert names.name(kind, key, "en") == english
    assert names.name(kind, key, "zh-hans") == chinese


@pytest.mark.parametrize(
    ("key", "english", "chinese"),
    [("baogang-union", "Baotou Steel Union", "包钢股份"), ("jl-mag", "JL MAG", "金力永磁"), ("nobody-at-all", "", "")],
)
def test_everyday_names_are_those_of_the_files(key, english, chinese):
    assert (names.short(key, "en"), names.short(key, "zh-hans")) == (english, chinese)
