"""Headers of every page, the sign-in, and how often one may guess."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD


@pytest.mark.django_db
def test_headers_of_a_page(client):
    headers = client.get("/companies/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_signing_in_and_out(analyst):
    client = Client()
    answer = client.post(reverse("login"), {"username": "analyst", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get(reverse("password_change")).status_code == 200
    assert client.post(reverse("logout")).status_code == 302
    assert client.get(reverse("password_change")).status_code == 302


def test_guessing_is_stopped(analyst, settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    client = Client()
    answers = [client.post(reverse("login"), {"username": "analyst", "password": "wrong"}) for _ in range(3)]
    assert answers[-1].status_code == 429
    assert client.post(reverse("login"), {"username": "analyst", "password": PASSWORD}).status_code == 429


def test_a_forgotten_password_is_reset_by_letter(client, analyst, mailoutbox):
    client.post(reverse("password_reset"), {"email": analyst.email})
    link = re.search(r"/accounts/reset/\S+", mailoutbox[0].body).group()
    page = client.get(link, follow=True)
    secret = "a new and long enough secret"
    client.post(page.redirect_chain[-1][0], {"new_password1": secret, "new_password2": secret})
    answer = client.post(reverse("login"), {"username": "analyst", "password": secret})
    assert answer.status_code == 302


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("login"), {"username": "x", "password": "y"}).status_code == 403
