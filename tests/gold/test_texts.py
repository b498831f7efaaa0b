"""The gold texts are what they claim to be: plain questions about the annotations."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.gold import load

DOCUMENTS = load.load()
FIGURES = [(doc, figure) for doc in DOCUMENTS for figure in doc["indicators"]]

# A text that changes must change this on purpose: python -c "from tests.gold import load; print(load.digest())"
DIGEST = "089bcb7e7856709b3820652514c2d2b80633fccddbcc48781c2c3129869a8d4f"

KEYS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("keys.yml").read_text(encoding="utf-8"))
METRICS = set(KEYS["metrics"])
THEMES = set(KEYS["themes"])
MEASURES = {"level", "change_yoy", "change_qoq", "change_mom", "change_ytd", "change"}
COMPARATORS = {"=", ">", ">=", "<", "<=", "~", "range"}
UNITS = set(KEYS["units"])
PERIOD = re.compile(r"\d{4}(Q[1-4]|H[12]|M1-\d{1,2}|-\d{2}|-\d{2}-\d{2})?")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _name(value: Any) -> str:
    return value["doc"] if isinstance(value, dict) and "doc" in value else ""


def test_the_set_is_large_enough_and_half_chinese() -> None:
    chinese = [doc for doc in DOCUMENTS if doc["language"] == "zh"]
    assert len(DOCUMENTS) >= 100
    assert len(chinese) >= 50
    assert len(DOCUMENTS) - len(chinese) >= 50
    assert len(FIGURES) >= 900
    assert sum(not figure["optional"] for _, figure in FIGURES) >= 800


def test_a_third_is_held_back_in_both_languages() -> None:
    for language in ("en", "zh"):
        docs = [doc for doc in DOCUMENTS if doc["language"] == language]
        held = sum(doc["held"] for doc in docs)
        assert 0.28 <= held / len(docs) <= 0.38


def test_texts_are_unchanged() -> None:
    assert load.digest() == DIGEST


@pytest.mark.parametrize("doc", DOCUMENTS, ids=_name)
def test_quotes_stand_in_the_text(doc: dict[str, Any]) -> None:
    text = load.plain_text(Path(doc["text_file"]).read_bytes(), doc["encoding"])
    for figure in doc["indicators"]:
        assert figure["quote"] in text
        assert figure["as_written"] in figure["quote"]
        assert len(figure["quote"]) <= 260


@pytest.mark.parametrize("doc", DOCUMENTS, ids=_name)
def test_keys_are_known(doc: dict[str, Any]) -> None:
    assert doc["class"]
    assert doc["doc"].startswith(doc["language"])
    assert set(doc["themes_must"] + doc["themes_may"]) <= THEMES
    assert not set(doc["themes_must"]) & set(doc["themes_may"])
    assert not set(doc["entities"]) & set(doc["entities_may"])
    for key in doc["entities"] + doc["entities_may"] + doc["slogans"] + doc["slogans_may"]:
        assert KEY.fullmatch(key)
    if doc["published_on"]:
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", doc["published_on"])


@pytest.mark.parametrize("doc", DOCUMENTS, ids=_name)
def test_figures_are_well_formed(doc: dict[str, Any]) -> None:
    seen = set()
    for figure in doc["indicators"]:
        assert figure["metric"] in METRICS or figure["optional"], figure["metric"]
        assert figure["measure"] in MEASURES
        assert figure["comparator"] in COMPARATORS
        assert figure["unit"] in UNITS
        assert figure["modality"] in {"reported", "forecast", "target", "estimate"}
        assert figure["voice"] in {"company", "publisher", "third_party"}
        assert figure["product"] is None or KEY.fullmatch(figure["product"])
        assert figure["subject"] is None or KEY.fullmatch(figure["subject"])
        ranged = figure["comparator"] == "range"
        assert ranged == (figure["value_high"] is not None)
        assert not ranged or figure["value"] <= figure["value_high"]
        assert figure["unit"] != "pp" or figure["measure"] != "level"
        if figure["period"] is not None:
            assert PERIOD.fullmatch(figure["period"])
            if len(figure["period"]) == 10:
                datetime.date.fromisoformat(figure["period"])
        identity = tuple(figure[k] for k in ("subject", "metric", "product", "measure", "value", "unit", "period"))
        assert identity not in seen, f"told twice: {identity}"
        seen.add(identity)


def test_no_reported_figure_is_from_the_future() -> None:
    """A reported figure's period does not begin after the page was published."""
    for doc, figure in FIGURES:
        if doc["published_on"] and figure["period"] and figure["modality"] == "reported":
            assert figure["period"][:4] <= doc["published_on"][:4], (doc["doc"], figure["quote"])
