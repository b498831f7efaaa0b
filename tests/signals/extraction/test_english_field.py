"""Turns of phrase of English wires, notes and newsletters: text → what each figure is. Every row names its class."""

from __future__ import annotations

import pytest

from signals.extraction import extract


def told(lexicon, title, text, day):
    """as written → (subject, metric, product, measure, value, period, modality) of every figure of the page."""
    body = "".join(f"<li>{line[2:]}</li>" if line.startswith("* ") else f"<p>{line}</p>" for line in text.split("\n"))
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    record = extract(page.encode(), lexicon, published_on=day).as_json()
    return {
        one["as_written"]: (
            one["subject"], one["metric"], one["product"], one["measure"], one["value"],
            (one["period"] or {}).get("label"), one["modality"],
        )
        for one in record["indicators"]
    }  # fmt: skip


NRE, JL, CHINA = "northern-rare-earth", "jl-mag", "china"

PERIODS = [
    # the base's own date goes no further than the base
    ("Net profit fell 48% from RMB 564 million in 2023 to RMB 291 million.", "RMB 291 million", "2024"),
    ("Net profit fell 48% from RMB 564 million in 2023 to RMB 291 million.", "RMB 564 million", "2023"),
    # a base without a date of its own is a year older than what it is compared with
    ("The gross margin narrowed to 11.1% from 16.1%.", "16.1%", "2023"),
    ("Second-quarter profit was 50 million yuan versus a loss of 8 million yuan.", "loss of 8 million yuan", "2023Q2"),
    ("Profit was 41 million yuan, against a loss of 12 million yuan a year ago.", "loss of 12 million yuan", "2023"),
    # two figures, each with its own period behind it
    ("Profit was 16 million yuan in the first quarter and 20 million yuan in the second quarter.", "20 million yuan", "2024Q2"),
    # the day on which somebody says it is not the figure's
    ("Revenue was 6.8 billion yuan, the company said on March 3.", "6.8 billion yuan", "2024"),
    # the period spoken of
    ("Revenue for the three months ended June was 2 billion yuan. In the three months it sold 900 tons.", "900 tons", "2024Q2"),
    # when a plant was opened dates nothing else
    ("Its plant, commissioned in 2019, ran at 85 percent of capacity.", "85 percent", "2024"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "label"), PERIODS)
def test_when(lexicon, text, figure, label):
    assert told(lexicon, "JL MAG annual results for 2024", text, "2025-03-04")[figure][5] == label


def test_weekdays_date_quotations(lexicon):
    found = told(
        lexicon, "Prices slip", "PrNd oxide was quoted at RMB 552,000/mt on Tuesday, down RMB 3,000/mt.", "2025-10-16"
    )
    assert found["RMB 552,000/mt"][5] == "2025-10-14"
    assert found["RMB 3,000/mt"][3:6] == ("change", -3000, "2025-10-14")


MARKETS = [
    # what a price is asked for stands behind it, with its purity
    ("Offers stood at Yn402-405/kg ex-works for 99.5pc neodymium oxide and Yn410-415/kg ex-works for 99.5pc praseodymium oxide.",
     {"Yn402-405/kg": "nd-oxide", "Yn410-415/kg": "pr-oxide"}),
    # "the oxide" is the one spoken of
    ("NdPr oxide was assessed at Yn397/kg. Export prices for the oxide were flat at $54.70/kg.", {"$54.70/kg": "ndpr-oxide"}),
    # one price for a list
    ("Prices of lanthanum oxide and cerium oxide were unchanged at 13,000 yuan/mt.", {"13,000 yuan/mt": "ce-oxide"}),
    # lost, gave up: rates of fall
    ("NdPr metal lost 0.5% to 672,500 yuan per tonne.", {"0.5%": "ndpr-metal", "672,500 yuan per tonne": "ndpr-metal"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "products"), MARKETS)
def test_whose_price(lexicon, text, products):
    found = told(lexicon, "Rare earth prices", text, "2025-10-16")
    assert {figure: found[figure][2] for figure in products} == products


def test_a_loss_in_percent_is_a_fall(lexicon):
    found = told(lexicon, "Rare earth prices", "Terbium oxide prices lost 1.4 percent.", "2025-10-16")
    assert found["1.4 percent"][3:5] == ("change", -1.4)


def test_purities_and_taxes_state_nothing(lexicon):
    text = "The price of 39% light rare earth concentrate, excluding 13% value-added tax, was 19,109 yuan per ton."
    assert set(told(lexicon, "Concentrate", text, "2025-10-16")) == {"19,109 yuan per ton"}


QUOTAS = [
    ("The first batch of quotas was set at 135,000 tons for mining and 127,000 tons for smelting and separation.",
     {"135,000 tons": ("quota_mining", None), "127,000 tons": ("quota_smelting", None)}),
    ("Of the mining quota, 50,425 tonnes go to light rare earths and 9,575 tonnes to medium and heavy rare earths.",
     {"50,425 tonnes": ("quota_mining", "light-rare-earth"), "9,575 tonnes": ("quota_mining", "heavy-rare-earth")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), QUOTAS)
def test_stage_and_ore_of_a_quota(lexicon, text, wanted):
    found = told(lexicon, "China issues first batch of 2024 rare earth quotas", text, "2024-02-08")
    assert {figure: found[figure][1:3] for figure in wanted} == wanted
    assert {found[figure][5] for figure in wanted} == {"2024"}  # the title's year, though it is not over


SUBJECTS = [
    # a place in an aside, a town by name, an owner behind "of"
    ("The city of Baotou, in north China's Inner Mongolia, has raised its local conversion rate to 75 percent.", "75 percent", "baotou"),
    ("The output value of Baotou's rare earth industry grew to 17.6 billion yuan.", "17.6 billion yuan", "baotou"),
    # a share of a firm without a key
    ("Northern Rare Earth will hold 51% and Sanyou the remaining 49%.", "49%", None),
    ("Northern Rare Earth will hold 51% and Sanyou the remaining 49%.", "51%", NRE),
    # the exchange, though its founders are named behind it
    ("The Baotou Rare Earth Products Exchange grew. The exchange was founded by China Northern Rare Earth with a registered "
     "capital of 120 million yuan.", "120 million yuan", "baotou-rare-earth-exchange"),
    # in a text about several firms "the company" is the one spoken of
    ("Shenghe Resources sold more. Xiamen Tungsten's revenue fell to 2 billion yuan. The company had a 28% rise in profit.", "28%",
     "xiamen-tungsten"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "subject"), SUBJECTS)
def test_whose(lexicon, text, figure, subject):
    assert told(lexicon, "Rare earth firms and towns", text, "2025-03-04")[figure][0] == subject


PLANS = [
    ("It plans to build a plant to produce 5,000 tonnes of NdFeB blanks annually.", "5,000 tonnes", "capacity", "target"),
    ("Capacity is expected to hit 40,000 tons by the end of 2026.", "40,000 tons", "capacity", "target"),
    ("JL MAG plans to acquire a 60% stake in a recycler.", "60%", "stake", "target"),
    ("JL MAG expects its net profit to reach RMB 400-420 million.", "RMB 400-420 million", "net_profit", "forecast"),
    ("JL MAG has estimated a net loss of RMB 30 million for the fourth quarter.", "net loss of RMB 30 million", "net_profit", "forecast"),
    ("It will invest AUD 158 million in the acquisition.", "AUD 158 million", "investment", "target"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "metric", "modality"), PLANS)
def test_what_is_still_to_come(lexicon, text, figure, metric, modality):
    found = told(lexicon, "JL MAG in 2025", text, "2025-03-04")[figure]
    assert (found[1], found[6]) == (metric, modality)


METRICS = [
    ("Sales of magnets to the robotics sector rose 84.5% to 854 tons.", "84.5%", ("sales_volume", "magnets", "change")),
    ("Revenue from oxides was 3.3 billion yuan and from rare earth salts 60.6 million yuan.", "60.6 million yuan",
     ("revenue", "rare-earth-salts", "level")),
    ("It invested Yn210mn in R&D, 4.1pc of its revenue.", "4.1pc", ("rd_intensity", None, "level")),
    ("It bought 220,000 tons of concentrate worth 4.5 billion yuan.", "4.5 billion yuan", ("purchase_value", "concentrate", "level")),
    ("It obtained 35 patents, including 21 invention patents.", "21", ("patents_granted", "invention", "level")),
    ("Phase one, with 5,000 t/yr of capacity, runs smoothly.", "5,000 t/yr", ("capacity", None, "level")),
    ("It has a market share of about 14.5% in rare earth magnets.", "about 14.5%", ("market_share", "magnets", "level")),
    ("JL MAG intends to purchase 19.9 percent of Peak Rare Earths.", "19.9 percent", ("stake", None, "level")),
    ("Production hit 721 tons, a 51% increase year over year and 21% sequential growth.", "21%", ("output", None, "change_qoq")),
    ("The diluted loss per share came to $0.24.", "$0.24", ("eps", None, "level")),
    ("* Revenue: RMB 6.8 billion (-1.6%)", "-1.6%", ("revenue", None, "change")),
    ("JL MAG accounts for about 12% of global NdFeB magnet output.", "about 12%", ("market_share", "ndfeb-magnets", "level")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "wanted"), METRICS)
def test_what(lexicon, text, figure, wanted):
    assert told(lexicon, "JL MAG in 2024", text, "2025-03-04")[figure][1:4] == wanted


def test_a_list_takes_the_metrics_of_its_heading(lexicon):
    text = "Q3 production/sales (YoY):\n* Rare-earth oxides: 6,900 t (+63%) / 9,800 t (+34%)"
    found = told(lexicon, "Northern Rare Earth posts Q3 2025", text, "2025-10-29")
    assert {figure: one[1] for figure, one in found.items()} == {
        "6,900 t": "output", "+63%": "output", "9,800 t": "sales_volume", "+34%": "sales_volume",
    }  # fmt: skip
    assert {one[2] for one in found.values()} == {"rare-earth-oxides"}


def test_years_behind_a_list_of_forecasts(lexicon):
    text = "Guosen Securities forecasts EPS of 0.50, 0.66 and 0.85 yuan for 2025, 2026 and 2027."
    found = told(lexicon, "JL MAG: rating kept", text, "2025-10-29")
    assert [(one[4], one[5], one[6]) for one in found.values()] == [
        (0.5, "2025", "estimate"), (0.66, "2026", "estimate"), (0.85, "2027", "estimate"),
    ]  # fmt: skip


@pytest.mark.parametrize("headline", ["JL MAG first-half profit doubles", "JL MAG first-half profit more than doubles"])
def test_a_fold_in_the_headline_retells_the_rate(lexicon, headline):
    found = told(
        lexicon, headline, "Net profit rose 110.5% to 464 million yuan in the first half of 2022.", "2022-08-25"
    )
    assert set(found) == {"110.5%", "464 million yuan"}


def test_a_partner_as_subject_tells_of_exports(lexicon):
    text = "Exports of magnets to Germany rose 24% month on month to 1,071 tonnes in August.\nVietnam took 412 tonnes."
    found = told(lexicon, "China's rare earth magnet exports climb in August", text, "2025-09-22")
    assert found["412 tonnes"][:3] == (CHINA, "export_volume", "magnets")


def test_a_partners_imports_are_exports(lexicon):
    text = "China exported 6,150 tons of rare earth magnets in November.\nU.S. imports slipped 11% to 582 tons."
    found = told(lexicon, "China's magnet exports", text, "2025-12-22")
    assert found["582 tons"][:3] == (CHINA, "export_volume", "magnets")
    assert found["11%"][1:5] == ("export_volume", "magnets", "change", -11)


def test_a_lost_sign_before_a_second_currency(lexicon):
    found = told(lexicon, "JL MAG", "Revenue: RMB 3.06 billion (\u0e42 USD 419 million), up 20.42%.", "2025-08-29")
    assert set(found) == {"RMB 3.06 billion", "20.42%"}


def test_losses_in_brackets_and_shares_abroad(lexicon):
    found = told(
        lexicon,
        "JL MAG in 2024",
        "Its Hong Kong share price closed at HK$14.82 per share. Net loss was $(22,648) thousand.",
        "2025-03-04",
    )
    assert found["HK$14.82 per share"][1] == "share_price"
    assert found["$(22,648) thousand"][4] == -22648000


def test_growth_leans_on_the_level_before(lexicon):
    text = (
        "The mining quota was set at 100,800 tonnes, up 20% from a year earlier. "
        "The quota for smelting and separation was set at 97,200 tonnes. This is also an increase of 20% on the year."
    )
    record = extract(text.encode(), lexicon, published_on="2022-01-28").as_json()["indicators"]
    assert [(one["metric"], one["value"]) for one in record if one["measure"] == "change_yoy"] == [
        ("quota_mining", 20), ("quota_smelting", 20),
    ]  # fmt: skip
