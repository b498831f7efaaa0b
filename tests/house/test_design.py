"""Promises about the look: contrast, weight, one place for colours, no inline style or script."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
VARIABLES = (CSS / "variables.css").read_text()
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", VARIABLES)
}
SURFACES = ("paper", "raised", "sunken")
TEXT = ("ink", "muted", "accent", *(name for name in COLOURS if name.startswith(("voice-", "state-", "health-"))))
MARKS = ("edge", "kind-entity", *(name for name in COLOURS if name.startswith(("series-", "line-"))))
ON = [
    *(
        ("ink", under)
        for under in [
            "mark",
            "kind-indicator",
            "kind-signal",
            "kind-slogan",
            "heat-1",
            "heat-2",
            "heat-3",
            "added",
            "removed",
        ]
    ),
    ("heat-ink-4", "heat-4"),
    ("heat-ink-5", "heat-5"),
    ("on-accent", "accent"),
    ("accent", "accent-soft"),
    ("paper", "ink"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_is_legible_on_every_surface(theme):
    weak = [(t, s, round(contrast(COLOURS[t][theme], COLOURS[s][theme]), 2)) for t in TEXT for s in SURFACES]
    weak += [(t, s, round(contrast(COLOURS[t][theme], COLOURS[s][theme]), 2)) for t, s in ON]
    assert [each for each in weak if each[2] < 4.5] == []


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_marks_stand_out_on_every_surface(theme):
    marks = [(m, s, round(contrast(COLOURS[m][theme], COLOURS[s][theme]), 2)) for m in MARKS for s in SURFACES]
    assert [each for each in marks if each[2] < 3] == []


def test_colours_live_in_one_file():
    for sheet in CSS.glob("*.css"):
        if sheet.name in ("variables.css", "print.css"):
            continue
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*[{,.:>])", text) == [], sheet.name


def test_every_variable_used_is_defined():
    defined = set(re.findall(r"--([\w-]+):", VARIABLES))
    for sheet in CSS.glob("*.css"):
        assert set(re.findall(r"var\(--([\w-]+)", sheet.read_text())) <= defined, sheet.name


def test_a_page_stays_light():
    shared = sum((CSS / f"{name}.css").stat().st_size for name in ("variables", "base", "parts", "print"))
    assert shared <= 40_000
    assert (ROOT / "static/js/app.js").stat().st_size <= 15_000
    assert (ROOT / "static/js/charts.js").stat().st_size <= 15_000


def test_templates_hold_no_inline_script_or_style():
    for template in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.S)
        assert not re.search(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", text), template
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), template
        assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text), template


def test_plotly_still_skips_the_sheets_we_stand_in_for():
    """chart_scripts.html names two elements that keep plotly.js from inline sheets; an upgrade may rename them."""
    plotly = files("plotly").joinpath("package_data/plotly.min.js").read_text(encoding="utf-8")
    part = (ROOT / "templates/signals/parts/chart_scripts.html").read_text()
    assert "plotly.js-style-" in plotly
    assert ".no-inline-styles" in plotly
    (stand_in,) = re.findall(r'<template id="([0-9a-f]{64})"', part)
    assert f'data-map-sheet="{stand_in}"' in (ROOT / "templates/base.html").read_text()
    assert stand_in in plotly
