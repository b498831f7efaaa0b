"""English sentences whose figures lean on other words: on the sentence before, on a rate, on the title."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

FIELDS = ("as_written", "metric", "product", "measure", "period")


def read(lexicon, text, title="A note on the sector", day="2025-11-20"):
    return rows(told(lexicon, title, text, day), *FIELDS)


SHARES = [
    ("Shares in MP Materials tumbled 6.2% on Wednesday.", [("6.2%", "change")]),
    ("JL Mag's stock rose 1.4% to HK$21.30.", [("1.4%", "change"), ("HK$21.30", "level")]),
    ("Baotou Steel Union's stock [SHA:600010] dipped 0.6% to trade at CNY2.41.", [("0.6%", "change"), ("CNY2.41", "level")]),
    ("Lynas's share price was down 3.1% at A$9.45 by noon.", [("3.1%", "change"), ("A$9.45", "level")]),
    ("Shenghe's stock tumbled 4.8 percent to close at CNY11.20 (USD1.57).", [("4.8 percent", "change"), ("CNY11.20", "level")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), SHARES)
def test_quotation_of_a_share(lexicon, text, figures):
    found = read(lexicon, text)
    assert [(one[0], one[3]) for one in found] == figures
    assert {one[1] for one in found} == {"share_price"}


def test_sums_paid_for_shares_are_no_quotation(lexicon):
    found = read(lexicon, "JL Mag bought back 2 million shares of its own stock for 48 million yuan.")
    assert {one[1] for one in found} == {"buyback"}


BASES = [
    (
        "China's magnet exports came to 5,120 tons in October.\u0020That was down from 5,610 tons in September.",
        ("5,610 tons", "export_volume", "magnets", "level", "2025-09"),
    ),
    (
        "China's magnet exports came to 5,120 tons in October. It was up 8% from 4,740 tons in the same month in 2024.",
        ("4,740 tons", "export_volume", "magnets", "level", "2024-10"),
    ),
    (
        "Output of rare earth concentrate was 377,000 tonnes in 2024. This compares with 320,000 tonnes in 2023.",
        ("320,000 tonnes", "output", "concentrate", "level", "2023"),
    ),
    (
        "Revenue reached 5.1 billion yuan in 2024. This was up from 4.4 billion yuan in 2023.",
        ("4.4 billion yuan", "revenue", None, "level", "2023"),
    ),
    (
        "Output of concentrate is put at 390,000t for 2025. That equals 195,000t of 50% REO.",
        ("195,000t", "output", "concentrate", "level", "2025"),
    ),
]


@pytest.mark.parametrize(("text", "figure"), BASES)
def test_base_told_in_the_next_sentence(lexicon, text, figure):
    assert figure in read(lexicon, text)


VOLUMES = [
    ("A note on the sector", "Baogang plans to raise its concentrate output this year. Output came to 98,000 tonnes in the first quarter.", "concentrate"),
    ("Baogang's concentrate output falls", "Output fell to 98,000 tonnes in the first quarter.", "concentrate"),
    ("A note on the sector", "Output came to 98,000 tonnes in the first quarter.", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "product"), VOLUMES)
def test_product_of_a_volume(lexicon, title, text, product):
    found = told(lexicon, title, text, "2025-11-20")
    assert [one["product"] for one in found] == [product]
    assert product is None or found[0]["confidence"] < 0.9


WORDS = [
    ("China's exports totalled 45,000 tons, an annual decline of 5.2%.", "5.2%", "change_yoy", -5.2),
    ("Output was 5,400 tons, a monthly increase of 3%.", "3%", "change_mom", 3),
    ("Output rose at an average annual rate of 6%.", "6%", "change", 6),
    ("The mining quota was set at 168,000 tonnes, a 20% uplift.", "20%", "change", 20),
]


@pytest.mark.parametrize(("text", "written", "measure", "value"), WORDS)
def test_words_of_change(lexicon, text, written, measure, value):
    found = rows(told(lexicon, "A note on the sector", text, "2025-11-20"), "as_written", "measure", "value")
    assert (written, measure, value) in found


METRICS = [
    ("Baogang earned 9.1 billion yuan from concentrate sales in 2023.", [("9.1 billion yuan", "revenue")]),
    ("Baogang earned 410 million yuan in 2023.", [("410 million yuan", "net_profit")]),
    ("The mine supplied 204,900t to Northern Rare Earth.", [("204,900t", "sales_volume")]),
    (
        "China told producers of this year's rare earth quota, with allocated volumes up 12% for mining.",
        [("12%", "quota_mining")],
    ),
    ("The fund's allocation to miners rose 12%.", []),
    ("The group's refining and separation quotas grew to 88,000 t in 2024.", [("88,000 t", "quota_smelting")]),
]


@pytest.mark.parametrize(("text", "figures"), METRICS)
def test_metric(lexicon, text, figures):
    assert [(one[0], one[1]) for one in read(lexicon, text)] == figures
