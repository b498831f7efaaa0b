"""Source text is shown, never obeyed."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.formatting.quotes import Highlight, after, before, headline, marked, pieces, safe


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(markup: str) -> _Tags:
    reader = _Tags()
    reader.feed(markup)
    reader.close()
    return reader


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<svg/onload=alert(1)>",
        "</mark><iframe src='javascript:alert(1)'>",
        "&lt;b&gt; stays as written",
    ],
)
def test_markup_in_a_quote_is_text(payload):
    for markup in (safe(payload), marked(f"{payload} rose 12% today", "12%"), marked(f"rose {payload}", payload)):
        read = _read(markup)
        assert read.tags <= {"mark", "span"}
        assert payload in read.text


def test_the_figure_is_marked_once_where_it_stands():
    assert marked("profit rose 35%, not 35% in all", "35%") == "profit rose <mark>35%</mark>, not 35% in all"
    assert marked("nothing of the kind", "35%") == "nothing of the kind"
    assert marked("no figure known", None) == "no figure known"
    assert marked("同比增长15%以上", "15%以上") == "同比增长<mark>15%以上</mark>"


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x07", "\u00ad"])
def test_invisible_characters_are_named_and_do_nothing(hidden):
    shown = safe(f"12{hidden}345")
    assert hidden not in shown
    assert f"U+{ord(hidden):04X}" in shown


def test_a_word_of_two_alphabets_is_pointed_out_and_plain_words_are_not():
    assert 'class="mixed"' in safe("B\u0430ogang")
    for plain in ("Baogang", "包钢Baogang", "Росатом", "α and beta"):
        assert "mixed" not in safe(plain)


spans = st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["indicator", "signal", "slogan"])).map(
    lambda three: Highlight(min(three[:2]), max(three[:2]) + 1, three[2], f"{three[2]}-{three[0]}")
)


@given(st.text(min_size=1, max_size=40), st.lists(spans, max_size=6))
def test_pieces_join_to_the_text_and_know_their_highlights(text, highlights):
    cut = pieces(text, highlights)
    assert "".join(piece.text for piece in cut) == text
    for piece in cut:
        covering = {h.kind for h in highlights if h.start <= piece.start and h.end >= piece.start + len(piece.text)}
        assert set(piece.kinds) == covering


def test_a_highlight_begins_in_one_piece_only():
    cut = pieces("abcdefgh", [Highlight(1, 6, "signal", "s"), Highlight(2, 4, "indicator", "i")])
    assert [(piece.text, piece.begins) for piece in cut] == [
        ("a", ()),
        ("b", ("s",)),
        ("cd", ("i",)),
        ("ef", ()),
        ("gh", ()),
    ]


def test_a_window_of_the_text():
    cut = pieces("abcdefgh", [Highlight(0, 4, "signal", "s")], 2, 6)
    assert [(piece.text, piece.kinds, piece.begins) for piece in cut] == [("cd", ("signal",), ("s",)), ("ef", (), ())]


@pytest.mark.parametrize(
    ("cut", "text", "shown"),
    [
        (before, "ogang told its staff in the hall that ", "ogang told its staff in the hall that "),
        (before, "ogang Group told its staff in the hall that", "… Group told its staff in the hall that"),
        (before, "内" * 40, "… " + "内" * 40),
        (after, " and the profit to a level last seen in 2", " and the profit to a level last seen in …"),
        (after, "，" + "外" * 39, "，" + "外" * 39 + " …"),
        (after, ".", "."),
    ],
)
def test_context_neither_begins_nor_ends_inside_a_word(cut, text, shown):
    assert cut(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 20, "a" * 20),
        ("a" * 21, "a" * 20 + "…"),
        ("稀" * 10, "稀" * 10),
        ("稀" * 11, "稀" * 10 + "…"),
        ("two words and one more", "two words and one mo…"),
        ("", ""),
    ],
)
def test_a_headline_is_as_wide_as_its_letters(text, shown):
    assert headline(text, width=20) == shown
