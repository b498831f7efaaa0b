"""Which of the listed items are worth fetching: by host, by keyword, once each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from signals.sources.addresses import host_of
from signals.sources.records import Item
from signals.sources.spec import Spec

# Machine-written or copied pages with wrong figures: their links are noted and never followed.
DENIED = (
    "gilin.com.cn", "mygp.cn", "mffb.com.cn", "discoveryalert.com.au", "ainvest.com", "earths-book.com", "mp.weixin.qq.com",
)  # fmt: skip


@dataclass(slots=True)
class Selection:
    """What is taken, and why the rest is not."""

    taken: list[Item] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)

    def refuse(self, reason: str) -> None:
        self.refused[reason] = self.refused.get(reason, 0) + 1


def select(spec: Spec, items: Iterable[Item]) -> Selection:
    """The items to fetch, in the order of the list."""
    selection = Selection()
    seen: set[str] = set()
    for item in items:
        if item.url in seen:
            continue
        seen.add(item.url)
        host = host_of(item.url)
        if _under(host, DENIED):
            selection.refuse(f"{host} is on the deny list")
        elif spec.hosts and not _under(host, spec.hosts):
            selection.refuse(f"{host} is not a host of this source")
        elif not _keywords(spec, item):
            selection.refuse("no keyword in title or summary")
        else:
            selection.taken.append(item)
    return selection


def _under(host: str, names: Iterable[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def _keywords(spec: Spec, item: Item) -> bool:
    text = f"{item.title} {item.summary}".casefold()
    wanted, unwanted = spec.keywords.get("any", []), spec.keywords.get("none", [])
    if any(word.casefold() in text for word in unwanted):
        return False
    return not wanted or any(word.casefold() in text for word in wanted)
