"""A figure and its metric become a draft: measure, sign, product and what the paragraph has said so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from signals.extraction.alignment import Place
from signals.extraction.candidates import tonne_left_out
from signals.extraction.destinations import PARTNERS, Destinations
from signals.extraction.drafts import Change, Draft
from signals.extraction.gated import gated
from signals.extraction.grammar import joined
from signals.extraction.lists import UNKNOWN
from signals.extraction.marks import Marks, span_of
from signals.extraction.metrics import NO_CONTEXT, allows_level, meaning
from signals.extraction.products import NONE_MADE, product_of
from signals.extraction.records import Entry, Hit, Period, Quantity
from signals.extraction.segments import Segments
from signals.extraction.shares import context_of
from signals.extraction.signs import measured
from signals.extraction.wording import pattern_of

_REMEMBERED = (
    "price",
    "price_step",
    "export_volume",
    "export_revenue",
    "import_volume",
    "output_value",
)  # the product goes on until another is named
VOLUMES = ("output", "sales_volume")  # the product goes on within the paragraph
_ALL_INDUSTRY = gated(
    r"\bdesignated size\b|\b(?:all|the city['’]s|local) industries\b|\bindustrial (?:economy|firms|enterprises)\b",
    re.IGNORECASE,
)
_OF_THE_MATERIAL = pattern_of(r"\s+of {the-material}\b", re.IGNORECASE)
_BY_CONTENT = re.compile(r"\bT?REO\b")  # tonnes told by their content of oxides
_AMONG_THEM = pattern_of("{among-them}", re.IGNORECASE)
_TAKEN_OVER = 0.85  # how sure a figure can be whose product stands in another sentence
_METALS = (
    "ndpr-metal",
    "nd-metal",
    "pr-metal",
    "dy-metal",
    "tb-metal",
    "la-metal",
    "ce-metal",
)  # of an oxide spoken of


class Drafter:
    """Makes drafts; remembers the products, metrics and places that later figures of the document lean on."""

    def __init__(self, metrics: Mapping[str, Entry], language: str) -> None:
        self._metrics = dict(metrics)
        self._language = language
        self.last: Draft | None = None  # of the paragraph
        self._announced: Hit | None = None  # the metric of a heading over a list
        self._last_product: dict[str, tuple[str | None, Hit | None]] = {}
        self._paragraph_product: str | None = None
        self._volumes: str | None = None  # what the paragraph's output and sales are of, else the title's
        self._title_volumes: str | None = None
        self._title = ""  # in small letters
        self._segments = Segments()
        self._spoken: Period | None = None  # the month or quarter named last
        self._lists: dict[int, list[Hit]] = {}  # the paragraph's lists of products, by length
        self._rare_earth = False  # whether the document has spoken of the industry
        self._last_any: Draft | None = None  # of the document, for "That was 5.2% less than in September"
        self._last_patents = ""
        self._priced = False  # whether the document has told prices
        self._element: dict[str, str] = {}  # "-oxide", "-metal" -> the one named last
        self._destinations = Destinations(self._metrics["exports"].data.get("destinations") or {})
        self._last_price: Draft | None = None  # of the document: lists of prices go on over paragraphs
        self._levels: list[Draft] = []  # of the sentence before
        self._said: dict[int, Draft] = {}  # the last figure under each metric word of the sentence

    def _make(
        self,
        marks: Marks,
        index: int,
        hit: Hit,
        change: Change | None,
        place: Place | None,
        rule: str,
        score: float,
        role: str = "",
        away: bool = False,
    ) -> Draft | None:
        figure = marks.quantities[index]
        role = role or ("change" if change and not change.to_level else "level")
        if role == "level" and not allows_level(hit.entry, figure) and not tonne_left_out(marks, hit, figure):
            role = "change"
        items = place.items if place else {}
        unknown = items.get("products") is UNKNOWN
        given: Hit | None = None if unknown else items.get("products")
        floor = marks.quantities[index - 1].span[1] if index else marks.span[0]
        product, product_hit = (
            (given.key, given) if given else product_of(marks, figure, hit.entry, None if away else hit, floor)
        )
        if unknown:
            product, product_hit = NONE_MADE, None
        if rule == "noun-behind" and given is None and hit.entry.data.get("own_stage"):
            product, product_hit = None, None  # 3000吨开采指标、2850吨冶炼指标
        if rule == "aligned-list" and "metrics" in items and hit.entry.data.get("by_product"):
            own = [one for one in marks.products if hit.start <= one.start and one.end <= hit.end]
            product, product_hit = (own[-1].key, own[-1]) if own else (product, product_hit)
        if product is None and hit.entry.data.get("segments") and not away:
            product = self._segments.before(marks, hit)
        if product_hit is not None and product_hit.alias in ("oxide", "metal"):
            product = self._definite(marks, product_hit) or product
        twin = self._said.get(hit.start)
        if (
            given is None
            and change is not None
            and change.to_level
            and twin is not None
            and twin.is_change
            and twin.product
        ):
            product, product_hit = twin.product, None  # "saw an 84.5% increase to 854 tons"
        if (
            given is None
            and role == "change"
            and twin is not None
            and product_hit is not None
            and product_hit.start >= twin.quantity.span[1]
            and _AMONG_THEM.search(marks.text, twin.quantity.span[1], product_hit.start)
        ):
            product, product_hit = twin.product, None  # "3,100 tons, including oxides and alloys, an increase of 40%"
        draft = self._build(marks, index, hit.entry, hit, change, product, product_hit, rule, score, role)
        if role == "change" and hit.entry.data.get("by_dimension") and given is None:
            self._take_meaning(draft, hit)
        self._said[hit.start] = draft
        if given and (given.entry.data.get("only_for") or draft.metric == "expense_ratio"):
            draft.product = given.key
        if "names" in items:
            draft.name = items["names"].key
        if "periods" in items:
            draft.period = items["periods"]
        return draft

    @staticmethod
    def _of_rare_earth(marks: Marks) -> bool:
        """Whether an output value can be the rare-earth industry's: not where its sentence speaks of all industries."""
        return not _ALL_INDUSTRY.search(marks.text, *marks.span) or any(
            hit.key == "rare-earth" for hit in marks.products
        )

    def _definite(self, marks: Marks, hit: Hit) -> str | None:
        """ "China's export prices for the oxide": the element whose oxide or metal was spoken of last."""
        if not marks.text.endswith("the ", 0, hit.start):
            return None
        kind = f"-{hit.alias}"
        before = [one.key for one in marks.products if one.end <= hit.start and one.key.endswith(kind)]
        other = self._element.get("-oxide", "").replace("-oxide", kind)
        known = other if other in _METALS else None
        return before[-1] if before else self._element.get(kind) or known

    def _take_meaning(self, draft: Draft, hit: Hit) -> None:
        """A growth rate means what the level under the same word meant: 出口…亿元,增长9.8% is of the revenue."""
        level = self._said.get(hit.start)
        if level is not None and not level.is_change and level.metric != draft.metric:
            draft.meaning = replace(level.meaning)
            wider = (hit.entry.data.get("product_as") or {}).get(level.product)
            draft.product = level.product if draft.product in (None, wider) else draft.product

    def _build(
        self,
        marks: Marks,
        index: int,
        entry: Entry,
        cue: Hit | None,
        change: Change | None,
        product: str | None,
        product_hit: Hit | None,
        rule: str,
        score: float,
        role: str,
    ) -> Draft:
        figure = _without_swallowed_qualifier(marks.quantities[index], cue)
        if role == "change" and figure.dimension == "ratio" and "ratio" in entry.data.get("level", ()):
            figure = _in_points(figure, marks.text)
        data = entry.data
        none_made = product == NONE_MADE
        product = product or None
        if data.get("pair"):
            place = 0 if _one_of_products(marks, product_hit, cue) else _place_in_pair(marks, index)
            entry = self._metrics[data["pair"][place]]
            data = entry.data
        if data.get("always_level"):
            role = "level"
        meant = meaning(
            entry,
            figure,
            change=role == "change",
            product=product,
            metrics=self._metrics,
            context=context_of(marks, figure, cue) if data.get("by_context") else NO_CONTEXT,
        )
        if meant.entry.data.get("always_level"):
            role = "level"
        if role == "change" and _saves(meant.metric, figure, change):
            meant = replace(meant, metric="cost_saving", entry=self._metrics["cost_saving"], product="")
        if (
            product is None
            and not none_made
            and not data.get("tight")
            and (meant.metric == "capacity" or (cue is not None and cue.alias in (data.get("named_by") or ())))
        ):
            product = self._paragraph_product
        if product is None and not none_made and _points_back(marks, figure, meant.metric):
            product = self._paragraph_product
        if product is None and not none_made and meant.metric in (*VOLUMES, "trade_volume"):
            product = "rare-earth-oxides" if _BY_CONTENT.search(marks.text, *figure.span) else None
        if (
            entry.key == "patents"
            and self._last_patents
            and re.search(
                r"\bof them\b|\bof which\b|\bincluding\b|其中",
                marks.text[max(marks.span[0], figure.span[0] - 12) : figure.span[1] + 12],
            )
        ):
            meant = replace(meant, metric=self._last_patents)
        if meant.metric in ("patent_applications", "patents_granted"):
            self._last_patents = meant.metric
        if (
            meant.metric == "sales_volume"
            and entry.key == "sales"
            and product == "magnets"
            and self._destinations.of(marks, figure, product) != product
        ):
            meant = replace(meant, metric="export_volume")
        if (
            cue is not None
            and cue.alias in ("imports", "purchases")
            and ("export_volume" in self._last_product or marks.text.startswith(" of Chinese ", cue.end))
        ):
            buyer = next((name for name in marks.names if 0 <= cue.start - name.span[1] <= 3), None)
            if buyer is not None and buyer.key in PARTNERS and figure.dimension in ("ratio", "fold", "mass"):
                # "U.S. imports slipped": among China's exports they are the same goods
                self._destinations.last = buyer.key
                meant = replace(meant, metric="export_volume", entry=self._metrics["exports"])
        if meant.metric in _REMEMBERED:
            family = {"price_step": "price", "export_revenue": "export_volume"}.get(meant.metric, meant.metric)
            if none_made or (
                product is None and meant.metric == "output_value" and cue is not None and "工业" in cue.alias
            ):
                pass  # all of a place's industry, or a line that the lexicon does not know
            elif product is None and meant.metric == "output_value":
                product = "rare-earth" if self._rare_earth and self._of_rare_earth(marks) else None
            elif product is None:
                product, _ = self._last_product.get(family, (None, None))
            else:
                self._last_product[family] = (product, product_hit)
        if meant.metric in VOLUMES and figure.dimension != "count":
            if product is None and self._volumes and cue is not None:
                product, score = self._volumes, min(score, _TAKEN_OVER)
            self._volumes = product or self._volumes
        if data.get("segments") and product and cue is not None:
            self._segments.keep(marks, cue.end, product)
        measure, value, high = measured(
            marks,
            figure,
            meant,
            cue,
            change,
            as_change=role == "change",
            saving=bool(data.get("saving")) or meant.metric == "cost_saving",
        )
        if meant.metric == "capacity" and product in (None, "rare-earth") and cue is not None:
            product = "separation" if "separat" in cue.alias else "mining" if cue.alias.endswith(" mine") else product
        product = self._final_product(meant.metric, entry, product) if meant.product is None else meant.product or None
        product = _wider(meant.entry, product, self._title + marks.text[slice(*marks.span)].lower())
        if meant.metric == "price_step":
            product = "concentrate"  # nothing else is asked for by its content of oxides
        if meant.metric in ("investment", "projects", "cost_saving") and not entry.data.get("segments"):
            product = None
        if meant.metric == "export_volume" and product == "magnets":
            product = self._destinations.of(marks, figure, product)
        why = {"metric": cue.alias if cue else figure.unit}
        if none_made:
            why["product"] = ""
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
        if metric in ("export_destinations", "reserve_share"):
            return None
        if keep is not None and metric != "quota_share":
            return product if product in keep else None
        return product


def _points_back(marks: Marks, figure: Quantity, metric: str) -> bool:
    """Whether the product is the one spoken of before: "15t of the material", "the 5,000 t/yr facility"."""
    if metric == "capacity":
        return marks.text[max(marks.span[0], figure.span[0] - 4) : figure.span[0]].lower() == "the "
    return metric in ("trade_volume", "sales_volume", "output") and bool(
        _OF_THE_MATERIAL.match(marks.text, figure.span[1])
    )


def _wider(entry: Entry, product: str | None, words: str) -> str | None:
    """The key that a product goes by under this metric: oxides are separation capacity where ``words`` tell of separating."""
    beside = entry.data.get("product_as_beside")
    if beside and not any(word in words for word in beside):
        return product
    return (entry.data.get("product_as") or {}).get(product, product)


_WHOLE_SUM = 1_000_000  # yuan: no cost of one tonne


def _saves(metric: str, figure: Quantity, change: Change | None) -> bool:
    """工序成本降低3.2亿元: a cost of each tonne that falls by so much has been saved in all."""
    fallen = change is not None and change.direction < 0 and not change.to_level
    return metric == "unit_cost" and fallen and figure.dimension == "money" and abs(figure.value) >= _WHOLE_SUM


def _in_points(figure: Quantity, text: str) -> Quantity:
    """Gross margin "-1.9pct": a ratio's own change in "pct" is one of percentage points, as Chinese notes write it."""
    if not text[slice(*figure.core)].lower().endswith("pct"):
        return figure
    return replace(figure, dimension="points", unit="pp")


def _without_swallowed_qualifier(figure: Quantity, cue: Hit | None) -> Quantity:
    """ "control over 60%": the "over" belongs to the metric word, not to the figure."""
    if cue is None or figure.qualifier is None or not cue.start < figure.qualifier[0] < cue.end:
        return figure
    if figure.value < 0 and figure.comparator == "=":  # "gains and losses of 435 million": no loss
        return replace(figure, value=-figure.value, qualifier=None, span=figure.core)
    return replace(figure, comparator="=" if figure.value_high is None else "range", qualifier=None, span=figure.core)


_NEXT_OF_PAIR = re.compile(r"\s*[)）]?\s*[/／]\s*[(（]?\s*")


def _one_of_products(marks: Marks, product: Hit | None, cue: Hit | None) -> bool:
    """Whether each figure is of a product of its own: 分离产品、金属产品产销量分别增长12.7%、26.9% are no output and sales."""
    if product is None or cue is None or product.end > cue.start:
        return False
    return any(
        other.key != product.key
        and other.end <= cue.start
        and marks.text[min(other.end, product.end) : max(other.start, product.start)] in ("、", "和", "及", "与")
        for other in marks.products
    )


def _place_in_pair(marks: Marks, index: int) -> int:
    """0 or 1: whether the figure is the second of a pair: 产/销量1.52/2.02万吨, "6,939 t (+63%) / 9,837 t (+34%)"."""
    figures, text = marks.quantities, marks.text
    second = 0
    while index > 0:
        figure, before = figures[index], figures[index - 1]
        if before.dimension == figure.dimension and joined(text, before.span[1], figure.span[0]):
            second, index = 1 - second, index - 1
        elif before.dimension != figure.dimension and text[before.span[1] : figure.span[0]].strip() in ("(", "（"):
            index -= 1
        elif (
            index > 1
            and figures[index - 2].dimension == figure.dimension
            and _NEXT_OF_PAIR.fullmatch(text, before.span[1], figure.span[0])
        ):
            second, index = 1 - second, index - 2
        else:
            break
    return second
