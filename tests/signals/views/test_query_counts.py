"""How many SQL queries a page asks, pinned: a page that needs more than its baseline has lost a join.

To accept a change on purpose, edit `query_counts.json` beside this file.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

BASELINE = json.loads((Path(__file__).parent / "query_counts.json").read_text())
MOST = 20


def test_no_page_may_ask_more_than_twenty():
    assert max(BASELINE.values()) <= MOST


@pytest.mark.parametrize("path", sorted(BASELINE))
def test_a_page_asks_no_more_than_its_baseline(client, first_half, path):
    address = path.replace("<id>", str(first_half.pk))
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= BASELINE[path], "\n".join(query["sql"][:200] for query in queries)
