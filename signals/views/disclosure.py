"""`/disclosures/<id>/`: the text with its findings, its provenance, its versions, and the kept bytes."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from reex_site.lib.htmx import render_page
from reex_site.lib.roles import has_role
from signals.ingest import store
from signals.models import Disclosure, DisclosureVersion
from signals.selectors import annotation, beside, evidence, reading
from signals.selectors import disclosure as selector

SUFFIX = {"application/pdf": "pdf", "text/html": "html.txt", "text/plain": "txt", "application/json": "json.txt"}


def disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    row = _get(pk)
    version = _version(row, request.GET.get("version", ""))
    marks, extraction = selector.marks(version)
    current = version.pk == row.current_version_id
    editing = has_role(request.user, "editor")
    own = reading.of(request.user, row) if editing else reading.Reading()
    notes = annotation.of(version, own) if editing else []
    marks += annotation.marks(notes)
    context = {
        "annotating": editing and current,
        "notes": notes,
        "reading": own,
        "four_eyes": settings.FOUR_EYES,
        "lost": annotation.lost(row, own) if editing else [],
        "disclosure": row,
        "version": version,
        "current": current,
        "versions": list(row.versions.select_related("capture").order_by("-number")),
        "blocks": selector.blocks(version, marks),
        "extraction": extraction,
        "warnings": extraction.warnings if extraction else [],
        "chain": evidence.chain(row),
        **(selector.findings(row) if not own.alone else {"figures": [], "signals": []}),
        **selector.relatives(row),
        "translations": beside.others(row),
    }
    return render_page(request, "signals/disclosure.html", context, partial="whole")


def diff(request: HttpRequest, pk: int) -> HttpResponse:
    row = _get(pk)
    new = _version(row, request.GET.get("to", ""))
    old = get_object_or_404(
        DisclosureVersion, disclosure=row, number=_number(request.GET.get("from", "")) or max(new.number - 1, 1)
    )
    context = {
        "disclosure": row,
        "old": old,
        "new": new,
        "versions": list(row.versions.select_related("capture").order_by("number")),
        "pieces": selector.diff(old, new),
        "figures": selector.findings(row)["figures"],
    }
    return render_page(request, "signals/diff.html", context, partial="whole")


def side_by_side(request: HttpRequest, pk: int) -> HttpResponse:
    """The disclosure beside one that tells the same facts in another language: the one asked for, or the nearest."""
    row = _get(pk)
    choices = beside.others(row)
    wanted = _number(request.GET.get("with", ""))
    other = next(
        (one for one in choices if one.disclosure.pk == wanted), choices[0] if choices and not wanted else None
    )
    if other is None:
        raise Http404(_("Nothing tells the same facts in another language."))
    there = _get(other.disclosure.pk)
    groups = beside.aligned(beside.sentences(row), beside.sentences(there))
    doubtful = beside.disputed(row) & beside.disputed(there)
    differing = {n for n, group in enumerate(groups, 1) if group.facts & doubtful}
    context = {
        "disclosure": row,
        "other": other,
        "there": there,
        "choices": choices,
        "groups": groups,
        "differing": len(differing),
        "left": beside.column(_version(row, ""), [group.left for group in groups], differing),
        "right": beside.column(_version(there, ""), [group.right for group in groups], differing),
    }
    return render_page(request, "signals/beside.html", context, partial="whole")


def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """The kept bytes as a download that no browser runs."""
    row = _get(pk)
    version = _version(row, request.GET.get("version", ""))
    kept = version.capture.snapshot
    try:
        data = store.load(kept.pk)
    except store.SnapshotMissingError as error:
        raise Http404(str(error)) from error
    name = f"disclosure-{row.pk}-v{version.number}-{kept.pk[:12]}.{SUFFIX.get(kept.media_type, 'bin')}"
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _get(pk: int) -> Disclosure:
    row = selector.get(pk)
    if row is None:
        raise Http404(_("There is no such disclosure."))
    return row


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() and len(text) < 9 else None


def _version(row: Disclosure, number: str) -> DisclosureVersion:
    wanted = _number(number)
    if wanted is None:
        assert row.current_version is not None
        return row.current_version
    return get_object_or_404(
        DisclosureVersion.objects.select_related("capture__snapshot"), disclosure=row, number=wanted
    )
