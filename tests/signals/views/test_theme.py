import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_choice_is_kept_and_drawn_by_the_server(client):
    answer = client.post(reverse("signals:theme"), {"theme": "dark", "next": "/styleguide/?a=1"})
    assert answer.url == "/styleguide/?a=1"
    assert client.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get("/styleguide/").content.decode()


def test_anything_else_follows_the_system_again(client):
    client.post(reverse("signals:theme"), {"theme": "dark"})
    client.post(reverse("signals:theme"), {"theme": "sepia"})
    assert client.cookies["theme"].value == ""


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_it_never_sends_anybody_elsewhere(client, elsewhere):
    assert client.post(reverse("signals:theme"), {"theme": "dark", "next": elsewhere}).url == "/"


def test_looking_changes_nothing(client):
    assert client.get(reverse("signals:theme")).status_code == 405
