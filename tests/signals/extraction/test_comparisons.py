"""Figures beside what they are compared with: two bases in one sentence, a low point, another month's figure, the year so far."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

CASES = [
    # each rate has the base that stands behind it
    (
        "Rare earth exports in June",
        "China shipped 6,900 tons of rare earths in June 2025, 28% more than in May and 51% more than in June 2024.",
        "2025-07-14",
        [("level", 6900, "2025-06"), ("change_mom", 28, "2025-06"), ("change_yoy", 51, "2025-06")],
    ),
    # the figure of a month named in the genitive is that month's
    (
        "Magnet exports in December",
        "China's exports of magnets were 4,800 tons in December, 6% below November's 5,100 tons.",
        "2026-01-20",
        [("level", 4800, "2025-12"), ("change_mom", -6, "2025-12"), ("level", 5100, "2025-11")],
    ),
    # since the start of the year: the months so far
    (
        "Magnet exports in October",
        "China exported 5,200 tons of magnets in October 2025. Since the start of the year exports have come to 44,000 tons.",
        "2025-11-20",
        [("level", 5200, "2025-10"), ("level", 44000, "2025M1-10")],
    ),
    # a rate on a year is no figure of that year
    (
        "Rare earth quotas",
        "The annual mining quota for 2024 is 260,000 tons, an increase of 4.5% on 2023, and the smelting quota 250,000 tons.",
        "2024-08-21",
        [("level", 260000, "2024"), ("change_yoy", 4.5, "2024"), ("level", 250000, "2024")],
    ),
    # a low point that is compared with keeps its own quarter
    (
        "北方稀土稀土精矿价格",
        "2025年第四季度稀土精矿交易价格为25900元/吨,与2024年第三季度的低点16500元/吨相比,上涨57%。",
        "2025-10-20",
        [("level", 25900, "2025Q4"), ("level", 16500, "2024Q3"), ("change", 57, "2025Q4")],
    ),
    # 年初下达: the time of a deed, no balance-sheet date
    ("2022年稀土开采指标", "年初下达的第一批开采指标为100000吨。", "2022-08-20", [("level", 100000, "2022")]),
]


@pytest.mark.parametrize(("title", "text", "day", "expected"), CASES, ids=[text for _, text, *_ in CASES])
def test_each_figure_has_its_own_period_and_base(lexicon, title, text, day, expected):
    assert rows(told(lexicon, title, text, day), "measure", "value", "period") == expected


def test_a_metric_named_anew_between_two_rates_is_the_second_ones(lexicon):
    text = "Northern Rare Earth says net profit will grow between 110% and 130%, and net profit excluding non-recurring items between 112% and 133% in 2025."
    found = rows(told(lexicon, "Northern Rare Earth forecast", text, "2026-01-20"), "metric", "value")
    assert found == [("net_profit", 110), ("net_profit_core", 112)]
