"""Why a source is as it is, and what happened to it: codes with parameters, worded in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, override

from signals.formatting import errors
from signals.formatting import words as vocabulary

DAY, HOUR = 24 * 60, 60
# Parameters: ``n`` counts; names that end in ``_minutes`` become spans of time; ``error`` and ``text`` are worded where ``errors`` knows them.
WORDS: dict[str, str | Promise] = {
    "told": "%(text)s",
    "not_run": _("not run yet"),
    "by_hand": _("takes what people add"),
    "looked_at": _("looked at every few seconds"),
    "switched_off": _("switched off"),
    "paused_by": _("paused by %(who)s"),
    "resumed": _("resumed"),
    "waits": _("its run of %(at)s UTC is waiting for a worker"),
    "overdue": _("should have run %(late_minutes)s ago; is a worker running?"),
    "no_answer": _("the last run failed"),
    "too_seldom": _("something new is expected every %(usual_minutes)s, silent for %(silent_minutes)s"),
    "silent": _("usually every %(usual_minutes)s, silent for %(silent_minutes)s"),
    "list_same": _("its list is as it was"),
    "new_items": ngettext_lazy("%(n)d new item in the last run", "%(n)d new items in the last run", "n"),
    "nothing_new": ngettext_lazy("nothing new among %(n)d item", "nothing new among %(n)d items", "n"),
    "in_a_row": ngettext_lazy("%(reason)s, %(n)d time in a row", "%(reason)s, %(n)d times in a row", "n"),
    "daily": _("%(reason)s; asked once a day until it answers"),
    "missed": ngettext_lazy(
        "%(n)d run was missed since %(since)s UTC; one run catches up.",
        "%(n)d runs were missed since %(since)s UTC; one run catches up.",
        "n",
    ),
    "recovered": ngettext_lazy(
        "Recovered: answers again after %(n)d failure; back to its schedule.",
        "Recovered: answers again after %(n)d failures; back to its schedule.",
        "n",
    ),
    "backed_off": ngettext_lazy(
        "Backed off: %(n)d failure in a row (%(error)s). It is asked once a day until it answers.",
        "Backed off: %(n)d failures in a row (%(error)s). It is asked once a day until it answers.",
        "n",
    ),
    "changed": _("%(before)s → %(after)s: %(reason)s"),
    "withdrawn": _("Withdrawn by the source: %(text)s."),
    "restored": _("Answers again: %(text)s"),
    "added": _("Added."),
    "brought": ngettext_lazy("%(n)d document was added by hand.", "%(n)d documents were added by hand.", "n"),
    "edited": _("Edited: %(names)s."),
    "saved": _("Saved without a change."),
    "paused": _("Paused: %(reason)s"),
    "going_on": _("Resumed."),
    "asked": _("Run asked for."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of ``WORDS`` with its parameters; as text it is English, as the log and commands have it."""

    code: str
    told: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> "Reason":
        """The reason that was kept as JSON."""
        return cls(str(said["code"]), {name: value for name, value in said.items() if name != "code"})

    def as_json(self) -> dict[str, Any]:
        told = {name: one.as_json() if isinstance(one, Reason) else one for name, one in self.told.items()}
        return {"code": self.code, **told}

    def __str__(self) -> str:
        with override("en"):
            return worded(self.as_json())


def reason(code: str, **told: Any) -> Reason:
    return Reason(code, told)


def worded(said: Mapping[str, Any], otherwise: str = "") -> str:
    """A kept reason in the language of the moment; ``otherwise`` where none was kept."""
    words = WORDS.get(str(said.get("code", "")))
    if words is None:
        return otherwise
    told = {name: _parameter(name, value) for name, value in said.items() if name != "code"}
    return str(words % told) if told else str(words)


def span(minutes: int) -> str:
    """A length of time in its largest unit."""
    if minutes >= DAY:
        return ngettext("%(n)d day", "%(n)d days", round(minutes / DAY)) % {"n": round(minutes / DAY)}
    if minutes >= HOUR:
        return ngettext("%(n)d hour", "%(n)d hours", round(minutes / HOUR)) % {"n": round(minutes / HOUR)}
    n = max(minutes, 1)
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


def _parameter(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return worded(value)
    if name.endswith("_minutes"):
        return span(int(value))
    if name in ("before", "after"):
        return vocabulary.word(vocabulary.HEALTH, str(value))
    if name in ("error", "text"):
        return errors.worded(str(value))
    return value
