"""What editors teach the lexicon: an alias of a company, another word for a metric, words beside numbers that are no figures.

A proposal is measured on the kept texts (``proposal_effect``) before an admin can accept it, and takes effect at the next
extraction.
"""

import difflib
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reex_site.lib.roles import has_role
from signals.extraction.lexicon import LexiconError
from signals.models import Decision, Proposal
from signals.services import lexicon

KINDS = {"alias": "names", "metric": "metrics", "not_a_figure": "units"}
NO_FIGURE = {"units/serial": "stands before the number", "units/order": "stands after the number"}


def propose(
    user: Any, kind: str, target: str, phrase: str, reason: str = "", decision_id: int | None = None
) -> Proposal:
    """Ask for a change. Raises PermissionDenied, or ValidationError with what is wrong."""
    _require(user, "editor")
    phrase = " ".join(phrase.replace("\x00", "").split())
    if not 2 <= len(phrase) <= 60:
        raise ValidationError(_("A phrase has between 2 and 60 characters."))
    folder, _slash, key = target.partition("/")
    if (
        KINDS.get(kind) != folder
        or key not in lexicon.files().kind(folder)
        or (kind == "not_a_figure" and target not in NO_FIGURE)
    ):
        raise ValidationError(_("There is no such entry in the lexicon."))
    language = "zh" if re.search(r"[\u3400-\u9fff]", phrase) else "en"
    made = Proposal(
        kind=kind, target=target, language=language, phrase=phrase, reason=reason.replace("\x00", "")[:2000], proposed_by=user,
        from_decision=Decision.objects.filter(pk=decision_id).first() if decision_id else None,
    )  # fmt: skip
    known = lexicon.files().kind(folder)[key]
    if phrase in known.zh + known.en:
        raise ValidationError(_("The lexicon knows this already."))
    try:
        lexicon.current().with_overlay([lexicon.entry(made)])
    except LexiconError as error:
        raise ValidationError(str(error)) from error
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise ValidationError(_("This was proposed before.")) from error
    return made


@transaction.atomic
def settle(user: Any, proposal_id: int, state: str) -> Proposal:
    """Accept or reject (admins, after measuring), or withdraw (who asked)."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if state == "withdrawn":
        _require(user, "editor")
        if proposal.proposed_by_id != user.pk:
            raise PermissionDenied
    else:
        _require(user, "admin")
    if state not in ("accepted", "rejected", "withdrawn"):
        raise ValidationError(_("There is no such answer."))
    if proposal.state != "open" and not (proposal.state == "accepted" and state == "rejected"):
        raise ValidationError(_("This was settled before."))
    if state == "accepted" and not proposal.effect:
        raise ValidationError(_("Measure its effect first."))
    if state == "accepted" and settings.FOUR_EYES and proposal.proposed_by_id == user.pk:
        raise ValidationError(_("Another admin accepts what you proposed."))
    proposal.state, proposal.decided_by, proposal.decided_at = state, user, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    return proposal


def as_diff() -> str:
    """The accepted proposals as changes of the lexicon's files: a unified diff, or entries to copy where no line fits."""
    changed: dict[Path, str] = {}
    loose: list[str] = []
    for one in Proposal.objects.filter(state="accepted").order_by("pk"):
        path, text = _written_in(one, changed)
        if path is None:
            loose.append(
                f"# {one.target}: add {one.phrase!r} ({one.language}), proposed by {one.proposed_by.get_username()}"
            )
        else:
            changed[path] = text
    parts = [
        "".join(
            difflib.unified_diff(
                path.read_text().splitlines(True), text.splitlines(True),
                f"a/{path.relative_to(settings.BASE_DIR)}", f"b/{path.relative_to(settings.BASE_DIR)}",
            )
        )
        for path, text in changed.items()
    ]  # fmt: skip
    return "".join(parts) + "".join(f"{line}\n" for line in loose)


def _written_in(one: Proposal, changed: dict[Path, str]) -> tuple[Path | None, str]:
    """The file with the phrase put into its entry's list of that language."""
    kind, _slash, key = one.target.partition("/")
    folder = settings.BASE_DIR / "signals" / "lexicon"
    for path in [folder / f"{kind}.yml", *sorted((folder / kind).glob("*.yml"))]:
        if not path.exists():
            continue
        text = changed.get(path, path.read_text())
        found = re.search(rf"^{re.escape(key)}:.*?\b{one.language}: ?\[", text, re.M | re.S)
        if found and not re.search(r"\n\S", found.group()):
            quoted = '"' + one.phrase.replace("\\", "\\\\").replace('"', '\\"') + '"'
            rest = text[found.end() :]
            return path, text[: found.end()] + quoted + ("" if rest.startswith("]") else ", ") + rest
    return None, ""


def _require(user: Any, role: str) -> None:
    if not has_role(user, role):
        raise PermissionDenied
