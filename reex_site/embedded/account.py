"""Which account runs the embedded server.

PostgreSQL refuses to run as root. A normal user runs it as themselves; root hands it to the owner of an existing data
folder, or on the first start to `nobody`, an account that every Unix has, so that none must be made.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import EmbeddedError

SEARCH = stat.S_IXOTH


@dataclass(frozen=True)
class Account:
    """A user and group id; `switch` says whether a child process must change to it."""

    uid: int
    gid: int
    switch: bool

    def process_options(self) -> dict[str, Any]:
        """What `subprocess` needs to run a program as this account."""
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, directory: Path) -> None:
        """Make a folder that only this account (and root) may enter."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.switch:
            os.chown(directory, self.uid, self.gid)


def account_for(pgdata: Path) -> Account:
    """The account for a data folder that may not exist yet; raises when the folder belongs to somebody else."""
    me = os.geteuid()
    owner = pgdata.stat() if pgdata.exists() else None
    if me != 0:
        if owner and owner.st_uid != me:
            raise EmbeddedError(
                f"{pgdata} belongs to {_name(owner.st_uid)}, and you are {_name(me)}. "
                "Start it as its owner, or choose another folder with --data."
            )
        return Account(me, os.getegid(), switch=False)
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, switch=True)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def open_way(path: Path) -> list[Path]:
    """Let other accounts pass through (not list) the folders above `path`; returns those whose mode was changed.

    Only root needs this, and only where a clone lies in a closed folder such as /root: the server's own account must
    reach its programs and its data.
    """
    changed = []
    for parent in path.absolute().parents:
        mode = parent.stat().st_mode
        if not mode & SEARCH:
            parent.chmod(stat.S_IMODE(mode) | SEARCH)
            changed.append(parent)
    return changed


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
