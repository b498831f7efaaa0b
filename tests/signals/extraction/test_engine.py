"""The engine from bytes to JSON: what a small page says, that every span returns its quote, and that nothing makes it fall."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signals.extraction import extract
from tests.gold import load

PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>北方稀土:前三季度业绩公布</title>
<meta property="article:published_time" content="2025-10-28"></head><body><article><h1>北方稀土:前三季度业绩公布</h1>
<p>2025年前三季度,北方稀土实现营业收入301.5亿元,同比增长39.8%;归母净利润15.2亿元,同比增长276.4%。其中第三季度营业收入112.8亿元,环比增长17.8%。</p>
<p>报告期内,公司稀土金属产量3.61万吨,销量3.48万吨,同比分别增长26.3%和24.1%。</p></article></body></html>"""


def said(page, lexicon, **options):
    data = page.encode() if isinstance(page, str) else page
    return extract(data, lexicon, **options).as_json()


def test_its_line_of_json_is_its_record(lexicon):
    found = extract(PAGE.encode(), lexicon, name="页.html")
    assert json.loads(found.dumped()) == found.as_json()
    assert "页.html" in found.dumped()


def test_half_of_a_surrogate_pair_in_a_name_is_written_all_the_same(lexicon):
    assert json.loads(extract(PAGE.encode(), lexicon, name="a\udcff.html").dumped())["input"] == "a?.html"


def check_spans(record):
    text = record["text"]
    for one in record["indicators"]:
        start, end = one["span"]
        assert text[start:end] == one["quote"]
        assert one["as_written"] in text
        for span in [one["span"], *one["also"]]:
            assert 0 <= span[0] < span[1] <= len(text)
    for one in record["signals"]:
        assert text[slice(*one["span"])] == one["quote"]
    for one in record["slogans"]:
        assert text[slice(*one["span"])] == one["text"]
    for entity in record["entities"]:
        assert all(0 <= start < end <= len(text) for start, end in entity["spans"])
    json.dumps(record)


def test_a_small_page_is_read_whole(lexicon):
    record = said(PAGE, lexicon, name="page.html")
    told = {
        (one["metric"], one["product"], one["measure"], one["value"], (one["period"] or {}).get("label"))
        for one in record["indicators"]
    }
    assert told == {
        ("revenue", None, "level", 30150000000, "2025M1-9"),
        ("revenue", None, "change_yoy", 39.8, "2025M1-9"),
        ("net_profit", None, "level", 1520000000, "2025M1-9"),
        ("net_profit", None, "change_yoy", 276.4, "2025M1-9"),
        ("revenue", None, "level", 11280000000, "2025Q3"),
        ("revenue", None, "change_qoq", 17.8, "2025Q3"),
        ("output", "rare-earth-metals", "level", 36100, "2025M1-9"),
        ("sales_volume", "rare-earth-metals", "level", 34800, "2025M1-9"),
        ("output", "rare-earth-metals", "change_yoy", 26.3, "2025M1-9"),
        ("sales_volume", "rare-earth-metals", "change_yoy", 24.1, "2025M1-9"),
    }
    assert {one["subject"] for one in record["indicators"]} == {"northern-rare-earth"}
    assert record["published_on"] == "2025-10-28" and record["language"] == "zh" and record["input"] == "page.html"


def test_the_contract_has_all_its_keys(lexicon):
    record = said(PAGE, lexicon)
    assert {
        "schema", "input", "engine", "lexicon", "language", "title", "published_on", "publisher", "origin", "text", "sections",
        "entities", "indicators", "signals", "slogans", "warnings",
    } <= set(record)  # fmt: skip
    assert record["schema"] == "reex.extraction/1"
    assert {
        "subject", "metric", "product", "measure", "comparator", "value", "value_high", "unit", "converted", "period", "modality",
        "voice", "note", "as_written", "span", "quote", "also", "confidence", "rule",
    } <= set(record["indicators"][0])  # fmt: skip


def test_the_figure_stands_inside_its_quote(lexicon):
    found = extract(PAGE.encode(), lexicon)
    assert found.indicators
    for one in found.indicators:
        assert one.span[0] <= one.figure[0] < one.figure[1] <= one.span[1]


@pytest.mark.parametrize("gold", load.load(held=False), ids=lambda gold: gold["doc"])
def test_every_span_returns_its_quote(gold, lexicon):
    with open(gold["text_file"], "rb") as file:
        check_spans(said(file.read(), lexicon))


def test_the_same_text_gives_the_same_answer(lexicon):
    assert said(PAGE, lexicon) == said(PAGE, lexicon)


def test_plain_text_and_html_say_the_same(lexicon):
    text = "北方稀土公布业绩\n\n2024年北方稀土营业收入329.7亿元,同比下降1.6%。"
    page = "<html><body><h1>北方稀土公布业绩</h1><p>2024年北方稀土营业收入329.7亿元,同比下降1.6%。</p></body></html>"
    figures = [[(one["metric"], one["value"]) for one in said(form, lexicon)["indicators"]] for form in (text, page)]
    assert figures[0] == figures[1] == [("revenue", 32970000000), ("revenue", -1.6)]


def test_a_page_without_figures_has_none(lexicon):
    page = "<html><body><h1>Baogang Group studies the plenum</h1><p>Cadres of Baogang Group met on 3 March 2025 in Hall 4.</p></body></html>"
    assert said(page, lexicon)["indicators"] == []


SEEDS = [
    PAGE,
    "Revenue rose 45% to RMB 18.9 billion ($2.6 billion).",
    "产量、销量分别为1.5/2.0万吨,同比+3%/-4%。",
    "ก" * 30 + "北方稀土营收1亿元",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), seed=st.sampled_from(SEEDS), cut=st.integers(0, 400))
def test_broken_bytes_never_make_it_fall(data, seed, cut, lexicon):
    raw = seed.encode()
    try:
        check_spans(said(raw[:cut] + data + raw[cut:], lexicon))
    except ValueError as error:  # unreadable is an answer, a crash is not
        assert str(error)


PIECES = ["北方稀土", "营收", "净利润", "同比", "增长", "分别为", "、", "/", "和", "1.5万吨", "45%", "亿元", "(", ")", "。", ";", "revenue ", "up ", "from ", " to ",
          "respectively", "RMB 3 billion ", "12%", "\n", "\u200f", "2025年", "Q3", "产量", "氧化镨钕", "占全国", "<p>", "|", "\t", "-", "每增减1%", "其中"]  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60))
def test_shuffled_words_never_make_it_fall(pieces, lexicon):
    try:
        check_spans(said("北方稀土公告\n\n" + "".join(pieces), lexicon))
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    "data",
    [
        b"7" * 5_000_000,
        b"<div>" * 30_000 + "营收5亿元".encode() + b"</div>" * 30_000,
        ("1%/" * 60_000).encode(),
        ("北方稀土产量" + "1、" * 40_000 + "2吨").encode(),
        ("(" * 50_000 + "营收5亿元" + ")" * 50_000).encode(),
        ("รายได้ของบริษัท 45% " * 4000).encode(),
        ("\u202e北方稀土\u200f营收5亿元\u202c " * 2000).encode(),
        ("同比增长" * 40_000).encode(),
        "北方稀土营收188亿".encode()[:-1],
        b"",
    ],
    ids=["digits", "nested", "slashes", "list", "brackets", "thai", "marks", "changes", "truncated", "empty"],
)
def test_hostile_input_is_answered_in_time(data, lexicon):
    begin = time.perf_counter()
    try:
        check_spans(said(data, lexicon))
    except ValueError as error:
        assert str(error)
    assert time.perf_counter() - begin < 120


def test_a_table_without_end_is_read_in_part_and_says_so(lexicon):
    row = "<tr><td>镨钕氧化物{n}</td><td>{n}</td></tr>"
    page = f"<p>北方稀土2025年产量。</p><table><tr><th>产品</th><th>产量(吨)</th></tr>{''.join(row.replace('{n}', str(100_000 + n)) for n in range(5_100))}</table>"
    record = said(page, lexicon)
    check_spans(record)
    cut = [one["message"] for one in record["warnings"] if one["code"] == "tables-cut"]
    assert cut == ["of its tables only the first 5000 rows were read"]
    assert 4_000 < len(record["indicators"]) <= 5_000
    short = said(page.replace(row.replace("{n}", "105099"), "")[:4_000], lexicon)
    assert not [one for one in short["warnings"] if one["code"] == "tables-cut"]


def test_more_figures_than_any_report_has_are_read_in_part_and_say_so(lexicon):
    text = "北方稀土公告\n\n" + "".join(f"北方稀土2025年产量{n}吨。\n" for n in range(1_000, 22_500))
    found = extract(text.encode(), lexicon)
    cut = [one for one in found.warnings if one.code == "figures-cut"]
    assert len(cut) == 1
    start, end = cut[0].span
    assert end == len(found.text)
    assert found.indicators and max(one.figure[1] for one in found.indicators) <= start
    assert not [one for one in extract(text[:9_000].encode(), lexicon).warnings if one.code == "figures-cut"]


def test_random_bytes_never_make_it_fall(lexicon):
    dice = random.Random(7)
    for _ in range(40):
        try:
            check_spans(said(dice.randbytes(dice.randint(1, 3000)), lexicon))
        except ValueError as error:
            assert str(error)


def test_the_engine_needs_no_django():
    code = "import sys, signals.extraction as e; print([m for m in ('django','celery','httpx','requests') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
