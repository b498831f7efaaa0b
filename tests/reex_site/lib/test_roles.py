"""Roles: each includes the ones below it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from reex_site.lib.roles import give_role, given_role, has_role, role_of


def test_each_role_includes_the_ones_below(analyst, editor, admin):
    allowed = {
        role_of(user): [has_role(user, role) for role in ("analyst", "editor", "admin")]
        for user in (analyst, editor, admin)
    }
    assert allowed == {
        "analyst": [True, False, False],
        "editor": [True, True, False],
        "admin": [True, True, True],
    }


def test_a_stranger_and_a_closed_account_have_none(editor):
    editor.is_active = False
    assert role_of(AnonymousUser()) == role_of(editor) == ""
    assert not has_role(editor, "analyst")


def test_a_new_role_replaces_the_old_one(admin):
    give_role(admin, "editor")
    assert role_of(admin) == "editor"
    assert not admin.is_staff


def test_an_unknown_role_is_refused(analyst):
    with pytest.raises(ValueError, match="no role"):
        give_role(analyst, "owner")


def test_the_roles_of_many_are_read_together(analyst, editor, admin, django_assert_num_queries):
    with django_assert_num_queries(2):
        roles = {given_role(user) for user in get_user_model().objects.prefetch_related("groups")}
    assert roles == {"analyst", "editor", "admin"}
