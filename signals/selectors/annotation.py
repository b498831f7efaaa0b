"""What people marked in a text, for its page and as W3C Web Annotations."""

from __future__ import annotations

from typing import Any

from signals.formatting.quotes import Highlight
from signals.models import Annotation, Disclosure, DisclosureVersion
from signals.selectors.reading import Reading

MOTIVATIONS = {
    "comment": "commenting",
    "figure": "describing",
    "signal": "classifying",
    "company": "identifying",
    "slogan": "identifying",
}


def of(version: DisclosureVersion, reading: Reading) -> list[Annotation]:
    """The standing annotations of a version that a reader sees, in the order of its text, each with its ``thread``; lost ones last."""
    rows = (
        Annotation.objects.filter(version=version, removed_at=None, reply_to=None)
        .select_related("author")
        .prefetch_related("replies__author")
    )
    seen = [note for note in rows if reading.sees(note.author_id)]
    found = sorted(seen, key=lambda note: (note.lost, note.start, note.pk))
    for note in found:
        answers = [one for one in note.replies.all() if one.removed_at is None and reading.sees(one.author_id)]
        note.thread = answers  # type: ignore[attr-defined]
    return found


def lost(disclosure: Disclosure, reading: Reading) -> list[Annotation]:
    """Annotations whose words are in no version that still stands."""
    rows = Annotation.objects.filter(version__disclosure=disclosure, removed_at=None, reply_to=None, lost=True)
    return [note for note in rows.select_related("author").order_by("pk") if reading.sees(note.author_id)]


def marks(notes: list[Annotation]) -> list[Highlight]:
    return [Highlight(note.start, note.end, "note", f"n-{note.pk}") for note in notes if not note.lost]


def export(disclosure: Disclosure, base: str, reading: Reading) -> dict[str, Any]:
    """The annotations of a disclosure as an AnnotationPage of the W3C model; ``base`` is the site's address."""
    source = f"{base}{disclosure.get_absolute_url()}"
    rows = (
        Annotation.objects.filter(version__disclosure=disclosure, removed_at=None)
        .select_related("author", "version")
        .order_by("pk")
    )
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{source}annotations.jsonld",
        "type": "AnnotationPage",
        "items": [_item(note, source) for note in rows if reading.sees(note.author_id)],
    }


def _item(note: Annotation, source: str) -> dict[str, Any]:
    identity = f"{source}#n-{note.pk}"
    body: list[dict[str, Any]] = (
        [{"type": "TextualBody", "value": note.body["text"], "format": "text/plain"}] if note.body.get("text") else []
    )
    rest = {name: value for name, value in note.body.items() if name != "text" and value not in (None, "")}
    if rest:
        body.append(
            {"type": "Dataset", "purpose": "describing" if note.kind != "company" else "identifying", "value": rest}
        )
    item: dict[str, Any] = {
        "id": identity,
        "type": "Annotation",
        "motivation": "replying" if note.reply_to_id else MOTIVATIONS[note.kind],
        "created": note.at.isoformat(),
        "creator": {"type": "Person", "nickname": note.author.get_username()},
        "body": body,
    }
    if note.reply_to_id:
        return item | {"target": f"{source}#n-{note.reply_to_id}"}
    selector = [
        {"type": "TextQuoteSelector", "exact": note.exact, "prefix": note.prefix, "suffix": note.suffix},
        {"type": "TextPositionSelector", "start": note.start, "end": note.end},
    ]
    target = {"source": f"{source}?version={note.version.number}", "selector": selector[:1] if note.lost else selector}
    return item | {"target": target}
