"""Page or fragment: one function decides, and says so to caches."""

import pytest
from django.template import engines
from django.test import RequestFactory

from reex_site.lib import htmx


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_page_or_fragment(monkeypatch, tmp_path, headers, fragment):
    (tmp_path / "list.html").write_text("<h1>All</h1>{% partialdef rows inline %}<p>{{ word }}</p>{% endpartialdef %}")
    monkeypatch.setattr(engines["django"].engine, "dirs", [tmp_path])
    _forget_templates()
    response = htmx.render_page(RequestFactory().get("/", headers=headers), "list.html", {"word": "<b>"})
    assert response.content.decode() == ("" if fragment else "<h1>All</h1>") + "<p>&lt;b&gt;</p>"
    assert "HX-Request" in response.headers["Vary"]


def _forget_templates() -> None:
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
