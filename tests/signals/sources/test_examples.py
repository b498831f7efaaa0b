"""Each source of the catalog reads its example as is expected of it."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from signals.extraction import load_lexicon
from signals.extraction.reading import read
from signals.sources import first_requests, load_catalog, parse, select
from signals.sources.spec import ASKED

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CATALOG = load_catalog()
KEYS = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())


def test_every_source_has_an_example():
    assert set(CATALOG) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_recorded_answers_are_read_as_expected(key):
    spec = CATALOG[key]
    expected = yaml.safe_load((EXAMPLES / key / "expected.yml").read_text(encoding="utf-8"))
    if spec.kind not in ASKED:
        pasted = expected["paste"]
        found = read((EXAMPLES / key / pasted["file"]).read_bytes(), load_lexicon())
        assert {name: getattr(found, name) for name in pasted if name != "file"} == {
            name: value for name, value in pasted.items() if name != "file"
        }
        return
    request = first_requests(spec, date(2025, 11, 1))[0]
    items = []
    for step in expected["steps"]:
        data = (EXAMPLES / key / step["file"]).read_bytes()
        listing = parse(spec, request, data, request.url, step.get("content_type", "application/json"))
        assert listing.outcome == step["outcome"], listing.notes
        found = [{"url": one.url, "title": one.title, "published_on": one.published_on} for one in listing.items]
        assert found == step.get("items", [])
        assert [note for note in step.get("notes", []) if note not in listing.notes] == []
        assert [one.url for one in listing.more] == step.get("more", [one.url for one in listing.more])
        for name, value in step.get("form", {}).items():
            assert listing.more[0].form[name] == value
        items += listing.items
        request = listing.more[0] if listing.more else request
    assert len(select(spec, items).taken) == expected["taken"]
