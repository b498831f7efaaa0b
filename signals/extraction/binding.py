"""From a sentence's marks to drafts: which metric each figure states, as a level or as a change.

A figure takes its metric, in this order: from a list that assigns it (分别, "respectively"); from a noun right behind it
("35% growth in profit", 48项专利); from the nearest metric before it that such a figure can state; from the figure that shares
its noun further on ("8,000 t and 12,000 t projects"); from the figure before it in the same run; from the sentence before
("against a year earlier they rose 17.5%"). What no metric claims is no indicator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from signals.extraction.alignment import Place, align
from signals.extraction.change_words import change_of, from_level, to_level
from signals.extraction.drafts import Change, Draft
from signals.extraction.grammar import BREAK, STRONG, broken, joined, leads_to, parted
from signals.extraction.marks import Marks, span_of
from signals.extraction.metrics import Context, allows_change, allows_level, is_weak, meaning
from signals.extraction.numerals import fold
from signals.extraction.products import product_of
from signals.extraction.project_economics import settle_intensity, settle_projects
from signals.extraction.records import Entry, Hit, Quantity, Span

_PASSIVE = re.compile(r"\s*(?:has|have|had|was|were|is|are|will)\s+(?:been\s+|be\s+)?", re.IGNORECASE)
_OF = re.compile(r"\s*(?:of|的)\b", re.IGNORECASE)
_PARTNERS = frozenset(
    """united-states japan european-union germany south-korea vietnam india united-kingdom france netherlands thailand mexico taiwan italy""".split()
)
_COUNTS = ("count", "plain")
_REMEMBERED = ("price", "price_step", "export_volume", "export_revenue", "import_volume", "output_value")  # the product goes on until another is named
_MEASURES = {"yoy": "change_yoy", "qoq": "change_qoq", "mom": "change_mom", "ytd": "change_ytd", "prev": "change_qoq"}


class Binder:
    """Binds the sentences of a paragraph one after another; remembers the last figures for those that lean on them."""

    def __init__(self, metrics: Mapping[str, Entry], language: str) -> None:
        self._metrics = dict(metrics)
        self._language = language
        self.last: Draft | None = None  # of the paragraph
        self._last_product: dict[str, tuple[str | None, Hit | None]] = {}
        self._paragraph_product: str | None = None
        self._segment: tuple[Span, int, str] | None = None
        self._lists: dict[int, list[Hit]] = {}  # the paragraph's lists of products, by length
        self._rare_earth = False  # whether the document has spoken of the industry
        self._last_any: Draft | None = None  # of the document, for "That was 5.2% less than in September"
        self._last_patents = ""
        self._destination = ""  # where the last exports went
        self._last_price: Draft | None = None  # of the document: lists of prices go on over paragraphs
        self._said: dict[int, Draft] = {}  # the last figure under each metric word of the sentence

    def new_paragraph(self) -> None:
        """Forget the figure that the next sentence might lean on."""
        self.last = None
        self._paragraph_product = None
        self._lists = {}

    def bind(self, marks: Marks) -> list[Draft]:
        """The drafts of one sentence, in order."""
        marks = without_specifications(marks)
        self._rare_earth = self._rare_earth or any(hit.key == "rare-earth" for hit in marks.products)
        if not marks.quantities:
            narrow = [hit.key for hit in marks.products if not hit.entry.data.get("wide")]
            self._paragraph_product = narrow[-1] if narrow else self._paragraph_product
            return []
        places = align(marks, self._lists)
        self._said = {}
        bound: dict[int, Draft] = {}
        for index in range(len(marks.quantities)):
            draft = self._of_list(marks, index, places.get(index)) or self._parallel(marks, index, places.get(index), bound) or self._direct(marks, index, places.get(index), bound)
            if draft:
                bound[index] = draft
                if draft.cue is not None and draft.cue.entry.key == "share":
                    self._settle_share(marks, index, draft, bound)
        self._share_tails(marks, bound, places)
        for index in range(len(marks.quantities)):
            if index not in bound:
                draft = self._carried(marks, index, bound, places.get(index)) or self._default(marks, index)
                if draft:
                    bound[index] = draft
        settle_intensity(bound, marks, self._metrics)
        drafts: list[Draft] = []
        bound = {index: draft for index, draft in bound.items() if not self._dropped(draft)}
        for index in sorted(bound):
            drafts.append(bound[index])
            drafts.extend(self._for_others(bound[index], places.get(index)))
        settle_projects(drafts, marks, self._metrics)
        if drafts:
            self.last = self._last_any = drafts[-1]
        narrow = [hit.key for hit in marks.products if not hit.entry.data.get("wide")]
        self._paragraph_product = narrow[-1] if narrow else self._paragraph_product
        prices = [draft for draft in drafts if draft.metric == "price" and draft.cue is not None]
        self._last_price = prices[-1] if prices else self._last_price
        return drafts

    @staticmethod
    def _dropped(draft: Draft) -> bool:
        """Figures that a metric claims which nobody follows, so that no other metric takes them."""
        entry = draft.cue.entry if draft.cue else draft.meaning.entry
        return bool(entry.data.get("drop") or draft.meaning.entry.data.get("drop")) or draft.metric == ""

    def _settle_share(self, marks: Marks, index: int, draft: Draft, bound: Mapping[int, Draft]) -> None:
        """What a share is of: its own words say, or the figures before it do (出口2140吨,占总量的38%; 指标…,占全国…)."""
        if draft.metric not in ("market_share", "output_share"):
            return
        shares = [one for place, one in sorted(bound.items()) if place < index and one.metric == "reserve_share"]
        if shares and not [hit for hit in marks.metrics if shares[-1].quantity.span[1] <= hit.start < (draft.cue or hit).start]:
            draft.meaning, draft.product = replace(draft.meaning, metric="reserve_share"), None
            return
        earlier = [one for place, one in sorted(bound.items()) if place < index and one.measure == "level" and one.cue is not None]
        earlier = [one for one in earlier if one.cue is not None and one.cue.entry.key != "share"]
        text = marks.text
        assert draft.cue is not None
        context = _context(marks, draft.quantity, draft.cue)
        own = _WHOLE_WORLD.search(context.words) is not None
        fresh = [hit for hit in marks.metrics if earlier and earlier[-1].quantity.span[1] <= hit.start < draft.cue.start]
        quota = bool(earlier) and earlier[-1].metric.startswith("quota_") and draft.cue.alias == "占比"
        if earlier and not fresh and (_OF_TOTAL.search(context.words) or own or quota):
            run = [place for place in bound if place < index and bound[place].metric == "quota_share"]
            listed = index + 1 < len(marks.quantities) and joined(text, draft.quantity.span[1], marks.quantities[index + 1].span[0])
            listed = listed or bool(run) and joined(text, marks.quantities[index - 1].span[1], draft.quantity.span[0])
            source = earlier[len(run)] if listed and len(run) < len(earlier) else earlier[-1]
            kin = {"quota_mining": "quota_share", "quota_smelting": "quota_share", "export_volume": "export_share"}.get(source.metric)
            if kin:
                product = {"quota_mining": "mining", "quota_smelting": "separation"}.get(source.metric, source.product)
                draft.meaning, draft.product = replace(draft.meaning, metric=kin), product
                return
        if draft.metric == "market_share" and not own:
            before = text[max(marks.span[0], draft.cue.start - 30) : draft.cue.start]
            metric = "stake" if re.search(r"股\s*[,，]?\s*$|持有|持股", before) and "回购" not in text[marks.span[0] : draft.cue.start] else ""
            draft.meaning = replace(draft.meaning, metric=metric)
            draft.product = None

    # --- one figure ------------------------------------------------------------------------------------------------

    def _of_list(self, marks: Marks, index: int, place: Place | None) -> Draft | None:
        """A figure whose metric a list assigns: 产量、销量分别为…."""
        if place is None or "metrics" not in place.items:
            return None
        hit: Hit = place.items["metrics"]
        change = change_of(marks, index, place.items.get("bases", ""))
        return self._make(marks, index, hit, change, place, "aligned-list", 0.93)

    def _parallel(self, marks: Marks, index: int, place: Place | None, bound: Mapping[int, Draft]) -> Draft | None:
        """A rate that answers a level in order: "volume of 52,300 tons and turnover of 6.1 billion yuan, up 12% and 9% respectively"."""
        if place is None or place.parallel is None:
            return None
        offset, size = place.parallel
        change = change_of(marks, index)
        levels = [bound[one] for one in sorted(bound) if one < index - offset and not bound[one].is_change][-size:]
        if change is None or len(levels) < size or parted(marks.text, levels[0].quantity.span[1], marks.quantities[index].span[0]):
            return None
        draft = self._lean(marks, index, levels[offset], change, place, "aligned-list", 0.92, "change")
        if draft:
            draft.meaning, draft.product, draft.name = levels[offset].meaning, levels[offset].product, levels[offset].name
        return draft

    def _direct(self, marks: Marks, index: int, place: Place | None, bound: Mapping[int, Draft]) -> Draft | None:
        """A figure with a metric of its own in the sentence."""
        figure = marks.quantities[index]
        change = change_of(marks, index, place.items.get("bases", "") if place else "")
        if change and not change.to_level and figure.dimension == "ratio" and to_level(marks, figure) and _growing(marks, figure):
            change = Change(change.basis, 0, True, change.span)  # growth slowed to 5.9%: a rate, and still growth
        roles = self._roles(figure, change, to_level(marks, figure) or from_level(marks, index), _growing(marks, figure))
        behind = self._metrics_behind(marks, index)
        before = self._metrics_before(marks, figure)
        for role in roles:
            tight = next((hit for hit in behind if self._allows(hit, figure, role, marks)), None)
            near = next((hit for hit in before if self._allows(hit, figure, role, marks)), None)
            if tight and near and self._prefers_before(marks, index, near, tight, role, bound):
                tight = None
            if tight and role == "change" and change is None and _OF.match(marks.text, figure.span[1]):
                tight = None  # "60% of revenue comes from steel" is a share
            if tight:
                return self._make(marks, index, tight, change if role == "change" else None, place, "noun-behind", 0.95, role)
            if near and role == "change" and (change is None or change.to_level) and not _growing(marks, figure) and (not _close(marks, near, figure) or _OF.match(marks.text, figure.span[1])):
                near = None
            if near and near.entry.key in ("profit", "net_profit"):
                near = self._stripped(marks, index, near)
            if near:
                score = self._score_before(marks, near, figure)
                rule = "metric-before" if not broken(marks.text, near.end, figure.span[0]) else "metric-earlier"
                return self._make(marks, index, near, change if role == "change" else None, place, rule, score, role)
        return None

    @staticmethod
    def _stripped(marks: Marks, index: int, near: Hit) -> Hit:
        """ "Excluding one-off items, profit grew 399.9%": the phrase in front makes it core profit."""
        floor = marks.quantities[index - 1].span[1] if index else marks.span[0]
        for hit in marks.metrics:
            if floor <= hit.start < near.start and hit.key == "net_profit_core" and re.match(r"(?:after |excluding|stripping|adjusted|扣除|剔除)", hit.alias):
                if not parted(marks.text, hit.end, near.start):
                    return hit
        return near

    @staticmethod
    def _roles(figure: Quantity, change: Change | None, level_follows: bool, growing: bool = False) -> tuple[str, ...]:
        if figure.dimension in ("ratio", "fold", "points"):
            if change is None or change.to_level:
                if growing:  # 增速放缓至5.9%, "growth slowed to 5.9%"
                    return ("change",)
                return ("level", "change") if figure.dimension != "points" else ("change",)
            return ("level", "change") if level_follows else ("change",)
        return ("change",) if change and not change.to_level else ("level",)

    def _metrics_behind(self, marks: Marks, index: int) -> list[Hit]:
        """Metric words that the figure describes: behind it, before the next figure, with nothing that parts them."""
        figure = marks.quantities[index]
        limit = marks.quantities[index + 1].span[0] if index + 1 < len(marks.quantities) else marks.span[1]
        free = [span_of(item) for item in (*marks.products, *marks.periods, *marks.changes, *marks.names)]
        free += [span_of(hit) for hit in marks.metrics]
        if figure.converted_span:
            free.append(figure.converted_span)
        start = max(figure.span[1], figure.converted_span[1] if figure.converted_span else 0)
        while start < limit and marks.text[start] in ")） ":
            start += 1
        found = []
        for hit in marks.metrics:
            if not figure.span[1] <= hit.start or hit.end > limit or not marks.visible(hit, figure.span[0]):
                continue
            chinese = "\u4e00" <= marks.text[hit.start] <= "\u9fff"
            most = (10 if hit.entry.data.get("tight") else 2) if chinese else 4
            counting = figure.dimension in _COUNTS
            passive = hit.alias.endswith("ed") and _PASSIVE.fullmatch(marks.text, start, hit.start)
            if passive or leads_to(marks.text, start, hit.start, free, most=most + (4 if counting and chinese else 0), counting=counting):
                found.append(hit)
        return found

    @staticmethod
    def _metrics_before(marks: Marks, figure: Quantity) -> list[Hit]:
        """Metric words before the figure, nearest first; weak ones only when right beside it."""
        found = []
        for hit in reversed(marks.metrics):
            if hit.end > figure.span[0] + 1 and not (hit.start < figure.span[0] and hit.end <= figure.core[0]):
                continue
            if not marks.visible(hit, figure.span[0]):
                continue
            if hit.entry.data.get("tight") and figure.dimension in _COUNTS and figure.span[0] - hit.end <= 1:
                found.append(hit)
                continue
            if hit.entry.data.get("tight") or is_weak(hit):
                between = marks.text[hit.end : figure.span[0]]
                room = 6 if "\u4e00" <= marks.text[hit.start] <= "\u9fff" else 16
                if len(between) > room or broken(marks.text, hit.end, figure.span[0]) or hit.entry.data.get("tight"):
                    continue
            found.append(hit)
        return found

    def _allows(self, hit: Hit, figure: Quantity, role: str, marks: Marks) -> bool:
        entry = hit.entry
        here = entry.data.get("needs_here")
        if here and not any(word in marks.text[slice(*marks.span)] for word in here):
            return False
        needs = entry.data.get("needs")
        if needs and hit.alias not in needs and not any(word in marks.text[max(0, marks.span[0] - 600) : marks.span[1]] for word in needs):
            return False
        if entry.data.get("not_of_period") and any(0 <= m.span[0] - hit.end <= 1 for m in marks.periods):
            return False  # 占前三季度总额的比例: a share of the firm's own total
        if role == "change":
            return allows_change(entry, figure) or bool(entry.data.get("saving")) or bool(entry.data.get("always_level"))
        return allows_level(entry, figure)

    def _prefers_before(self, marks: Marks, index: int, near: Hit, tight: Hit, role: str, bound: Mapping[int, Draft]) -> bool:
        """Whether the metric before the figure wins over the noun behind it."""
        figure = marks.quantities[index]
        text = marks.text
        previous = marks.quantities[index - 1].span[1] if index else marks.span[0]
        fresh = near.start >= previous and not (index - 1 in bound and bound[index - 1].cue is near)
        if role == "level" and figure.dimension == "ratio" and _OF.match(text, figure.span[1]) and fresh:
            if tight.entry.key == "share" and near.entry.key not in ("share", "stake"):
                return True
            return not (tight.entry.data.get("by_dimension") or tight.entry.key in ("share", "rd_intensity"))
        if not fresh:
            return False
        chinese = "\u4e00" <= text[tight.start] <= "\u9fff"
        close = not broken(text, near.end, figure.span[0])
        follower = marks.quantities[index + 1].span[0] if index + 1 < len(marks.quantities) else None
        if chinese:
            return close and not tight.entry.data.get("tight")
        if tight.alias.startswith(("in ", "on ", "of ")) and tight.start - figure.span[1] <= 24:
            return False
        # "revenue of 18 bn yuan and net profit of …": the noun behind has a figure of its own behind it
        taken = follower is not None and not broken(text, tight.end, follower) and follower - tight.end < 24
        return close and (taken or near.end + 24 >= figure.span[0] and figure.dimension not in ("ratio", "fold"))

    @staticmethod
    def _score_before(marks: Marks, hit: Hit, figure: Quantity) -> float:
        between = [other for other in marks.metrics if other.start >= hit.end and other.end <= figure.span[0]]
        score = 0.95
        if broken(marks.text, hit.end, figure.span[0]):
            score -= 0.02
        if parted(marks.text, hit.end, figure.span[0]):
            score -= 0.2
        if between:
            score -= 0.1
        return score - min(0.15, max(0, figure.span[0] - hit.end - 60) / 400)

    # --- figures that lean on others --------------------------------------------------------------------------------

    def _share_tails(self, marks: Marks, bound: dict[int, Draft], places: Mapping[int, Place]) -> None:
        """ "8,000 t … and 12,000 t projects", "over 15% revenue and 35% profit growth": what the next figure has, this one has."""
        for index in range(len(marks.quantities) - 2, -1, -1):
            follower = bound.get(index + 1)
            figure = marks.quantities[index]
            if index in bound or follower is None or follower.cue is None or follower.rule not in ("noun-behind", "shared-noun"):
                continue
            if figure.dimension != follower.quantity.dimension:
                continue
            free = [span_of(item) for item in (*marks.names, *marks.products)]
            between = [*free, *_coordinators(marks, figure.span[1], follower.quantity.span[0])]
            if _only(marks.text, figure.span[1], follower.quantity.span[0], between):
                draft = self._make(marks, index, follower.cue, follower.change, places.get(index), "shared-noun", 0.88,
                                   "change" if follower.is_change else "level")
                if draft:
                    draft.product = follower.product or draft.product
                    bound[index] = draft

    def _carried(self, marks: Marks, index: int, bound: Mapping[int, Draft], place: Place | None) -> Draft | None:
        """A figure that goes on where the one before it stopped, in the sentence or in the paragraph."""
        figure = marks.quantities[index]
        earlier = [bound[place_] for place_ in range(index) if place_ in bound]
        change = change_of(marks, index, place.items.get("bases", "") if place else "")
        if earlier:
            source = earlier[-1]
            if source.quantity.dimension != figure.dimension and (change is None or change.to_level):
                alike = [one for one in earlier if one.quantity.dimension == figure.dimension and not one.is_change]
                if alike and not marks.metrics_between(alike[-1].quantity.span[1], figure.span[0]):
                    source = alike[-1]
            counted = figure.dimension in _COUNTS and not joined(marks.text, source.quantity.span[1], figure.span[0])
            if source.quantity.dimension == figure.dimension and not source.is_change and (change is None or change.to_level) and not counted:
                return self._lean(marks, index, source, None, place, "carried", 0.78, "level")
            if source.is_change and figure.dimension in ("ratio", "fold") and (change or joined_loosely(marks, source.quantity.span[1], figure.span[0])) and not parted(marks.text, source.quantity.span[1], figure.span[0]):
                return self._lean(marks, index, source, change or replace_span(source.change), place, "carried", 0.85, "change")
            if change and not change.to_level and not source.is_change and figure.dimension in ("ratio", "fold", "points"):
                if allows_change(source.meaning.entry, figure) and not parted(marks.text, source.quantity.span[1], figure.span[0]):
                    return self._lean(marks, index, source, change, place, "carried", 0.85, "change")
            between = [hit for hit in marks.products if source.quantity.span[1] <= hit.start < figure.span[0]]
            if change and source.is_change and source.metric == "price" and between and allows_change(source.meaning.entry, figure):
                return self._lean(marks, index, source, change, place, "carried", 0.8, "change")
            return None
        source_before = self.last or (self._last_price if marks.products else None)
        if source_before is None and _PRONOUN.match(marks.text, marks.span[0]):
            source_before = self._last_any
        level = change is None or change.to_level
        if level and self._last_any and figure.dimension == self._last_any.quantity.dimension == "mass" and self._goes_on(marks, figure):
            return self._lean(marks, index, self._last_any, None, place, "sentence-before", 0.72, "level")
        if source_before is None or change is None or change.to_level:
            return None
        if figure.dimension not in ("ratio", "fold") and not (figure.dimension == "price" == source_before.quantity.dimension):
            return None
        if any(not is_weak(hit) and not hit.entry.data.get("tight") and hit.start < figure.span[1] for hit in marks.metrics):
            return None
        if not allows_change(source_before.meaning.entry, figure):
            return None
        return self._lean(marks, index, source_before, change, place, "sentence-before", 0.72, "change")

    @staticmethod
    def _goes_on(marks: Marks, figure: Quantity) -> bool:
        """ "This brings the full year to 270,000 tons", "heavy rare earths account for 19,150 tons"."""
        if any(not is_weak(hit) and not hit.entry.data.get("tight") and hit.entry.key != "share" and hit.start < figure.span[1] for hit in marks.metrics):
            return False
        words = marks.text[marks.span[0] : figure.span[0]]
        return bool(re.match(r"(?:This|That|It) (?:brings|brought|takes|took|lifts)\b", words) or re.search(r"\baccount(?:s|ed)? for\b", words) and marks.products)

    def _lean(
        self, marks: Marks, index: int, source: Draft, change: Change | None, place: Place | None, rule: str, score: float, role: str
    ) -> Draft | None:
        if source.cue is None:
            return None
        draft = self._make(marks, index, source.cue, change, place, rule, score, role, away=source.sentence != marks.span)
        if draft and draft.product is None:
            draft.product = source.product
        return draft

    def _default(self, marks: Marks, index: int) -> Draft | None:
        """Units that tell the metric themselves: yuan a tonne beside a product is a price, tonnes a year a capacity."""
        figure = marks.quantities[index]
        key = {"price": "price", "mass_rate": "capacity"}.get(figure.dimension)
        if key is None and figure.dimension == "mass" and _names_target(marks):
            key = "output"
        change = change_of(marks, index)
        if key is None or key not in self._metrics or change and not change.to_level:
            return None
        entry = self._metrics[key]
        product, hit = product_of(marks, figure, entry, None, marks.span[0])
        if product is None:
            return None
        draft = self._build(marks, index, entry, None, None, product, hit, "unit-tells", 0.8, "level")
        return draft

    def _for_others(self, draft: Draft, place: Place | None) -> list[Draft]:
        """The same figure for further items: 氧化镧、氧化铈均为…."""
        if place is None:
            return []
        drafts = []
        for items in place.others:
            other = replace(draft, why=dict(draft.why))
            if "products" in items:
                other.product, other.product_span = items["products"].key, span_of(items["products"])
            if "names" in items:
                other.name = items["names"].key
            drafts.append(other)
        return drafts

    # --- making the draft ---------------------------------------------------------------------------------------------

    def _make(
        self, marks: Marks, index: int, hit: Hit, change: Change | None, place: Place | None, rule: str, score: float,
        role: str = "", away: bool = False,
    ) -> Draft | None:
        figure = marks.quantities[index]
        role = role or ("change" if change and not change.to_level else "level")
        if role == "level" and not allows_level(hit.entry, figure):
            role = "change"
        items = place.items if place else {}
        given: Hit | None = items.get("products")
        floor = marks.quantities[index - 1].span[1] if index else marks.span[0]
        product, product_hit = (given.key, given) if given else product_of(marks, figure, hit.entry, None if away else hit, floor)
        if product is None and hit.entry.data.get("segments") and not away:
            product = self._segment_before(marks, hit)
        draft = self._build(marks, index, hit.entry, hit, change, product, product_hit, rule, score, role)
        if role == "change" and hit.entry.data.get("by_dimension"):
            self._take_meaning(draft, hit)
        self._said[hit.start] = draft
        if given and (given.entry.data.get("only_for") or draft.metric == "expense_ratio"):
            draft.product = given.key
        if "names" in items:
            draft.name = items["names"].key
        if "periods" in items:
            draft.period = items["periods"]
        return draft

    def _destined(self, marks: Marks, figure: Quantity, product: str) -> str:
        """Magnets sent to one country are a product of their own: magnets-to-united-states."""
        floor = max((other.span[1] for other in marks.quantities if other.span[1] <= figure.span[0]), default=marks.span[0])
        ceiling = next((other.span[0] for other in marks.quantities if other.span[0] >= figure.span[1]), marks.span[1])
        words = self._metrics["exports"].data.get("destinations") or {}
        for name in marks.names:
            before = marks.text[max(marks.span[0], name.span[0] - 8) : name.span[0]]
            fits = floor <= name.span[0] and name.span[1] <= figure.span[0] or figure.span[1] <= name.span[0] < ceiling and not broken(marks.text, figure.span[1], name.span[0])
            if fits and name.key in _PARTNERS and re.search(r"\bto\s+(?:the\s+)?$|[对對向往]$", before):
                self._destination = name.key
                return f"{product}-to-{name.key}"
        for word, key in words.items():
            if word in marks.text[floor : figure.span[0]]:
                self._destination = key
                return f"{product}-to-{key}"
        if self._destination and not marks.metrics_between(floor, figure.span[0]):
            partners = [name.key for name in marks.names if floor <= name.span[0] < figure.span[0] and name.key in _PARTNERS]
            if partners:  # exports to Germany grew …; Vietnam took …
                self._destination = partners[-1]
            if partners or floor > marks.span[0]:
                return f"{product}-to-{self._destination}"
        self._destination = ""
        return product

    def _take_meaning(self, draft: Draft, hit: Hit) -> None:
        """A growth rate means what the level under the same word meant: 出口…亿元,增长9.8% is of the revenue."""
        level = self._said.get(hit.start)
        if level is not None and not level.is_change and level.metric != draft.metric and level.metric in self._metrics:
            draft.meaning = replace(level.meaning)

    def _segment_before(self, marks: Marks, hit: Hit) -> str | None:
        """钨钼业务…营业收入…;利润总额…: the business line goes on within the sentence until a firm or the whole is named."""
        if self._segment is None or self._segment[0] != marks.span or self._segment[1] >= hit.start:
            return None
        between = marks.text[self._segment[1] : hit.start]
        if any(self._segment[1] <= name.span[0] < hit.start for name in marks.names) or re.search(r"公司|整体|总体|合计|\btotal\b|\boverall\b", between):
            return None
        return self._segment[2]

    def _build(
        self, marks: Marks, index: int, entry: Entry, cue: Hit | None, change: Change | None, product: str | None,
        product_hit: Hit | None, rule: str, score: float, role: str,
    ) -> Draft:
        figure = _without_swallowed_qualifier(marks.quantities[index], cue)
        data = entry.data
        if data.get("pair"):
            entry = self._metrics[data["pair"][_place_in_pair(marks, index)]]
            data = entry.data
        if data.get("always_level"):
            role = "level"
        meant = meaning(
            entry, figure, change=role == "change", product=product, metrics=self._metrics, context=_context(marks, figure, cue)
        )
        if meant.entry.data.get("always_level"):
            role = "level"
        if product is None and not data.get("tight") and (meant.metric == "capacity" or cue is not None and cue.alias in (data.get("named_by") or ())):
            product = self._paragraph_product
        if entry.key == "patents" and self._last_patents and re.search(r"\bof them\b|\bof which\b|其中", marks.text[max(marks.span[0], figure.span[0] - 12) : figure.span[1] + 12]):
            meant = replace(meant, metric=self._last_patents)
        if meant.metric in ("patent_applications", "patents_granted"):
            self._last_patents = meant.metric
        if meant.metric == "sales_volume" and entry.key == "sales" and product == "magnets" and self._destined(marks, figure, product) != product:
            meant = replace(meant, metric="export_volume")
        if meant.metric in _REMEMBERED:
            family = {"price_step": "price", "export_revenue": "export_volume"}.get(meant.metric, meant.metric)
            if product is None and meant.metric == "output_value":
                product = "rare-earth" if self._rare_earth else None
            elif product is None:
                product, _ = self._last_product.get(family, (None, None))
            else:
                self._last_product[family] = (product, product_hit)
        if data.get("segments") and product and cue is not None:
            self._segment = (marks.span, cue.end, product)
        value, high = figure.value, figure.value_high
        signed = figure.dimension in ("points", "ratio") and _MINUS
        if value > 0 and figure.dimension in ("money", "per_share") and _MINUS_AFTER_IS.search(marks.text[max(marks.span[0], figure.span[0] - 4) : figure.span[0]]):
            value, high = _negated(value, high)
        elif value > 0 and signed and _MINUS.search(marks.text[max(marks.span[0], figure.span[0] - 4) : figure.span[0]]):
            value, high = _negated(value, high)
        measure = "level"
        if role == "change" and data.get("saving"):
            value, high = abs(value), abs(high) if high is not None else None
        elif role == "change":
            measure = _MEASURES.get(change.basis, "change") if change else "change"
            if change and change.direction < 0 and not change.to_level:
                value, high = _negated(value, high)
        elif cue is not None and value > 0 and re.search(r"亏损|\bnet loss(?:es)?$", cue.alias):
            value, high = _negated(value, high)
        product = self._final_product(meant.metric, entry, product) if meant.product is None else meant.product or None
        product = (data.get("product_as") or {}).get(product, product)
        if meant.metric == "export_volume" and product == "magnets":
            product = self._destined(marks, figure, product)
        why = {"metric": cue.alias if cue else figure.unit}
        if product_hit is not None:
            why["product"] = marks.text[product_hit.start : product_hit.end]
        if change and change.span:
            why["change"] = marks.text[change.span[0] : change.span[1]]
        return Draft(
            figure, meant, cue, measure, value, high, product, marks.span, rule, score, change,
            span_of(product_hit) if product_hit else None, why=why,
        )  # fmt: skip

    @staticmethod
    def _final_product(metric: str, entry: Entry, product: str | None) -> str | None:
        keep = entry.data.get("keep_product")
        if metric == "export_destinations":
            return None
        if keep is not None and metric != "quota_share":
            return product if product in keep else None
        return product


_MINUS_AFTER_IS = re.compile(r"(?:为|是|[:：])\s?[-−－]$")
_MINUS = re.compile(r"(?:[\u4e00-\u9fff(（,，]|yoy|qoq)\s?[-−－]$", re.IGNORECASE)


def replace_span(change: Change | None) -> Change | None:
    """A change taken over from another figure: the same basis and direction, no words of its own."""
    return Change(change.basis, change.direction, change.to_level, None) if change else None


def _negated(value: Decimal, high: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """The mirror image of a value or range; a range stays ascending."""
    if high is None:
        return -abs(value), None
    low, top = sorted((-abs(value), -abs(high)))
    return low, top


def _without_swallowed_qualifier(figure: Quantity, cue: Hit | None) -> Quantity:
    """ "control over 60%": the "over" belongs to the metric word, not to the figure."""
    if cue is None or figure.qualifier is None or not cue.start < figure.qualifier[0] < cue.end:
        return figure
    if figure.value < 0 and figure.comparator == "=":  # "gains and losses of 435 million": no loss
        return replace(figure, value=-figure.value, qualifier=None, span=figure.core)
    return replace(figure, comparator="=" if figure.value_high is None else "range", qualifier=None, span=figure.core)


_TARGET = re.compile(r"\bexpects? to (?:make|produce)\b|\btargets?\b|\bgoals?\b|\bplans? to\b|目标|计划|力争", re.IGNORECASE)


def _names_target(marks: Marks) -> bool:
    return _TARGET.search(marks.text, *marks.span) is not None


_COORDINATOR = re.compile(r"[、,，和及与]|\band\b|\bplus\b|\bas well as\b|\bor\b|\ba\b|\ban\b|\bthe\b", re.IGNORECASE)


def _coordinators(marks: Marks, start: int, end: int) -> list[tuple[int, int]]:
    return [found.span() for found in _COORDINATOR.finditer(marks.text, start, end)]


def _only(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether the stretch holds next to nothing but ``spans``; one word more may stand (a noun that is no product)."""
    if end <= start or end - start > 80 or parted(text, start, end):
        return False
    rest = "".join(text[place] for place in range(start, end) if not any(first <= place < last for first, last in spans))
    words = re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]+", rest)
    return len(words) <= 2 and joined(text, start, start + 1) or len(words) <= 1


_PURITY = re.compile(r"(?:[=＝≥>]\s*|[(（]\s*(?:\w{1,8}\s*)?|品位\w{0,2}|含量\w{0,2}|纯度\w{0,2}|\bpurity of |\bgrade of )$", re.IGNORECASE)
_AFTER_PURITY = re.compile(r"\s*(?:[)）]|WO3|REO|TREO|Nd|purity|grade)", re.IGNORECASE)
_OF_CONTENT = re.compile(r"\s*(?:T?REO|WO3)(?![A-Za-z])(?!\s*(?:price|output))|(?<=99%)\s*氧化|(?<=99\.9%)\s*氧化|(?<=9\.99%)\s*氧化|(?<=\.999%)\s*氧化", re.IGNORECASE)
_NORM = re.compile(r"不得|不予|禁止|须|应当|\bshall\b|\bmust not\b|\bnot be (?:allocated|granted)\b|需申请|需.{0,4}许可|以下罚款|\bfines? of\b")
_PRONOUN = re.compile(r"(?:That|This|It|They|These|Those)\b|这一|该", re.IGNORECASE)
_OF_GROWTH = re.compile(r"\s*(?:of (?:the |that |this |its )?(?:growth|increase|rise|gain|decline)|growth from (?:new|existing))", re.IGNORECASE)
_RESTATES = re.compile(r"[,，]\s*or\s+(?:nearly|about|roughly|almost|some|more than|just over)?\s*(?:a\s+)?$|\bof which\s*$", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:TC|ISO|IEC|GB|GB/T|ASTM|Section|Article|No\.?|Chapter|Phase)\s*$")
_GRADE = re.compile(r"(?:品位|纯度|\bgrading|\bgrade of|\bpurity of)\s*(?:为|约|达|at|about)?\s*$", re.IGNORECASE)
_STEP = re.compile(
    r"每(?:增减|变动|变化|上升|提高|降低|增加|减少|升降)\s*(?:1|一)\s*(?:%|％|个百分点)|(?:each|every|per)\s+(?:1\s*%|1\s*pc|1 per ?cent|1 percentage point)", re.IGNORECASE
)
_BOUNDS = ("<", ">", "<=", ">=")


def without_specifications(marks: Marks) -> Marks:
    """The marks without figures that state nothing: purities, thresholds of a rule, numbers that are part of a metric's words."""
    text = marks.text
    kept = []
    steps = [found.span() for found in _STEP.finditer(fold(text), *marks.span)]
    for figure in marks.quantities:
        start, end = figure.core
        if figure.dimension == "ratio" and (_OF_GROWTH.match(text, end) or _RESTATES.search(text, max(marks.span[0], start - 24), start) and kept and kept[-1].dimension == "ratio"):
            continue
        if figure.dimension in _COUNTS and _NUMBERED.search(text, max(marks.span[0], start - 10), start):
            continue
        if figure.dimension in _COUNTS and text[end : end + 1] in ")）、.．" and not text[max(marks.span[0], start - 1) : start].strip(" ;；。(（\n"):
            continue  # 2)盐类: the number of an item
        if any(first <= start and end <= last for first, last in steps) or _GRADE.search(text, max(marks.span[0], start - 16), start):
            continue
        if any(hit.start < start and end <= hit.end for hit in marks.metrics):
            continue
        if figure.dimension == "ratio" and _OF_CONTENT.match(text, end) and not any(start - 6 <= cue.span[0] and cue.span[1] <= start for cue in marks.changes):
            continue  # 58.09%REO混合稀土精矿, 99.99% 氧化铽
        if figure.dimension in ("ratio", "plain"):
            lead = text[max(marks.span[0], start - 14) : start]
            if text[figure.span[0]] not in "+-＋－−" and _PURITY.search(lead) and _AFTER_PURITY.match(text, end) and not any(start - 14 <= cue.span[0] and cue.span[1] <= start for cue in marks.changes):
                inside = marks.bracket_of(start)
                if inside is None or inside[1] - inside[0] < 14 or "=" in lead[-2:]:
                    continue
        if figure.comparator in _BOUNDS and _NORM.search(text, *marks.span):
            continue
        kept.append(figure)
    for place in range(len(kept) - 1):  # 4.2个、13.1个百分点
        left, right = kept[place], kept[place + 1]
        if left.dimension == "count" and left.counter == "个" and right.dimension == "points" and joined(text, left.span[1], right.span[0]):
            kept[place] = replace(left, dimension="points", unit="pp", counter="")
    return marks if kept == marks.quantities else replace(marks, quantities=kept, changes_of={})


def _close(marks: Marks, hit: Hit, figure: Quantity) -> bool:
    """Whether a rate without any change word stands right behind its metric: "15% revenue" turned round, 营收+15%."""
    return figure.span[0] - hit.end <= 3


def _context(marks: Marks, figure: Quantity, cue: Hit | None) -> Context:
    """The words that say what a share is of: from the metric word to the figure, or behind the figure to the clause's end."""
    text = marks.text
    if cue is None:
        return Context()
    if cue.entry.data.get("sentence_context"):
        return Context(text[marks.span[0] : marks.span[1]])
    if cue.entry.key != "share":
        floor = max((other.span[1] for other in marks.quantities if other.span[1] <= figure.span[0]), default=marks.span[0])
        ceiling = next((other.span[0] for other in marks.quantities if other.span[0] >= figure.span[1]), marks.span[1])
        strong = BREAK.search(text, figure.span[1], ceiling)
        opened = [found.end() for found in STRONG.finditer(text, floor, figure.span[0])]
        return Context(text[opened[-1] if opened else floor : strong.start() if strong else ceiling])
    following = next((other.span[0] for other in marks.quantities if other.span[0] >= figure.span[1] and not _OR.fullmatch(text, figure.span[1], other.span[0])), marks.span[1])
    ends = [found.start() for found in _CLAUSE_END.finditer(text, figure.span[1], following)]
    stop = ends[0] if ends else following
    first = min(cue.start, figure.span[0])
    own = [hit.start for hit in marks.metrics if hit.end <= first and not broken(text, hit.end, first) and not any(hit.end <= q.span[0] < first for q in marks.quantities)]
    first = own[0] if own else first
    places = [name for name in marks.names if first <= name.span[0] < stop and figure.dimension == "ratio"]
    regions = [name for name in places if name.key not in ("china",) and _WHOLE.search(text[max(first - 4, 0) : name.span[0]])]
    words = text[first:stop]
    return Context(words, bool(regions) or bool(re.search(r"占(?:全[市区省县]|自治区|本市|我市|我区)", words)))


_OR = re.compile(r"[\s,]*or\s+(?:nearly |about |roughly |almost )?(?:a |an )?", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;；。、]|[,，](?!\s*or\b)|\bwith\b|\band\b")
_WHOLE_WORLD = re.compile(
    r"全球|世界|全国|全國|国内|我国|中国|中國|\bglobal|\bworld|\bnational\b|\bnation['’]s|\bcountry['’]s|\bChina|\bChinese\b|\bdomestic\b|\bworldwide\b", re.IGNORECASE
)
_OF_TOTAL = re.compile(r"总量|总额|总数|\bof (?:the )?total\b", re.IGNORECASE)
_WHOLE = re.compile(r"(?:占|\bof\s+(?:the\s+)?(?:city of\s+)?)$", re.IGNORECASE)


_GROWING = re.compile(r"\bgrowth (?:of|in|rate)\b|\bgrowth\b[^,;.]{0,40}\b(?:slowed|eased|accelerated|quickened)\b|增速|增幅|增长率", re.IGNORECASE)


def _growing(marks: Marks, figure: Quantity) -> bool:
    """Whether the clause speaks of a rate of growth, so that a level that follows is a rate."""
    found = None
    for found in _GROWING.finditer(marks.text, marks.span[0], figure.span[0]):
        pass
    return found is not None and not broken(marks.text, found.end(), figure.span[0])


def joined_loosely(marks: Marks, start: int, end: int) -> bool:
    """Whether only names, products and coordination stand between two figures of one list."""
    spans = [span_of(item) for item in (*marks.names, *marks.products, *marks.metrics)] + _coordinators(marks, start, end)
    rest = "".join(marks.text[place] for place in range(start, end) if not any(first <= place < last for first, last in spans))
    return len(re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]+", rest)) <= 3


def _place_in_pair(marks: Marks, index: int) -> int:
    """0 or 1: whether the figure is the second of a pair (产/销量1.52/2.02万吨, 同比+111.2%/+15.7%)."""
    figures = marks.quantities
    before = index > 0 and figures[index - 1].dimension == figures[index].dimension and joined(marks.text, figures[index - 1].span[1], figures[index].span[0])
    if not before:
        return 0
    return 1 - _place_in_pair(marks, index - 1)
