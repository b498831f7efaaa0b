import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from signals.templatetags.frame import places, theme


def request(path="/", **cookies):
    made = RequestFactory().get(path)
    made.COOKIES.update(cookies)
    return made


@pytest.mark.parametrize(("cookie", "chosen"), [("dark", "dark"), ("light", "light"), ('"><script>', ""), ("", "")])
def test_only_the_two_themes_reach_the_page(cookie, chosen):
    assert theme(Context({"request": request(theme=cookie)})) == chosen


def test_the_place_we_are_at_is_marked():
    found = places(Context({"request": request("/compare/"), "user": AnonymousUser()}))
    assert [place.url for place in found if place.current] == [reverse("signals:compare")]
    assert len(places(Context({"request": request("/"), "user": AnonymousUser()}))) == len(found)


@pytest.mark.parametrize("name", ["disclosure_add", "disclosures_added"])
def test_what_is_reached_from_a_place_marks_it(name):
    found = places(Context({"request": request(reverse(f"signals:{name}")), "user": AnonymousUser()}))
    assert [place.url for place in found if place.current] == [reverse("signals:sources")]


@pytest.mark.django_db
def test_the_review_desk_is_shown_to_editors_only(analyst, editor):
    def labels(user):
        return {str(place.label) for place in places(Context({"request": request(), "user": user}))}

    assert "Review" not in labels(analyst)
    assert "Review" in labels(editor)


def test_a_missing_part_has_no_address():
    assert Template("{% load frame %}[{% address 'signals:no_such' %}]").render(Context()) == "[]"
