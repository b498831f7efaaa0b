"""A reprint is known under whatever headline; next quarter's notice is no reprint; the order of arrival does not matter."""

import itertools

import pytest

from signals.models import Disclosure, IndicatorCurrent, Origin
from signals.services import duplicates, origins

pytestmark = pytest.mark.django_db
BODY = (
    "China’s magnet makers shipped 5,473 tons of rare-earth magnets in October 2025, 5.2% less than in September, customs data showed. "
    "It was the second decline running.</p><p>Shipments to the United States surged 56.1% from the month before and reached their highest "
    "level since January, while Germany, South Korea and Vietnam took the most.</p><p>Since the start of the year exports have come to "
    "45,290 tons, 5.2% less than in the same ten months of the year before."
)
NOTICE = "包钢股份公告，{quarter}稀土精矿交易价格调整为不含税{price}元/吨（干量，REO=50%），REO每增减1%，不含税价格增减{step}元/吨。上述价格自当季首日起执行，双方按协议约定的公式测算，公司将按季度公告调整情况，请投资者注意投资风险。"


def page(title: str, body: str, after: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}{after}</p></article></body></html>"


PAGES = {
    "https://wire.example/a": (page("Magnet exports dip again, but America buys more", BODY), "2025-11-20"),
    "https://trade.example/b": (page("October magnet exports slip while US shipments surge", "(Sample Wire) - " + BODY, " (Reprinted from Sample Wire.)"), "2025-11-20"),
    "https://portal.example/c": (page("Magnets: exports down in October", BODY), "2025-11-22"),
}  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(PAGES)))
def test_reprints_point_to_the_earliest_whatever_came_first(take, order):
    for url in order:
        take(PAGES[url][0], url=url, published_on=PAGES[url][1])
    copies = dict(Disclosure.objects.values_list("canonical_url", "duplicate_of__canonical_url"))
    original = "https://trade.example/b"  # of two on the same day the first by address
    assert copies == {url: None if url == original else original for url in PAGES}
    assert IndicatorCurrent.objects.filter(superseded=False).exclude(disclosure__canonical_url=original).count() == 0


def test_the_notice_of_another_quarter_is_no_copy(take):
    for number, (quarter, price, step) in enumerate(
        [
            ("2025年第三季度", "19109", "382.18"),
            ("2025年第四季度", "26205", "524.10"),
            ("2026年第一季度", "26834", "536.68"),
        ]
    ):
        take(
            page(f"{quarter}稀土精矿价格", NOTICE.format(quarter=quarter, price=price, step=step)),
            url=f"https://filing.example/{number}",
        )
    assert not Disclosure.objects.exclude(duplicate_of=None).exists()


def test_an_edited_copy_that_says_something_else_stands_for_itself(take):
    take(PAGES["https://wire.example/a"][0], url="https://wire.example/a", published_on="2025-11-20")
    copy = take(PAGES["https://portal.example/c"][0], url="https://portal.example/c", published_on="2025-11-22")
    assert copy.duplicate_of is not None
    other = BODY.replace("5,473", "6,102").replace("5.2%", "7.7%").replace("56.1%", "12.4%").replace("45,290", "51,000")
    take(page("Magnets: a correction", other), url="https://portal.example/c", published_on="2025-11-22")
    copy.refresh_from_db()
    assert copy.duplicate_of is None


def test_when_the_original_leaves_its_copies_settle_among_themselves(take):
    for url, (text, day) in PAGES.items():
        take(text, url=url, published_on=day)
    take(
        page(
            "Something else",
            "Baotou held a forum on hydrogen for lorries; speakers from ten provinces came and talked about storage, tanks, prices of electrolysers and the winter.",
        ),
        url="https://trade.example/b",
        published_on="2025-11-20",
    )
    copies = dict(Disclosure.objects.values_list("canonical_url", "duplicate_of__canonical_url"))
    assert copies == {
        "https://trade.example/b": None,
        "https://wire.example/a": None,
        "https://portal.example/c": "https://wire.example/a",
    }


@pytest.mark.parametrize(("text", "empty"), [("short", True), ("", True), ("稀土" * 200, True), (BODY, False)])
def test_texts_too_short_or_empty_of_words_have_no_sketch(text, empty):
    assert (duplicates.sketch(text) == []) == empty


SPOKEN = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p><p>{more}</p></article></body></html>"


def test_a_retelling_in_english_is_a_second_article_of_one_origin(take, source):
    company = type(source).objects.create(
        key="company-site",
        name="Company site",
        kind="manual",
        enabled=True,
        grade="C",
        definition={"origin": "company"},
    )
    chinese = SPOKEN.format(
        title="北方稀土2025年上半年实现营业收入188.7亿元",
        text="北方稀土公告称，2025年上半年公司实现营业收入188.7亿元，同比增长45%。",
        more="来源：本网",
    )
    take(chinese, url="https://company.example/zh", source=company, published_on="2025-08-28", language="zh")
    english = SPOKEN.format(
        title="Northern Rare Earth reports its first half", text="Northern Rare Earth said that revenue in the first half of 2025 reached RMB 18.87 billion, up 45 percent from a year earlier.",
        more="Disclaimer: this news item originates from media of a state-owned company and should be checked.",
    )  # fmt: skip
    take(english, url="https://rewriter.example/en", published_on="2025-08-29", language="en")
    rows = IndicatorCurrent.objects.filter(metric="revenue", measure="level", superseded=False, voice="company")
    assert {row.disclosure.language for row in rows} == {"zh", "en"}
    assert {row.origin_key for row in rows} == {"company:northern-rare-earth"}


@pytest.mark.parametrize("line", ["本网", "本站", "Test press", "原创"])
def test_a_source_line_that_means_the_outlet_itself_names_nobody_new(source, line):
    from signals.extraction.records import Origin as Found

    told = Found(line, None, None, None, None)
    assert origins.settle(told, source, None, "Test press").key == origins.settle(None, source, None, "Test press").key
    assert Origin.objects.count() == 1
