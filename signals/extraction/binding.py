"""From a sentence's marks to drafts: which metric each figure states, as a level or as a change.

A figure takes its metric, in this order: from a list that assigns it (分别, "respectively"); from a noun right behind it
("35% growth in profit", 48项专利); from the nearest metric before it that such a figure can state; from the figure that shares
its noun further on ("8,000 t and 12,000 t projects"); from the figure before it in the same run; from the sentence before
("against a year earlier they rose 17.5%"). What no metric claims is no indicator.
"""

from __future__ import annotations

from collections.abc import Mapping

from signals.extraction.alignment import Place, align
from signals.extraction.calendar import length
from signals.extraction.candidates import (
    OF,
    allows,
    beside,
    growing_rate,
    metrics_before,
    metrics_behind,
    of_quota_or_trade,
    prefers_before,
    roles,
    score_before,
    stripped,
)  # fmt: skip
from signals.extraction.carrying import Carrier
from signals.extraction.change_words import RELATIVE, change_of, from_level, to_level
from signals.extraction.compared import after_base
from signals.extraction.drafting import VOLUMES
from signals.extraction.drafts import Change, Draft
from signals.extraction.grammar import broken, parted
from signals.extraction.leaning import (
    brings_total,
    change_before,
    change_left_out,
    coordinators,
    dropped,
    for_both,
    for_others,
    narrow_product,
    of_firm,
    only,
    passed_over,
    plan_of_goods,
    share_or_gap,
    shared_out,
    take_level_meaning,
    told_as,
    without_aside,
)  # fmt: skip
from signals.extraction.marks import Marks, span_of
from signals.extraction.metrics import allows_level, is_weak
from signals.extraction.project_economics import settle_intensity, settle_plants, settle_projects
from signals.extraction.records import Hit, Quantity
from signals.extraction.shares import settle_share, settle_share_items
from signals.extraction.specifications import without_specifications
from signals.extraction.unit_tells import UnitTeller
from signals.extraction.wording import listed_words


def _told_by_verb(marks: Marks, last: Draft, near: Hit, figure: Quantity) -> bool:
    """Whether the level right before has a word that binds only beside it, and ``near`` stands before that word."""
    return (
        last.cue is not None
        and not last.is_change
        and is_weak(last.cue)
        and near.end <= last.cue.start
        and not parted(marks.text, last.quantity.span[1], figure.span[0])
    )


def _shares_out(marks: Marks, last: Draft, follower: Draft) -> bool:
    """ "took 22% and 18% of China's exports": what the second is a share of, the first is one of, too."""
    gap = marks.text[last.quantity.span[1] : follower.quantity.span[0]].strip()
    share = follower.metric.endswith("_share") and not last.metric.endswith("_share")
    return share and gap in listed_words("list-and") and last.cue is not None and not last.change


class Binder(Carrier, UnitTeller):
    """Binds the sentences of a paragraph one after another; remembers the last figures for those that lean on them."""

    def new_paragraph(self) -> None:
        """Forget the figure that the next sentence might lean on."""
        self.last = None
        self._announced = None
        self._paragraph_product = None
        self._volumes = self._title_volumes
        self._lists = {}
        self._segments.new_paragraph()

    def after_title(self, title: str) -> None:
        """Keep what the title speaks of: "Concentrate output falls", and below "Output came to 211,100t"."""
        self._title_volumes = self._volumes
        self._title = title.lower()

    def bind(self, marks: Marks) -> list[Draft]:
        """The drafts of one sentence, in order."""
        marks = without_specifications(marks)
        self._segments.open(marks)
        drafts = self._drafts(marks)
        self._spoken = next((m.period for m in reversed(marks.periods) if length(m.period) in (1, 3)), self._spoken)
        for hit in marks.products:
            if hit.key.endswith(("-oxide", "-metal")):
                self._element[hit.key[-6:]] = hit.key
        return drafts

    def _drafts(self, marks: Marks) -> list[Draft]:
        self._rare_earth = self._rare_earth or any(hit.key == "rare-earth" for hit in marks.products)
        if not marks.quantities:
            self._paragraph_product = narrow_product(marks) or self._paragraph_product
            named = [hit for hit in marks.metrics if not is_weak(hit) and not hit.entry.data.get("tight")]
            if named and marks.text[marks.span[1] - 1] in ":：":
                self._announced = named[-1]  # "Q3 production/sales:" over a list
            narrow = narrow_product(marks)
            if narrow and any(hit.entry.data.get("means", hit.key) in VOLUMES for hit in marks.metrics):
                self._volumes = narrow  # "The group plans to raise its concentrate output"
            traded = [hit.key for hit in marks.products] if any(hit.key == "exports" for hit in marks.metrics) else []
            if traded and "export_volume" not in self._last_product:
                self._last_product["export_volume"] = (narrow or traded[-1], None)  # "Rare earth exports hit a high"
            if narrow and any(hit.key == "price" for hit in marks.metrics):
                self._last_product["price"] = (narrow, None)  # "a higher price for its concentrate"
            return []
        places = align(marks, self._lists, self._spoken)
        self._said = {}
        bound: dict[int, Draft] = {}
        for index in range(len(marks.quantities)):
            draft = (
                self._of_list(marks, index, places.get(index))
                or self._parallel(marks, index, places.get(index), bound)
                or self._direct(marks, index, places.get(index), bound)
            )
            if draft:
                plan_of_goods(draft, places.get(index), bound, index)
                bound[index] = draft
                if draft.cue is not None and (draft.cue.entry.key == "share" or draft.metric == "quota_share"):
                    settle_share(marks, index, draft, bound)
        self._share_tails(marks, bound, places)
        for index in range(len(marks.quantities)):
            if index not in bound:
                draft = (
                    self._answering(marks, index, places.get(index), bound)
                    or self._parallel(marks, index, places.get(index), bound)
                    or self._carried(marks, index, bound, places.get(index))
                    or self._default(marks, index)
                )
                if draft:
                    bound[index] = draft
        settle_intensity(bound, marks, self._metrics)
        settle_share_items(marks, bound)
        take_level_meaning(marks, bound)
        drafts: list[Draft] = []
        bound = {index: draft for index, draft in bound.items() if not dropped(draft)}
        for index in sorted(bound):
            drafts.append(bound[index])
            drafts.extend(for_others(bound[index], places.get(index)))
            drafts.extend(for_both(index, bound, marks))
        settle_projects(drafts, marks, self._metrics)
        settle_plants(drafts, marks, self._metrics)
        if drafts:
            # what a per cent of content adds is told in passing: the next sentence goes on with the price
            leaders = [draft for draft in drafts if draft.cue is not None and draft.metric != "price_step"]
            self.last = self._last_any = leaders[-1] if leaders else self.last
        self._levels = [draft for draft in drafts if not draft.is_change and draft.cue is not None]
        self._paragraph_product = narrow_product(marks) or self._paragraph_product
        self._priced = self._priced or any(draft.metric == "price" for draft in drafts)
        prices = [draft for draft in drafts if draft.metric == "price" and draft.cue is not None]
        self._last_price = prices[-1] if prices else self._last_price
        return drafts

    def _of_list(self, marks: Marks, index: int, place: Place | None) -> Draft | None:
        """A figure whose metric a list assigns: 产量、销量分别为…."""
        if place is None or "metrics" not in place.items:
            return None
        hit: Hit = place.items["metrics"]
        change = change_of(marks, index, place.items.get("bases", ""))
        if change is None and not allows_level(hit.entry, marks.quantities[index]):
            return None  # "revenue and profit accounted for 50% and 78% of the trade's respectively"
        return self._make(marks, index, hit, change, place, "aligned-list", 0.93)

    def _parallel(self, marks: Marks, index: int, place: Place | None, bound: Mapping[int, Draft]) -> Draft | None:
        """A rate that answers a level in order: "volume of 52,300 tons and turnover of 6.1 billion yuan, up 12% and 9% respectively"."""
        if place is None or place.parallel is None:
            return None
        offset, size = place.parallel
        rate = marks.quantities[index].dimension in RELATIVE  # "up by 2pc from 34,600t and 29,700t respectively"
        change = change_of(marks, index) or (None if shared_out(marks, index) or not rate else change_before(bound))
        levels = [bound[one] for one in sorted(bound) if one < index - offset and not bound[one].is_change][-size:]
        base = change is None and not rate and after_base(marks, marks.quantities[index - offset])
        base = base or (change is None and not rate and brings_total(marks, index - offset, levels))
        if base and any(level.quantity.dimension != marks.quantities[index].dimension for level in levels):
            base = False
        if (
            (change is None and not base)
            or len(levels) < size
            or parted(marks.text, levels[0].quantity.span[1], marks.quantities[index].span[0])
        ):
            return None
        draft = self._lean(
            marks, index, levels[offset], change, place, "aligned-list", 0.92, "level" if base else "change"
        )
        if draft:
            level = levels[offset]
            draft.meaning, draft.product, draft.name = level.meaning, level.product, level.name
        return draft

    def _direct(self, marks: Marks, index: int, place: Place | None, bound: Mapping[int, Draft]) -> Draft | None:
        """A figure with a metric of its own in the sentence."""
        if not marks.metrics:
            return None
        figure = marks.quantities[index]
        change = change_of(marks, index, place.items.get("bases", "") if place else "")
        change = change or change_left_out(marks, index, bound)
        if (
            change
            and not change.to_level
            and figure.dimension == "ratio"
            and (to_level(marks, figure) or from_level(marks, index))
            and growing_rate(marks, figure)
        ):
            change = Change(change.basis, 0, True, change.span)  # growth slowed to 5.9%: a rate, and still growth
        ways = roles(figure, change, to_level(marks, figure) or from_level(marks, index), growing_rate(marks, figure))
        behind = metrics_behind(marks, index)
        before = metrics_before(marks, figure)
        if change is not None:
            before = [hit for hit in before if not passed_over(hit, bound)]
            before = without_aside(marks, figure, before, bound)
        for role in ways:
            tight = next((hit for hit in behind if allows(hit, figure, role, marks)), None)
            near = next((hit for hit in before if allows(hit, figure, role, marks)), None)
            if tight and near and prefers_before(marks, index, near, tight, role, bound):
                tight = None
            if tight and role == "change" and share_or_gap(marks, figure, change):
                tight = None  # "60% of revenue comes from steel" is a share
            if tight:
                return self._make(
                    marks, index, tight, change if role == "change" else None, place, "noun-behind", 0.95, role
                )
            if (
                near
                and role == "change"
                and (change is None or change.to_level)
                and not growing_rate(marks, figure)
                and (not beside(marks, near, figure) or OF.match(marks.text, figure.span[1]))
            ):
                near = None
            last = bound.get(index - 1)
            if near and role == "change" and last is not None and _told_by_verb(marks, last, near, figure):
                near = None  # "As prices recovered, JL MAG earned 5 billion yuan, down 21%"
            if near and near.alias in ("盈利", "亏损", "净亏损", "loss of", "loss"):
                near = told_as(marks, near, bound)
            if near and near.entry.key in ("profit", "net_profit"):
                near = stripped(marks, near)
            if near and near.entry.key in ("output", "sales"):
                near = of_quota_or_trade(marks, near)
            if near and near.key == "price_index" and role == "change" and of_firm(marks, near, figure):
                shares = self._metrics["share_price"]  # 指数大涨6.67%,其中北方稀土大涨9.89%
                return self._build(marks, index, shares, None, change, None, None, "beside-index", 0.8, "change")
            if near:
                score = score_before(marks, near, figure)
                rule = "metric-before" if not broken(marks.text, near.end, figure.span[0]) else "metric-earlier"
                return self._make(marks, index, near, change if role == "change" else None, place, rule, score, role)
        return None

    def _share_tails(self, marks: Marks, bound: dict[int, Draft], places: Mapping[int, Place]) -> None:
        """ "8,000 t … and 12,000 t projects", "over 15% revenue and 35% profit growth": what the next figure has, this one has."""
        for index in range(len(marks.quantities) - 2, -1, -1):
            follower = bound.get(index + 1)
            figure = marks.quantities[index]
            taken = index in bound and not (follower and _shares_out(marks, bound[index], follower))
            if taken or follower is None or follower.cue is None or follower.rule not in ("noun-behind", "shared-noun"):
                continue
            if figure.dimension != follower.quantity.dimension:
                continue
            free = [span_of(item) for item in (*marks.names, *marks.products)]
            between = [*free, *coordinators(marks, figure.span[1], follower.quantity.span[0])]
            if only(marks.text, figure.span[1], follower.quantity.span[0], between):
                draft = self._make(
                    marks,
                    index,
                    follower.cue,
                    follower.change,
                    places.get(index),
                    "shared-noun",
                    0.88,
                    "change" if follower.is_change else "level",
                )
                if draft:
                    draft.product = follower.product or draft.product
                    if follower.metric.endswith("_share"):
                        draft.meaning, draft.name = follower.meaning, follower.name
                    bound[index] = draft
