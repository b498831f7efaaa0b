"""Whose figure it is.

A list's own item, the possessor or holder before the figure, the place for a country's quota: each kind of metric has its way.
What the sentence does not say is taken from the sentence before, then from the document's main company.
"""

from __future__ import annotations

import re

from signals.extraction.agents import FIRMS_METRICS, agent_of, operator_of, with_it
from signals.extraction.asides import aside, quoted, unnamed_holder
from signals.extraction.cast import NATION, Cast
from signals.extraction.drafts import Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import broken, parted
from signals.extraction.markets import (
    MAIN_WORDS,
    NATION_WORDS,
    OBJECT,
    company_price,
    in_name,
    index_maker,
    of_market,
    of_nation,
    words_of,
)  # fmt: skip
from signals.extraction.marks import Marks
from signals.extraction.name_roles import (
    MINE_METRICS,
    PLACE_METRICS,
    by_the_way,
    country_before,
    explained_mine,
    fits,
    held_firm,
    is_acquired,
    is_appositive,
    is_bracketed_behind,
    is_mine,
    is_object,
    is_parent_of,
    is_region_of,
    is_scope,
    is_seat_of,
    leads_to_buyer,
    named_behind,
    of_kind,
    words_before,
)
from signals.extraction.records import NameMention
from signals.extraction.strangers import trade_between
from signals.extraction.wording import listed_words, pattern_of

_ANAPHOR = pattern_of("{told-firm}", re.IGNORECASE)
_PARENT = pattern_of(r"\s*{and-its}")
_CITY_WORDS = pattern_of("{the-city}", re.IGNORECASE)
_OF_MINES = ("reserves", "reserve_share", "market_share", "output_share")
_PROJECT_METRICS = ("project_revenue", "project_profit", "irr", "payback")
_OWNED = pattern_of("{owner-of}$")  # 公司拥有白云鄂博…: the holder's, not the mine's
_LATTER = gated(r"后者[^,，。;；]{0,10}$")
_THIS_PROJECT = pattern_of("{this-project}")
# 向北方稀土的关联销售金额: the other side of a trade
_PARTNER = pattern_of("{other-side-of-trade}")
_SELLER = pattern_of("{seller-of}")  # 购买五矿稀土集团持有的江华稀土94%股权
_PART_OF_ITS_SHARES = pattern_of("的?{share-capital}")
_ITS_SHARES = pattern_of(r"{hold-or-buy}其{part-or-rest}?[^,，。;；\d]{0,6}$")
# "global reserves of rare earths at 110 million tonnes" are nobody's
_WORLD = pattern_of(r"(?:{the-world.en}\s+(?:[\w-]+\s){0,2}|{the-world.zh}[^,，。;；占\d]{0,6})$", re.IGNORECASE)
_MEANS = pattern_of("{whose-means}")  # 以全资子公司华美为实施主体
# 包头将实施甲公司、乙公司等46个项目: whose projects are listed is not who carries them out
_PROJECTS_OF = pattern_of(r"{carry-out-projects}[^,，。;；]*?等[^,，。;；]{0,4}\d+[余多]?[个项][^,，。;；]{0,8}项目")
_PROJECT_COUNTS = ("projects", "capacity", "investment", "output_value")
_OF_A_PLACE = ("capacity", "local_conversion_rate", "investment", "projects", "enterprises", "output_value")
_COUNTS_OF_PLACES = ("enterprises", "projects")
_GROUP = pattern_of("{firms-around}")
_JOINTLY = pattern_of("{jointly-owned}")
_HOLDS = pattern_of("{stakeholder-of}")
_STAKE_AFTERWARDS = pattern_of("{deal-over}")
_THROUGH = pattern_of("{through}$")


def subject_of(draft: Draft, marks: Marks, cast: Cast) -> tuple[str | None, float, str]:
    """The subject, a factor on confidence, and the words or rule that decided."""
    key, factor, why = _found(draft, marks, cast)
    other = _of_stranger(draft, marks, cast, key)
    if other:
        return None, 0.9, other
    return key, factor, why


_OF_ALL = frozenset(["revenue", "net_profit", "net_profit_core", "profit", "gross_margin", "net_margin", "roe"])
_OWN_OF_FIRM = (FIRMS_METRICS - {"stake", "investment"}) | {"registered_capital", "liabilities_ratio", "output_value"}


def _of_stranger(draft: Draft, marks: Marks, cast: Cast, key: str | None) -> str | None:
    """The words that make it the figure of a firm without a key or of a whole trade; None when nothing does."""
    strangers, start = cast.strangers, draft.quantity.span[0]
    if cast.unlisted and draft.metric in _OWN_OF_FIRM and not draft.name:
        ends = [name.span[1] for name in marks.names if name.span[1] <= start and cast.is_company(name.key)]
        floor = max(ends, default=marks.span[0])
        firm = next((span for span in cast.unlisted if floor <= span[0] and span[1] <= start), None)
        if firm is not None:
            return marks.text[slice(*firm)]
    if strangers is None and draft.metric in _OF_ALL and not draft.name:
        last = [name.span[1] for name in marks.names if name.span[1] <= start and cast.is_company(name.key)]
        return trade_between(marks.text, max(last, default=marks.span[0]), start)
    if strangers is None or draft.metric not in FIRMS_METRICS or draft.name:
        return None
    known = [name for name in marks.names if name.span[1] <= start and cast.is_company(name.key)]
    if not known and agent_of(draft, marks, marks.names, cast):
        return None  # "… was posted by Shenghe"
    floor = known[-1].span[1] if known else marks.span[0]
    firm = strangers.firm_between(floor, start)
    if firm is not None and not OBJECT.search(marks.text[max(marks.span[0], firm[0] - 9) : firm[0]]):
        cast.outside = True
        return marks.text[slice(*firm)]
    trade = strangers.sector_between(floor, start) if draft.metric in _OF_ALL else None
    if trade is not None and marks.text[floor : trade[0]] not in ("'s ", "’s "):  # else a line of the firm's
        cast.outside = True
        return marks.text[slice(*trade)]
    if known or (key is not None and not cast.is_company(key)):
        cast.outside = False
    return "the firm told of before" if cast.outside else None


def _found(draft: Draft, marks: Marks, cast: Cast) -> tuple[str | None, float, str]:
    """The subject that the words name, be it without a key."""
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
    if (
        metric == "stake"
        and cast.previous[0] == "stake"
        and _STAKE_AFTERWARDS.search(marks.text, max(cast.previous[2], marks.span[0]), draft.quantity.span[0])
        and not any(cast.previous[2] <= name.span[0] < draft.quantity.span[0] for name in marks.names)
    ):
        return cast.previous[1], 0.96, "who buys"  # 拟收购…32%股权,交易完成后持股比例升至75%
    if metric in _PROJECT_METRICS and cast.project:
        venture = cast.titled and cast.main is not None and cast.kind(cast.main) == "subsidiary"
        return (cast.main if venture else cast.project), 0.97, "project"
    latter = _LATTER.search(marks.text, marks.span[0], draft.quantity.span[0]) if metric == "stake" else None
    if latter:
        named = [name for name in marks.names if name.span[1] <= latter.start() and cast.is_company(name.key)]
        if named:
            return named[-1].key, 0.97, latter.group()
    if metric == "stake" and unnamed_holder(draft, marks):
        return None, 0.95, "a holder that is not known"
    names = [name for name in marks.names if cast.kind(name.key) not in ("person", "publisher", "")]
    if metric in ("reserves", "output") and draft.cue is not None and draft.quantity.dimension == "mass":
        world = _WORLD.search(marks.text, marks.span[0], draft.cue.start)
        closer = any(draft.cue.end <= name.span[0] < draft.quantity.span[0] for name in names)
        if world and not closer and draft.cue.end <= draft.quantity.span[0]:
            return None, 0.97, world.group()
    country = country_before(draft, marks, names, cast)
    if country:
        return country.key, 1.0, words_of(marks, country)
    names = [name for name in names if name.key not in cast.abroad or name.key == cast.main]
    start = draft.quantity.span[0]
    if draft.product == "concentrate" and cast.main and (metric == "price_step" or company_price(draft, marks, cast)):
        names = [name for name in names if name.key != NATION]  # "China has set the price": the seller's all the same
    if metric == "price_index":
        maker = index_maker(marks, names, cast)
        cast.index = maker.key if maker else cast.index
        return cast.index, 0.97, "who makes the index"
    if metric == "price" and not company_price(draft, marks, cast):
        told, whose, _ = cast.previous
        if draft.rule == "sentence-before" and told == "price" and whose and cast.is_company(whose):
            return whose, 0.95, "sentence before"
        return of_market(draft, marks, names, cast)
    if draft.meaning.entry.data.get("nation") or metric in (
        "quota_share",
        "quota_mining",
        "quota_smelting",
        "export_share",
    ):
        holder = with_it(draft, marks, names, cast) if metric.startswith("quota_") else None
        return (holder, 0.95, "With …,") if holder else of_nation(draft, marks, names, cast)
    before: list[NameMention] = []
    if names:
        answer, before = _of_names(draft, marks, cast, names)
        if answer is not None:
            return answer
    before = [name for name in before if not (metric == "capacity" and _only_sites(marks, name, start, cast))]
    chosen = _nearest(marks, before, draft, cast)
    mine = explained_mine(marks, before, start, cast) if metric in _OF_MINES else None
    if mine:
        return mine.key, 0.98, words_of(marks, mine)
    if chosen and metric in ("output", "capacity") and is_mine(chosen, cast):
        chosen = operator_of(marks, chosen, before, cast) or chosen
    last = chosen.span[1] if chosen else marks.span[0]
    placed = chosen is not None and cast.kind(chosen.key) == "place"
    said = of_kind(draft, marks, cast, chosen)
    if said:
        return said
    if metric in ("reserves", "reserve_share") and cast.mine and not placed and not is_mine(chosen, cast):
        return cast.mine, 0.97, "mine"
    if chosen and cast.kind(chosen.key) == "mine" and metric in ("reserves", "reserve_share"):
        return chosen.key, 1.0, words_of(marks, chosen)
    if (
        cast.place
        and metric in PLACE_METRICS
        and (chosen is None or not cast.is_company(chosen.key) or _CITY_WORDS.search(marks.text, last, start))
    ):
        goes_on = (
            chosen is None
            and cast.last
            and cast.is_company(cast.last)
            and not _CITY_WORDS.search(marks.text, *marks.span)
        )
        told, whose, end = cast.previous
        if goes_on:
            pass
        elif (
            chosen is None
            and whose
            and not names
            and told in PLACE_METRICS
            and cast.kind(whose) == "place"
            and marks.text.find("\n", end, start) < 0
        ):
            return whose, 0.96, "the place told of before"  # of the paragraph
        elif chosen is None or cast.is_company(chosen.key) or is_region_of(marks, names, chosen, cast):
            return cast.place, 0.96, "the document's place"
    if metric == "investment" and cast.project and chosen is None and _THIS_PROJECT.search(marks.text, last, start):
        return cast.project, 0.97, "this project"
    if metric == "investment" and cast.opened and not names and draft.cue is not None:
        if draft.cue.start - marks.span[0] <= len("The total "):
            return cast.opened, 0.97, "the plant told of before"  # "Investment is 2.1 billion yuan"
    if chosen and metric == "output_value" and cast.place and cast.is_company(chosen.key) and not cast.titled:
        grown = cast.previous[:2] == ("output_value", chosen.key) and cast.previous[2] > chosen.span[1]
        if broken(marks.text, chosen.span[1], start) and not (grown and draft.is_change):
            return cast.place, 0.95, "the document's place"
    definite = [
        found
        for found in MAIN_WORDS.finditer(marks.text, last, start)
        if not in_name(marks, found.start()) and not marks.text.endswith(("占", "增持", "减持"), 0, found.start())
    ]
    direct = (
        (metric == "stake" or draft.meaning.entry.data.get("actor"))
        and definite
        and cast.titled
        and chosen is not None
        and not broken(marks.text, definite[-1].end(), start)
        and broken(marks.text, chosen.span[1], start)
    )
    if definite and cast.main and (chosen is None or is_object(marks, chosen) or direct):
        latin = definite[-1].group().isascii() and not cast.titled
        told = cast.last if latin and cast.last and cast.is_company(cast.last) else cast.main
        if cast.topic and definite[-1].group().isascii():
            told = cast.topic  # "Shenghe runs three plants. The company …", whatever the text is about
        return told, 0.97, definite[-1].group()
    if chosen and cast.main not in (None, chosen.key) and leads_to_buyer(marks, chosen):
        return cast.main, 0.96, "who sells to it"
    if chosen:
        return chosen.key, 1.0 if not parted(marks.text, chosen.span[1], start) else 0.97, words_of(marks, chosen)
    anaphor = _ANAPHOR.search(marks.text, marks.span[0], start) if cast.junior else None
    if anaphor:
        return cast.junior, 0.97, anaphor.group()
    firms = draft.cue is not None and draft.cue.alias in listed_words("market-share-noun")  # 国内市占率36% is a firm's
    if (
        metric in ("market_share", "reserve_share", "reserves")
        and not firms
        and NATION_WORDS.search(marks.text, *marks.span)
    ):
        return NATION, 0.95, "national scope"
    if metric in (*_PROJECT_METRICS, "capacity") and cast.venture and _JOINTLY.search(marks.text, *marks.span):
        return cast.venture, 0.95, "the venture"
    if metric in (*_PROJECT_METRICS, "capacity") and cast.main and cast.titled and cast.kind(cast.main) == "subsidiary":
        return cast.main, 0.96, "the venture of the title"
    if (
        metric in _COUNTS_OF_PLACES
        and cast.main
        and cast.is_company(cast.main)
        and not cast.titled
        and not _GROUP.search(marks.text, *marks.span)
    ):
        whose = cast.last if cast.last and cast.kind(cast.last) == "place" else cast.place
        return whose, 0.9, "no firm's count"  # 长汀稀土企业共20家
    if cast.last == NATION and cast.place and cast.place_titled and metric in _OF_A_PLACE:
        return cast.place, 0.93, "the place of the title"  # 占全国的三分之一,就地转化率达到80%
    if cast.last and (cast.kind(cast.last) != "mine" or metric in MINE_METRICS):
        return cast.last, 0.98, "sentence before"
    if cast.place and metric in PLACE_METRICS:
        return cast.place, 0.95, "the document's place"
    if cast.national and metric in PLACE_METRICS:
        return NATION, 0.95, "national document"
    if cast.main is None and cast.place:
        return cast.place, 0.93, "the document's place"
    return cast.main, 0.97, "main company"


def _of_names(
    draft: Draft, marks: Marks, cast: Cast, names: list[NameMention]
) -> tuple[tuple[str | None, float, str] | None, list[NameMention]]:
    """Who acts by the sentence's own words, if they say so; and the names before the figure that can own it, in order."""
    metric, start = draft.metric, draft.quantity.span[0]
    names = [name for name in names if not _MEANS.match(marks.text, name.span[1]) and not quoted(marks, name, cast)]
    listed = _PROJECTS_OF.search(marks.text, *marks.span) if metric in _PROJECT_COUNTS else None
    if listed and any(name.span[1] <= listed.start() for name in names):
        names = [name for name in names if not listed.start() <= name.span[0] < listed.end()]
    names = [name for name in names if not _THROUGH.search(marks.text, max(0, name.span[0] - 2), name.span[0])]
    visible = [name for name in names if marks.visible(name, start) or is_appositive(marks, name)]
    visible = [name for name in visible if not is_bracketed_behind(marks, name, visible, cast)]
    fit = [name for name in visible if fits(name, metric, cast, marks)]
    fit = [name for name in fit if name.span not in cast.spent and not aside(marks, name, start, cast)]
    if metric != "stake" and len(fit) > 1:  # 甲公司持股49%,投资1.53亿元: whose share is told of does not act on
        fit = [name for name in fit if not _HOLDS.match(marks.text, name.span[1], start)] or fit
    agent = agent_of(draft, marks, fit, cast)
    if agent:
        return (agent.key, 1.0, words_of(marks, agent)), []
    behind = named_behind(draft, marks, fit, cast)
    if behind:
        cast.spent.add(behind.span)
        return (behind.key, 1.0, words_of(marks, behind)), []
    before = [name for name in fit if name.span[1] <= start and not is_scope(marks, name, draft, cast)]
    before = [name for name in before if not is_parent_of(marks, name)] or before
    in_passing = by_the_way(marks, before, start) if len(before) > 1 else []
    before = [name for name in before if name not in in_passing]
    before = [
        name for name in before if not (cast.kind(name.key) == "mine" and _OWNED.search(words_before(marks, name)))
    ]
    before = [name for name in before if not is_seat_of(marks, name, before, cast)]
    if draft.meaning.entry.data.get("actor") or metric.startswith("purchase_"):
        before = [name for name in before if not is_object(marks, name) and not is_acquired(marks, name)]
        before = [name for name in before if cast.is_company(name.key)] or before[-1:]
    if metric == "stake" and before and _ITS_SHARES.search(marks.text, marks.span[0], start):
        draft.note = draft.note or f"of {before[-1].key}"  # 整合中鑫安泰后,将持有其40%股权
        holders = [name for name in before[:-1] if name.key != before[-1].key and cast.is_company(name.key)]
        main = cast.main if cast.main != before[-1].key else None
        return ((holders[-1].key if holders else main), 0.96, "who holds its shares"), []
    if metric == "stake":
        before = [name for name in before if not _SELLER.match(marks.text, name.span[1])] or before
        parts = {
            name.key
            for name in before
            if _PART_OF_ITS_SHARES.match(marks.text, name.span[1]) and is_object(marks, name)
        }
        if parts and any(name.key not in parts for name in before):
            draft.note = draft.note or f"of {sorted(parts)[0]}"  # 收购甲公司股份,占甲公司股份总数的100%
            before = [name for name in before if name.key not in parts]
    held = held_firm(marks, before, start) if metric == "stake" else None
    if held:
        draft.note = draft.note or f"of {held.key}"
        before = [name for name in before if name.key != held.key]
    return None, before


def _only_sites(marks: Marks, name: NameMention, start: int, cast: Cast) -> bool:
    """ "JL MAG … The Ningbo |3,000-ton project": in a firm's text the place before a plant's size says where it stands."""
    beside = cast.titled and cast.kind(name.key) == "place" and marks.text[name.span[1] : start] == " "
    return beside and marks.text[name.span[0] - 4 : name.span[0]].lower() in ("the ", "its ")


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
    alone = alone or marks.text.endswith(" in ", 0, nearest.span[0])  # "its holding in X from 37% to 38%"
    if draft.metric == "stake" and alone and draft.cue is not None and draft.cue.end <= draft.quantity.span[0]:
        holders = [name for name in names if name.span[1] <= draft.cue.start]
        if holders and nearest.span[0] >= draft.cue.end:
            draft.note = draft.note or f"of {nearest.key}"
            return holders[-1]
    leading = [
        name for name in names if not OBJECT.search(marks.text[max(marks.span[0], name.span[0] - 9) : name.span[0]])
    ]
    if leading and leading[-1] is not nearest:
        if _PARTNER.match(marks.text, nearest.span[1]) and is_object(marks, nearest):
            return leading[-1]
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
