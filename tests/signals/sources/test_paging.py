"""How a listing goes on is guessed from its first page, and a run with the guess asks for the right addresses."""

from datetime import date

import pytest
from django.utils.translation import override

from signals.formatting import errors
from signals.sources import build, first_requests, parse
from signals.sources.detect import detect

ROWS = "".join(
    f"<li><a href='/n/{n}.html'>稀土产业高质量发展第{n}次会议召开</a><span>2026-10-{n + 10}</span></li>"
    for n in range(9)
)


def found(pager, url="https://www.example.gov.cn/xw/tzgg/", rows=ROWS):
    data = (
        f"<html lang=zh><title>通知公告</title><ul class=list>{rows}</ul><div class=pager>{pager}</div></html>".encode()
    )
    return detect(data, url, "text/html; charset=utf-8"), data


def asked(detected, data, url):
    """The addresses that a run asks for, when every page looks like the first."""
    definition = {"key": "a", "name": "A", "kind": detected.kind, "urls": [url], **detected.fields}
    spec, seen = build({**definition, "key": "a"}), []
    todo = first_requests(spec, date(2026, 11, 24))
    while todo:
        request = todo.pop(0)
        seen.append(request.url)
        todo += parse(spec, request, data, request.url, "text/html; charset=utf-8").more
    return seen


HERE = "https://www.example.gov.cn/xw/tzgg/"


@pytest.mark.parametrize(
    ("pager", "url", "second", "third"),
    [
        ("<a href='index_1.html'>2</a><a href='index_2.html'>3</a>", HERE, "index_1.html", "index_2.html"),
        ("<a href='./index_1.shtml'>2</a>", HERE + "index.shtml", "index_1.shtml", "index_2.shtml"),
        ("<b>1</b><a href='list_2.shtml'>[2]</a>", HERE + "list.shtml", "list_2.shtml", "list_3.shtml"),
        ("<a href='list-2.html'> 2 </a>", HERE + "list-1.html", "list-2.html", "list-3.html"),
        ("<a href='?page=2'>2</a>", HERE, "?page=2", "?page=3"),
        ("<a href='?kind=7&page=1'>2</a>", HERE + "?kind=7", "?kind=7&page=1", "?kind=7&page=2"),
        ("<a href='page/2/'>2</a>", HERE, "page/2/", "page/3/"),
        ('<script>createPageHTML(7, 0, "index", "html");</script>', HERE, "index_1.html", "index_2.html"),
        ("<a href='javascript:go(2)'>下一页</a><a href='index_1.html'>2</a>", HERE, "index_1.html", "index_2.html"),
    ],
)  # fmt: skip
def test_numbered_pages(pager, url, second, third):
    detected, data = found(pager, url)
    assert detected.kind == "html_list"
    assert detected.fields["paging"]["pages"] == 3
    assert asked(detected, data, url) == [url, HERE + second, HERE + third]


@pytest.mark.parametrize(
    ("pager", "rule"),
    [
        ("<a rel='nofollow next' href='older.html'>Older</a>", "a[rel~=next]"),
        ("<a class=next href='older.html'>&gt;</a>", "a.next"),
        ("<a href='older.html'>下一页</a>", "text:下一页"),
        ("<a href='#'>上一页</a><a href='older.html'>下页 &gt;</a>", "text:下页"),
    ],
)
def test_a_link_to_the_next_page(pager, rule):
    detected, data = found(pager)
    assert (detected.fields["select"]["next"], detected.fields["paging"]) == (rule, {"pages": 3})
    assert asked(detected, data, HERE)[:2] == [HERE, HERE + "older.html"]


@pytest.mark.parametrize(
    "pager",
    [
        "",
        "<a href='/2/'>2</a>",  # another place
        "<a href='https://other.example/xw/tzgg/index_1.html'>2</a>",
        "<a href='?id=2'>2</a>",  # an entry, not a page
        "<a href='t20261002_99.html'>2</a>",
        "<a class=next href='javascript:void(0)'>下一页</a>",
        '<script>createPageHTML(1, 0, "index", "html");</script>',
    ],
)
def test_what_is_no_paging_is_not_taken_for_it(pager):
    detected, data = found(pager)
    assert "paging" not in detected.fields
    assert "next" not in detected.fields["select"]
    assert asked(detected, data, HERE) == [HERE]


@pytest.mark.parametrize(
    "pager", ["<a rel=next href=b.html>2</a>", "<a href='?page=2'>2</a>", "<a href='index_1.html'>2</a>"]
)
def test_what_was_seen_is_told_in_chinese_too(pager):
    words = found(pager)[0].words
    with override("zh-hans"):
        told = errors.worded(words)
    assert "page is" not in told
    assert "pages are" not in told
    assert "列表" in told
