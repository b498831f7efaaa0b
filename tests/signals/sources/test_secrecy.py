"""Keys in feeds' addresses are hidden; search words are not."""

import pytest

from signals.sources import build, dump
from signals.sources.secrecy import hidden, public

SHOWN = [
    "https://press.example/feed?page=2&lang=zh",
    "https://search.example/list?key=稀土&searchkey=rare+earth",
    "https://search.example/list?keyword=magnets&stockcode=600111",
    "https://press.example/?monkey=banana-12345678",
    "The server answered 404.",
]
HIDDEN = [
    ("https://feed.example/rss?api_key=abc123&page=1", "https://feed.example/rss?api_key=•••&page=1"),
    ("https://feed.example/rss?page=1&access_token=x.y.z", "https://feed.example/rss?page=1&access_token=•••"),
    ("https://feed.example/rss?key=9f3a77c0d1e24b", "https://feed.example/rss?key=•••"),
    ("https://feed.example/rss?apiKey=a&appSecret=b#top", "https://feed.example/rss?apiKey=•••&appSecret=•••#top"),
    ("'https://feed.example/?sig=abc' is no address: x", "'https://feed.example/?sig=•••' is no address: x"),
]


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_no_secret_is_shown(text):
    assert hidden(text) == text


@pytest.mark.parametrize(("text", "told"), HIDDEN)
def test_secrets_in_addresses_are_hidden(text, told):
    assert hidden(text) == told


def test_a_definition_for_everybody_has_no_key_in_it():
    spec = build(
        {
            "key": "feed", "name": "Feed", "kind": "rss", "language": "en", "publisher": "Feed",
            "urls": ["https://feed.example/rss?token=s3cr3t&page=1"],
            "headers": {"Accept": "text/html"}, "method": "POST", "form": {"appSecret": "s3cr3t"},
            "notes": "asked at https://feed.example/rss?token=s3cr3t",
        }
    )  # fmt: skip
    text = dump(public(spec))
    assert "s3cr3t" not in text
    assert "page=1" in text
    assert "text/html" in text
    assert "s3cr3t" in dump(spec)
