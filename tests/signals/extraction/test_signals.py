"""Signals: a sentence's themes, their stage, subject and voice."""

from __future__ import annotations

import pytest

from signals.extraction.names import find_names
from signals.extraction.records import Block, Cell, Reading, SectionKind, Signal, Table
from signals.extraction.sentences import split_sentences
from signals.extraction.signals import find_signals
from tests.lexicon import lexicon

THEMES = frozenset({
    "financial-results", "capacity-expansion", "downstream-integration", "rnd-innovation", "digital-ai",
    "green-transition", "hydrogen", "advanced-steel", "export-market", "price-setting", "export-control", "quota",
    "party-alignment", "five-year-plan", "consolidation", "soe-reform", "leadership", "financialisation",
    "resource-security", "safety-environment", "market-conditions", "foreign-policy",
})  # fmt: skip
STAGES = frozenset({
    "slogan", "target", "proposed", "approved", "agreed", "under_construction", "trial", "done", "reported",
    "setback", "negated",
})  # fmt: skip


def signals(text: str, section: SectionKind = "body") -> list[Signal]:
    reading = Reading(text, (Block("paragraph", (0, len(text)), section),), "en", "text/plain")
    hits = lexicon().find(text)
    names = find_names(reading, hits, lexicon())
    spans = split_sentences(text, 0, len(text))
    return find_signals(reading, hits, spans, names, lexicon(), next((name.key for name in names), None))


def themes(text: str, section: SectionKind = "body") -> set[str]:
    return {signal.theme for signal in signals(text, section)}


def test_the_lexicon_knows_every_theme_and_stage_of_the_contract() -> None:
    assert {entry.data["theme"] for entry in lexicon().kind("themes").values()} == THEMES
    assert set(lexicon().kind("stages")) == STAGES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北方稀土前三季度归母净利润增长两倍。", {"financial-results"}),
        ("Northern Rare Earth's net profit tripled in nine months.", {"financial-results"}),
        ("华星稀土八千吨金属项目建成投产。", {"capacity-expansion"}),
        ("北方稀土公布本月挂牌价。", {"price-setting"}),
        ("工信部下达第一批稀土开采总量控制指标。", {"quota"}),
        ("商务部对部分中重稀土实施出口管制。", {"export-control"}),
        ("The board appointed a new general manager.", {"leadership"}),
        ("盛和资源拟收购海外矿业公司股权。", {"consolidation"}),
        ("A blast at the plate mill injured workers.", {"safety-environment"}),
        ("The president signed an executive order on critical minerals.", {"foreign-policy"}),
        ("The canteen has a new menu.", set()),
        ("食堂推出新菜品。", set()),
    ],
)
def test_a_sentence_speaks_of(text: str, expected: set[str]) -> None:
    assert themes(text) == expected


@pytest.mark.parametrize(
    ("text", "theme", "stage"),
    [
        ("华星稀土金属项目建成投产。", "capacity-expansion", "done"),
        ("甘肃稀土二期工程正在建设。", "capacity-expansion", "under_construction"),
        ("The new plant is planned for 2028 and will double output.", "capacity-expansion", "target"),
        ("生产线进入试生产阶段,年产能五千吨。", "capacity-expansion", "trial"),
        ("公司拟收购该公司股权。", "consolidation", "proposed"),
        ("双方签署股权转让协议。", "consolidation", "agreed"),
        ("该收购事项终止。", "consolidation", "negated"),
        ("两部门暂停实施出口管制公告。", "export-control", "negated"),
        ("It completed its targets of the 14th Five-Year Plan.", "five-year-plan", "done"),
        ("It set targets for the 15th Five-Year Plan.", "five-year-plan", "target"),
        ("Group profit before tax rose.", "financial-results", "reported"),
        ("深入学习贯彻全会精神。", "party-alignment", "slogan"),
    ],
)
def test_the_words_nearby_tell_how_far_it_has_come(text: str, theme: str, stage: str) -> None:
    assert {signal.stage for signal in signals(text) if signal.theme == theme} == {stage}


def test_the_subject_is_the_actor_that_the_sentence_names_else_the_document_s_own() -> None:
    found = signals("包钢集团召开会议。金力永磁磁材项目建成投产。二期项目已开工建设。")
    subjects = [signal.subject for signal in found if signal.theme == "capacity-expansion"]
    assert subjects == ["jl-mag", "baogang-group"]


def test_what_semicolons_list_are_statements_of_their_own() -> None:
    text = "华星稀土金属项目建成投产;北方磁材合金项目开工建设。"
    found = [
        (one.subject, one.stage, text[slice(*one.span)]) for one in signals(text) if one.theme == "capacity-expansion"
    ]
    assert found == [
        ("huaxing-rare-earth", "done", "华星稀土金属项目建成投产"),
        ("northern-magnetic-materials", "under_construction", "北方磁材合金项目开工建设。"),
    ]


def test_a_region_s_document_is_the_region_s() -> None:
    title, body = "包头市稀土产业行动方案", "支持北方稀土发展。扩大产能,推进项目建设。"
    text = f"{title}\n{body}"
    start = len(title) + 1
    blocks = (Block("title", (0, len(title))), Block("paragraph", (start, len(text))))
    reading = Reading(text, blocks, "zh", "text/plain", title=title)
    hits = lexicon().find(text)
    names = find_names(reading, hits, lexicon())
    found = find_signals(
        reading, hits, split_sentences(text, start, len(text)), names, lexicon(), "northern-rare-earth"
    )
    assert [(one.theme, one.subject) for one in found] == [("capacity-expansion", "baotou")]


def test_a_quota_is_the_country_s_unless_somebody_s_are_named() -> None:
    assert [one.subject for one in signals("第二批稀土开采总量控制指标下达。")] == ["china"]


def test_an_opinion_needs_more_than_a_word_and_is_the_outlet_s() -> None:
    assert themes("Western plants lack magnet production.", "editorial") == set()
    found = signals(
        "REEx sees vertical integration from mine to magnet across the value chain, a downstream strategy.", "editorial"
    )
    assert {(signal.theme, signal.voice) for signal in found} == {("downstream-integration", "publisher")}


def test_a_disclaimer_says_nothing() -> None:
    assert themes("The net profit named here should be verified.", "disclaimer") == set()


def test_the_same_said_twice_is_one_signal_with_the_better_sentence() -> None:
    text = "Net profit rose. Net profit attributable to shareholders rose, as did revenue and gross margin."
    found = [signal for signal in signals(text) if signal.theme == "financial-results"]
    assert [text[slice(*signal.span)] for signal in found] == [text[17:]]


def test_a_table_is_quoted_by_its_row() -> None:
    text = "项目 本期\n归母净利润 12"
    rows = (
        (Cell("项目", ((0, 2),), True), Cell("本期", ((3, 5),), True)),
        (Cell("归母净利润", ((6, 11),)), Cell("12", ((12, 14),))),
    )
    reading = Reading(text, (Block("table", (0, len(text)), "body", Table((0, len(text)), rows)),), "zh", "text/plain")
    found = find_signals(reading, lexicon().find(text), [], [], lexicon())
    assert [(signal.theme, text[slice(*signal.span)]) for signal in found] == [("financial-results", "归母净利润 12")]


def test_a_single_slogan_is_no_theme_but_the_quota_s() -> None:
    assert themes("公司迎来新发展阶段。") == set()
    assert themes("总量控制。") == {"quota"}


def test_confidence_grows_with_the_evidence() -> None:
    weak = signals("Net profit rose.")[0].confidence
    strong = signals("The half-year report shows net profit and revenue up year on year.")[0].confidence
    assert 0 < weak < strong <= 0.95
