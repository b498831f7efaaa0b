"""The lexicon that this process reads with: the YAML files, with the accepted proposals of editors laid over them."""

import logging
from functools import lru_cache

from django.db.models import Count, Max

from signals.extraction import load_lexicon
from signals.extraction.lexicon import Lexicon, LexiconError
from signals.extraction.records import Entry
from signals.models import Proposal

log = logging.getLogger(__name__)
Stamp = tuple[int, str]


def current() -> Lexicon:
    """The lexicon in force. Files are read once a process; a proposal accepted since is noticed at the next call."""
    rows = Proposal.objects.filter(state="accepted").aggregate(count=Count("pk"), newest=Max("decided_at"))
    return _overlaid((rows["count"], str(rows["newest"]))) if rows["count"] else files()


@lru_cache(maxsize=1)
def files() -> Lexicon:
    """The lexicon as the files have it."""
    return load_lexicon()


@lru_cache(maxsize=1)
def _overlaid(_stamp: Stamp) -> Lexicon:
    accepted = Proposal.objects.filter(state="accepted").order_by("pk")
    try:
        return files().with_overlay([entry(one) for one in accepted])
    except LexiconError as error:  # the files have changed since; reading goes on without the proposals
        log.error("accepted proposals do not fit the lexicon: %s", error)
        return files()


def entry(proposal: Proposal) -> Entry:
    """What a proposal adds to the lexicon."""
    kind, _slash, key = proposal.target.partition("/")
    words = (proposal.phrase,)
    zh, en = (words, ()) if proposal.language == "zh" else ((), words)
    return Entry(kind, key, zh, en, {}, f"proposal {proposal.pk}")
