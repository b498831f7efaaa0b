"""English trade and brokers' outlooks: what goods are, which February, who is spoken of."""

from __future__ import annotations

import pytest

from signals.extraction import extract
from tests.signals.extraction.told import rows, told

PRODUCTS = [
    ("China's rare earth exports hit a high", "China shipped out 62,000 metric tons of the elements used in everything from consumer electronics to motors, up 12.9 per cent on the year.\nFor December 2025, exports fell 20 per cent to 4,392 tons.", ["rare-earth"] * 4),
    ("Magnet exports", "China exported 5,000 tons of magnets, which are vital for electric vehicles, in December 2025.", ["magnets"]),
    ("Motors", "The firm sold 4,000 tons of magnets used in motors in 2025.", ["magnets"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "products"), PRODUCTS)
def test_what_a_thing_is_used_for_is_not_traded(lexicon, title, text, products):
    assert [one for (one,) in rows(told(lexicon, title, text, "2026-01-14"), "product")] == products


def test_the_february_of_news_in_february(lexicon):
    text = "Northern Rare Earth raised its February listed price for praseodymium-neodymium oxide to 332,000 yuan/t. Spot prices have risen since mid-December."
    found = told(lexicon, "Northern Rare Earth raises prices", text, "2018-02-02")
    assert rows(found, "period") == [("2018-02",)]


NOTE = "The report maintains an “Overweight” rating for Northern Rare Earth.\n"
OUTLOOKS = [
    # a year that is just over has not been told yet; a range is the firm's own preview
    (NOTE + "EPS for 2025 is projected to be 0.62 yuan.", "0.62 yuan", "estimate"),
    (NOTE + "Revenues of 30.03 billion yuan are estimated for 2026.", "30.03 billion yuan", "estimate"),
    (NOTE + "The company is expected to achieve a net profit of 2.176 to 2.356 billion yuan in 2025.", "2.176 to 2.356 billion yuan", "forecast"),
    (NOTE + "Revenue was 8.57 billion yuan in the third quarter of 2025, as had been expected.", "8.57 billion yuan", "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "modality"), OUTLOOKS)
def test_outlook(lexicon, text, written, modality):
    found = told(lexicon, "Northern Rare Earth: outlook", text, "2026-01-18")
    assert (written, modality) in rows(found, "as_written", "modality")


def test_who_is_bought_is_spoken_of(lexicon):
    page = "<html><title>North goes south</title><body><h1>North goes south</h1><p>Northern Rare Earth will acquire a 48 percent stake in Xinfeng Xinli Rare Earth.</p></body></html>"
    found = extract(page.encode(), lexicon, published_on="2010-08-04").as_json()
    assert {one["subject"] for one in found["signals"]} <= {one["key"] for one in found["entities"]} | {None}
