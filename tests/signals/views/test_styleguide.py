"""Every part is on the style guide, in both languages, and hostile quotes stay quotes."""

from pathlib import Path

import pytest
from django.utils.translation import override

PARTS = Path(__file__).resolve().parents[3] / "templates" / "signals" / "parts"
pytestmark = pytest.mark.django_db


def test_every_part_is_shown(client):
    guide = (PARTS.parent / "styleguide.html").read_text()
    frame = (PARTS.parents[1] / "base.html").read_text()
    inside = "".join(part.read_text() for part in PARTS.glob("*.html"))
    for part in PARTS.glob("*.html"):
        used = f"signals/parts/{part.name}"
        assert used in guide or used in frame or used in inside, part.name
    assert client.get("/styleguide/").status_code == 200


def test_hostile_samples_do_nothing(client):
    page = client.get("/styleguide/").content.decode()
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "U+202E" in page


def test_it_speaks_chinese(client):
    client.cookies["django_language"] = "zh-hans"
    with override("en"):  # the middleware leaves the language switched on in this thread
        page = client.get("/styleguide/").content.decode()
    assert '<html lang="zh-Hans"' in page
    assert "15.25亿元" in page
    assert "2025年一季度" in page
