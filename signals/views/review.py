"""`/review/`: one finding after another, judged beside its text."""

from __future__ import annotations

import re
import time
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from reex_site.lib.htmx import render_page, wants_fragment
from signals.formatting import words
from signals.models import Decision, IndicatorCurrent
from signals.selectors import because, counterpart, evidence, reading, review_card, review_paper
from signals.selectors import review as selector
from signals.services import corrections, decisions, readers
from signals.services import review as service
from signals.views import review_fields, review_words
from signals.views.permissions import role_required

KINDS = {"indicator": lazy("Figures"), "signal": lazy("Signals")}
READING = re.compile(r"reading-([1-9]\d{0,8})")
KEYS = [
    ("a", lazy("accept")), ("b", lazy("accept what states the same together")), ("r 1…7", lazy("reject, with the reason")),
    ("e", lazy("edit the value")), ("o m p u w", lazy("edit company, metric, period, unit, who says it")),
    ("Ctrl Enter", lazy("save what is in the fields")), ("d", lazy("put off")), ("s", lazy("ask for a second look")),
    ("z", lazy("take back the last decision")), ("J K", lazy("next or previous document")), ("c", lazy("others on the same")),
]  # fmt: skip


@role_required("editor")
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    kind, queue = _place(request.GET)
    return _desk(request, kind, queue, plain(request.GET.get("key", "")))


@role_required("editor")
@require_POST
def decide(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Record a verdict and open the next item; 409 with both versions when somebody was quicker, 422 for impossible values."""
    _kind, queue = _place(request.POST)
    place = _stands(kind, key)
    verdict = _verdict(request, kind)
    try:
        made = service.decide(request.user, kind, key, verdict, request.POST.get("shown", ""))
    except service.ChangedError as changed:
        before = service.shown_values(changed.row, request.POST.get("shown", ""))
        mine = {name: text for name, text in verdict.values.items() if text.strip() != before.get(name, "")}
        return _desk(request, kind, queue, key, status=409, given=mine, theirs=changed.standing, changed=True)
    except service.InvalidError as invalid:
        return _desk(request, kind, queue, key, status=422, given=verdict.values, problems=invalid.problems)
    except service.RefusedError as refused:
        return _desk(request, kind, queue, key, status=422, given=verdict.values, notice=str(refused))
    return _onward(request, queue, place, made)


@role_required("editor")
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """Accept the ticked restatements of one figure together."""
    kind, queue = "indicator", _place(request.POST)[1]
    shown = [(key, token) for key, _sep, token in (plain(item).partition(":") for item in request.POST.getlist("one"))]
    place = _stands(kind, shown[0][0] if shown else "")
    try:
        made = service.accept_alike(request.user, shown)
    except service.ChangedError as changed:
        return _desk(request, kind, queue, changed.row.key, status=409, theirs=changed.standing, changed=True)
    except (service.RefusedError, IndicatorCurrent.DoesNotExist) as refused:
        return _desk(request, kind, queue, place.key, status=422, notice=str(refused))
    return _onward(request, queue, place, made[0], len(made))


@role_required("editor")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the named decision and open its item again."""
    kind, queue = _place(request.POST)
    act = selector.decision(request.POST.get("decision", ""))
    if act is None:
        raise Http404
    try:
        service.undo(request.user, act.pk)
    except service.RefusedError as refused:
        return _desk(request, kind, queue, "", status=422, notice=str(refused))
    return _to(request, act.finding_kind, queue, _("Taken back"), key=act.finding_key)


@role_required("editor")
@require_GET
def check(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What speaks for and against the values in the form, while they are typed."""
    row = _found(kind, key)
    effective = service.form_values(row)
    _kept, problems = corrections.clean(kind, _given(request.GET, kind), effective)
    values = {**effective, **_given(request.GET, kind)}
    found = [] if problems else review_card.checks(row, values)
    return render_page(request, "signals/_review_checks.html", {"checks": found, "problems": problems}, partial=None)


@role_required("editor")
@require_GET
def translation(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The document in the other language, asked for when its tab is opened."""
    row = _found(kind, key)
    context = {"row": row, "counterpart": counterpart.counterpart(row)}
    name = "signals/_review_translation.html" if wants_fragment(request) else "signals/review_translation.html"
    return render_page(request, name, context, partial=None)


def _desk(
    request: HttpRequest, kind: str, queue: str, key: str, *, status: int = 200, given: Any = None, problems: Any = None,
    theirs: Decision | None = None, changed: bool = False, notice: str = "", told: str = "", after: selector.Place | None = None,
    made: Decision | None = None,
) -> HttpResponse:  # fmt: skip
    of = _alone(request, queue)
    if of:
        rows, key, left = reading.window(request.user, kind, of, key, after)
        queues = [selector.of_document(queue, left), *selector.queues(kind, "")]
    else:
        queue = "new" if queue not in selector.QUEUES else queue
        rows, key = selector.window(kind, queue, key, after)
        queues = selector.queues(kind, queue)
    row = selector.find(kind, key) if key else None
    context: dict[str, Any] = {
        "entities": [] if wants_fragment(request) else selector.subjects(),
        "extra_keys": KEYS,
        "kinds": [(name, label, name == kind) for name, label in KINDS.items()],
        "kind": kind,
        "queue": queue,
        "queues": queues,
        "of": of,
        "rows": [(one, _line(kind, queue, one)) for one in rows],
        "row": row,
        "told": told,
        "notice": notice,
        "last": made or _last(request.user),
        "given": given,
        "reasons": [
            (number, name, words.word(words.REASONS, name)) for number, name in enumerate(selector.REASONS[kind], 1)
        ],
    }
    if row is not None:
        context |= _card(request, kind, row, given or {}, problems or {})
        context |= {"theirs": theirs, "changed": changed}
    return render_page(request, "signals/review.html", context, partial="desk", status=status)


def _line(kind: str, queue: str, row: selector.Row) -> SafeString:
    """What the list of the queue says about one item. Almost all lines are those of the card before."""
    values = tuple(getattr(row, name) for name in selector.LISTED_FOR[kind])
    return _written(
        kind, queue not in selector.QUEUES or queue == "second_look", get_language() or "en", row.language, values
    )


@lru_cache(maxsize=2048)
def _written(kind: str, blind: bool, _shown_in: str, language: str, values: tuple[Any, ...]) -> SafeString:
    one = dict(zip(selector.LISTED_FOR[kind], values, strict=True)) | {"language": language}
    return render_to_string("signals/_review_line.html", {"kind": kind, "blind": blind, "one": one})


def _card(
    request: HttpRequest, kind: str, row: selector.Row, given: dict[str, str], problems: dict[str, str]
) -> dict[str, Any]:
    # what nobody has decided about has no standing decision; what is read now and decided a moment later is told by its token
    standing = None if row.state == "unreviewed" else decisions.standing([row.key]).get(row.key)
    machine = service.machine_values(row)
    blind = service.is_blind(request.user, row, standing)
    effective = machine if blind else service.form_values(row)
    finding = row.indicator if isinstance(row, IndicatorCurrent) else row.signal
    row.prefix = finding.prefix if finding else ""  # type: ignore[union-attr]
    row.suffix = finding.suffix if finding else ""  # type: ignore[union-attr]
    proposed = service.machine_row(row) if blind else row
    competing, alike = selector.same_fact(proposed)
    return {
        "paper": review_paper.paper(row),
        "fields": [
            review_fields.line(
                name, {**effective, **given}.get(name, ""), effective[name], machine[name], problems.get(name, "")
            )
            for name in corrections.form_fields(kind)
        ],
        "shown": service.token(row, standing),
        "standing": None if blind else standing,
        "blind": blind,
        "disputed": review_words.disputed(standing),
        "proposed": proposed,
        "market": review_card.is_market(row),
        "because": because.because(row),
        "confidence": next(word for floor, word in evidence.CONFIDENCE if float(row.confidence) >= floor),
        "checks": review_card.checks(row, effective),
        "competing": competing,
        "refusal": service.refusal(request.user, row, standing, "accept"),
        "alike": [(one, f"{one.key}:{service.token(one, None)}") for one in alike],
        "looked_at": int(time.time()),
        "looking": readers.look(request.user, row.key),
    }


def _verdict(request: HttpRequest, kind: str) -> service.Verdict:
    reason = request.POST.get("reject", "")
    verdict = "reject" if reason else request.POST.get("verdict", "")
    looked_at = request.POST.get("looked_at", "")
    return service.Verdict(
        verdict="correct"
        if verdict == "accept"
        else verdict,  # accepting a form with changed fields must not drop them
        reason=reason,
        note=plain(request.POST.get("why", "")),
        values=_given(request.POST, kind),
        seconds=time.time() - int(looked_at) if looked_at.isdigit() and len(looked_at) < 12 else None,
    )


def _given(query: Any, kind: str) -> dict[str, str]:
    return {name: plain(query[name]) for name in corrections.form_fields(kind) if name in query}


def plain(text: str) -> str:
    """Text without the one character that the database cannot hold."""
    return text.replace("\x00", "")


def _place(query: Any) -> tuple[str, str]:
    kind, queue = query.get("kind", "indicator"), query.get("queue", "new")
    known = queue in selector.QUEUES or READING.fullmatch(queue)
    return kind if kind in KINDS else "indicator", queue if known else "new"


def _alone(request: HttpRequest, queue: str) -> int:
    """The document that the queue is of, while this person reads it on their own; else 0."""
    found = READING.fullmatch(queue)
    return int(found[1]) if found and reading.alone(request.user, int(found[1])) else 0


def _found(kind: str, key: str) -> selector.Row:
    row = selector.find(kind, key) if kind in KINDS else None
    if row is None:
        raise Http404
    return row


def _stands(kind: str, key: str) -> selector.Place:
    place = selector.place(kind, key) if kind in KINDS else None
    if place is None:
        raise Http404
    return place


def _last(user: Any) -> Decision | None:
    return selector.last_decision(user, timezone.now() - service.UNDO_FOR)


def _onward(request: HttpRequest, queue: str, place: selector.Place, made: Decision, count: int = 1) -> HttpResponse:
    """The item after the one that was decided."""
    told = review_words.told(made, count)
    return _to(request, made.finding_kind, queue, told, after=place, made=made)


def _to(
    request: HttpRequest, kind: str, queue: str, told: str, *, key: str = "", after: selector.Place | None = None,
    made: Decision | None = None,
) -> HttpResponse:  # fmt: skip
    if wants_fragment(request):
        return _desk(request, kind, queue, key, told=told, after=after, made=made)
    of = _alone(request, queue)
    if not key:
        opened = reading.window(request.user, kind, of, "", after) if of else selector.window(kind, queue, "", after)
        key = opened[1]
    address = urlencode({"kind": kind, "queue": queue, "key": key})
    return HttpResponseRedirect(f"{reverse('signals:review')}?{address}")
