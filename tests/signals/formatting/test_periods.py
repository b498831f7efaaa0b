from datetime import date, datetime

import pytest

from signals.formatting.periods import month_heads, show_date, show_period

N = "\u00a0"


@pytest.mark.parametrize(
    ("label", "english", "chinese"),
    [
        ("2025Q1", f"Q1{N}2025", "2025年一季度"),
        ("2025H2", f"H2{N}2025", "2025年下半年"),
        ("2025M1-9", f"Jan–Sep{N}2025", "2025年1—9月"),
        ("2025", "2025", "2025年"),
        ("2025-09", f"Sep{N}2025", "2025年9月"),
        ("2025-04-18", f"18{N}Apr{N}2025", "2025年4月18日"),
        ("2024-2026", "2024–2026", "2024—2026年"),
        ("", "", ""),
        (None, "", ""),
        ("2025-13", "2025-13", "2025-13"),
        ("15th plan", "15th plan", "15th plan"),
    ],
)
def test_period_labels(label, english, chinese):
    assert show_period(label, "en") == english
    assert show_period(label, "zh-hans") == chinese


@pytest.mark.parametrize(
    ("precision", "english", "chinese"),
    [
        ("day", f"18{N}Apr{N}2025", "2025年4月18日"),
        ("month", f"Apr{N}2025", "2025年4月"),
        ("quarter", f"Q2{N}2025", "2025年二季度"),
        ("half", f"H1{N}2025", "2025年上半年"),
        ("year", "2025", "2025年"),
        ("minute", f"18{N}Apr{N}2025{N}07:05", f"2025年4月18日{N}07:05"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(precision, english, chinese):
    moment = datetime(2025, 4, 18, 7, 5)
    assert show_date(moment, precision, "en") == english
    assert show_date(moment, precision, "zh-hans") == chinese


def test_no_date_is_not_today():
    assert show_date(None) == ""
    assert show_date(date(2025, 4, 18), "minute") == f"18{N}Apr{N}2025"


def test_heads_of_months_say_the_year_where_one_begins():
    heads = month_heads([date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1)], "en")
    assert [(head["label"], head["year"]) for head in heads] == [("Nov", "2024"), ("Dec", ""), ("Jan", "2025")]
    assert month_heads([date(2024, 11, 1)], "zh-hans")[0] == {"label": "11月", "year": "2024", "long": "2024年11月"}
