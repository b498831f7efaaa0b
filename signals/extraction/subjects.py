"""Whose figure it is.

A list's own item, the possessor or holder before the figure, the place for a country's quota: each kind of metric has its way.
What the sentence does not say is taken from the sentence before, then from the document's main company.
"""

from __future__ import annotations

import re

from signals.extraction.cast import COMPANY_KINDS, NATION, Cast
from signals.extraction.drafts import Draft
from signals.extraction.grammar import broken, parted
from signals.extraction.markets import (
    MAIN_WORDS,
    NATION_WORDS,
    OBJECT,
    PLACED,
    company_price,
    in_name,
    index_maker,
    of_market,
    of_nation,
    words_of,
)  # fmt: skip
from signals.extraction.marks import Marks
from signals.extraction.records import NameMention

_PLACE_METRICS = frozenset(
    ["output", "output_value", "enterprises", "export_volume", "export_revenue", "import_volume", "reserves", "reserve_share", "market_share", "output_share", "local_conversion_rate", "quota_mining", "quota_smelting", "quota_share", "capacity", "employees", "projects", "export_share", "price", "price_index", "sales_volume", "export_destinations", "ghg_emissions", "investment", "added_value", "new_products", "patents_granted"]
)  # fmt: skip
_ANAPHOR = re.compile(
    r"\bthe (?:JV|joint venture|new company|unit|subsidiary|plant)\b|\bThe JV\b|合资公司|该公司|新公司|项目公司",
    re.IGNORECASE,
)
_KIND = re.compile(r"\bthe (exchange|institute|mine)\b(?!['’]s (?:unit|subsidiary)| rate)", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:project|plant|line|facility|complex|expansion|venture|smelter)?s?\s*(?:at|by|of|for|from|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PARENT = re.compile(r"\s*(?:and its|and their|及其|和其|及下属|与其)")
_CITY_WORDS = re.compile(
    r"全市|全区|我市|该市|园区|高新区|\bthe city\b(?!['’]s)|\bThe zone\b|\bthe zone\b|\bthe region\b(?!['’]s)",
    re.IGNORECASE,
)
_PROJECT_METRICS = ("project_revenue", "project_profit", "irr", "payback")
_HOLDING = re.compile(r"(?:持有|持股|收购|受让|购买|转让|出售|拥有)(?:了|其|的)?\s*$")
_BOUGHT = re.compile(r"股权的?(?:全部)?(?:收购|并购|购买)")  # 完成对某公司100%股权的收购
_APART = re.compile(r"[\W与和及同在对向的]")
_HELD_SHARE = re.compile(r"[^,，。;；、\d]{0,6}|[\d.,]+[万亿]?股(?:股份|股票)?[,，]?(?:约?占)[^,，。;；、\d]{0,16}")
_OWNED = re.compile(r"(?:拥有|掌控|控制|持有|依托|利用|开发|所属)$")  # 公司拥有白云鄂博…: the holder's, not the mine's
_LATTER = re.compile(r"后者[^,，。;；]{0,10}$")
_THIS_PROJECT = re.compile(r"(?:该|本|此|上述)项目")
_THROUGH = re.compile(r"(?:通过|经由|借助|依托)$")


def subject_of(draft: Draft, marks: Marks, cast: Cast) -> tuple[str | None, float, str]:
    """The subject, a factor on confidence, and the words or rule that decided; a zone's figures are told of its city."""
    key, factor, why = _found(draft, marks, cast)
    record = cast.companies.get(key) if key else None
    if (
        record is not None
        and record.kind == "place"
        and record.within
        and record.within != NATION
        and "zone" in record.key
    ):
        key = record.within
    return key, factor, why


def _found(draft: Draft, marks: Marks, cast: Cast) -> tuple[str | None, float, str]:
    """The subject before a zone becomes its city."""
    if draft.name:
        return draft.name, 1.0, "list"
    metric = draft.metric
    if metric in _PROJECT_METRICS and cast.venture:
        return cast.venture, 0.95, "the venture"
    if (
        metric == "stake"
        and cast.previous[0] == "investment"
        and marks.span[0] <= cast.previous[2] <= draft.quantity.span[0]
    ):
        if not any(cast.previous[2] <= name.span[0] < draft.quantity.span[0] for name in marks.names):
            return cast.previous[1], 0.97, "who puts in the money"
    if metric in _PROJECT_METRICS and cast.project:
        venture = cast.titled and cast.main is not None and cast.kind(cast.main) == "subsidiary"
        return (cast.main if venture else cast.project), 0.97, "project"
    latter = _LATTER.search(marks.text, marks.span[0], draft.quantity.span[0]) if metric == "stake" else None
    if latter:
        named = [name for name in marks.names if name.span[1] <= latter.start() and cast.is_company(name.key)]
        if named:
            return named[-1].key, 0.97, latter.group()
    if metric == "stake" and _unnamed_holder(draft, marks):
        return None, 0.95, "a holder that is not known"
    names = [name for name in marks.names if cast.kind(name.key) not in ("person", "publisher", "")]
    names = [name for name in names if name.key not in cast.abroad or name.key == cast.main]
    start = draft.quantity.span[0]
    if metric == "price_index":
        maker = index_maker(marks, names, cast)
        cast.index = maker.key if maker else cast.index
        return cast.index, 0.97, "who makes the index"
    if metric == "price" and not company_price(draft, marks, cast):
        return of_market(draft, marks, names, cast)
    if draft.meaning.entry.data.get("nation") or metric in (
        "quota_share",
        "quota_mining",
        "quota_smelting",
        "export_share",
    ):
        return of_nation(draft, marks, names, cast)
    names = [name for name in names if not _THROUGH.search(marks.text, max(0, name.span[0] - 2), name.span[0])]
    visible = [name for name in names if marks.visible(name, start) or _appositive(marks, name)]
    fit = [name for name in visible if _fits(name, metric, cast, marks)]
    fit = [name for name in fit if name.span not in cast.spent and not _aside(marks, name, start, cast)]
    behind = _behind(draft, marks, fit, cast)
    if behind:
        cast.spent.add(behind.span)
        return behind.key, 1.0, words_of(marks, behind)
    before = [name for name in fit if name.span[1] <= start and not _scope(marks, name, draft, cast)]
    before = [name for name in before if not _parent_of(marks, name)] or before
    before = [name for name in before if not (cast.kind(name.key) == "mine" and _OWNED.search(_lead(marks, name)))]
    before = [name for name in before if not _seat_of(marks, name, before, cast)]
    if draft.meaning.entry.data.get("actor") or metric.startswith("purchase_"):
        before = [name for name in before if not _object(marks, name) and not _acquired(marks, name)]
        before = [name for name in before if cast.is_company(name.key)] or before[-1:]
    held = _held(marks, before, start) if metric == "stake" else None
    if held:
        draft.note = draft.note or f"of {held.key}"
        before = [name for name in before if name is not held]
    chosen = _nearest(marks, before, draft, cast)
    last = chosen.span[1] if chosen else marks.span[0]
    placed = chosen is not None and cast.kind(chosen.key) == "place"
    if metric in ("reserves", "reserve_share") and cast.mine and not placed and not _is_mine(chosen, cast):
        return cast.mine, 0.97, "mine"
    if chosen and cast.kind(chosen.key) == "mine" and metric in ("reserves", "reserve_share"):
        return chosen.key, 1.0, words_of(marks, chosen)
    if (
        cast.place
        and metric in _PLACE_METRICS
        and (chosen is None or not cast.is_company(chosen.key) or _CITY_WORDS.search(marks.text, last, start))
    ):
        goes_on = (
            chosen is None
            and cast.last
            and cast.is_company(cast.last)
            and not _CITY_WORDS.search(marks.text, *marks.span)
        )
        if goes_on:
            pass
        elif chosen is None or cast.is_company(chosen.key) or _region_of(marks, names, chosen, cast):
            return cast.place, 0.96, "the document's place"
    said = _of_kind(draft, marks, cast, chosen)
    if said:
        return said
    if metric == "investment" and cast.project and chosen is None and _THIS_PROJECT.search(marks.text, last, start):
        return cast.project, 0.97, "this project"
    if chosen and metric == "output_value" and cast.place and cast.is_company(chosen.key) and not cast.titled:
        if broken(marks.text, chosen.span[1], start):
            return cast.place, 0.95, "the document's place"
    definite = [found for found in MAIN_WORDS.finditer(marks.text, last, start) if not in_name(marks, found.start())]
    direct = (
        (metric == "stake" or draft.meaning.entry.data.get("actor"))
        and definite
        and cast.titled
        and chosen is not None
        and not broken(marks.text, definite[-1].end(), start)
        and broken(marks.text, chosen.span[1], start)
    )
    if definite and cast.main and (chosen is None or _object(marks, chosen) or direct):
        latin = definite[-1].group().isascii() and not cast.titled
        told = cast.last if latin and cast.last and cast.is_company(cast.last) else cast.main
        return told, 0.97, definite[-1].group()
    if chosen:
        return chosen.key, 1.0 if not parted(marks.text, chosen.span[1], start) else 0.97, words_of(marks, chosen)
    anaphor = _ANAPHOR.search(marks.text, marks.span[0], start)
    if anaphor and cast.junior:
        return cast.junior, 0.97, anaphor.group()
    if metric in ("market_share", "reserve_share") and NATION_WORDS.search(marks.text, *marks.span):
        return NATION, 0.95, "national scope"
    if (
        metric in (*_PROJECT_METRICS, "capacity")
        and cast.venture
        and re.search(r"项目|合资|\bproject\b|\bventure\b|\bJV\b", marks.text[slice(*marks.span)])
    ):
        return cast.venture, 0.95, "the venture"
    if metric in (*_PROJECT_METRICS, "capacity") and cast.main and cast.titled and cast.kind(cast.main) == "subsidiary":
        return cast.main, 0.96, "the venture of the title"
    if cast.last:
        return cast.last, 0.98, "sentence before"
    if cast.place and metric in _PLACE_METRICS:
        return cast.place, 0.95, "the document's place"
    if cast.national and metric in _PLACE_METRICS:
        return NATION, 0.95, "national document"
    if cast.main is None and cast.place:
        return cast.place, 0.93, "the document's place"
    return cast.main, 0.97, "main company"


_WHERE = re.compile(r"[,(]\s*(?:(?:located|based|situated|headquartered)\s+)?(?:in|at|near)\s+[^,()]*$", re.IGNORECASE)
_MODIFIER = re.compile(
    r"\s(?:plant|factory|facility|site|base|project|works|mill|line|phase|subsidiary|branch|unit)s?\b", re.IGNORECASE
)
_TOWN_OF = re.compile(
    r"\b(?:city|town|municipality|region|province|county|district|autonomous region) of (?:the )?$", re.IGNORECASE
)


_HOLDER = re.compile(
    r"[,;]?\s*(?:(?:and|while|with|whereas)\s+)?(?:the\s+)?([A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*)*)\s+"
    r"(?:(?:will\s+)?(?:holds?|holding|owns?|owning|with|takes?|taking|having)\s+)?(?:(?:the\s+)?(?:remaining|other|rest|balance)\s*)?(?:an?\s+)?"
)


def _unnamed_holder(draft: Draft, marks: Marks) -> bool:
    """ "Northern Rare Earth holding 51% and Sanyou the remaining 49%": the second share is of a firm without a key."""
    before = [q for q in marks.quantities if q.span[1] <= draft.quantity.span[0]]
    if not before or before[-1].dimension != "ratio":
        return False
    floor, start = before[-1].span[1], draft.quantity.span[0]
    found = _HOLDER.fullmatch(marks.text, floor, start)
    return found is not None and not any(floor <= name.span[0] < start for name in marks.names)


def _aside(marks: Marks, name: NameMention, start: int, cast: Cast) -> bool:
    """ "Baotou, in north China's Inner Mongolia, has raised …": the second place only says where the first one lies."""
    if cast.kind(name.key) != "place":
        return False
    comma = marks.text.find(",", name.span[1], start)
    return comma >= 0 and _WHERE.search(marks.text, marks.span[0], name.span[0]) is not None


def _owns(marks: Marks, name: NameMention) -> bool:
    """ "the output value of Baotou's industry", "the city of Baotou": the place is whose figure it is, not only where."""
    before = marks.text[max(marks.span[0], name.span[0] - 32) : name.span[0]]
    if _TOWN_OF.search(before):
        return True
    possessive = marks.text.startswith(("'s ", "’s "), name.span[1])
    return possessive and any(
        marks.text[hit.end : name.span[0]].strip() in ("of", "of the", "in", "for")
        for hit in marks.metrics
        if hit.end <= name.span[0]
    )


def _of_kind(
    draft: Draft, marks: Marks, cast: Cast, chosen: NameMention | None
) -> tuple[str | None, float, str] | None:
    """ "The exchange was founded by A with capital of …": the one named last, unless a name leads the clause behind it."""
    found = _KIND.search(marks.text, marks.span[0], draft.quantity.span[0])
    named = cast.latest.get(found[1].lower()) if found else None
    if found is None or named is None or not _fits_kind(draft.metric, cast, named):
        return None
    if chosen is not None and not (found.end() <= chosen.span[0] and _object(marks, chosen)):
        return None
    return named, 0.97, found.group()


def _fits_kind(metric: str, cast: Cast, key: str) -> bool:
    """Whether an exchange, institute or mine of the text can own such a figure."""
    return (
        metric in ("reserves", "reserve_share", "capacity", "output") if cast.kind(key) == "mine" else metric != "price"
    )


def _object(marks: Marks, name: NameMention) -> bool:
    return bool(OBJECT.search(marks.text[max(marks.span[0], name.span[0] - 9) : name.span[0]]))


def _parent_of(marks: Marks, name: NameMention) -> bool:
    """ "Golden Dragon, a unit of Xiamen Tungsten, …": the second name only says whose the first is."""
    before = marks.text[max(marks.span[0], name.span[0] - 32) : name.span[0]]
    return bool(
        re.search(
            r",\s*(?:a|an|the|its)?\s*(?:[\w-]+\s){0,2}(?:unit|subsidiary|arm|affiliate|division|part|member) of (?:the )?$",
            before,
        )
    )


def _seat_of(marks: Marks, name: NameMention, names: list[NameMention], cast: Cast) -> bool:
    """金力永磁包头二期项目: the place right behind a firm only says where the firm's plant is."""
    return cast.kind(name.key) == "place" and any(
        cast.is_company(other.key)
        and 0 <= name.span[0] - other.span[1] <= 4
        and not _APART.search(marks.text, other.span[1], name.span[0])
        for other in names
    )


def _lead(marks: Marks, name: NameMention) -> str:
    return marks.text[max(marks.span[0], name.span[0] - 4) : name.span[0]]


def _is_mine(name: NameMention | None, cast: Cast) -> bool:
    return name is not None and cast.kind(name.key) == "mine"


def _acquired(marks: Marks, name: NameMention) -> bool:
    before = marks.text[max(marks.span[0], name.span[0] - 48) : name.span[0]]
    return bool(
        re.search(
            r"收购|购买|\b(?:stake|interest|holding|shares?) (?:in|of) (?:the )?$|\b(?:purchase|takeover|acquisition) of (?:[\w-]+ ){0,3}$|\bacquir\w+ (?:[\w-]+ )?$",
            before,
        )
    )


def _held(marks: Marks, names: list[NameMention], start: int) -> NameMention | None:
    """The firm whose shares are held: 持有甘肃稀土49%股权. Its holder is somebody else."""
    for name in reversed(names):
        before = marks.text[max(marks.span[0], name.span[0] - 8) : name.span[0]]
        bought = before.endswith("对") and _BOUGHT.search(marks.text, start, min(marks.span[1], start + 24))
        if (bought or _HOLDING.search(before)) and _HELD_SHARE.fullmatch(marks.text, name.span[1], start):
            return name
    return None


def _region_of(marks: Marks, names: list[NameMention], chosen: NameMention, cast: Cast) -> bool:
    """ "Baotou, Inner Mongolia, …" and "Baotou in Inner Mongolia": the wider place only says where the other lies."""
    before = marks.text[max(marks.span[0], chosen.span[0] - 4) : chosen.span[0]]
    inner = cast.companies.get(cast.place or "")
    if inner is not None and inner.within == chosen.key and any(name.key == cast.place for name in names):
        return True
    return (
        chosen.key != cast.place
        and any(
            name.key == cast.place and name.span[1] <= chosen.span[0] and chosen.span[0] - name.span[1] <= 6
            for name in names
        )
    ) or bool(re.search(r"\bin\s*$", before))


def _fits(name: NameMention, metric: str, cast: Cast, marks: Marks) -> bool:
    kind = cast.kind(name.key)
    if kind in COMPANY_KINDS:
        return True
    if kind == "mine":
        return metric in ("reserves", "reserve_share", "capacity", "output")
    if kind == "place":
        if metric not in _PLACE_METRICS:
            return False
        if marks.text.startswith(("-based", "-headquartered", "-listed"), name.span[1]):
            return False  # "the Baotou-based giant" is the giant
        if _MODIFIER.match(marks.text, name.span[1]):
            return False  # "its Baotou plant" is the firm's
        return _owns(marks, name) or not PLACED.search(marks.text[max(marks.span[0], name.span[0] - 8) : name.span[0]])
    return kind in ("association", "regulator") and metric in ("price_index", "stake")


def _appositive(marks: Marks, name: NameMention) -> bool:
    pair = marks.bracket_of(name.span[0])
    return pair is not None and pair[1] - pair[0] - 1 <= name.span[1] - name.span[0] + 12


def _behind(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> NameMention | None:
    """ "an 8,000-ton metals project at Huaxing", 20亿元的厦门钨业…项目: the owner of the noun behind the figure."""
    if (
        draft.rule not in ("noun-behind", "shared-noun")
        or draft.cue is None
        or draft.cue.start < draft.quantity.span[1]
    ):
        return None
    limit = next((q.span[0] for q in marks.quantities if q.span[0] > draft.quantity.span[0]), marks.span[1])
    for name in names:
        inside = draft.quantity.span[1] <= name.span[0] and name.span[1] <= draft.cue.start
        if inside and cast.is_company(name.key) and not broken(marks.text, draft.quantity.span[1], draft.cue.start):
            return name
        if draft.cue.end <= name.span[0] < limit and cast.is_company(name.key):
            if (draft.metric != "stake" and _BEHIND.fullmatch(marks.text[draft.cue.end : name.span[0]])) or (
                draft.cue.alias.endswith(" by") and name.span[0] - draft.cue.end <= 5
            ):
                return name
    return None


def _scope(marks: Marks, name: NameMention, draft: Draft, cast: Cast) -> bool:
    """Whether the name only says where or of what: 占包头…产值, "of Baotou's output"."""
    before = marks.text[max(marks.span[0], name.span[0] - 6) : name.span[0]]
    if cast.kind(name.key) == "place" and not _owns(marks, name):
        return bool(OBJECT.search(before) or PLACED.search(before))
    return False


def _nearest(marks: Marks, names: list[NameMention], draft: Draft, cast: Cast) -> NameMention | None:
    """The last name before the figure, unless it stands behind a preposition while an earlier one leads the clause."""
    if not names:
        return None
    nearest = names[-1]
    parents = [name for name in names if _PARENT.match(marks.text, name.span[1])]
    if parents:
        return parents[-1]
    if draft.metric in ("capacity", "registered_capital"):
        return nearest
    alone = draft.cue is not None and not any(
        draft.cue.end <= q.span[0] < draft.quantity.span[0] for q in marks.quantities
    )
    if draft.metric == "stake" and alone and draft.cue is not None and draft.cue.end <= draft.quantity.span[0]:
        holders = [name for name in names if name.span[1] <= draft.cue.start]
        if holders and nearest.span[0] >= draft.cue.end:
            draft.note = draft.note or f"of {nearest.key}"
            return holders[-1]
    leading = [
        name for name in names if not OBJECT.search(marks.text[max(marks.span[0], name.span[0] - 9) : name.span[0]])
    ]
    if leading and leading[-1] is not nearest:
        direct = not broken(marks.text, nearest.span[1], draft.quantity.span[0])
        if not direct or (cast.is_company(leading[-1].key) and not cast.is_company(nearest.key)):
            return leading[-1]
        if cast.kind(nearest.key) in ("exchange",) and draft.metric not in (
            "trade_volume",
            "trade_value",
            "members",
            "listed_products",
        ):
            return leading[-1]
    return nearest
