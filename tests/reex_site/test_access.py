"""Reading is public, or for those who have signed in: one setting."""

import pytest


@pytest.fixture
def closed(settings):
    settings.PUBLIC_READING = False


@pytest.mark.django_db
def test_everybody_reads_when_reading_is_public(client):
    assert client.get("/companies/").status_code == 200


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_and_back(client, closed):
    answer = client.get("/companies/?kind=group")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/companies/%3Fkind%3Dgroup"


@pytest.mark.django_db
def test_a_fragment_sends_the_whole_page_to_sign_in(client, closed):
    answer = client.get("/companies/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/accounts/login/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/healthz", "/accounts/password_reset/"])
def test_what_a_stranger_needs_stays_open(client, closed, path):
    assert client.get(path).status_code in {200, 503}


def test_whoever_has_signed_in_reads(as_analyst, closed):
    assert as_analyst.get("/companies/").status_code == 200
