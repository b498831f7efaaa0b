"""The demo accounts of an installation on one machine: `analyst`, `editor`, `admin`, with random passwords."""

import secrets
from pathlib import Path

from django.contrib.auth import get_user_model

from reex_site.lib.roles import ROLES, give_role

HEADING = "# Demo accounts of this installation. Change the passwords before others can reach it.\n"


def demo_accounts(kept: Path) -> dict[str, str]:
    """Make sure that the accounts exist; returns name → password as far as the file beside the data knows it.

    A password that somebody has changed since is theirs: the account is left alone and loses its line here.
    """
    users = get_user_model().objects
    known = _read(kept)
    passwords: dict[str, str] = {}
    for role in ROLES:
        user = users.filter(username=role).first()
        if user is None:
            password = known.get(role) or secrets.token_urlsafe(9)
            give_role(users.create_user(role, password=password), role)
            passwords[role] = password
        elif role in known and user.check_password(known[role]):
            passwords[role] = known[role]
    if passwords != known:
        kept.touch(mode=0o600)
        kept.write_text(HEADING + "".join(f"{name} {password}\n" for name, password in passwords.items()))
    return passwords


def _read(kept: Path) -> dict[str, str]:
    try:
        lines = kept.read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split(" ", 1) for line in lines if " " in line and not line.startswith("#"))
