"""Pasted text: titles, bullets, wrapped lines, and what comes along with a selection of a whole page."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read
from signals.extraction.records import Reading

LONG = "The company said on Monday that its output of oxides rose by 5% in spring, more than it had planned for."
OTHER = "A second paragraph says that exports fell by 2% in the same months, as buyers abroad still had full stores."


def lines(reading: Reading) -> list[str]:
    return [reading.text[slice(*block.span)] for block in reading.blocks]


@pytest.mark.parametrize("bullet", ["• ", "- ", "* ", "– ", "● ", "  • ", "\t- ", "· ", "‣ ", "➢ "])
def test_bullets(bullet: str, lexicon: Lexicon) -> None:
    reading = read(f"A Title of Words\n\n{bullet}one thing\n{bullet}another thing\n\n{LONG}", lexicon)
    assert [(block.kind, text) for block, text in zip(reading.blocks, lines(reading), strict=True)] == [
        ("title", "A Title of Words"), ("item", "one thing"), ("item", "another thing"), ("paragraph", LONG),
    ]  # fmt: skip


def test_a_minus_is_no_bullet(lexicon: Lexicon) -> None:
    assert "-5% in spring" in read(f"A Title of Words\n\n-5% in spring\n\n{LONG}", lexicon).text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Output of Oxides Rises\n\nMar 3, 2025\n\n{LONG}", "Output of Oxides Rises"),
        (f"Home\nOutput of Oxides Rises\n\n{LONG}", "Output of Oxides Rises"),
        (
            f"首页 > 新闻 > 正文\n氧化物产量上升\n发布时间：2025-03-03\n公司上半年产量同比增长5%。{LONG}",
            "氧化物产量上升",
        ),
        (f"# Output of Oxides Rises\n\n{LONG}", "Output of Oxides Rises"),
        (f"Does Output Rise?\n\n{LONG}", "Does Output Rise?"),
        (f"{LONG}\n\n{OTHER}", None),
        (f"Highlights\n- one thing\n\n{LONG}", None),
        ("公司上半年产量同比增长5%。\n各项工作取得新进展。", None),
        (LONG, None),
    ],
)
def test_the_title(text: str, title: str | None, lexicon: Lexicon) -> None:
    assert read(text, lexicon).title == title


def test_lines_that_only_a_window_broke_are_put_together(lexicon: Lexicon) -> None:
    wrapped = "A Title of Words\n\n" + "\n".join(
        [
            "The company said on Monday that its output of oxides rose by 5% in",
            "spring, which is more than it had planned for, and that it expects the",
            "same for the summer. Exports fell by 2% in the same months, since the",
            "buyers abroad still had full stores; the board will look at the matter",
            "in June and tell the market about it then.",
            "",
            "A second paragraph begins here and it too runs over a few lines of",
            "about the same length, as mail programs and terminals used to do.",
        ]
    )
    reading = read(wrapped, lexicon)
    assert len(reading.blocks) == 3
    assert "rose by 5% in spring, which" in " ".join(reading.text.split())
    assert reading.text.count("\n\n") == 2


def test_every_line_end_is_understood(lexicon: Lexicon) -> None:
    for end in ("\n", "\r\n", "\r", "\u2028"):
        assert lines(read(f"A Title of Words{end}{end}{LONG}{end}{OTHER}", lexicon)) == [
            "A Title of Words",
            LONG,
            OTHER,
        ]


TAIL = """Search
Recent Example News

China's Big Group and an Institute hold Talks on 40% of Output

You Can't Do This, Says Another Headline

Rare Earths aren't "a Metal." They're Many.

By Daniel

Inspired to launch the outlet in part due to his lifelong passion for geology, and 12 years in mines.

0 Comments

Submit a Comment

Your email address will not be published. Required fields are marked *

Straight Into Your Inbox

Receive a Daily News Update Intended to Help You Keep Pace With the Market."""


@pytest.mark.parametrize("cut", range(7))
def test_what_a_selection_brings_along_goes_however_much_of_it(cut: int, lexicon: Lexicon) -> None:
    """Trap 42."""
    parts = TAIL.split("\n\n")
    tail = "\n\n".join(parts[: len(parts) - cut])
    reading = read(f"A Title of Words\n\n{LONG}\n\n{OTHER}\n\n{tail}", lexicon)
    assert lines(reading) == ["A Title of Words", LONG, OTHER]


CHINESE_TAIL = [
    "责任编辑：某某",
    "分享到：微信 微博",
    "【打印本页】 【关闭窗口】",
    "上一篇：另一则消息的标题",
    "下一篇：再一则消息的标题",
    "相关阅读",
    "某研究院产量增长40%的新闻",
    "网友评论",
    "我不相信这个数字，老线也就500吨。",
]


def test_the_end_of_a_chinese_page_goes(lexicon: Lexicon) -> None:
    body = [
        "氧化物产量上升",
        "公司上半年产量同比增长5%，各项工作取得新进展，市场需求有所恢复。",
        "下半年公司将继续推进重点项目建设，确保全年目标任务圆满完成。",
    ]
    assert lines(read("\n".join(body + CHINESE_TAIL), lexicon)) == body


def test_an_end_mark_at_the_top_does_not_end_the_article(lexicon: Lexicon) -> None:
    reading = read(
        f"Newsletter\nA Title of Words\n\nComments\n\n{LONG}\n\n{OTHER}\n\n{LONG.replace('5%', '6%')}", lexicon
    )
    assert LONG in reading.text
    assert LONG.replace("5%", "6%") in reading.text


@pytest.mark.parametrize(
    "line",
    [
        "Related parties bought concentrate worth 3 billion yuan from the group in the first half of the year.",
        "Comments by the chairman point to a better second half, with output of 5,000 tonnes planned.",
        "Search for new ore in the west went on in May, and two teams found traces of it.",
        "Share of the market: 40% in the north, 12% in the south.",
        "订阅量同比增长5%，会员达到3万人，平台交易额再创新高。",
        "推荐会签约项目12个，总投资35亿元。",
        "广告收入占比5%，同比下降2个百分点，公司整体经营保持稳定。",
        "来源于海外的收入占比为12%，同比提高3个百分点。",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str, lexicon: Lexicon) -> None:
    assert line in read(f"A Title of Words\n\n{LONG}\n\n{line}\n\n{OTHER}", lexicon).text
