"""Forms of the source pages. The definition's own rules decide; the form only carries its words to the right field."""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from signals.formatting.sources import KINDS as KIND_NAMES
from signals.sources import Spec, SpecError, build
from signals.sources.catalog import read_text
from signals.sources.spec import KINDS, LANGUAGES, ORIGINS, OWNERSHIP

_OWNERSHIP_NAMES = {
    "central": _("central state"), "provincial": _("provincial state"), "municipal": _("municipal"), "none": _("not state-owned"),
    "unknown": _("unknown"),
}  # fmt: skip
_ORIGIN_NAMES = {
    "company": _("a company's own news"), "filing": _("filings"), "government": _("a government"), "association": _("an association or exchange"),
    "own_reporting": _("its own reporting"), "analyst": _("analysts' notes"), "unknown": _("unknown: each page tells"),
}  # fmt: skip
_LANGUAGE_NAMES = {"": _("as each page tells"), "zh": _("Chinese"), "en": _("English")}
PLAIN = (
    "name",
    "key",
    "kind",
    "homepage",
    "language",
    "time_zone",
    "publisher",
    "state_ownership",
    "origin",
    "grade",
    "cadence",
    "cron",
)
APART = (*PLAIN, "urls", "keywords", "expect", "tier", "enabled")


class AddressForm(forms.Form):
    """The first step: an address to look at."""

    url = forms.URLField(label=_("Address of a feed, a list or a page"), max_length=2000, assume_scheme="https")


class SourceForm(forms.Form):
    """A whole definition. What has no field of its own is YAML in ``details``."""

    name = forms.CharField(label=_("Name"), max_length=200)
    key = forms.CharField(
        label=_("Key"), max_length=80, help_text=_("Lower-case words joined by hyphens; it stays for good.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[(one, KIND_NAMES[one]) for one in KINDS if one != "watch"])
    urls = forms.CharField(
        label=_("Addresses"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One a line.")
    )
    homepage = forms.CharField(label=_("Home page"), required=False, max_length=500)
    publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    state_ownership = forms.ChoiceField(
        label=_("Owned by"), choices=[(one, _OWNERSHIP_NAMES[one]) for one in OWNERSHIP]
    )
    origin = forms.ChoiceField(label=_("What it carries"), choices=[(one, _ORIGIN_NAMES[one]) for one in ORIGINS])
    grade = forms.ChoiceField(
        label=_("Reliability"),
        choices=[(one, one) for one in "ABCDEF"],
        help_text=_("A is an issuer or regulator, F cannot be judged."),
    )
    tier = forms.IntegerField(
        label=_("Tier"),
        min_value=1,
        max_value=5,
        help_text=_("1 filing, 2 issuer, 3 press, 4 aggregator, 5 machine-written."),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[(one, _LANGUAGE_NAMES[one]) for one in LANGUAGES]
    )
    time_zone = forms.CharField(label=_("Time zone"), max_length=60)
    cadence = forms.CharField(label=_("Asked every"), max_length=10, help_text=_("30m, 6h, 1d or 2w."))
    cron = forms.CharField(
        label=_("Or at fixed times"),
        required=False,
        max_length=100,
        help_text=_("Cron, in the source's time zone: 30 8 * * 1-5"),
    )
    keywords_any = forms.CharField(
        label=_("Only items with one of these words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line; empty takes all."),
    )
    keywords_none = forms.CharField(
        label=_("Never items with one of these"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    min_items = forms.IntegerField(label=_("Items expected, at least"), required=False, min_value=0)
    max_items = forms.IntegerField(label=_("at most"), required=False, min_value=0)
    fresh_days = forms.IntegerField(label=_("Something new within days"), required=False, min_value=1)
    details = forms.CharField(
        label=_("Selectors, mapping, paging (YAML)"), required=False, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
        help_text=_("select: {item: ul.news > li, date: span.date} · paging: {pages: 2, url: 'https://…/list_{page}.html'} · mapping: {items: data.list, url: url, title: title, date: time}"),
    )  # fmt: skip

    spec: Spec

    @classmethod
    def initial_of(cls, definition: dict[str, Any]) -> dict[str, Any]:
        """The fields of a definition."""
        start: dict[str, Any] = {
            "state_ownership": "unknown",
            "origin": "unknown",
            "grade": "F",
            "tier": 3,
            "cadence": "1d",
            "time_zone": "Asia/Shanghai",
            "kind": "rss",
        }
        start |= {name: definition[name] for name in (*PLAIN, "tier") if name in definition}
        start["urls"] = "\n".join(definition.get("urls", []))
        for name in ("any", "none"):
            start[f"keywords_{name}"] = "\n".join(definition.get("keywords", {}).get(name, []))
        start |= definition.get("expect", {})
        rest = {name: value for name, value in definition.items() if name not in APART}
        start["details"] = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False, width=100) if rest else ""
        return start

    def definition(self) -> dict[str, Any]:
        """What the form says, as a definition. Raises SpecError when the details are no YAML."""
        given = self.cleaned_data
        keywords = {name: words for name in ("any", "none") if (words := _lines(given.get(f"keywords_{name}", "")))}
        expect = {name: given[name] for name in ("min_items", "max_items", "fresh_days") if given.get(name) is not None}
        apart = {name: given[name] for name in (*PLAIN, "tier") if given.get(name) not in (None, "")}
        made = {
            **read_text(given.get("details", ""), "details"),
            **apart,
            "urls": _lines(given.get("urls", "")),
            "keywords": keywords,
            "expect": expect,
        }
        return {name: value for name, value in made.items() if value not in ({}, [])}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.spec = build(self.definition(), "form")
        except SpecError as error:
            for problem in error.problems:
                name = {"keywords": "keywords_any", "expect": "min_items"}.get(problem.field, problem.field)
                self.add_error(name if name in self.fields else "details", f"{problem.field}: {problem.text}")
        return cleaned


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
