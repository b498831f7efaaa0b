"""A post as the REST interface of a blog gives it: title, dates and rendered HTML in one JSON object."""

from __future__ import annotations

import json
from html import escape

from selectolax.lexbor import LexborHTMLParser

from .draft import Draft
from .html import draft_html
from .phrases import Phrases


def draft_post(text: str, phrases: Phrases) -> Draft | None:
    """The draft of the post, or None when ``text`` is no such object. The time in GMT goes before the local one."""
    if '"rendered"' not in text:
        return None
    try:
        post = json.loads(text)
        content, title = post["content"]["rendered"], post["title"]["rendered"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(content, str) or not isinstance(title, str):
        return None
    plain_title = " ".join((LexborHTMLParser(title).text(deep=True) or "").split())
    draft = draft_html(f"<article><h1>{escape(plain_title)}</h1>{content}</article>", phrases)
    draft.head.published = [post[name] for name in ("date_gmt", "date") if isinstance(post.get(name), str)]
    draft.head.url = post["link"] if isinstance(post.get("link"), str) else None
    return draft
