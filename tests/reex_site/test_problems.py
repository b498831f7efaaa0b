"""What a reader is told when a page fails: whose fault it is and what was kept."""

import pytest
from django.db import OperationalError
from django.test import Client

import reex_site.urls  # noqa: F401  views bind their names before one is replaced


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch):
    """A client whose next page meets the given error."""

    def meet(error: Exception) -> Client:
        def raising(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("signals.views.company.entity_or_404", raising)
        return Client(raise_request_exception=False)

    return meet


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_as_such(failing) -> None:
    answer = failing(OperationalError("the database system is shutting down")).get("/companies/baogang-group/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "The database is out of reach" in answer.content.decode()


@pytest.mark.django_db
def test_any_other_error_is_our_mistake(failing) -> None:
    answer = failing(ValueError("a bug")).get("/companies/baogang-group/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
