"""The same article from five kinds of page: all of it, nothing else, in order, with its parts."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read

from .page_templates import CHINESE, ENGLISH, TEMPLATES, Article

CASES = [
    pytest.param(template, article, id=f"{name}-{language}")
    for name, template in TEMPLATES.items()
    for language, article in (("en", ENGLISH), ("zh", CHINESE))
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "template" in metafunc.fixturenames:
        metafunc.parametrize(("template", "article"), CASES)


def body_of(article: Article) -> list[str]:
    return [
        article.title, article.highlights_word, *article.highlights, *article.paragraphs, article.heading, *article.items,
        article.rows[1][0], article.rows[1][1], article.opinion_heading, article.opinion, article.disclaimer,
    ]  # fmt: skip


def test_all_of_the_article_in_order(template, article: Article, lexicon: Lexicon) -> None:
    text = read(template(article), lexicon).text
    place = 0
    for part in body_of(article):
        found = text.find(part, place)
        assert found >= 0, part
        place = found + len(part)


def test_nothing_but_the_article(template, article: Article, lexicon: Lexicon) -> None:
    text = read(template(article), lexicon).text
    for leak in (*article.other_headlines, *article.comments, *article.furniture):
        assert leak not in text


def test_title_date_and_language(template, article: Article, lexicon: Lexicon) -> None:
    reading = read(template(article), lexicon)
    assert reading.title == article.title
    assert reading.published_on == article.date
    assert reading.language == ("en" if article is ENGLISH else "zh")
    assert reading.blocks[0].kind == "title"
    assert reading.text[: len(article.title)] == article.title


def test_parts_are_told_apart(template, article: Article, lexicon: Lexicon) -> None:
    reading = read(template(article), lexicon)
    section = {reading.text[slice(*block.span)]: block.section for block in reading.blocks}
    assert [section[text] for text in article.highlights] == ["highlights"] * 2
    assert section[article.opinion] == "editorial"
    assert section[article.disclaimer] == "disclaimer"
    assert {section.get(text, "body") for text in article.paragraphs} == {"body"}


def test_the_table_is_a_table(template, article: Article, lexicon: Lexicon) -> None:
    (table,) = [block.table for block in read(template(article), lexicon).blocks if block.table]
    assert [[cell.text for cell in row] for row in table.rows] == [list(row) for row in article.rows]
    assert [row[0].header for row in table.rows] == [True, False, False]
