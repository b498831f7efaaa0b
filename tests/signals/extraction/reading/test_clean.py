"""Residue of copying, scraping and publishing tools."""

from __future__ import annotations

import pytest

from signals.extraction.reading.clean import residue, watermarks
from signals.extraction.reading.edits import Edits


def cleaned(text: str) -> str:
    return Edits(text, residue(text)).clean(0, len(text))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # trap 44: notes for screen readers
        ("The firm announced (opens in a new tab) a rise.", "The firm announced a rise."),
        ("Section 9 (Opens in new window) of the act", "Section 9 of the act"),
        ("公司公告（在新窗口中打开）称", "公司公告称"),
        # emphasis of plain-text markup, and underscores inside a name
        ("imports of _refined metals_—oxides too", "imports of refined metals—oxides too"),
        ("a **strong** quarter", "a strong quarter"),
        ("包_钢_集团与北方__稀土", "包钢集团与北方稀土"),
        ("said [the group](https://example.com/a_b), which", "said the group, which"),
        # trap 43: another article's headline between two sentences
        ("It rose. See also: A$7m grant for a smelter. Then it fell.", "It rose. Then it fell."),
        ("产量增长。（相关阅读：某公司获资助七百万元）销量下降。", "产量增长。销量下降。"),
        # trap 45: block comments
        ("The end.\n©!-- /wp:paragraph -->", "The end.\n"),
        ('<!-- wp:list {"a":1} -->Text', "Text"),
        # trap 34: anti-scrape pinyin always has a tone
        ("精準發(fā)力，區(qū)內(nèi)企業(yè)", "精準發力，區內企業"),
        ("通知下发（fā）后", "通知下发后"),
        # what cannot be seen
        ("rare\u200bearth\u00ad and \ufeffsteel\u202e", "rareearth and steel"),
        # trap 50: superlatives starred out
        ("全国*大的基地", "全国最大的基地"),
        ("规模位居全球*。", "规模位居全球。"),
    ],
)
def test_residue_goes(written: str, read: str) -> None:
    assert cleaned(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Grade N52 (ppm) and snake_case_name stay.",
        "file_name_v2.pdf",
        "The board will see also that output grows.",
        "[注意:此处为整理者按](见下文)",
        "3*4*5 mm and 2 * 3 * 4",
        "稀土氧化物（REO）含量（以干量计）",
        "氧化镨钕(PrNd)价格",
        "公司（fa）公告",
        "１３９．５５亿元（全角）",
        "price: 5*",
        "The new tab of the newspaper opens today (Monday).",
    ],
)
def test_what_is_text_stays(text: str) -> None:
    assert cleaned(text) == text


def test_a_watermark_after_every_line_goes() -> None:
    sentences = ["公司产量同比增长百分之五。", "公司销量同比增长百分之六。", "公司利润同比增长百分之七。"]
    text = "\n".join(f"{sentence}稀土观察网www.example-re.com" for sentence in sentences)
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    assert Edits(text, watermarks(text, lines)).clean(0, len(text)) == "\n".join(sentences)


def test_a_tail_that_comes_twice_is_no_watermark() -> None:
    text = "He said so. See www.example.com\nShe said no. See www.example.com"
    assert watermarks(text, [(0, 31), (32, 64)]) == []
