"""The search vector of a disclosure: words for Latin script, single characters and pairs for Chinese."""

from django.db import connection

from signals.models import Disclosure, DisclosureVersion
from signals.search_terms import terms

MAX_TERMS = 60_000  # PostgreSQL keeps at most 1 MB in a tsvector


def index(disclosure: Disclosure, version: DisclosureVersion) -> None:
    """Write the vector of a version's title (weight A) and text (weight B)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE signals_disclosure SET search = setweight(to_tsvector('simple', %s), 'A') || "
            "setweight(to_tsvector('simple', %s), 'B') WHERE id = %s",
            [" ".join(terms(version.title)), " ".join(terms(version.text)[:MAX_TERMS]), disclosure.pk],
        )
