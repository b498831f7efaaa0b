"""PDF: ruled tables, columns, broken lines and pages, running heads; and files that cannot be read."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import UnreadableError, read
from signals.extraction.reading.halves import joined
from signals.extraction.records import Reading

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=11, leading=16, firstLineIndent=22, wordWrap="CJK")
HEAD = ParagraphStyle("head", fontName=FONT, fontSize=18, leading=24, alignment=1, wordWrap="CJK")
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK")
LATIN = ParagraphStyle("latin", fontName="Helvetica", fontSize=10.5, leading=14)
LATIN_HEAD = ParagraphStyle("latin-head", fontName="Helvetica-Bold", fontSize=17, leading=22)
GRID = TableStyle(
    [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTNAME", (0, 0), (-1, -1), FONT), ("FONTSIZE", (0, 0), (-1, -1), 9)]
)
NO_GRID = TableStyle([("FONTNAME", (0, 0), (-1, -1), FONT), ("FONTSIZE", (0, 0), (-1, -1), 10)])

FIRST = "本公司董事会保证公告内容真实、准确和完整。报告期内公司实现营业收入812,002,221.12元，氧化物产量为12,345吨，同比增长8.5%，主要原因是市场需求有所恢复，产品价格较上年同期上涨，产销两旺。"
SECOND = "下半年公司将继续推进技术改造项目建设，预计项目投产后年产能达到五千吨，并将进一步优化产品结构，提高资源综合利用水平。"


def pdf_of(
    story: list[Flowable], running_head: str = "示例稀土股份有限公司 2031年第三季度报告", **options: object
) -> bytes:
    def edges(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 805, running_head)
        canvas.drawCentredString(300, 30, f"{document.page} / 9")

    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4, **options).build(story, onFirstPage=edges, onLaterPages=edges)
    return made.getvalue()


def filing() -> bytes:
    rows = [
        ["项目", "本报告期", "本报告期比上年同期增减(%)", "年初至报告期末"],
        ["营业收入(元)", "812,002,221.12", "-27.92%", "1,952,829,382.59"],
        ["归属于上市公司股东的净利润(元)", "-41,420,637.52", "-70.37%", "202,998,321.49"],
    ]
    ruled = Table([[Paragraph(cell, CELL) for cell in row] for row in rows], colWidths=[90, 55, 60, 60], style=GRID)
    plain = Table(
        [["项目", "2031年", "2030年"], ["产量(吨)", "1,234", "1,100"], ["销量(吨)", "1,300", "1,050"]],
        colWidths=[120, 100, 100],
        style=NO_GRID,
    )
    return pdf_of(
        [
            Paragraph("示例稀土股份有限公司第三季度经营情况公告", HEAD),
            Paragraph(FIRST, BODY),
            Paragraph("单位:元", BODY),
            ruled,
            PageBreak(),
            Paragraph(SECOND, BODY),
            plain,
        ]
    )


@pytest.fixture(scope="module")
def reading(lexicon: Lexicon) -> Reading:
    return read(filing(), lexicon)


def test_title_and_paragraphs(reading: Reading) -> None:
    assert reading.media_type == "application/pdf"
    assert reading.title == "示例稀土股份有限公司第三季度经营情况公告"
    assert FIRST in reading.text
    assert SECOND in reading.text
    assert reading.language == "zh"


def test_running_heads_and_page_numbers_go(reading: Reading) -> None:
    assert "第三季度报告" not in reading.text
    assert "/ 9" not in reading.text


def test_a_ruled_table_with_cut_cells(reading: Reading) -> None:
    table = next(block.table for block in reading.blocks if block.table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "本报告期", "本报告期比上年同期增减(%)", "年初至报告期末"],
        ["营业收入(元)", "812,002,221.12", "-27.92%", "1,952,829,382.59"],
        ["归属于上市公司股东的净利润(元)", "-41,420,637.52", "-70.37%", "202,998,321.49"],
    ]
    assert table.caption is not None
    assert reading.text[slice(*table.caption)] == "单位:元"


def test_a_table_without_rules(reading: Reading) -> None:
    table = [block.table for block in reading.blocks if block.table][1]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "2031年", "2030年"],
        ["产量(吨)", "1,234", "1,100"],
        ["销量(吨)", "1,300", "1,050"],
    ]


def test_a_table_over_two_pages_is_one(lexicon: Lexicon) -> None:
    rows = [["产品", "产量(吨)", "同比"]] + [[f"第{i}号产品", f"{i},100", f"{i}.5%"] for i in range(1, 70)]
    made = read(
        pdf_of([Paragraph("产品产量明细公告全文", HEAD), Paragraph(FIRST, BODY), Table(rows, style=GRID)]), lexicon
    )
    tables = [block.table for block in made.blocks if block.table]
    assert [len(table.rows) for table in tables] == [70]


def test_english_prose(lexicon: Lexicon) -> None:
    text = (
        "The company said that revenue in the first half of the year reached RMB 1,887.4 million, which is 45.2 per cent more than in the same "
        "period of the year before, while net profit attributable to shareholders came to RMB 93.1 million."
    )
    made = read(
        pdf_of([Paragraph("Example Group Interim Results", LATIN_HEAD), Paragraph(text, LATIN)], "Example Group"),
        lexicon,
    )
    assert made.title == "Example Group Interim Results"
    assert made.text.endswith(text)


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("公司产量", "同比增长", "公司产量同比增长"), ("798,002,2", "21.12", "798,002,221.12"), ("-", "202.98", "-202.98"),
        ("the plant", "made more", "the plant made more"), ("rare-", "earth", "rare-earth"), ("实现营业收入812,", "002元", "实现营业收入812,002元"),
        ("共有员工", "500人", "共有员工500人"), ("", "x", "x"),
    ],
)  # fmt: skip
def test_halves_are_joined(before: str, after: str, whole: str) -> None:
    assert joined(before, after, in_cell=True) == whole


def test_two_numbers_stay_two() -> None:
    assert joined("1,234", "5,678", in_cell=True) == "1,234 5,678"
    assert joined("12.40", "11.30", in_cell=True) == "12.40 11.30"
    assert joined("in 2030 and", "2031") == "in 2030 and 2031"
    assert joined("grew by 5", "6 others fell") == "grew by 5 6 others fell"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nthis is not one", "broken"),
        (filing()[:700], "broken"),
        (pdf_of([Paragraph(FIRST, BODY)], encrypt=StandardEncryption("secret", canPrint=0)), "encrypted"),
    ],
    ids=["nonsense", "cut short", "encrypted"],
)
def test_a_clear_reason(data: bytes, reason: str, lexicon: Lexicon) -> None:
    with pytest.raises(UnreadableError, match=rf"^({reason}|no text)"):
        read(data, lexicon)


def test_pictures_only(lexicon: Lexicon) -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.rect(100, 100, 200, 200)
    canvas.showPage()
    canvas.save()
    with pytest.raises(UnreadableError, match=r"^no text"):
        read(made.getvalue(), lexicon)
