"""Signing in with a second factor: set up, asked for, used up, taken off; and what an attacker with the password meets."""

import re
import time
from base64 import b32decode

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from reex_site.lib.roles import has_role
from signals.models import AuditEntry, SignIn
from signals.services import second_factor
from tests.conftest import PASSWORD

PAGE, ACT, CODE = "/account/second-factor/", "/account/second-factor/act/", "/accounts/login/code/"


def code_of(device, later=0):
    """What the app shows, so many steps of thirty seconds from now; a step's code is taken once."""
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, later):06d}"


@pytest.fixture
def enrolled(editor):
    second_factor.begin(editor)
    device = TOTPDevice.objects.get(user=editor)
    editor.codes = second_factor.confirm(editor, code_of(device), "")
    return editor


def password(client, name="editor", **more):
    return client.post("/accounts/login/", {"username": name, "password": PASSWORD, **more})


def signed_in(client):
    return client.get("/account/").status_code == 200


def rested(user):
    """As if the wait after wrong codes had passed."""
    TOTPDevice.objects.filter(user=user).update(throttling_failure_timestamp=None, throttling_failure_count=0)


def test_it_is_set_up_with_a_drawn_secret_and_a_first_code(as_editor, editor):
    as_editor.post(ACT, {"act": "begin"})
    page = as_editor.get(PAGE).content.decode()
    device = TOTPDevice.objects.get(user=editor)
    assert 'class="qr-code"' in page
    shown = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert b32decode(shown + "=" * (-len(shown) % 8)) == device.bin_key
    assert as_editor.post(ACT, {"act": "confirm", "code": "nonsense"}).status_code == 422
    assert not second_factor.needed(editor)
    rested(editor)
    page = as_editor.post(ACT, {"act": "confirm", "code": code_of(device)}).content.decode()
    assert second_factor.needed(editor)
    codes = re.findall(r"<li><code>(\w+)</code>", page)
    assert set(codes) == set(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == second_factor.BACKUP_CODES
    page = as_editor.get(PAGE).content.decode()
    assert shown not in page.replace(" ", "")
    assert not any(code in page for code in codes)


def test_switching_it_on_ends_the_sessions_begun_without_it(editor):
    here, there = Client(), Client()
    password(here), password(there)
    here.post(ACT, {"act": "begin"})
    here.post(ACT, {"act": "confirm", "code": code_of(TOTPDevice.objects.get(user=editor))})
    assert signed_in(here)
    assert not signed_in(there)


def test_the_password_alone_opens_nothing(enrolled, client):
    answer = password(client, next="/review/")
    assert answer["Location"] == CODE
    assert not signed_in(client)
    assert client.get(CODE).status_code == 200
    answer = client.post(CODE, {"code": code_of(TOTPDevice.objects.get(), 1)})
    assert answer["Location"] == "/review/"
    assert signed_in(client)
    assert SignIn.objects.filter(user=enrolled, ended_at=None).count() == 1


def test_a_code_is_taken_once(enrolled):
    code = code_of(TOTPDevice.objects.get(), 1)
    first, second = Client(), Client()
    password(first), password(second)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 422
    assert not signed_in(second)


def test_a_backup_code_is_used_up(enrolled):
    for expected in (302, 422):
        client = Client()
        password(client)
        assert client.post(CODE, {"code": f" {enrolled.codes[0].upper()} "}).status_code == expected
    assert StaticToken.objects.count() == second_factor.BACKUP_CODES - 1
    assert AuditEntry.objects.filter(table="backup code", operation="delete").count() == 1


def test_after_a_wrong_code_the_right_one_must_wait(enrolled, client):
    password(client)
    client.post(CODE, {"code": "000000"})
    assert client.post(CODE, {"code": code_of(TOTPDevice.objects.get(), 1)}).status_code == 422
    rested(enrolled)
    assert client.post(CODE, {"code": code_of(TOTPDevice.objects.get(), 1)}).status_code == 302


def test_five_wrong_codes_ask_for_the_password_again(enrolled, client):
    password(client)
    answers = [client.post(CODE, {"code": f"bad{number}"}) for number in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    rested(enrolled)
    assert client.post(CODE, {"code": code_of(TOTPDevice.objects.get(), 1)})["Location"] == "/accounts/login/"
    assert not signed_in(client)


def test_the_second_step_needs_the_first(enrolled, client):
    assert client.get(CODE)["Location"] == "/accounts/login/"
    assert client.post(CODE, {"code": code_of(TOTPDevice.objects.get(), 1)})["Location"] == "/accounts/login/"
    assert not signed_in(client)


@pytest.mark.parametrize("change", ["password", "closed", "late"])
def test_what_changes_between_the_steps_ends_them(enrolled, client, change, monkeypatch):
    password(client)
    if change == "password":
        enrolled.set_password("another long password")
        enrolled.save()
    elif change == "closed":
        enrolled.is_active = False
        enrolled.save()
    code = code_of(TOTPDevice.objects.get(), 1)
    if change == "late":
        now = time.time()
        monkeypatch.setattr("signals.views.sign_in.time.time", lambda: now + 301)
    assert client.post(CODE, {"code": code})["Location"] == "/accounts/login/"
    assert not signed_in(client)


def test_djangos_admin_pages_show_nobodys_secret(enrolled, as_admin):
    device = TOTPDevice.objects.get(user=enrolled)
    page = as_admin.get(f"/admin/otp_totp/totpdevice/{device.pk}/change/").text
    codes = as_admin.get(f"/admin/otp_static/staticdevice/{StaticDevice.objects.get().pk}/change/").text
    assert enrolled.username in page
    assert enrolled.username in codes
    assert device.key not in page
    assert enrolled.codes[0] not in codes


def test_djangos_own_door_leads_through_ours(enrolled, admin, client):
    answer = client.post("/admin/login/", {"username": "admin", "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/login/")
    assert not signed_in(client)


def test_switching_off_asks_for_the_password(enrolled, as_editor):
    assert as_editor.post(ACT, {"act": "disable", "password": "guess"}).status_code == 422
    assert as_editor.post(ACT, {"act": "codes", "password": "guess"}).status_code == 422
    assert second_factor.needed(enrolled)
    as_editor.post(ACT, {"act": "codes", "password": PASSWORD})
    assert not StaticToken.objects.filter(token__in=enrolled.codes).exists()
    as_editor.post(ACT, {"act": "disable", "password": PASSWORD})
    assert not second_factor.needed(enrolled)
    assert not StaticToken.objects.exists()


def test_an_admin_takes_it_off_for_who_lost_it(enrolled, as_editor, as_admin, admin):
    password(Client())
    change = f"/users/{enrolled.pk}/change/"
    assert as_editor.post(change, {"act": "reset_second_factor"}).status_code == 403
    assert second_factor.needed(enrolled)
    assert "second factor" in as_admin.get("/users/").content.decode()
    as_admin.post(change, {"act": "reset_second_factor"})
    assert not second_factor.needed(enrolled)
    removed = AuditEntry.objects.get(table="second factor", operation="delete")
    assert (removed.object, removed.actor) == (str(enrolled.pk), admin.pk)
    assert as_admin.post(f"/users/{admin.pk}/change/", {"act": "reset_second_factor"}).status_code == 422


def test_the_log_knows_of_it_but_not_the_secret(enrolled):
    key = TOTPDevice.objects.get().key
    logged = AuditEntry.objects.filter(table="second factor", object=str(enrolled.pk))
    assert {entry.operation for entry in logged} == {"insert", "update"}
    assert not any(key in str((entry.before, entry.after)) for entry in logged)


def test_an_admin_without_one_acts_as_an_editor_where_the_house_asks(settings, admin, as_admin):
    assert as_admin.get("/users/").status_code == 200
    settings.ADMIN_SECOND_FACTOR = True
    assert as_admin.get("/users/").status_code == 403
    assert as_admin.get("/admin/")["Location"] == PAGE
    assert "asks" in as_admin.get("/account/").content.decode()
    assert has_role(admin, "editor")
    as_admin.post(ACT, {"act": "begin"})
    as_admin.post(ACT, {"act": "confirm", "code": code_of(TOTPDevice.objects.get(user=admin))})
    assert as_admin.get("/users/").status_code == 200


def test_the_secret_of_one_is_not_shown_to_another(editor, as_editor, as_admin):
    second_factor.begin(editor)
    assert 'class="secret"' in as_editor.get(PAGE).content.decode()
    page = as_admin.get(PAGE).content.decode()
    assert 'class="secret"' not in page
    assert "qr-code" not in page


def test_an_open_session_is_no_way_to_guess_the_password(enrolled, as_editor):
    for _guess in range(10):
        assert as_editor.post(ACT, {"act": "disable", "password": "guess"}).status_code == 422
    answer = as_editor.post(ACT, {"act": "disable", "password": PASSWORD})
    assert answer.status_code == 422
    assert "Too many" in answer.content.decode()
