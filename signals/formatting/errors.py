"""What went wrong with a fetch, in the reader's language.

Errors are kept in English, as logs and commands have them. Here (of lists in ``list_notes``) is every sentence that is said of one; a kept text that
follows it is told in the same words of the other language, and one that follows none is told as it is.
"""

import re
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from signals.formatting import list_notes

SENTENCES: list[str | Promise] = [
    # asking
    _("The server answered %(status)s: marked as withdrawn by its source; nothing is deleted."),
    _("The server answered %(status)s."),
    _("The answer could not be kept: %(error)s."),
    _("The server did not answer in time."),
    _("The connection failed: %(error)s."),
    _("The answer took longer than %(n)s seconds."),
    _("More than %(n)s redirects."),
    _("Only http and https are asked, not %(scheme)s."),
    _("The address carries a user name or password; take them out."),
    _("%(address)s names no host."),
    _("%(address)s is not an address: %(error)s."),
    _("%(address)s is no address: %(error)s"),
    _("Refused: %(error)s."),
    _("%(host)s is a name of an inner network"),
    _("%(host)s leads to %(address)s, which is not a public address"),
    _("a socket on this machine is not a public address"),
    _("%(host)s is asked by too many workers at once."),
    _("robots.txt of %(host)s cannot be read at the moment, so nothing is asked there."),
    _("robots.txt of %(host)s cannot be read at the moment, so nothing is asked there: %(error)s"),
    _("robots.txt of %(host)s refuses this address."),
    _("Nothing is asked until REEX_CONTACT says whose installation this is."),
    _("Fetching is switched off on this installation (REEX_FETCH_ENABLED=0). Nothing was asked."),
    _("The host is busy with other fetches; try again in some minutes."),
    _("The worker was lost each time this was asked for."),
    # what came
    _("The answer is packed several times over (%(encoding)s)."),
    _("The answer is packed as %(encoding)s, which was not asked for."),
    _("The answer is larger than %(n)s MB."),
    _("The answer is not packed as it says (%(error)s)."),
    _("The packed answer breaks off."),
    _("A web page came in place of JSON; the site may ask for a sign-in or block robots."),
    _("What came is no JSON: %(error)s"),
    _("The file is empty. Nothing was kept; drop it again when it has content."),
    _("The file has %(n)s MB; the limit is %(limit)s MB. Split it or save the article alone."),
    _("The file could not be read: %(error)s. Check its rights and drop it again."),
    # reading
    _("too large: %(n)s bytes, at most %(limit)s are read"),
    _("empty: the document has no content"),
    _("binary: the bytes are no text in any charset known here"),
    _("encrypted: the PDF asks for a password"),
    _("broken: the PDF cannot be parsed (%(error)s)"),
    _("no text: the PDF holds only pictures"),
    _("snapshot %(name)s cannot be read: %(error)s"),
    _("snapshot %(name)s is damaged: its bytes have another hash"),
    _("The worker was lost each time this was read."),
    # runs and pages
    _("Nothing was running at that time."),
    _("The run before it was still under way."),
    _("The definition cannot be used: %(error)s"),
    _("Its source answers %(status)s since %(day)s."),
    _("Its page says: %(text)s"),
]
_PLACE = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str | Promise]]:
    with override(None):  # as they are written
        return [(_pattern(str(sentence)), sentence) for sentence in SENTENCES + list_notes.SENTENCES]


def _pattern(sentence: str) -> re.Pattern[str]:
    """The sentence with anything in its places; its full stop may be missing, as inside another one."""
    stop = r"\.?" if sentence.endswith(".") else ""
    parts = _PLACE.split(sentence.removesuffix("."))
    told = "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile(told + stop, re.S)


def worded(kept: str) -> str:
    """A kept error in the language of the moment; an error within it likewise."""
    for pattern, sentence in _patterns():
        match = pattern.fullmatch(kept)
        if match:
            places = {name: worded(value) if name == "error" else value for name, value in match.groupdict().items()}
            text = str(sentence) % places if places else str(sentence)
            return text if kept.endswith(".") or not str(sentence).endswith((".", "。")) else text.rstrip(".。")
    return kept
