"""Marking words of a disclosure: the form for a selection, threads, and the export for other tools."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reex_site.lib.htmx import render_page
from signals.extraction.quantities import find_quantities
from signals.formatting import names, words
from signals.models import Annotation, Disclosure
from signals.selectors import annotation as selector
from signals.selectors import disclosure as documents
from signals.selectors import reading
from signals.selectors import review as desk
from signals.services import annotation as service
from signals.services import audit, corrections, lexicon, snapping
from signals.services.review import InvalidError
from signals.views import review_fields
from signals.views.permissions import role_required
from signals.views.review import plain

KINDS = {
    "figure": _("Figure"), "signal": _("Signal"), "company": _("Company"), "slogan": _("Slogan"), "comment": _("Comment"),
}  # fmt: skip


@role_required("editor")
@require_http_methods(["GET", "POST"])
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for selected words (or, without a script, for words that are typed in), and what it sends."""
    disclosure = _disclosure(pk)
    if request.method == "GET":
        return _form(request, disclosure, request.GET, {})
    start, end = _span(request.POST, disclosure)
    try:
        made = service.add(
            request.user, pk, request.POST.get("kind", ""), start, end, {name: plain(str(text)) for name, text in request.POST.items()},
            version=_number(request.POST.get("version", "")), everywhere=request.POST.get("everywhere") == "1",
        )  # fmt: skip
    except InvalidError as invalid:
        return _form(request, disclosure, request.POST, invalid.problems, 422)
    except ValidationError as refused:
        return _form(request, disclosure, request.POST, {"": refused.messages[0]}, 422)
    return HttpResponseRedirect(f"{disclosure.get_absolute_url()}#n-{made[0].pk}")  # where the work goes on


@role_required("editor")
@require_GET
def snap(request: HttpRequest, pk: int) -> JsonResponse:
    """The selection at whole words, figures or sentences, and how often its words stand in the text."""
    text = _text(_disclosure(pk))
    start, end = snapping.snap(
        text,
        _number(request.GET.get("start", "")),
        _number(request.GET.get("end", "")),
        request.GET.get("mode", ""),
        lexicon.current(),
    )
    found = {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "places": len(service.occurrences(text, text[start:end])),
    }
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


@role_required("editor")
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to an annotation, move it, or take it away."""
    what = request.POST.get("act", "")
    try:
        if what == "reply":
            note = service.reply(request.user, pk, request.POST.get("text", ""))
        elif what == "place":
            note = service.place(
                request.user, pk, _number(request.POST.get("start", "")), _number(request.POST.get("end", ""))
            )
        elif what == "remove":
            note = service.remove(request.user, pk)
        else:
            raise Http404
    except Annotation.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        note = Annotation.objects.select_related("version").get(pk=pk)
    return HttpResponseRedirect(f"/disclosures/{note.version.disclosure_id}/#side-n-{note.reply_to_id or note.pk}")


@require_GET
def export(request: HttpRequest, pk: int) -> JsonResponse:
    """JSON-LD after the W3C Web Annotation model."""
    disclosure = _disclosure(pk)
    found = selector.export(
        disclosure, request.build_absolute_uri("/").rstrip("/"), reading.of(request.user, disclosure)
    )
    audit.exported(request.user, f"annotations of disclosure {pk}", request.get_full_path(), len(found["items"]))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json")


def _form(
    request: HttpRequest, disclosure: Disclosure, query: Any, problems: dict[str, str], status: int = 200
) -> HttpResponse:
    text, kind = _text(disclosure), query.get("kind", "comment")
    kind = kind if kind in KINDS else "comment"
    start, end = _span(query, disclosure)
    guess = _guess(disclosure, text, start, end) if kind == "figure" and end > start else {}
    values = {**guess, **{name: plain(value) for name, value in query.items()}}
    model = {"figure": "indicator", "signal": "signal"}.get(kind)
    context = {
        "disclosure": disclosure,
        "kind": kind,
        "kinds": KINDS.items(),
        "start": start,
        "end": end,
        "before": text[max(0, start - 80) : start],
        "words": text[start:end],
        "after": text[end : end + 80],
        "places": service.occurrences(text, text[start:end]),
        "around": [(text[max(0, a - 30) : a], text[a:b], text[b : b + 30]) for a, b in service.occurrences(text, text[start:end])][:12],
        "fields": [
            {"name": name, "label": words.FIELDS[name], "value": values.get(name, ""), "options": review_fields.options(name, values.get(name, ""), optional=True),
             "problem": problems.get(name, "")}
            for name in (corrections.form_fields(model) if model else [])
        ],
        "keys": [(key, names.name("slogans", key, "en")) for key in sorted(lexicon.current().kind("slogans"))] if kind == "slogan" else [],
        "entities": desk.subjects() if kind in ("figure", "signal", "company") else [],
        "values": values,
        "problems": problems,
        "problem": problems.get("", ""),
        "version": _number(query.get("version", "")) or (disclosure.current_version.number if disclosure.current_version else 0),
    }  # fmt: skip
    return render_page(request, "signals/annotate.html", context, partial="form", status=status)


def _guess(disclosure: Disclosure, text: str, start: int, end: int) -> dict[str, str]:
    """What the machine makes of the selected number, as a start for the form."""
    found = next(
        (
            one
            for one in find_quantities(text, *_line(text, start, end), lexicon.current())
            if one.core[0] < end and one.core[1] > start
        ),
        None,
    )
    guess = {
        "measure": "level",
        "modality": "reported",
        "voice": "company",
        "comparator": "=",
        "subject": disclosure.main_entity_id or "",
    }
    if found is None:
        return guess
    guess |= {"comparator": found.comparator, "value": corrections.number_text(str(found.value)), "unit": found.unit}
    if found.value_high is not None:
        guess["value_high"] = corrections.number_text(str(found.value_high))
    return guess


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    return text.rfind("\n", 0, start) + 1, (text.find("\n", end) + 1 or len(text) + 1) - 1


def _span(query: Any, disclosure: Disclosure) -> tuple[int, int]:
    """The selection by position, else the first place of the words that were typed in."""
    start, end = _number(query.get("start", "")), _number(query.get("end", ""))
    typed = plain(query.get("exact", "")).strip()
    if end <= start and typed:
        start = max(0, _text(disclosure).find(typed))
        end = start + len(typed) if _text(disclosure).startswith(typed, start) else start
    return start, end


def _disclosure(pk: int) -> Disclosure:
    row = documents.get(pk)
    if row is None:
        raise Http404
    return row


def _text(disclosure: Disclosure) -> str:
    return disclosure.current_version.text if disclosure.current_version else ""


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else 0
