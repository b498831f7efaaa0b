"""The rules of ambiguous.yml name known things and known conditions."""

from __future__ import annotations

import re

from signals.extraction.lexicon import load_lexicon

CONDITIONS = {
    "key", "or", "after", "before", "after_pattern", "before_pattern",
    "near", "not_near", "elsewhere", "not_elsewhere", "uncapitalised",
}  # fmt: skip


def test_every_rule_can_be_read() -> None:
    lexicon = load_lexicon()
    for entry in lexicon.kind("ambiguous").values():
        known = set(lexicon.kind(entry.data["kind"])) | {None, "same"}
        assert set(entry.data["keys"]) <= known, entry.where
        assert entry.data.get("otherwise") in known, entry.where
        for rule in entry.data.get("rules", ()):
            assert set(rule) <= CONDITIONS, (entry.where, set(rule) - CONDITIONS)
            assert {rule["key"], *rule.get("or", ())} <= known, (entry.where, rule["key"])
            for name in ("after_pattern", "before_pattern"):
                re.compile(rule.get(name, ""))


def test_every_name_marked_ambiguous_has_its_rule() -> None:
    lexicon = load_lexicon()
    ruled = {alias for entry in lexicon.kind("ambiguous").values() for alias in entry.zh + entry.en}
    marked = {name.name for record in lexicon.companies.values() for name in record.names if name.ambiguous}
    assert marked - ruled == set()
