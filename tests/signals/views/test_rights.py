"""Every address of the site and who may use it. A new address without a line here fails."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from signals.models import Decision, IndicatorCurrent, Source
from signals.services import annotation, decisions, proposals, review

ROLES = ["stranger", "analyst", "editor", "admin"]
KEY = "a" * 64
# Who may: the lowest role that gets past the door. "any" is everybody; a method that is not named is not allowed.
TABLE: dict[str, tuple[str, str, str]] = {
    # name: (address, lowest role for GET, lowest role for POST)
    "signals:overview": ("/", "any", ""),
    "signals:company": ("/companies/northern-rare-earth/", "any", ""),
    "signals:company_indicators": ("/companies/northern-rare-earth/indicators/", "any", ""),
    "signals:company_disclosures": ("/companies/northern-rare-earth/disclosures/", "any", ""),
    "signals:company_promises": ("/companies/northern-rare-earth/promises/", "any", ""),
    "signals:commitments": ("/promises/", "any", ""),
    "signals:company_language": ("/companies/northern-rare-earth/language/", "any", ""),
    "companies:index": ("/companies/", "any", ""),
    "signals:indicators": ("/indicators/", "any", ""),
    "signals:evidence": ("/indicators/figure/{figure}/evidence/", "any", ""),
    "signals:metric": ("/indicators/revenue/", "any", ""),
    "signals:export_csv": ("/indicators/revenue/export.csv", "any", ""),
    "signals:export_json": ("/indicators/revenue/export.json", "any", ""),
    "signals:compare": ("/compare/", "any", ""),
    "signals:disclosure_add": ("/disclosures/add/", "editor", "editor"),
    "signals:disclosures_added": ("/disclosures/added/", "editor", ""),
    "signals:disclosure": ("/disclosures/{disclosure}/", "any", ""),
    "signals:diff": ("/disclosures/{disclosure}/diff/", "any", ""),
    "signals:beside": ("/disclosures/{disclosure}/beside/", "any", ""),
    "signals:snapshot": ("/disclosures/{disclosure}/snapshot/", "any", ""),
    "signals:search": ("/search/?q=revenue", "any", ""),
    "signals:saved": ("/saved/", "analyst", "-"),
    "signals:saved_add": ("/saved/add/", "-", "analyst"),
    "signals:saved_open": ("/saved/999999/", "analyst", "analyst"),
    "signals:saved_change": ("/saved/999999/change/", "-", "analyst"),
    "signals:styleguide": ("/styleguide/", "any", ""),
    "signals:quality": ("/quality/", "any", "-"),
    "signals:theme": ("/theme/", "-", "any"),
    "signals:review": ("/review/", "editor", "-"),
    "signals:review_undo": ("/review/undo/", "-", "editor"),
    "signals:review_alike": ("/review/alike/", "-", "editor"),
    "signals:review_decide": ("/review/indicator/{figure}/decide/", "-", "editor"),
    "signals:review_check": ("/review/indicator/{figure}/check/", "editor", "-"),
    "signals:review_translation": ("/review/indicator/{figure}/translation/", "editor", "-"),
    "signals:agreement": ("/disclosures/{disclosure}/agreement/", "editor", "-"),
    "signals:annotate": ("/disclosures/{disclosure}/annotate/", "editor", "editor"),
    "signals:annotate_snap": ("/disclosures/{disclosure}/snap/", "editor", "-"),
    "signals:annotations_export": ("/disclosures/{disclosure}/annotations.jsonld", "any", "-"),
    "signals:annotation_act": ("/annotations/{annotation}/", "-", "editor"),
    "signals:fully_reviewed": ("/disclosures/{disclosure}/fully-reviewed/", "-", "editor"),
    "signals:proposals": ("/proposals/", "editor", "-"),
    "signals:proposal_add": ("/proposals/add/", "-", "editor"),
    "signals:proposal_act": ("/proposals/{proposal}/", "-", "editor"),
    "signals:proposals_export": ("/proposals/lexicon.diff", "editor", "-"),
    "signals:account": ("/account/", "analyst", "-"),
    "signals:account_sign_out": ("/account/sign-out/", "-", "analyst"),
    "signals:second_factor": ("/account/second-factor/", "analyst", "-"),
    "signals:second_factor_act": ("/account/second-factor/act/", "-", "analyst"),
    "signals:audit": ("/audit/", "admin", "-"),
    "signals:audit_export": ("/audit/export.csv", "admin", "-"),
    "signals:users": ("/users/", "admin", "-"),
    "signals:user_add": ("/users/add/", "-", "admin"),
    "signals:user_change": ("/users/999999/change/", "-", "admin"),
    "signals:sources": ("/sources/", "any", ""),
    "signals:source": ("/sources/test-press/", "any", ""),
    "signals:source_definition": ("/sources/test-press/definition.yml", "any", ""),
    "signals:source_add": ("/sources/add/", "admin", "admin"),
    "signals:source_preview": ("/sources/preview/999999/", "admin", ""),
    "signals:source_edit": ("/sources/test-press/edit/", "admin", "admin"),
    "signals:source_run": ("/sources/test-press/run/", "-", "admin"),
    "signals:source_pause": ("/sources/test-press/pause/", "-", "admin"),
    "signals:source_try": ("/sources/test-press/try/", "-", "admin"),
    "signals:source_response": ("/sources/test-press/responses/999999/", "any", ""),
    "signals:source_example": ("/sources/test-press/runs/999999/example.zip", "admin", ""),
    "signals:fetch_retry": ("/sources/fetches/999999/retry/", "-", "admin"),
    "healthz": ("/healthz", "any", ""),
    "login": ("/accounts/login/", "any", "any"),
    "login_code": ("/accounts/login/code/", "", ""),  # only between the two steps: see test_sign_in.py
    "logout": ("/accounts/logout/", "-", "any"),
    "password_change": ("/accounts/password_change/", "analyst", "analyst"),
    "password_change_done": ("/accounts/password_change/done/", "analyst", ""),
    "password_reset": ("/accounts/password_reset/", "any", "any"),
    "password_reset_done": ("/accounts/password_reset/done/", "any", ""),
    "password_reset_confirm": ("/accounts/reset/x/y/", "any", ""),
    "password_reset_complete": ("/accounts/reset/done/", "any", ""),
    "set_language": ("/i18n/setlang/", "", "any"),
}


def names(patterns, prefix=""):
    """Every named address of the site but those of Django's admin, which has a door of its own."""
    for one in patterns:
        if isinstance(one, URLResolver):
            if one.namespace != "admin":
                yield from names(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{prefix}{one.name}"


@pytest.fixture
def everything(first_half, editor, source):
    row = IndicatorCurrent.objects.get(metric="revenue", measure="level")
    [note] = annotation.add(editor, first_half.pk, "comment", 0, 5, {"text": "x"}, version=1)
    proposal = proposals.propose(editor, "metric", "metrics/revenue", "money that came in")
    return {"figure": row.key, "disclosure": first_half.pk, "annotation": note.pk, "proposal": proposal.pk}


@pytest.fixture
def clients(analyst, editor, admin):
    found = {"stranger": Client(raise_request_exception=False)}
    for user in (analyst, editor, admin):
        found[user.username] = Client(raise_request_exception=False)
        found[user.username].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


def test_every_address_has_a_line():
    assert set(names(get_resolver().url_patterns)) - set(TABLE) == set()


def verdict(answer):
    """What happened at the door: in, refused (403), or sent to sign in."""
    if answer.status_code == 403:
        return "refused"
    if answer.status_code in (301, 302) and "/accounts/login/" in answer["Location"]:
        return "sign in"
    if answer.status_code == 405:
        return "not allowed"
    return (
        "in" if answer.status_code < 500 or answer.request["PATH_INFO"] == "/healthz" else f"error {answer.status_code}"
    )


FORMS = {"signals:proposal_act": {"act": "measure"}}


def ask(client, method, address, form):
    """The answer at the door; whatever was changed behind it is undone."""
    with transaction.atomic():
        answer = verdict(getattr(client, method)(address, form))
        transaction.set_rollback(True)
    return answer


def gaps(name, method, everything, clients):
    """What is wrong with one line of the table; None when all four roles get what it says."""
    address, *lowest = TABLE[name]
    need = lowest[0 if method == "get" else 1]
    if need == "":
        return None
    form = FORMS.get(name, {}) if method == "post" else {}
    found = {role: ask(clients[role], method, address.format(**everything), form) for role in ROLES}
    if need == "-":
        right = found["admin"] == "not allowed" and set(found.values()) <= {"not allowed", "refused", "sign in"}
    else:
        at = 0 if need == "any" else ROLES.index(need)
        right = all(found[role] == "in" for role in ROLES[at:]) and all(
            found[role] in ("refused", "sign in") for role in ROLES[:at]
        )
    return None if right else found


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may(method, everything, clients):
    there = set(names(get_resolver().url_patterns))
    wrong = {
        name: found
        for name in sorted(there & set(TABLE), key=lambda name: (name == "logout", name))
        if (found := gaps(name, method, everything, clients))
    }
    assert wrong == {}


def test_what_is_refused_changes_nothing(everything, clients):
    row = IndicatorCurrent.objects.get(pk=everything["figure"])
    form = {"verdict": "accept", "shown": review.token(row, decisions.standing([row.key]).get(row.key))}
    for role in ("stranger", "analyst"):
        clients[role].post(f"/review/indicator/{row.key}/decide/", form)
    row.refresh_from_db()
    assert row.state == "unreviewed"
    assert Decision.objects.count() == 0
    assert Source.objects.filter(key="test-press", enabled=True).exists()


def test_one_ends_only_ones_own_sessions(clients, editor, admin):
    from signals.models import SignIn

    theirs = SignIn.objects.create(user=admin, session_key="k" * 32)
    clients["editor"].post("/account/sign-out/", {"session": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_an_editor_accepts_no_proposal_and_changes_no_account(everything, clients, analyst):
    from signals.models import Proposal

    Proposal.objects.update(effect={"texts": 0})
    assert clients["editor"].post(f"/proposals/{everything['proposal']}/", {"act": "accepted"}).status_code == 403
    assert clients["editor"].post(f"/users/{analyst.pk}/change/", {"role": "admin"}).status_code == 403
    assert Proposal.objects.get().state == "open"


def test_nobody_takes_their_own_rights(clients, admin):
    assert clients["admin"].post(f"/users/{admin.pk}/change/", {"role": "analyst"}).status_code == 422


def test_a_closed_account_is_out_at_once(clients, editor):
    assert clients["editor"].get("/review/").status_code == 200
    clients["admin"].post(f"/users/{editor.pk}/change/", {"act": "close"})
    assert verdict(clients["editor"].get("/review/")) == "sign in"


def test_guessing_a_password_is_stopped(editor, settings):
    settings.AXES_ENABLED = True
    stranger = Client()
    for _ in range(10):
        stranger.post("/accounts/login/", {"username": "editor", "password": "guess"})
    answer = stranger.post("/accounts/login/", {"username": "editor", "password": "correct horse battery staple"})
    assert answer.status_code in (403, 429)


def test_signing_in_is_remembered_and_can_be_ended_from_elsewhere(editor):
    here, there = Client(), Client(headers={"user-agent": "A browser elsewhere"})
    for one in (here, there):
        assert (
            one.post("/accounts/login/", {"username": "editor", "password": "correct horse battery staple"}).status_code
            == 302
        )
    page = here.get("/account/").content.decode()
    assert "A browser elsewhere" in page
    from signals.models import SignIn

    here.post("/account/sign-out/", {"session": SignIn.objects.get(agent="A browser elsewhere").pk})
    assert verdict(there.get("/review/")) == "sign in"
    assert here.get("/review/").status_code == 200


@pytest.mark.parametrize("page", ["password_change", "password_reset"])
def test_password_pages_are_our_own(as_editor, page):
    assert "REE" in as_editor.get(f"/accounts/{page}/").content.decode()


def test_a_forgotten_password_is_set_by_letter(editor, client):
    from django.core import mail

    client.post("/accounts/password_reset/", {"email": editor.email})
    link = next(word for word in mail.outbox[0].body.split() if "/accounts/reset/" in word)
    form = client.get(link, follow=True)
    answer = client.post(
        form.redirect_chain[-1][0], {"new_password1": "a new and long one", "new_password2": "a new and long one"}
    )
    assert answer.status_code == 302
    editor.refresh_from_db()
    assert editor.check_password("a new and long one")
