"""Words of the source pages: kinds of sources, outcomes of runs, states of fetches."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "rss": _("feed (RSS, Atom)"),
    "wp_json": _("WordPress"),
    "html_list": _("listing"),
    "sitemap": _("sitemap"),
    "json_api": _("JSON interface"),
    "page": _("single page or PDF"),
    "watch": _("watch folder"),
    "manual": _("added by hand"),
    "sample": _("sample newsroom"),
}
OUTCOMES: dict[str, str | Promise] = {
    "ok": _("went well"),
    "unchanged": _("list unchanged"),
    "empty": _("empty"),
    "no_match": _("nothing matched"),
    "shape_changed": _("shape changed"),
    "blocked": _("blocked"),
    "failed": _("failed"),
}
STATES: dict[str, str | Promise] = {
    "waiting": _("waiting"),
    "kept": _("kept, not read yet"),
    "done": _("read"),
    "unchanged": _("unchanged"),
    "duplicate": _("a copy"),
    "failed": _("failed, will be tried again"),
    "parked": _("parked"),
    "rejected": _("refused"),
}
