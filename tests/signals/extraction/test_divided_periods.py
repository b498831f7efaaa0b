"""One period told as a run of its parts, and what is not such a run."""

import pytest

from tests.signals.extraction.told import rows, told

RUNS = [
    ("2024年Q1-Q4公司镨钕氧化物挂牌均价分别为40.8万元/吨、38.1万元/吨、39.1万元/吨、41.6万元/吨。", ["2024Q1", "2024Q2", "2024Q3", "2024Q4"]),
    ("2025年一至三季度,公司营业收入分别为92.9亿元、95.7亿元、112.8亿元。", ["2025Q1", "2025Q2", "2025Q3"]),
    ("2025年第一季度至第三季度公司营收分别为92.9亿元、95.7亿元、112.8亿元。", ["2025Q1", "2025Q2", "2025Q3"]),
    ("2024年三季度至2025年一季度公司营收分别为84亿元、114亿元、93亿元。", ["2024Q3", "2024Q4", "2025Q1"]),
    ("2024年前三季度各季营业收入分别为54亿元、75亿元、82亿元。", ["2024Q1", "2024Q2", "2024Q3"]),
    ("前三季度单季净利润分别为4.3亿元、5.0亿元、6.1亿元。", ["2025Q1", "2025Q2", "2025Q3"]),
    ("2025年1-3月氧化镨钕均价分别为40.1、41.2、43.5万元/吨。", ["2025-01", "2025-02", "2025-03"]),
    ("2025年上半年公司各月稀土精矿产量分别为3.1万吨、2.8万吨、3.3万吨、3.4万吨、3.2万吨、3.5万吨。", [f"2025-0{month}" for month in range(1, 7)]),
    ("2025年一至三季度公司与对方的稀土精矿价格分别为每吨18618元、18825元、19109元。", ["2025Q1", "2025Q2", "2025Q3"]),
    # other words answer the list, or the number of parts does not
    ("2025年1-9月,公司营业收入、归母净利润、扣非净利润分别为301.5亿元、15.4亿元、13.1亿元。", ["2025M1-9"] * 3),
    ("2025年一至三季度,氧化镧和氧化铈产量分别为1200吨、1500吨。", ["2025M1-9"] * 2),
    ("2024年公司及子公司研发投入分别为2.1亿元、0.9亿元、0.4亿元、0.2亿元。", ["2024"] * 4),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RUNS, ids=[text for text, _ in RUNS])
def test_parts_of_a_period(lexicon, text, expected):
    assert [period for (period,) in rows(told(lexicon, "北方稀土动态", text), "period")] == expected


BACK = [
    ("此前四季稀土精矿交易价格分别为每吨26205元、19109元、18825元、18618元,较上期分别增长37.1%、1.5%、1.1%。",
     ["2025Q4", "2025Q3", "2025Q2", "2025Q1", "2025Q4", "2025Q3", "2025Q2"]),
    ("此前三个季度稀土精矿交易价格分别为每吨18825元、19109元、26205元。", ["2025Q2", "2025Q3", "2025Q4"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BACK, ids=[text for text, _ in BACK])
def test_quarters_before_the_one_spoken_of(lexicon, text, expected):
    lead = "2026年第1季度稀土精矿交易价格上调为每吨26834元。"
    found = rows(told(lexicon, "包钢股份调整稀土精矿价格", lead + text, "2026-01-12"), "period")
    assert [period for (period,) in found] == ["2026Q1", *expected]
