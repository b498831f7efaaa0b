"""Highlights, body, the outlet's opinion and disclaimers; headings in pasted text."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read, sections_of

ENGLISH = """Group Reports a Good Spring

Key Takeaways
• Output rose by 5% in spring.
• Exports fell.

The group said that output rose by 5% in spring, and that it expects the trend to hold through the summer months.

A New Line in the North

The new line was opened in May and will make alloys for magnets, a step that the management calls decisive.

Why It Matters

The West should take note of this pace, which no producer outside of the country can match at present.

Project Details

The line cost 40 million and has two furnaces of the latest kind, which were built in the region itself.

Disclaimer: the news comes from a company paper and was not verified."""

CHINESE = """集团召开年中会议

内容摘要
会议总结上半年工作。
产量同比增长百分之五。

会议指出，上半年集团克服市场波动影响，产量同比增长5%，各项工作取得新进展，圆满完成预定目标。

编者按：这一成绩来之不易，值得行业关注。

下半年，集团将继续推进重点项目建设，确保全年目标任务完成。

风险提示：产品价格波动，项目进度不及预期。"""


def section_of(text: str, lexicon: Lexicon) -> dict[str, str]:
    reading = read(text, lexicon)
    return {reading.text[slice(*block.span)]: block.section for block in reading.blocks}


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (ENGLISH, "Output rose by 5% in spring.", "highlights"),
        (ENGLISH, "Exports fell.", "highlights"),
        (ENGLISH, "The group said", "body"),
        (ENGLISH, "The new line was opened", "body"),
        (ENGLISH, "The West should take note", "editorial"),
        (ENGLISH, "The line cost 40 million", "body"),
        (ENGLISH, "Disclaimer:", "disclaimer"),
        (CHINESE, "产量同比增长百分之五", "highlights"),
        (CHINESE, "会议指出", "body"),
        (CHINESE, "编者按：", "editorial"),
        (CHINESE, "下半年", "body"),
        (CHINESE, "风险提示：", "editorial"),
    ],
)
def test_a_line_belongs_to_its_part(text: str, line: str, expected: str, lexicon: Lexicon) -> None:
    (section,) = [section for words, section in section_of(text, lexicon).items() if words.startswith(line)]
    assert section == expected


def test_neighbours_of_one_part_are_one_section(lexicon: Lexicon) -> None:
    reading = read(ENGLISH, lexicon)
    kinds = [kind for kind, _ in sections_of(reading.blocks)]
    assert kinds == ["body", "highlights", "body", "editorial", "body", "disclaimer"]


def test_headings_of_pasted_text(lexicon: Lexicon) -> None:
    reading = read(ENGLISH, lexicon)
    headings = [reading.text[slice(*block.span)] for block in reading.blocks if block.kind == "heading"]
    assert headings == ["Key Takeaways", "A New Line in the North", "Why It Matters", "Project Details"]


def test_a_figure_is_no_heading(lexicon: Lexicon) -> None:
    reading = read(
        "Title of the Piece\n\nRevenue Rises 5%\n\nThe company made more in spring than a year before, and says that it will go on.",
        lexicon,
    )
    assert [block.kind for block in reading.blocks] == ["title", "paragraph", "paragraph"]


def test_editorial_ends_with_a_heading_of_its_own_level(lexicon: Lexicon) -> None:
    page = """<article><h1>Title of the page</h1><p>The company said that output rose by 5% in spring of this year.</p><h2>Our Take</h2><h3>Prices</h3>
    <p>We think that prices will rise again when the summer is over.</p><h2>Background</h2><p>The plant was founded long ago, in the year of the great flood.</p></article>"""
    section = section_of(page, lexicon)
    assert section["We think that prices will rise again when the summer is over."] == "editorial"
    assert section["The plant was founded long ago, in the year of the great flood."] == "body"
