"""A source's definition: one strict form for catalog files, imports and the web form.

Every problem is told with the file, the line and the field, all at once, in words that say what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any
from zoneinfo import ZoneInfo

from signals.sources.addresses import canonical
from signals.sources.schedule import ScheduleError, minutes_of, parse_cron

KINDS = ("rss", "wp_json", "html_list", "sitemap", "json_api", "page", "watch", "manual")
ASKED = ("rss", "wp_json", "html_list", "sitemap", "json_api", "page")  # the kinds that fetch
OWNERSHIP = ("central", "provincial", "municipal", "none", "unknown")
ORIGINS = ("company", "filing", "government", "association", "own_reporting", "analyst", "unknown")
LANGUAGES = ("", "zh", "en")
STATUSES = ("seen-url", "seen-code", "guess", "tested")
SELECT_FIELDS = {"item", "link", "title", "date", "date_format", "summary", "next"}
MAPPING_FIELDS = {"items", "each", "url", "url_base", "title", "date", "date_format", "summary"}
PAGING_FIELDS = {"pages", "first", "url", "parameter"}
LOOKUP_FIELDS = {"url", "method", "form", "headers", "items", "match", "take"}
KEYWORD_FIELDS = {"any", "none"}
EXPECT_FIELDS = {"min_items", "max_items", "fresh_days"}
ALLOWED_HEADERS = {"referer", "accept", "accept-language", "x-requested-with"}
MOST_PAGES = 20
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
PAGES = frozenset({"add", "preview", "fetches"})  # addresses under /sources/ that a source's page must not stand at


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field."""

    field: str
    text: str
    line: int | None = None


class SpecError(ValueError):
    """The definition cannot be used. ``problems`` holds one entry a field."""

    def __init__(self, where: str, problems: list[Problem], message: str = "") -> None:
        self.where, self.problems = where, problems
        super().__init__(
            message
            or "\n".join(f"{where}{f':{one.line}' if one.line else ''}: {one.field}: {one.text}" for one in problems)
        )


@dataclass(frozen=True, slots=True)
class Spec:
    """One source, validated. Lists and mappings hold plain JSON values, so that it can be kept in a row."""

    key: str
    name: str
    kind: str
    homepage: str = ""
    urls: list[str] = field(default_factory=list)
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    variants: list[dict[str, str]] = field(default_factory=list)
    window_days: int = 90
    lookup: dict[str, Any] = field(default_factory=dict)
    select: dict[str, Any] = field(default_factory=dict)
    mapping: dict[str, Any] = field(default_factory=dict)
    paging: dict[str, Any] = field(default_factory=dict)
    post_types: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    keywords: dict[str, list[str]] = field(default_factory=dict)
    expect: dict[str, int] = field(default_factory=dict)
    language: str = ""
    time_zone: str = "Asia/Shanghai"
    cadence: str = "1d"
    cron: str = ""
    pause: int = 10
    publisher: str = ""
    publisher_entity: str = ""
    state_ownership: str = "unknown"
    origin: str = "unknown"
    grade: str = "F"
    tier: int = 3
    enabled: bool = False
    status: str = "guess"
    terms: str = ""
    notes: str = ""

    @property
    def minutes(self) -> int:
        return minutes_of(self.cadence)

    def as_json(self) -> dict[str, Any]:
        """All fields but those that still have their default; ``build`` makes the same definition of it."""
        plain = {one.name: one for one in fields(self)}
        full = asdict(self)
        return {
            name: value
            for name, value in full.items()
            if name in ("key", "name", "kind") or value != _default(plain[name])
        }


def _default(one: Any) -> Any:
    return one.default_factory() if callable(one.default_factory) else one.default


def build(data: Mapping[str, Any], where: str = "definition", lines: Mapping[str, int] | None = None) -> Spec:
    """The definition that ``data`` describes. Raises SpecError with every problem found."""
    check = _Check(dict(data))
    known = {one.name: one for one in fields(Spec)}
    for name in data:
        if name not in known:
            check.say(str(name), f"is no field; known are {', '.join(sorted(known))}")
    check.types(known)
    if not check.problems:
        check.values()
    if check.problems:
        raise SpecError(where, [Problem(one.field, one.text, (lines or {}).get(one.field)) for one in check.problems])
    return Spec(**{name: value for name, value in check.data.items() if value is not None})


class _Check:
    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.problems: list[Problem] = []

    def say(self, name: str, text: str) -> None:
        self.problems.append(Problem(name, text))

    def get(self, name: str, default: Any = "") -> Any:
        value = self.data.get(name)
        return default if value is None else value

    def types(self, known: Mapping[str, Any]) -> None:
        for name in ("key", "name", "kind"):
            if not self.data.get(name):
                self.say(name, "is missing")
        for name, value in self.data.items():
            if name not in known or value is None:
                continue
            wanted = str(known[name].type)
            if wanted == "str" and not isinstance(value, str):
                self.say(name, f"must be text, not {value!r}; put it in quotes")
            elif wanted == "int" and (isinstance(value, bool) or not isinstance(value, int)):
                self.say(name, f"must be a whole number, not {value!r}")
            elif wanted == "bool" and not isinstance(value, bool):
                self.say(name, f"must be true or false, not {value!r}")
            elif wanted.startswith("list") and not isinstance(value, list):
                self.say(name, "must be a list")
            elif wanted.startswith("dict") and not isinstance(value, dict):
                self.say(name, "must be a mapping")

    def values(self) -> None:
        kind = self.get("kind")
        if not KEY.match(self.get("key")) or len(self.get("key")) > 80:
            self.say("key", "must be lower-case words joined by hyphens, 80 characters at most")
        if self.get("key") in PAGES:
            self.say("key", f"{self.get('key')!r} is the name of a page of ours; choose another")
        self.one_of("kind", KINDS)
        self.one_of("state_ownership", OWNERSHIP)
        self.one_of("origin", ORIGINS)
        self.one_of("language", LANGUAGES)
        self.one_of("status", STATUSES)
        self.one_of("method", ("GET", "POST"))
        self.one_of("grade", tuple("ABCDEF"))
        self.between("tier", 1, 5)
        self.between("pause", 0, 3600)
        self.between("window_days", 1, 3660)
        self.schedule()
        self.addresses(kind)
        self.texts("headers", ALLOWED_HEADERS)
        self.texts("form")
        for index, variant in enumerate(self.get("variants", [])):
            if not isinstance(variant, dict) or not all(isinstance(v, str) for v in variant.values()):
                self.say("variants", f"entry {index + 1} must be a mapping of text to text")
        self.parts(kind)
        self.keywords()
        self.expectations()

    def one_of(self, name: str, allowed: tuple[str, ...]) -> None:
        if name in self.data and self.get(name) not in allowed:
            self.say(name, f"is {self.get(name)!r}; choose one of {', '.join(word or '(empty)' for word in allowed)}")

    def between(self, name: str, low: int, high: int) -> None:
        if not low <= self.get(name, low) <= high:
            self.say(name, f"is {self.get(name)}; it must be from {low} to {high}")

    def schedule(self) -> None:
        try:
            minutes_of(self.get("cadence", "1d"))
        except ScheduleError as error:
            self.say("cadence", str(error))
        try:
            if self.get("cron"):
                parse_cron(self.get("cron"))
        except ScheduleError as error:
            self.say("cron", str(error))
        try:
            ZoneInfo(self.get("time_zone", "UTC"))
        except (KeyError, ValueError, OSError):
            self.say("time_zone", f"{self.get('time_zone')!r} is no time zone; write one like Asia/Shanghai")

    def addresses(self, kind: str) -> None:
        urls = self.get("urls", [])
        if kind in ASKED and not urls:
            self.say("urls", f"is empty; a source of kind {kind} needs at least one address")
        for url in [*urls, *filter(None, [self.get("homepage")])]:
            name = "homepage" if url == self.get("homepage") and url not in urls else "urls"
            if not isinstance(url, str) or canonical(re.sub(r"\{\w+\}", "1", url)) is None:
                self.say(name, f"{url!r} is no web address; credentials in it are not allowed")
        for host in self.get("hosts", []):
            if not isinstance(host, str) or not re.fullmatch(r"[a-z0-9.-]+", host):
                self.say("hosts", f"{host!r} is no host name in lower case")

    def texts(self, name: str, allowed: set[str] | None = None) -> None:
        for key, value in self.get(name, {}).items():
            if not isinstance(key, str) or not isinstance(value, str):
                self.say(name, f"{key!r} must be text with text; put it in quotes")
            elif allowed is not None and key.lower() not in allowed:
                self.say(name, f"{key!r} may not be set; allowed are {', '.join(sorted(allowed))}")

    def parts(self, kind: str) -> None:
        self.known("select", SELECT_FIELDS)
        self.known("mapping", MAPPING_FIELDS)
        self.known("paging", PAGING_FIELDS)
        self.known("lookup", LOOKUP_FIELDS)
        if kind == "html_list" and self.get("enabled", False) and not self.get("select", {}).get("item"):
            self.say("select", "needs item, a CSS selector of one entry of the list, before the source can be enabled")
        if kind == "json_api":
            for name in ("items", "url", "title"):
                if not self.get("mapping", {}).get(name) and not (
                    name == "items" and "items" in self.get("mapping", {})
                ):
                    self.say("mapping", f"needs {name}")
        pages = self.get("paging", {}).get("pages", 1)
        if isinstance(pages, bool) or not isinstance(pages, int) or not 1 <= pages <= MOST_PAGES:
            self.say("paging", f"pages must be a whole number from 1 to {MOST_PAGES}")

    def known(self, name: str, allowed: set[str]) -> None:
        for key in self.get(name, {}):
            if key not in allowed:
                self.say(name, f"{key!r} is no part of it; known are {', '.join(sorted(allowed))}")

    def keywords(self) -> None:
        self.known("keywords", KEYWORD_FIELDS)
        for name, words in self.get("keywords", {}).items():
            if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
                self.say("keywords", f"{name} must be a list of words")

    def expectations(self) -> None:
        self.known("expect", EXPECT_FIELDS)
        expect = self.get("expect", {})
        for name, value in expect.items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                self.say("expect", f"{name} must be a whole number")
                return
        if expect.get("min_items", 0) > expect.get("max_items", 10**9):
            self.say("expect", "min_items is larger than max_items")
