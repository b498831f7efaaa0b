"""Promises about every reading, for any input; and what cannot be read."""

from __future__ import annotations

import random
import time
from bisect import bisect_right
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import UnreadableError, read
from signals.extraction.records import Reading

from .page_templates import CHINESE, ENGLISH, TEMPLATES

PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<br>", "<table><tr><td>", "</td><td>", "</tr></table>", "<ul><li>", "</li></ul>", "<h2>", "</h2>", "<b>", "<pre>",
    "Highlights", "Disclaimer: none.", "Source: Baogang Group", "来源：包钢集团", "编者按：", "Leave a Reply", "相关阅读", "0 Comments", "单位:元",
    "营业收入5,120,334,901.1812.4014,998,002,311.05-3.07", "Revenue 1,234.5 1,100.2 12.2%", "本报告期 上年同期", "产量\t1,234\t5%", "| a | 1 |", "612,002,2 -24.18%",
    "包钢集团上半年产量同比增长5%。", "Output rose by 5% in May, the company said on Monday.", "โ€œgoodโ€", "Chinaโs", "鈥檚", "發(fā)", "包__钢", "_a_", "**b**", "\u200b\u202e\u00ad", "ไทย",
    "(opens in a new tab)", "©!-- /wp:paragraph -->", "全国*大", "\n", "\n\n", " ", "\t", "\u3000", "\u00a0", "&nbsp;", "&amp;", "\ufeff", "\x00", "1,", "-", "—", "不适用", "2025-05-14", "• ", "- ",
]  # fmt: skip


def original_place(reading: Reading, place: int) -> int:
    index = bisect_right(reading.offsets, (place, len(reading.original) + 1)) - 1
    clean, original = reading.offsets[index]
    return original + place - clean


def check(reading: Reading) -> None:
    text = reading.text
    end = 0
    for block in reading.blocks:
        assert end <= block.span[0] < block.span[1] <= len(text)
        end = block.span[1]
        assert text[slice(*block.span)].strip()
        if block.table:
            assert block.table.span == block.span
            for row in block.table.rows:
                for cell in row:
                    assert all(block.span[0] <= s <= e <= block.span[1] for s, e in cell.spans)
                    written = "".join(text[s:e] for s, e in cell.spans)
                    assert written == cell.text or (cell.header and written in ("", cell.text.replace(" ", "")))
    repaired = [repair.span for repair in reading.repairs]
    assert all(0 <= s <= e <= len(text) for s, e in repaired)
    inside = {place for s, e in repaired for place in range(s, e)}
    for place, char in enumerate(text):
        if not char.isspace() and place not in inside:
            assert reading.original[original_place(reading, place)] == char
    assert sorted(reading.offsets) == list(reading.offsets)
    if reading.origin and reading.origin.span:
        assert 0 <= reading.origin.span[0] < reading.origin.span[1] <= len(text)
    assert "\u200b" not in text
    assert "(opens in a new tab)" not in text


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
@example(["Chinaโs", "\n", "發(fā)", "\n\n", "_a_"])
def test_every_span_is_true(lexicon: Lexicon, pieces: list[str]) -> None:
    with suppress(UnreadableError):
        check(read("".join(pieces), lexicon))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=2_000), st.text(max_size=1_000).map(lambda text: text.encode("utf-8", "surrogatepass")[:-1])
    )
)
def test_any_bytes_are_read_or_refused(lexicon: Lexicon, data: bytes) -> None:
    for prefix in (b"", b"<html><body><p>", b"%PDF-1.4\n"):
        with suppress(UnreadableError):
            check(read(prefix + data, lexicon))


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("article", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_real_pages_keep_every_promise(template: str, article, lexicon: Lexicon) -> None:
    page = TEMPLATES[template](article)
    check(read(page, lexicon))
    for codec in ("gb18030", "utf-8"):
        assert read(page.encode(codec), lexicon).text == read(page, lexicon).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"), ("", "empty"), (b" \n\t ", "empty"), (b"\x00\x00\x00", "empty"),
        (bytes(range(256)) * 40, "binary"), (b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(4_000), "binary"),
        (b"a" * 40_000_001, "too large"),
    ],
    ids=["no bytes", "no text", "blanks", "zeros", "all bytes", "a picture", "too large"],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes | str, reason: str, lexicon: Lexicon) -> None:
    with pytest.raises(UnreadableError, match=f"^{reason}"):
        read(data, lexicon)


PARAGRAPH = "<p>Northern Rare Earth said that output rose 5% to {} tonnes in the year. 集团表示产量增长。</p>"
HARD = {
    "20,000 nested divs": "<html><body>"
    + "<div>" * 20_000
    + "<p>The text deep inside is not lost, said the company in May.</p>",
    "200,000 nested spans": "<span>" * 200_000 + "The text deep inside is not lost.",
    "100,000 unclosed tags": "<p>" + "<b>word " * 100_000 + "is not lost.",
    "5 MB of digits": "9" * 5_000_000 + " is not lost.",
    "two megabytes": "<html><body><article>"
    + "".join(PARAGRAPH.format(i) for i in range(20_000))
    + "<p>It is not lost.</p>",
    "right-to-left marks": "\u202e\u200f" * 200_000 + "It is not lost.",
    "Thai": "โรงงานแห่งใหม่ " * 50_000 + "It is not lost.",
    "half quotes": "โ€" * 200_000 + " is not lost.",
    "open brackets": "(opens in " * 100_000 + "is not lost.",
    "nested tables": "<table><tr><td>" * 3_000 + "The text is not lost.",
    "a wide table": "<table><tr><td colspan=1000 rowspan=1000>a" + "<tr><td>1<td colspan=500>is not lost." * 500,
}


@pytest.mark.parametrize("name", HARD)
def test_hard_pages_end_and_lose_nothing(name: str, lexicon: Lexicon) -> None:
    began = time.process_time()
    reading = read(HARD[name], lexicon)
    assert time.process_time() - began < 60  # against a hang; the bench has the figure
    assert "is not lost" in reading.text


def test_language_is_told_by_script_unless_told(lexicon: Lexicon) -> None:
    assert read("包钢集团(Baogang Group)上半年产量增长5%。", lexicon).language == "zh"
    assert (
        read("Baogang Group (包钢集团) said that output rose by 5% in the first half of the year.", lexicon).language
        == "en"
    )
    assert read("Output rose.", lexicon, language="zh").language == "zh"


def test_full_width_digits_and_traditional_characters_stay(lexicon: Lexicon) -> None:
    text = "集團營業收入達１３９．５５億元（較上年增長）。"
    assert text in read(f"一行標題在此\n\n{text}", lexicon).text


def test_a_paragraph_printed_twice_is_kept_once(lexicon: Lexicon) -> None:
    sentence = "The company said that output rose by 5% in the first half of the year."
    assert (
        read(f"A title of words\n\n{sentence}\n\nAnother thing was said.\n\n{sentence}", lexicon).text.count(sentence)
        == 1
    )
