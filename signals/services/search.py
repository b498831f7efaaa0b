"""Search vectors of disclosures and of quotes: words for Latin script, single characters and pairs for Chinese."""

from collections.abc import Iterable

from django.db import connection

from signals.models import Disclosure, DisclosureVersion
from signals.search_terms import terms

MAX_TERMS = 60_000  # PostgreSQL keeps at most 1 MB in a tsvector


Words = tuple[str, str]
WEIGHTED = "setweight(to_tsvector('simple', words_0), 'A') || setweight(to_tsvector('simple', words_1), 'B')"
PLAIN = "to_tsvector('simple', words_0)"


def words(title: str, text: str) -> Words:
    """What a disclosure is found by: the words of its title (weight A) and of its text (weight B)."""
    return " ".join(terms(title)), " ".join(terms(text)[:MAX_TERMS])


def quoted(quote: str) -> tuple[str]:
    """What a figure or signal is found by: the words of its quote."""
    return (" ".join(terms(quote)[:MAX_TERMS]),)


def index(disclosure: Disclosure, version: DisclosureVersion) -> None:
    """Write the vector of a version's title and text."""
    index_all([(disclosure.pk, words(version.title, version.text))])


def index_all(found_by: Iterable[tuple[int, Words]]) -> None:
    """The same for many disclosures, each given as its id and words."""
    rows = [(pk, *both) for pk, both in found_by]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE signals_disclosure d SET search = {WEIGHTED} "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS t (id, words_0, words_1) WHERE d.id = t.id",
            [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]],
        )
