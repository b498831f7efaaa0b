"""Pages to lines: white space, lists, tables, hidden parts, and the choice of the article."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read
from signals.extraction.records import Reading

LONG = "The company said on Monday that its output of oxides rose by 5% in spring, more than it had planned for."
OTHER = "A second paragraph says that exports fell by 2% in the same months, as buyers abroad still had full stores."


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Output of Oxides Rises</title>{head}</head><body>{body}</body></html>"


def lines(reading: Reading) -> list[str]:
    return [reading.text[slice(*block.span)] for block in reading.blocks]


def article(body: str) -> str:
    return page(f"<article><h1>Output of Oxides Rises</h1>{body}</article>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one\n   two<b> three</b> <i>four</i></p>", "one two three four"),
        ("<p>rare<b>earth</b></p>", "rareearth"),
        ("<p>a&nbsp;b &amp; c &lt;5%&gt; &#165;3</p>", "a b & c <5%> ¥3"),
        ("<p>one<br>two<br/>three</p>", "one\ntwo\nthree"),
        ("<p>CO<sub>2</sub> and m<sup>3</sup></p>", "CO2 and m3"),
        ("<p>　　全角空格开头的段落</p>", "全角空格开头的段落"),
        ("<p>before <!-- a comment -->after</p>", "before after"),
        ("<p>a <script>var x = 1;</script>b<style>p {}</style></p>", "a b"),
        ("<pre>first line\nsecond line</pre>", "first line\nsecond line"),
        ("<p>产量<span>1,234</span><span>吨</span></p>", "产量1,234吨"),
        ("<div>no paragraph at all</div>", "no paragraph at all"),
        ("<p>unclosed <b>bold", "unclosed bold"),
    ],
)
def test_white_space_is_as_a_browser_shows_it(html: str, expected: str, lexicon: Lexicon) -> None:
    assert lines(read(article(f"<p>{LONG}</p>{html}"), lexicon))[2] == expected


def test_lists_are_items_and_headings_are_headings(lexicon: Lexicon) -> None:
    reading = read(
        article(
            f"<p>{LONG}</p><h2>Next Steps</h2><ul><li>one <b>step</b></li><li><p>another</p></li></ul><p>{OTHER}</p>"
        ),
        lexicon,
    )
    assert [block.kind for block in reading.blocks] == ["title", "paragraph", "heading", "item", "item", "paragraph"]


def test_a_table_with_spans_is_expanded(lexicon: Lexicon) -> None:
    reading = read(
        article(
            f"<p>{LONG}</p><table><caption>RMB million</caption><thead><tr><th rowspan=2>Item</th><th colspan=2>First half</th></tr><tr><th>2031</th><th>2030</th></tr></thead>"
            "<tbody><tr><td>Revenue</td><td>1,887</td><td>1,299</td></tr><tr><td>Profit</td><td colspan=2>not given</td></tr></tbody></table>"
        ),
        lexicon,
    )
    (table,) = [block.table for block in reading.blocks if block.table]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Item", "First half", "First half"], ["Item", "2031", "2030"], ["Revenue", "1,887", "1,299"], ["Profit", "not given", "not given"],
    ]  # fmt: skip
    assert [row[1].header for row in table.rows] == [True, True, False, False]
    assert table.caption is not None
    assert reading.text[slice(*table.caption)] == "RMB million"
    assert table.rows[0][1] is table.rows[0][2]


def test_heads_without_th_are_seen(lexicon: Lexicon) -> None:
    reading = read(
        article(f"<p>{LONG}</p><table><tr><td>产品</td><td>产量</td></tr><tr><td>金属</td><td>1,234</td></tr></table>"),
        lexicon,
    )
    (table,) = [block.table for block in reading.blocks if block.table]
    assert [[cell.header for cell in row] for row in table.rows] == [[True, True], [False, False]]


def test_a_layout_table_is_no_table(lexicon: Lexicon) -> None:
    body = f"<table><tr><td><a href=/>Home</a></td><td><h1>Output of Oxides Rises</h1><p>{LONG}</p><p>{OTHER}</p></td></tr></table>"
    reading = read(page(body), lexicon)
    assert not any(block.table for block in reading.blocks)
    assert lines(reading) == ["Output of Oxides Rises", LONG, OTHER]


@pytest.mark.parametrize(
    "around",
    [
        "<nav><ul><li><a href=/>News of the day and more of it</a></li></ul></nav>{}",
        "{}<aside><p>An aside of some length that is about another matter altogether, and not about output.</p></aside>",
        "{}<div class='sidebar'><p>An aside of some length that is about another matter altogether, and not about output.</p></div>",
        "{}<div id='comments'><p>I think that this is all wrong, says a reader of the page with many words.</p></div>",
        "{}<footer><p>All rights are reserved by the publisher of this page, in all countries of the world.</p></footer>",
        "{}<div class='newsletter-signup'><p>Get our best stories by mail each morning, free of charge and of trouble.</p></div>",
        "{}<ul><li><a href=/1>Another headline of the day that is a link</a></li><li><a href=/2>And one more headline that is a link</a></li></ul>",
        "{}<p style='display: none'>Hidden words that nobody is meant to see on the page at all, ever.</p>",
        "{}<div hidden><p>Hidden words that nobody is meant to see on the page at all, ever.</p></div>",
        "<form action='/'><div>{}</div><input type=hidden></form>",
        "<div class='wrapper sidebar-right'>{}</div>",
        "<div class='content-with-comments'><div class='post'>{}</div></div>",
        "<div class='page with-sidebar'>{}</div>",
        "<div class='entry share'>{}</div>",
        "<article class='category-footer tag-share'>{}</article>",
        "{}<div class='left-side'><a href=/1>Other things to read of some length</a></div>",
        "{}<div class='share-buttons'><span>Share</span><span>Tweet</span></div>",
    ],
)  # fmt: skip
def test_only_the_article(around: str, lexicon: Lexicon) -> None:
    body = around.replace("{}", f"<div class='text'><h1>Output of Oxides Rises</h1><p>{LONG}</p><p>{OTHER}</p></div>")
    assert lines(read(page(body), lexicon)) == ["Output of Oxides Rises", LONG, OTHER]


def test_the_title_comes_first_and_once(lexicon: Lexicon) -> None:
    head = (
        '<meta property="og:title" content="Output of Oxides Rises"><meta property="og:site_name" content="The Wire">'
    )
    for body in (
        f"<h1>Output of Oxides Rises</h1><p>{LONG}</p>",
        f"<p>{LONG}</p>",
        f"<h1>The Wire</h1><h2>Output of Oxides Rises</h2><p>{LONG}</p>",
    ):
        reading = read(page(f"<div>{body}</div>", head), lexicon)
        assert reading.text.count("Output of Oxides Rises") == 1
        assert reading.text.startswith("Output of Oxides Rises\n\n")
        assert reading.title == "Output of Oxides Rises"


@pytest.mark.parametrize(
    "title",
    ["Output of Oxides Rises - The Wire", "Output of Oxides Rises | The Wire", "Output of Oxides Rises – The Wire"],
)
def test_the_site_is_no_part_of_the_title(title: str, lexicon: Lexicon) -> None:
    assert (
        read(f"<html><head><title>{title}</title></head><body><p>{LONG}</p><p>{OTHER}</p></body></html>", lexicon).title
        == "Output of Oxides Rises"
    )


def test_an_advertisement_inside_goes(lexicon: Lexicon) -> None:
    """Traps 43 and 49: a label, and another story's headline in the middle of the text."""
    body = f"<p>{LONG}</p><p>ADVERTISEMENT</p><p>See also: A$7m grant for a smelter project in the west</p><p>{OTHER}</p><p>Spread the word:</p>"
    assert lines(read(article(body), lexicon)) == ["Output of Oxides Rises", LONG, OTHER]


def test_a_quote_widget_goes(lexicon: Lexicon) -> None:
    """Trap 36."""
    body = f"<p>读取中,请稍候<br>00-00 00:00:00<br>--.--<br>0.00 (0.000%)<br>昨收盘:0.000 今开盘:0.000 最高价:0.000 最低价:0.000<br>公司上半年产量同比增长5%，各项工作取得新进展。</p><p>{LONG}</p>"
    assert lines(read(article(body), lexicon)) == [
        "Output of Oxides Rises",
        "公司上半年产量同比增长5%，各项工作取得新进展。",
        LONG,
    ]


def test_a_link_of_the_address_bar_is_not_the_text(lexicon: Lexicon) -> None:
    assert (
        read(article(f"<p>Home / News / Metals</p><p>{LONG}</p>"), lexicon).text == f"Output of Oxides Rises\n\n{LONG}"
    )


def test_a_number_that_a_break_cut_is_whole(lexicon: Lexicon) -> None:
    rows = "<tr><td>项目</td><td>金额</td></tr><tr><td>营业<br>收入</td><td>798,002,2<br>21.12</td></tr><tr><td>两期</td><td>1,234<br>5,678</td></tr>"
    (table,) = [
        block.table for block in read(article(f"<p>{LONG}</p><table>{rows}</table>"), lexicon).blocks if block.table
    ]
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [
        ["营业收入", "798,002,221.12"],
        ["两期", "1,234 5,678"],
    ]


def test_of_several_articles_the_first(lexicon: Lexicon) -> None:
    def told(number: int) -> str:
        return f"<p>{LONG.replace('5%', f'{number}%')}</p><p>{OTHER.replace('2%', f'{number}%')}</p><p>{LONG.replace('5%', f'1{number}%')}</p><p>{OTHER.replace('2%', f'1{number}%')}</p>"

    others = "".join(f"<div><h2><a href=/{n}>Another story, number {n}</a></h2>{told(n)}</div>" for n in (7, 8, 9))
    text = read(page(f"<div><div><h1>Output of Oxides Rises</h1>{told(5)}</div>{others}</div>"), lexicon).text
    assert "rose by 15%" in text
    assert "Another story" not in text
    assert "7%" not in text


def test_a_page_that_calls_all_of_itself_a_sidebar_is_read(lexicon: Lexicon) -> None:
    assert LONG in read(page(f"<aside><p>{LONG}</p></aside>"), lexicon).text
