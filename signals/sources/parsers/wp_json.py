"""The WordPress REST interface: the site's own list of post types first, then the posts of each."""

from __future__ import annotations

import re
from typing import Any

from signals.sources.addresses import canonical
from signals.sources.dates import day_of
from signals.sources.parsers.json_api import NotJsonError, loads
from signals.sources.parsers.text import decode, plain, title_of
from signals.sources.records import Item, Listing, Request
from signals.sources.requests import WP_TYPES, following
from signals.sources.spec import Spec

PER_PAGE = 50  # WordPress allows 100
# What WordPress itself and its page builders keep as "types"; none holds articles.
_NOT_ARTICLES = re.compile(
    r"^(?:page|attachment|nav_menu_item|wp_|elementor|e-|jet-|astra|et_|fl-|product|tribe_|acf|mp_|template|popup)",
    re.I,
)
_FIELDS = "id,date,date_gmt,modified_gmt,link,title,excerpt"


def parse(spec: Spec, request: Request, data: bytes, url: str, content_type: str) -> Listing:
    """The posts of one list page, or the lists that the site's types lead to."""
    try:
        answer = loads(decode(data, content_type))
    except NotJsonError as error:
        return Listing("shape_changed", notes=[str(error)])
    if isinstance(answer, dict) and answer.get("code") and answer.get("message"):
        return Listing(
            "shape_changed", notes=[f"The site says: {plain(str(answer['message']), 200)} ({answer['code']})."]
        )
    if request.step == "types":
        return _types(spec, request, answer, url)
    return _posts(spec, request, answer, url)


def _types(spec: Spec, request: Request, answer: Any, url: str) -> Listing:
    if not isinstance(answer, dict):
        return Listing("shape_changed", notes=["The list of post types is no mapping."])
    found = {
        name: str(about.get("rest_base") or name)
        for name, about in answer.items()
        if isinstance(about, dict) and (name in spec.post_types if spec.post_types else not _NOT_ARTICLES.match(name))
    }
    if not found:
        return Listing(
            "no_match", notes=[f"The site has none of the types wanted; it has: {', '.join(list(answer)[:12])}."]
        )
    root = request.url.removesuffix(WP_TYPES) + "/wp-json/wp/v2/"
    more = [
        Request(
            f"{root}{base}?per_page={PER_PAGE}&orderby=date&order=desc&_fields={_FIELDS}",
            headers=request.headers, values={**request.values, "type": name},
        )
        for name, base in sorted(found.items())
        if re.fullmatch(r"[\w/-]+", base)
    ]  # fmt: skip
    return Listing("ok", notes=[f"Post types read: {', '.join(sorted(found))}."], more=more)


def _posts(spec: Spec, request: Request, answer: Any, url: str) -> Listing:
    if not isinstance(answer, list):
        return Listing("shape_changed", notes=["The list of posts is no list."])
    if not answer:
        return Listing("empty", notes=[f"The type {request.values.get('type', 'asked for')} has no posts."])
    listing = Listing("ok")
    for post in answer:
        item = _item(post, url, spec.time_zone) if isinstance(post, dict) else None
        if item:
            listing.items.append(item)
    if len(listing.items) < len(answer):
        listing.notes.append(
            f"{len(answer) - len(listing.items)} of {len(answer)} posts have no address and were left out."
        )
    if not listing.items:
        listing.outcome = "no_match"
    listing.more = following(spec, request) if spec.paging else []
    return listing


def _item(post: dict[str, Any], url: str, zone: str) -> Item | None:
    address = canonical(str(post.get("link") or ""), url) if post.get("link") else None
    if not address:
        return None
    stamp = str(post.get("date_gmt") or "")
    # Drafts carry 0000-00-00; the site's local date has no zone and is its own day.
    day = day_of(f"{stamp}+00:00", zone) if stamp and not stamp.startswith("0000") else day_of(post.get("date"), zone)
    return Item(
        address,
        title_of(_rendered(post.get("title"))),
        day,
        str(post.get("modified_gmt") or "") or None,
        plain(_rendered(post.get("excerpt")), 600),
    )


def _rendered(value: Any) -> str:
    return str(value.get("rendered", "")) if isinstance(value, dict) else str(value or "")
