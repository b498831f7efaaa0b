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


FIGURES = [
    # what "since" looks back to is no period of the rate before it
    ("2020-08-07", "Exports stood at 1,620 tonnes in July. That was down 69.1% year-on-year, the lowest since 1,457 tonnes in January 2015.", ("69.1%", "china", "export_volume", "2020-07")),
    ("2025-10-20", "India holds 6.9 million tonnes of rare earth reserves but mined only 2,900 tonnes in 2024.", ("2,900 tonnes", "india", "output", "2024")),
    ("2025-11-09", "IREL expects output of 500 tonnes of neodymium oxide by the end of the financial year 2027.", ("500 tonnes", "irel", "output", "2027")),
    ("2025-08-05", "MP Materials said REO production rose to 13,145 metric tons in the second quarter of 2025.", ("13,145 metric tons", "mp-materials", "output", "2025Q2")),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "figure"), FIGURES)
def test_figure(lexicon, day, text, figure):
    title = "China's rare earth exports sink" if "Exports" in text else "A note on output"
    assert figure in rows(told(lexicon, title, text, day), "as_written", "subject", "metric", "period")


@pytest.mark.parametrize(
    "text",
    [
        "MP Materials said adjusted EBITDA was a loss of $12.5 million in 2025.",
        "Suppliers were reluctant to sell 99pc oxide in February.",
        "The report sees an expected price increase of over 15% in the next 6-12 months.",
        "Its investment in an associate contributed 118 million yuan to its profits.",
    ],
)
def test_no_figure(lexicon, text):
    assert told(lexicon, "A note on the sector", text) == []


def test_a_rate_has_the_product_named_since_the_last_level(lexicon):
    text = "Dysprosium oxide prices lost 2.1pc to Yn1,480/kg and terbium oxide gave up 0.8pc on Wednesday."
    found = told(lexicon, "Prices", text, "2025-11-20")
    assert rows(found, "product", "value")[-1] == ("tb-oxide", -0.8)
