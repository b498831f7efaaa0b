"""What `up` says of parts that it did not start and cannot start again."""

import pytest
import redis

from reex_site.embedded import watching
from reex_site.embedded.server import Server


@pytest.fixture
def told(monkeypatch):
    """Every sentence reported; each look is due at once."""
    monkeypatch.setattr(watching, "EVERY", 0.0)
    return []


def test_a_broker_that_goes_and_comes_back_is_told_once_each(told, monkeypatch, settings, redis_url):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    looking = watching.Foundations(lambda *said: told.append(": ".join(said)), embedded=True)
    looking.look()
    looking.look()
    assert len(told) == 1
    assert told[0].startswith("!: broker is away: ")
    assert "nothing is lost" in told[0]
    settings.REDIS_URL = redis_url
    looking.look()
    looking.look()
    assert told[1:] == ["!: broker is back"]


def test_a_database_of_yours_that_is_away_is_told_and_not_started(told, monkeypatch, settings):
    def away():
        raise redis.ConnectionError("no answer\nat all")

    monkeypatch.setattr(watching, "_database", away)
    looking = watching.Foundations(lambda *said: told.append(": ".join(said)), embedded=False)
    looking.look()
    assert told == ["!: database is away: no answer; nothing is lost, work goes on when it is back"]


def test_a_server_whose_data_are_gone_is_no_empty_new_one(told, monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.BROKER_DIR = tmp_path / "broker"
    monkeypatch.setattr(Server, "joined", property(lambda self: True))
    looking = watching.Foundations(lambda *said: told.append(": ".join(said)), embedded=True)
    looking.look()
    looking.look()  # not tried again at once
    assert len(told) == 1
    assert "does not start" in told[0]
    assert not (tmp_path / "postgres").exists()
