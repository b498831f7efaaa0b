"""Phrases of time and the periods they mean. Flags: i = inferred, c = comparison."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signals.extraction import calendar
from signals.extraction.periods import PeriodAnchor, find_periods, grown_on
from tests.signals.extraction.told import told


def periods(text, lexicon, published=None, document=None, previous=None):
    anchor = PeriodAnchor(
        published, calendar.of_label(document) if document else None, calendar.of_label(previous) if previous else None
    )
    return [
        text[slice(*m.span)] + " " + m.period.label + (" i" if m.inferred else "") + (" c" if m.comparison else "")
        for m in find_periods(text, 0, len(text), lexicon, anchor)
    ]


# phrases that say all themselves
SPOKEN_OUT = [
    ("2024年营收增长", ["2024年 2024"]),
    ("2024年度净利润", ["2024年度 2024"]),
    ("2024年上半年产量", ["2024年上半年 2024H1"]),
    ("2024年下半年", ["2024年下半年 2024H2"]),
    ("2024年一季度", ["2024年一季度 2024Q1"]),
    ("2024年第二季度", ["2024年第二季度 2024Q2"]),
    ("2024年三季度单季", ["2024年三季度单季 2024Q3"]),
    ("2024年前三季度", ["2024年前三季度 2024M1-9"]),
    ("2024年1-9月", ["2024年1-9月 2024M1-9"]),
    ("2024年1月至9月", ["2024年1月至9月 2024M1-9"]),
    ("2024年1-6月", ["2024年1-6月 2024H1"]),
    ("2024年1-3月", ["2024年1-3月 2024Q1"]),
    ("2024年1—11月", ["2024年1—11月 2024M1-11"]),
    ("2024年4-6月", ["2024年4-6月 2024Q2"]),
    ("2024年前10个月", ["2024年前10个月 2024M1-10"]),
    ("2024年前八个月", ["2024年前八个月 2024M1-8"]),
    ("2024年8月份出口", ["2024年8月份 2024-08"]),
    ("2024年8月15日", ["2024年8月15日 2024-08-15"]),
    ("截至2024年6月末", ["2024年6月末 2024-06-30"]),
    ("截至2024年末", ["2024年末 2024-12-31"]),
    ("到2026年底建成", ["2026年底 2026"]),
    ("2024年Q2营收", ["2024年Q2 2024Q2"]),
    ("2024年H1", ["2024年H1 2024H1"]),
    ("2024年Q1-Q3", ["2024年Q1-Q3 2024M1-9"]),
    ("2024Q4", ["2024Q4 2024Q4"]),
    ("24Q3归母净利", ["24Q3 2024Q3"]),
    ("24年上半年", ["24年上半年 2024H1"]),
    ("24H1营收", ["24H1 2024H1"]),
    ("25-27年净利润", ["25-27年 2025-2027"]),
    ("2025 - 2027 年", ["2025 - 2027 年 2025-2027"]),
    ("2023—2025年", ["2023—2025年 2023-2025"]),
    ("二〇二四年三季度", ["二〇二四年三季度 2024Q3"]),
    ("2024年中报", ["2024年中报 2024H1"]),
    ("2024年半年度报告", ["2024年半年度报告 2024H1"]),
    ("2024年年度报告", ["2024年年度报告 2024"]),
    ("2024年第三季度报告", ["2024年第三季度报告 2024Q3"]),
    ("“十四五”期间投资", ["十四五” 2021-2025"]),
    ("十五五时期", ["十五五 2026-2030"]),
    ("２０２４年上半年", ["２０２４年上半年 2024H1"]),
    ("2024年第二批指标", ["2024年 2024"]),
    ("2024-06-30", ["2024-06-30 2024-06-30"]),
    ("Q1 2024", ["Q1 2024 2024Q1"]),
    ("Q1 of 2024", ["Q1 of 2024 2024Q1"]),
    ("2024 Q3", ["2024 Q3 2024Q3"]),
    ("3Q24", ["3Q24 2024Q3"]),
    ("3Q 2024", ["3Q 2024 2024Q3"]),
    ("1H24 and 9M24", ["1H24 2024H1", "9M24 2024M1-9"]),
    ("H1 2024", ["H1 2024 2024H1"]),
    ("the December quarter of 2024", ["December quarter of 2024 2024Q4"]),
    ("the three months ending in June 2024", ["three months ending in June 2024 2024Q2"]),
    ("FY2024 sales", ["FY2024 2024"]),
    ("fiscal 2024", ["fiscal 2024 2024"]),
    ("full-year 2024 output", ["full-year 2024 2024"]),
    ("the first quarter of 2024", ["first quarter of 2024 2024Q1"]),
    ("the second half of 2024", ["second half of 2024 2024H2"]),
    ("third-quarter 2024", ["third-quarter 2024 2024Q3"]),
    ("2024's first half", ["2024's first half 2024H1"]),
    ("2024 first-quarter profit", ["2024 first-quarter 2024Q1"]),
    ("the first nine months of 2024", ["first nine months of 2024 2024M1-9"]),
    ("the first three quarters of 2024", ["first three quarters of 2024 2024M1-9"]),
    ("the first eleven months of 2024", ["first eleven months of 2024 2024M1-11"]),
    ("the first six months of 2024", ["first six months of 2024 2024H1"]),
    ("the three months ended June 30, 2024", ["three months ended June 30, 2024 2024Q2"]),
    ("the nine months to September 2024", ["nine months to September 2024 2024M1-9"]),
    ("the quarter ended March 31, 2024", ["quarter ended March 31, 2024 2024Q1"]),
    ("the year ended December 31, 2024", ["year ended December 31, 2024 2024"]),
    ("January-September 2024", ["January-September 2024 2024M1-9"]),
    ("January to August 2024", ["January to August 2024 2024M1-8"]),
    ("April through June 2024", ["April through June 2024 2024Q2"]),
    ("September 2024", ["September 2024 2024-09"]),
    ("in Sept. 2024", ["Sept. 2024 2024-09"]),
    ("June 30, 2024", ["June 30, 2024 2024-06-30"]),
    ("30 June 2024", ["30 June 2024 2024-06-30"]),
    ("as of 31st December 2024", ["31st December 2024 2024-12-31"]),
    ("at the end of June 2024", ["the end of June 2024 2024-06-30"]),
    ("at the end of 2024", ["the end of 2024 2024-12-31"]),
    ("by the end of 2027", ["the end of 2027 2027"]),
    ("end-2024", ["end-2024 2024-12-31"]),
    ("by 2027", ["2027 2027"]),
    ("In 2024, 352 patents", ["2024 2024"]),
    ("the 2026–2030 plan", ["2026–2030 2026-2030"]),
    ("during the 14th Five-Year Plan period", ["14th Five-Year Plan 2021-2025"]),
]

# (phrase, published, document's period) -> what it means then
LEANING = [
    ("今年上半年", "2025-08-20", None, ["今年上半年 2025H1 i"]),
    ("去年全年", "2025-08-20", None, ["去年全年 2024 i"]),
    ("今年以来", "2025-10-30", "2025M1-9", ["今年以来 2025M1-9 i"]),
    ("上半年产量", "2025-08-20", None, ["上半年 2025H1 i"]),
    ("第三季度净利", "2025-10-30", None, ["第三季度 2025Q3 i"]),
    ("第四季度净利", "2026-02-10", None, ["第四季度 2025Q4 i"]),
    ("三季度净利", "2025-02-10", None, ["三季度 2024Q3 i"]),
    ("9月出口", "2025-10-20", None, ["9月 2025-09 i"]),
    ("11月出口", "2025-01-20", None, ["11月 2024-11 i"]),
    ("9月30日均价", "2025-10-31", None, ["9月30日 2025-09-30 i"]),
    ("1-9月", "2025-10-31", None, ["1-9月 2025M1-9 i"]),
    ("前9个月", "2025-10-31", None, ["前9个月 2025M1-9 i"]),
    ("截至9月末", "2025-10-31", None, ["9月末 2025-09-30 i"]),
    ("本报告期", "2025-10-31", "2025M1-9", ["本报告期 2025Q3 i"]),
    ("本报告期", "2025-08-31", "2025H1", ["本报告期 2025H1 i"]),
    ("年初至报告期末", "2025-10-31", "2025Q3", ["年初至报告期末 2025M1-9 i"]),
    ("报告期末", "2025-10-31", "2025Q3", ["报告期末 2025-09-30 i"]),
    ("上年末", "2025-10-31", "2025Q3", ["上年末 2024-12-31 i c"]),
    ("较年初增长", "2025-10-31", None, ["年初 2024-12-31 i c"]),
    ("去年同期", "2025-10-31", "2025M1-9", ["去年同期 2024M1-9 i c"]),
    ("上年同期亏损", "2025-10-31", "2025Q3", ["上年同期 2024Q3 i c"]),
    ("2025年二季度增长,上年同期为负", "2025-10-31", None, ["2025年二季度 2025Q2", "上年同期 2024Q2 i c"]),
    ("2024年一季度好,二季度差", "2025-10-31", None, ["2024年一季度 2024Q1", "二季度 2024Q2 i"]),
    ("当季", "2025-10-31", "2025M1-9", ["当季 2025Q3 i"]),
    ("上季度", "2025-10-31", "2025Q3", ["上季度 2025Q2 i c"]),
    ("上季度", "2025-04-30", "2025Q1", ["上季度 2024Q4 i c"]),
    ("前一月", "2025-10-31", "2025-09", ["前一月 2025-08 i c"]),
    ("全年目标", "2025-10-31", "2025M1-9", ["全年 2025 i"]),
    ("三季报显示", "2025-10-31", None, ["三季报 2025M1-9 i"]),
    ("Q2净利", "2025-08-28", "2025H1", ["Q2 2025Q2 i"]),
    ("this year", "2025-08-28", None, ["this year 2025 i"]),
    ("last year's third quarter", "2025-08-28", None, ["last year's third quarter 2024Q3 i"]),
    ("the second quarter of last year", "2025-08-28", None, ["second quarter of last year 2024Q2 i"]),
    ("in the third quarter", "2025-10-30", None, ["third quarter 2025Q3 i"]),
    ("the first half", "2025-08-28", None, ["first half 2025H1 i"]),
    ("the first nine months", "2025-10-28", None, ["first nine months 2025M1-9 i"]),
    ("first three quarters", "2025-10-28", None, ["first three quarters 2025M1-9 i"]),
    ("in September", "2025-10-20", None, ["September 2025-09 i"]),
    ("in November", "2025-10-20", None, ["November 2024-11 i"]),
    ("by November", "2025-10-20", None, ["November 2025-11 i"]),
    ("on June 30", "2025-10-20", None, ["June 30 2025-06-30 i"]),
    ("end-June", "2025-10-20", None, ["end-June 2025-06-30 i"]),
    ("In September 6,210 tons left", "2025-10-20", None, ["September 2025-09 i"]),
    ("a year earlier", "2025-08-28", "2025H1", ["a year earlier 2024H1 i c"]),
    (
        "the same month of the previous year",
        "2025-10-28",
        "2025-09",
        ["the same month of the previous year 2024-09 i c"],
    ),
    ("the previous quarter", "2025-10-28", "2025Q3", ["the previous quarter 2025Q2 i c"]),
    ("the year to date", "2025-10-28", "2025Q3", ["the year to date 2025M1-9 i"]),
    ("the full year", "2026-03-28", None, ["full year 2025 i"]),
    ("2027 goals; in May it rose", "2025-10-28", None, ["2027 2027", "May 2025-05 i"]),
    ("Q1 profits", "2025-04-18", None, ["Q1 2025Q1 i"]),
    ("last month", "2025-10-20", None, ["last month 2025-09 i"]),
    ("last quarter", "2025-10-20", None, ["last quarter 2025Q3 i"]),
    ("上月出口", "2025-01-20", None, ["上月 2024-12 i"]),
    ("较2023年同期", "2025-10-31", "2025M1-9", ["2023年同期 2023M1-9 i c"]),
    ("the same period of 2023", "2025-10-31", "2025Q3", ["the same period of 2023 2023Q3 i c"]),
    ("exports in January and February combined", "2025-03-20", None, ["January and February combined 2025M1-2 i"]),
    ("between January and June", "2025-08-20", None, ["between January and June 2025H1 i"]),
    ("up from 2023. In May it rose", "2025-08-20", None, ["2023 2023", "May 2025-05 i"]),
    ("成立于1961年,1997年上市", None, None, ["1961年 1961", "1997年 1997"]),
    ("first quarter", None, "2025Q1", ["first quarter 2025Q1 i"]),
]

NO_PERIOD = [  # the first six have nothing to lean on
    "上半年产量", "9月出口", "this year", "去年同期", "in September", "first quarter", "October 20-23, 2025",
    "10月20日至23日召开", "the 14th Five-Year Plan was passed", "十四五规划纲要发布", "2000 tons", "2024吨",
    "1950家企业", "prices may rise", "a march on the rival", "within 180 days", "第61号", "10年期国债",
    "year-on-year", "14nm", "近三年", "No. 2 plant", "3个月", "RMB 2025 million",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPOKEN_OUT, ids=[text for text, _ in SPOKEN_OUT])
def test_a_period_that_says_all_itself(text, expected, lexicon):
    assert periods(text, lexicon) == expected


@pytest.mark.parametrize(("text", "published", "document", "expected"), LEANING)
def test_a_period_that_leans_on_the_document(text, published, document, expected, lexicon):
    assert periods(text, lexicon, published, document) == expected


@pytest.mark.parametrize("text", NO_PERIOD)
def test_no_period(text, lexicon):
    assert periods(text, lexicon) == []


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2025Q1", "2025-01-01", "2025-03-31"),
        ("2025H2", "2025-07-01", "2025-12-31"),
        ("2025M1-9", "2025-01-01", "2025-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-06-30", "2025-06-30", "2025-06-30"),
        ("2021-2025", "2021-01-01", "2025-12-31"),
    ],
)
def test_labels_and_dates_agree(label, start, end):
    period = calendar.of_label(label)
    assert (period.label, period.start, period.end) == (label, start, end)


def test_a_leap_day_moves_to_the_28th():
    assert calendar.shifted(calendar.of_label("2024-02-29"), -1).label == "2023-02-28"


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="0123456789年月日季度上下半前第一二三四QH-~至到/ FYofthe同期末底初去今本报告January,. ", max_size=60
    )
)
def test_any_text_is_read_without_a_stumble(lexicon, text):
    anchor = PeriodAnchor("2025-10-31", calendar.of_label("2025Q3"))
    for mention in find_periods(text, 0, len(text), lexicon, anchor):
        start, end = mention.span
        assert 0 <= start < end <= len(text)
        assert mention.period.start <= mention.period.end


ON_LAST_YEAR = [
    ("China's magnet output rose 5% on last year to 190,000 tons in the first half.", "2021H1"),
    ("China's magnet output rose by 5% over last year to 190,000 tons in the first half.", "2021H1"),
    ("In the first half, China's magnet output rose 5% on last year to 190,000 tons.", "2021H1"),
    ("China's magnet output rose 5 per cent to 190,000 tons last year.", "2020"),
]


@pytest.mark.parametrize(("text", "label"), ON_LAST_YEAR)
def test_year_that_a_rate_is_told_on(lexicon, text, label):
    found = told(lexicon, "An outlook", text, "2021-08-03")
    assert [one["period"]["label"] for one in found] == [label, label]


@pytest.mark.parametrize(
    ("text", "told_on"),
    [
        ("up 5% on last year", True),
        ("a boost on last year", True),
        ("an improvement over the previous year", True),
        ("down eight per cent on last year", True),
        ("a note on last year", False),
        ("reported last year", False),
        ("a boost on last month", False),
    ],
)
def test_what_a_rate_may_be_told_on(text, told_on):
    assert grown_on(text, 0, text.rindex("last" if "last" in text else "previous")) is told_on
