"""Every known trap of the field, by name: a small text of our own, and what the engine must make of it.

The cases and the words they use are in ``cases.yml``. A case with ``xfail`` is not solved yet; once it passes, the
strict mark turns it into a failure, so that the reason is taken out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from signals.extraction import extract
from tests.lexicon import lexicon

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yml").read_text(encoding="utf-8"))
KNOWN = set(
    """trap name text published_on expect expect_only expect_none entities not_entities slogans not_slogans signals
    not_signals warnings not_warnings text_contains text_lacks sections xfail""".split()  # noqa: SIM905
)


def _parameters() -> list[Any]:
    parameters = []
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if case.get("xfail") else []
        parameters.append(pytest.param(case, id=f"{case['trap']:02d}-{case['name']}", marks=marks))
    return parameters


def test_every_trap_has_a_case() -> None:
    assert {case["trap"] for case in CASES} == set(range(1, 83))
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_cases_use_known_words_and_ask_for_something() -> None:
    for case in CASES:
        assert set(case) <= KNOWN, case["name"]
        assert set(case) - {"trap", "name", "text", "published_on", "xfail"}, case["name"]


@pytest.mark.parametrize("case", _parameters())
def test_trap(case: dict[str, Any]) -> None:
    record = extract(case["text"].encode(), lexicon(), published_on=case.get("published_on")).as_json()
    complaints = list(_complaints(case, record))
    assert not complaints, "\n".join(complaints) + f"\nfigures: {[_short(f) for f in record['indicators']]}"


def _complaints(case: dict[str, Any], record: dict[str, Any]) -> list[str]:
    return [
        *_figure_complaints(case, record["indicators"]),
        *_key_complaints(case, "entities", {item["key"] for item in record["entities"]}),
        *_key_complaints(case, "slogans", {item["key"] for item in record["slogans"]}),
        *_key_complaints(case, "warnings", {item["code"] for item in record["warnings"]}),
        *_signal_complaints(case, record["signals"]),
        *_text_complaints(case, record),
    ]


def _figure_complaints(case: dict[str, Any], figures: list[dict[str, Any]]) -> list[str]:
    complaints = []
    free = list(range(len(figures)))
    for wanted in case.get("expect", []):
        fits = [n for n in free if _fits(wanted, figures[n])]
        if fits:
            free.remove(fits[0])
        else:
            complaints.append(f"missing {wanted}")
    if case.get("expect_only") and free:
        complaints.append(f"unexpected {[_short(figures[n]) for n in free]}")
    barred = case.get("expect_none", [])
    if barred is True and figures:
        complaints.append("no figure at all was expected")
    elif isinstance(barred, list):
        for unwanted in barred:
            hits = [_short(figure) for figure in figures if _fits(unwanted, figure)]
            if hits:
                complaints.append(f"must not be there: {unwanted}: {hits}")
    return complaints


def _key_complaints(case: dict[str, Any], kind: str, said: set[str]) -> list[str]:
    missing = set(case.get(kind, [])) - said
    unwanted = set(case.get(f"not_{kind}", [])) & said
    complaints = [f"{kind} missing {sorted(missing)}"] if missing else []
    return complaints + ([f"{kind} unwanted {sorted(unwanted)}"] if unwanted else [])


def _signal_complaints(case: dict[str, Any], signals: list[dict[str, Any]]) -> list[str]:
    def told(wanted: dict[str, Any]) -> bool:
        return any(all(signal.get(key) == value for key, value in wanted.items()) for signal in signals)

    missing = [wanted for wanted in case.get("signals", []) if not told(wanted)]
    unwanted = [barred for barred in case.get("not_signals", []) if told(barred)]
    return [f"signal missing {wanted}" for wanted in missing] + [f"signal unwanted {barred}" for barred in unwanted]


def _text_complaints(case: dict[str, Any], record: dict[str, Any]) -> list[str]:
    text = record["text"]
    complaints = [f"text lacks {phrase!r}" for phrase in case.get("text_contains", []) if phrase not in text]
    complaints += [f"text still has {phrase!r}" for phrase in case.get("text_lacks", []) if phrase in text]
    for kind, phrase in case.get("sections", {}).items():
        spans = [section["span"] for section in record["sections"] if section["kind"] == kind]
        if not any(phrase in text[start:end] for start, end in spans):
            complaints.append(f"no section {kind} with {phrase!r}")
    return complaints


def _fits(wanted: dict[str, Any], figure: dict[str, Any]) -> bool:
    return all(_same(key, value, figure.get(key)) for key, value in wanted.items())


def _same(key: str, wanted: Any, said: Any) -> bool:
    if key == "period" and isinstance(said, dict):
        said = said["label"]
    if key == "measure" and "change" in (wanted, said):
        return str(wanted).startswith("change") and str(said).startswith("change")
    if key == "converted" and isinstance(wanted, dict):
        return isinstance(said, dict) and said["unit"] == wanted["unit"] and _close(said["value"], wanted["value"])
    if isinstance(wanted, str) and wanted.startswith("~") and key == "note":
        return said is not None and wanted[1:] in said
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        return said is not None and _close(said, wanted)
    return bool(said == wanted)


def _close(said: Any, wanted: float) -> bool:
    return abs(float(said) - wanted) <= 0.005 * max(abs(wanted), 1e-9) + 1e-9


def _short(figure: dict[str, Any]) -> str:
    period = figure["period"]["label"] if figure["period"] else None
    fields = (figure["subject"], figure["metric"], figure["product"], figure["measure"], figure["comparator"])
    return f"{fields} {figure['value']} {figure['value_high']} {figure['unit']} {period} {figure['modality']}"
