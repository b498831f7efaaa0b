"""Search vectors of disclosures and of quotes: words for Latin script, single characters and pairs for Chinese."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import Value

from signals.models import Disclosure, DisclosureVersion
from signals.search_terms import terms

MAX_TERMS = 60_000  # PostgreSQL keeps at most 1 MB in a tsvector


def index(disclosure: Disclosure, version: DisclosureVersion) -> None:
    """Write the vector of a version's title (weight A) and text (weight B)."""
    index_all([(disclosure.pk, version.title, version.text)])


def index_all(texts: Iterable[tuple[int, str, str]]) -> None:
    """The same for many disclosures, each given as its id, title and text."""
    rows = [(pk, " ".join(terms(title)), " ".join(terms(text)[:MAX_TERMS])) for pk, title, text in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE signals_disclosure d SET search = setweight(to_tsvector('simple', t.title), 'A') || "
            "setweight(to_tsvector('simple', t.text), 'B') "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS t (id, title, text) WHERE d.id = t.id",
            [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]],
        )


def vector(quote: str) -> SearchVector:
    """The vector of a figure's or signal's quote, as a value to be saved."""
    return SearchVector(Value(" ".join(terms(quote)[:MAX_TERMS])), config="simple")
