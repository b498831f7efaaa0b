"""Notes of a day's prices: the day is told by the title or by a line that leads in, and holds for all of them."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

DAY = "2025-05-09"
ENGLISH = "Prices: Pr-Nd oxide is quoted at 417,000-419,000 yuan/mt.\nTerbium metal is around 8.74 million yuan/mt."
CHINESE = "氧化镨钕报价41.7-41.9万元/吨。\n金属铽报价874万元/吨。"
DATED = [
    ("Rare Earth Prices on May 9", ENGLISH),
    ("Rare Earth Morning Meeting: Prices Hold Up", f"SMM News on May 9:\n{ENGLISH}"),
    ("Rare Earth Market Review", f"(May 9)\n{ENGLISH}"),
    ("5月9日稀土价格行情", CHINESE),
    ("稀土价格稳中有涨", f"(5月9日)\n{CHINESE}"),
    ("稀土早评:镨钕坚挺", f"SMM5月9日讯:\n{CHINESE}"),
]
UNDATED = [
    ("Rare earth exporters meet on May 9", ENGLISH),
    ("Rare Earth Prices from May 5 to May 8", ENGLISH),
    ("Rare Earth Prices on May 20", ENGLISH),
    ("稀土价格稳中有涨", CHINESE),
]


@pytest.mark.parametrize(("title", "text"), DATED)
def test_prices_have_the_day_of_their_note(lexicon, title, text):
    periods = [period for (period,) in rows(told(lexicon, title, text, DAY), "period")]
    assert periods == [DAY, DAY]


@pytest.mark.parametrize(("title", "text"), UNDATED)
def test_other_days_date_no_price(lexicon, title, text):
    assert DAY not in [period for (period,) in rows(told(lexicon, title, text, DAY), "period")]
