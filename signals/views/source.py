"""`/sources/`: where disclosures come from, how each source is doing, and, for admins, what to do about it."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from reex_site.lib.htmx import render_page
from reex_site.lib.roles import has_role
from signals import tasks
from signals.forms import AddressForm, SourceForm
from signals.ingest import store
from signals.models import Source
from signals.selectors import source as selector
from signals.services import fetch, preview, progress
from signals.services import source as service
from signals.services.listing import spec_of
from signals.sources import SpecError, dump
from signals.sources.example import Answer
from signals.sources.example import example as example_of
from signals.sources.secrecy import public
from signals.sources.spec import ASKED
from signals.views.permissions import role_required

GROUPS = {
    "failing": gettext_lazy("Failing or blocked"),
    "odd": gettext_lazy("Empty or shape changed"),
    "late": gettext_lazy("Late or due"),
    "healthy": gettext_lazy("Healthy"),
    "paused": gettext_lazy("Paused"),
}
SUFFIX = {"application/pdf": "pdf", "text/html": "html.txt", "text/plain": "txt", "application/json": "json.txt"}


def sources(request: HttpRequest) -> HttpResponse:
    group = request.GET.get("show", "")
    admin = has_role(request.user, "admin")
    counts = selector.group_counts()
    shown: list[dict[str, Any]] = [
        {
            "source": row.source,
            "counts": row.counts,
            "url": _url(row.source),
            "acts": _acts(row.source, request.user),
        }
        for row in selector.overview(group)
    ]
    rests = [row for row in shown if row["source"].state == "paused" and not group]
    context = {
        "rows": [row for row in shown if row not in rests],
        "resting": rests,
        "groups": [
            {"key": key, "label": label, "count": counts[key], "current": key == group} for key, label in GROUPS.items()
        ],
        "group": group if group in GROUPS else "",
        "total": sum(counts.values()),
        "samples": selector.samples(),
        "admin": admin,
        "editor": has_role(request.user, "editor"),
        "turns": selector.turns() if admin else [],
        "worker": progress.worker_alive(),
    }
    return render_page(request, "signals/sources.html", context, partial="rows")


def source(request: HttpRequest, key: str) -> HttpResponse:
    row = _get(key)
    admin = has_role(request.user, "admin")
    state = request.GET.get("state", "")
    context = {
        "source": row,
        "acts": _acts(row, request.user),
        "admin": admin,
        "asked": row.kind in ASKED,
        "counts": selector.new_by_day(row).get(row.pk, []),
        "log": selector.log(row),
        "fetches": selector.fetches(row, state),
        "fetch_counts": selector.fetch_counts(row),
        "state": state,
        "parked": selector.fetches(row, "parked"),
        "scorecard": selector.scorecard(row),
    }
    return render_page(request, "signals/source.html", context, partial=None)


def definition(request: HttpRequest, key: str) -> HttpResponse:
    """The definition as a catalog file; keys in its addresses are for administrators alone."""
    row = _get(key)
    try:
        spec = spec_of(row)
        text = dump(spec if has_role(request.user, "admin") else public(spec))
    except SpecError as error:
        raise Http404(str(error)) from error
    return HttpResponse(
        text,
        content_type="text/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{row.key}.yml"'},
    )


def response(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A kept answer, byte for byte, as a download that no browser runs."""
    kept = selector.capture(_get(key), pk)
    if kept is None:
        raise Http404(_("There is no such answer of this source."))
    try:
        data = store.load(kept.snapshot_id)
    except store.SnapshotMissingError as error:
        raise Http404(str(error)) from error
    name = (
        f"{key}-{kept.fetched_at:%Y%m%d-%H%M%S}-{kept.snapshot_id[:12]}.{SUFFIX.get(kept.snapshot.media_type, 'bin')}"
    )
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


@role_required("admin")
def example(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The answers of a run as an example for `tests/examples/`, with what is read from them today."""
    row = _get(key)
    kept = selector.list_answers(row, pk)
    try:
        spec = spec_of(row)
        answers = [
            Answer(one.url, store.load(one.snapshot_id), one.headers.get("content-type", ""))
            for one in (kept[1] if kept else [])
        ]
    except (SpecError, store.SnapshotMissingError) as error:
        raise Http404(str(error)) from error
    if kept is None or not answers:
        raise Http404(_("Nothing of this run can be saved as an example."))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in example_of(spec, answers, kept[0].scheduled_for.date()).items():
            folder.writestr(f"{row.key}/{name}", data)
    return HttpResponse(
        packed.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{row.key}-example.zip"'},
    )


@role_required("admin")
def add(request: HttpRequest) -> HttpResponse:
    """First an address to look at; then, from the preview, the whole form."""
    if request.method != "POST":
        return render_page(
            request,
            "signals/source_add.html",
            {"form": AddressForm(request.GET or None) if request.GET else AddressForm()},
            partial=None,
        )
    if "url" in request.POST:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return render_page(request, "signals/source_add.html", {"form": form}, partial=None, status=422)
        return _preview(request, {"url": form.cleaned_data["url"]})
    return _saved(request, SourceForm(request.POST), None)


@role_required("admin")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    row = _get(key)
    if request.method != "POST":
        form = SourceForm(
            initial=SourceForm.initial_of({**row.definition, "key": row.key, "name": row.name, "kind": row.kind})
        )
        return render_page(request, "signals/source_edit.html", {"form": form, "source": row}, partial=None)
    return _saved(request, SourceForm({**request.POST.dict(), "key": key}), row)


def _saved(request: HttpRequest, form: SourceForm, row: Source | None) -> HttpResponse:
    """Save the form, or preview it, or show it again with what is wrong."""
    if form.is_valid() and row is None and Source.objects.filter(key=form.spec.key).exists():
        form.add_error("key", _("There is a source with this key already."))
    if not form.is_valid():
        return render_page(request, "signals/source_edit.html", {"form": form, "source": row}, partial=None, status=422)
    if request.POST.get("act") == "preview":
        return _preview(request, form.spec.as_json(), row)
    enabled = row.enabled if row is not None else request.POST.get("act") == "activate"
    made = service.save(form.spec, by=_person(request), enabled=enabled)
    messages.success(
        request,
        _("Saved. %(what)s")
        % {"what": _("Its first run comes within a few minutes.") if enabled and row is None else ""},
    )
    return HttpResponseRedirect(_url(made))


def _preview(request: HttpRequest, wanted: dict[str, Any], row: Source | None = None) -> HttpResponse:
    asked = preview.ask(_person(request), wanted, row)
    tasks.preview_source.delay(asked.pk)
    return HttpResponseRedirect(reverse("signals:source_preview", args=[asked.pk]))


@role_required("admin")
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a worker finds, as it finds it; when it is done, the form to save."""
    shown = selector.preview(pk)
    if shown is None:
        raise Http404(_("There is no such preview."))
    over = shown.state in ("done", "failed")
    known = shown.result.get("definition") or {name: value for name, value in shown.definition.items() if name != "url"}
    form = SourceForm(initial=SourceForm.initial_of(known)) if over and known else None
    context = {
        "preview": shown,
        "over": over,
        "form": form,
        "source": shown.source,
        "result": shown.result,
        "worker": over or progress.worker_alive(),
        "again": shown.definition.get("url", ""),
    }
    return render_page(request, "signals/source_preview.html", context, partial="live")


@role_required("admin")
@require_POST
def try_out(request: HttpRequest, key: str) -> HttpResponse:
    """Preview a source as it is defined."""
    row = _get(key)
    try:
        return _preview(request, spec_of(row).as_json(), row)
    except SpecError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_url(row))


@role_required("admin")
@require_POST
def run(request: HttpRequest, key: str) -> HttpResponse:
    row = _get(key)
    try:
        tasks.run_source.delay(row.pk, service.run_now(row, _person(request)))
        messages.success(request, _("A run was asked for; its numbers appear in the log."))
    except service.NotNowError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(_url(row))


@role_required("admin")
@require_POST
def pause(request: HttpRequest, key: str) -> HttpResponse:
    """Pause a source, or resume it."""
    row = _get(key)
    try:
        if row.enabled:
            service.pause(row, _person(request), request.POST.get("reason", ""))
            messages.success(request, _("Paused. Nothing is asked there until you resume it."))
        else:
            service.resume(row, _person(request))
            messages.success(request, _("Resumed. Its next run comes within a minute."))
    except SpecError as error:
        messages.error(request, _("It cannot be switched on yet. %(why)s") % {"why": error})
    return HttpResponseRedirect(_url(row))


@role_required("admin")
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a parked fetch up again."""
    row = get_object_or_404(Source, fetches__pk=pk)
    if fetch.retry(pk):
        tasks.obtain_fetches.delay([pk])
        messages.success(request, _("It will be tried again."))
    else:
        messages.error(request, _("It is not parked any more."))
    return HttpResponseRedirect(f"{_url(row)}#parked")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # ``role_required`` let nobody else in
    return request.user


def _get(key: str) -> Source:
    return get_object_or_404(Source, key=key)


def _url(row: Source) -> str:
    return reverse("signals:source", args=[row.key])


def _acts(row: Source, user: Any) -> list[dict[str, Any]]:
    """What somebody can do with a source, as the buttons of its row."""
    if row.kind == "manual" and row.enabled and has_role(user, "editor"):
        place = f"{reverse('signals:disclosure_add')}?{urlencode({'source': row.key})}"
        return [{"label": _("Add documents"), "url": place, "link": True}]
    if row.kind not in ASKED or not has_role(user, "admin"):
        return []
    acts: list[dict[str, Any]] = []
    if row.enabled:
        acts.append({"label": _("Run now"), "url": reverse("signals:source_run", args=[row.key])})
    acts.append({"label": _("Preview"), "url": reverse("signals:source_try", args=[row.key])})
    acts.append(
        {"label": _("Pause") if row.enabled else _("Resume"), "url": reverse("signals:source_pause", args=[row.key])}
    )
    acts.append({"label": _("Edit"), "url": reverse("signals:source_edit", args=[row.key]), "link": True})
    return acts
