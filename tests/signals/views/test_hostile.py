"""What a signed-in attacker tries on every action: forged forms, other people's things, markup in every field.

The tables are closed: a form about a thing that is added without a line here fails.
"""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from reex_site.lib.roles import give_role
from signals.models import Annotation, FullReview, IndicatorCurrent, Proposal, SavedView
from signals.services import annotation, decisions, proposals, quality, review, second_factor
from signals.services.review import Verdict
from tests.signals.views.test_rights import TABLE

BACKEND = "django.contrib.auth.backends.ModelBackend"
MARKUP = '"><script>alert(1)</script>'

# Whose thing the form is about. "the desk's": every editor may act on it, and the log says who did. "an admin's": refused to
# everybody below (test_rights.py). The others are tried below as somebody else.
THINGS = {
    "signals:review_decide": "the desk's",
    "signals:annotate": "the desk's",
    "signals:fully_reviewed": "a reader's own mark",
    "signals:annotation_act": "its author's",
    "signals:proposal_act": "its author's",
    "signals:saved_open": "its owner's",
    "signals:saved_change": "its owner's",
    "signals:user_change": "an admin's",
    "signals:source_edit": "an admin's",
    "signals:source_run": "an admin's",
    "signals:source_pause": "an admin's",
    "signals:source_try": "an admin's",
    "signals:fetch_retry": "an admin's",
}


def patterns(found=None, prefix=""):
    """Every named address but those of Django's admin."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            if one.namespace != "admin":
                yield from patterns(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{prefix}{one.name}", one


def test_every_form_about_a_thing_says_whose_it_is():
    takes = {
        name
        for name, one in patterns()
        if one.pattern.converters and TABLE.get(name, ("", "", "?"))[2] not in ("", "-")
    }
    assert takes == set(THINGS)


@pytest.fixture
def attacker(db):
    """Another editor, signed in."""
    user = get_user_model().objects.create_user("attacker", password=None)
    give_role(user, "editor")
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_no_form_is_taken_without_its_token(admin, first_half):
    """Of every address there is, whether it takes forms or not: the check stands before them all."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(admin, backend=BACKEND)
    named = [(name, TABLE[name][0]) for name, _one in patterns()]
    filled = {
        name: address.format(figure="x", disclosure=first_half.pk, annotation=1, proposal=1) for name, address in named
    }
    taken = {
        name: answer.status_code
        for name, address in filled.items()
        if (answer := strict.post(address)).status_code != 403
    }
    assert taken == {}


def test_anothers_annotation_is_not_removed(attacker, editor, first_half):
    [note] = annotation.add(editor, first_half.pk, "comment", 0, 5, {"text": "mine"}, version=1)
    assert attacker.post(f"/annotations/{note.pk}/", {"act": "remove"}).status_code == 403
    assert Annotation.objects.get().removed_at is None


def test_anothers_proposal_is_not_withdrawn(attacker, editor, known):
    asked = proposals.propose(editor, "metric", "metrics/revenue", "gross take-in")
    assert attacker.post(f"/proposals/{asked.pk}/", {"act": "withdrawn"}).status_code == 403
    assert Proposal.objects.get().state == "open"


def test_anothers_view_is_not_renamed(attacker, editor):
    view = SavedView.objects.create(user=editor, name="mine", url="/search/?q=x")
    for act in ("rename", "delete"):
        attacker.post(f"/saved/{view.pk}/change/", {"act": act, "name": "theirs"})
    assert attacker.get(f"/saved/{view.pk}/").status_code == 404
    assert attacker.post(f"/saved/{view.pk}/").status_code == 404
    assert SavedView.objects.get().opened_at == view.opened_at
    assert SavedView.objects.get().name == "mine"


def test_anothers_mark_stays(attacker, editor, first_half):
    quality.mark_fully_reviewed(editor, first_half.pk, True)
    attacker.post(f"/disclosures/{first_half.pk}/fully-reviewed/", {"done": "0"})
    assert FullReview.objects.get().user == editor


def test_anothers_decision_is_not_taken_back(attacker, editor, first_half):
    row = IndicatorCurrent.objects.first()
    made = review.decide(editor, "indicator", row.key, Verdict("accept"), review.token(row, None))
    assert attacker.post("/review/undo/", {"decision": made.pk}).status_code == 422
    assert decisions.standing([row.key])[row.key] == made


def test_anothers_second_factor_is_not_touched(attacker, editor):
    second_factor.begin(editor)
    for act in ("begin", "confirm", "codes", "disable"):
        attacker.post("/account/second-factor/act/", {"act": act, "user": editor.pk, "password": "", "code": "1"})
    assert editor.totpdevice_set.count() == 1


FORMS = {  # address → form, every field of it holding markup
    "/review/indicator/{figure}/decide/": ["verdict", "reject", "why", "shown", "looked_at", "value", "period_label", "note", "subject", "metric", "queue", "kind"],
    "/review/undo/": ["decision", "queue", "kind"],
    "/review/alike/": ["one", "queue"],
    "/disclosures/{disclosure}/annotate/": ["kind", "exact", "text", "value", "metric", "key", "start", "end", "version"],
    "/annotations/{annotation}/": ["act", "text", "start", "end"],
    "/disclosures/{disclosure}/fully-reviewed/": ["done"],
    "/proposals/add/": ["kind", "target", "phrase", "reason", "decision"],
    "/proposals/{proposal}/": ["act"],
    "/account/sign-out/": ["session"],
    "/account/second-factor/act/": ["act", "password", "code"],
    "/users/add/": ["username", "email", "password", "role"],
    "/users/{user}/change/": ["act", "role"],
    "/accounts/login/": ["username", "password", "next"],
    "/accounts/login/code/": ["code"],
    "/saved/add/": ["name", "url"],
}  # fmt: skip


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_markup_in_any_field_is_shown_not_run(as_admin, admin, editor, first_half, address, headers):
    row = IndicatorCurrent.objects.first()
    [note] = annotation.add(admin, first_half.pk, "comment", 0, 5, {"text": MARKUP}, version=1)
    asked = proposals.propose(editor, "metric", "metrics/revenue", f"take-in {MARKUP}")
    where = address.format(
        figure=row.key, disclosure=first_half.pk, annotation=note.pk, proposal=asked.pk, user=editor.pk
    )
    answer = as_admin.post(where, dict.fromkeys(FORMS[address], MARKUP), headers=headers)
    assert answer.status_code < 500
    for page in (
        answer,
        as_admin.get("/proposals/"),
        as_admin.get(f"/disclosures/{first_half.pk}/"),
        as_admin.get("/audit/"),
    ):
        assert "<script>alert" not in page.content.decode()


def test_every_form_is_in_one_of_the_tables():
    """Forms of editors and readers; those of sources have tests of their own in test_source.py."""
    known = {address.split("{")[0] for address in FORMS}
    missing = {
        name for name, (address, _get, post) in TABLE.items()
        if post not in ("", "-") and name.startswith("signals:") and not name.startswith(("signals:source", "signals:fetch"))
        and name not in {"signals:theme", "signals:saved_open", "signals:saved_change"} and not any(address.startswith(one) for one in known)
    }  # fmt: skip
    assert missing == set()
