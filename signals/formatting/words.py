"""The fixed vocabularies of the contract in the reader's words; translated when they are shown."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Words = dict[str, Promise]

VOICES: Words = {
    "company": _("company"),
    "publisher": _("publisher"),
    "third_party": _("third party"),
}
VOICES_IN_FULL: Words = {
    "company": _("self-reported"),
    "publisher": _("the outlet's own words"),
    "third_party": _("third party's figure"),
}
STATES: Words = {
    "unreviewed": _("unreviewed"),
    "confirmed": _("confirmed"),
    "corrected": _("corrected"),
    "contradicted": _("contradicted"),
    "withdrawn": _("withdrawn by source"),
    "rejected": _("rejected"),
    "deferred": _("deferred"),
    "second_look": _("second look"),
    "re_review": _("text changed, to be reviewed again"),
    "lost": _("quote no longer in the text"),
    "superseded": _("superseded"),
}
MODALITIES: Words = {
    "reported": _("reported"),
    "forecast": _("forecast"),
    "target": _("target"),
    "estimate": _("estimate"),
}
MEASURES: Words = {
    "level": _("level"),
    "change_yoy": _("change on a year before"),
    "change_qoq": _("change on the quarter before"),
    "change_mom": _("change on the month before"),
    "change_ytd": _("change since the last year end"),
    "change": _("change"),
}
COMPARATORS: Words = {
    "=": _("exactly"),
    ">": _("more than (>)"),
    ">=": _("at least (≥)"),
    "<": _("less than (<)"),
    "<=": _("at most (≤)"),
    "~": _("about (≈)"),
    "range": _("from … to …"),
}
STAGES: Words = {
    "slogan": _("slogan"),
    "target": _("target"),
    "proposed": _("proposed"),
    "approved": _("approved"),
    "agreed": _("agreed"),
    "under_construction": _("under construction"),
    "trial": _("trial"),
    "done": _("done"),
    "reported": _("reported"),
    "setback": _("setback"),
    "negated": _("negated"),
}
LADDER = ("slogan", "target", "proposed", "approved", "agreed", "under_construction", "trial", "done")
STEPS: Words = {
    "announced": _("announced"),
    "revised": _("revised"),
    "under_way": _("under way"),
    "done": _("done"),
    "kept": _("kept"),
    "missed": _("fell short"),
    "due": _("falls due soon"),
    "slipped": _("slipped"),
    "dropped": _("dropped"),
    "gone_quiet": _("gone quiet"),
    "overdue": _("overdue"),
}
ORIGINS: Words = {
    "company": _("company release"),
    "filing": _("exchange filing"),
    "government": _("government"),
    "association": _("exchange or association"),
    "own_reporting": _("own reporting"),
    "analyst": _("analyst"),
    "unknown": _("origin unknown"),
}
LANES: Words = {
    "figure": _("figure"),
    "signal": _("signal"),
    "disclosure": _("disclosure"),
    "policy": _("policy"),
}
SPANS: Words = {
    "day": _("on the day"),
    "month": _("month"),
    "quarter": _("quarter"),
    "half": _("half-year"),
    "nine_months": _("nine months"),
    "year": _("year"),
}
PRODUCTS: Words = {
    "hydrogen-storage-materials": _("Hydrogen storage materials"),
    "polishing-materials": _("Polishing materials"),
    "ndfeb-magnets": _("NdFeB magnets"),
}
RHYTHMS: Words = {
    "1": _("each month"),
    "3": _("each quarter"),
    "6": _("each half-year"),
    "12": _("each year"),
}
HEALTH: Words = {
    "new": _("new"),
    "healthy": _("healthy"),
    "due": _("due"),
    "late": _("late"),
    "empty": _("fetched but empty"),
    "no_match": _("nothing matched"),
    "shape_changed": _("shape changed"),
    "blocked": _("blocked"),
    "failing": _("failing"),
    "paused": _("paused"),
}
FIELDS: Words = {
    "verdict": _("Verdict"),
    "subject": _("Company"),
    "metric": _("Metric"),
    "product": _("Product"),
    "measure": _("Measure"),
    "comparator": _("Bound"),
    "value": _("Value"),
    "value_high": _("Upper end"),
    "unit": _("Unit"),
    "period_label": _("Period"),
    "modality": _("Reported or planned"),
    "voice": _("Who says it"),
    "note": _("Note"),
    "theme": _("Theme"),
    "stage": _("Stage"),
}
VERDICTS: Words = {
    "accept": _("accepted"),
    "correct": _("corrected"),
    "reject": _("rejected"),
    "defer": _("put off"),
    "second_look": _("second look asked for"),
    "undo": _("taken back"),
}
REASONS: Words = {
    "wrong_number": _("wrong number"),
    "wrong_unit": _("wrong unit"),
    "wrong_period": _("wrong period"),
    "wrong_company": _("wrong company"),
    "not_a_figure": _("not a figure"),
    "duplicate": _("duplicate"),
    "wrong_metric": _("wrong metric"),
    "wrong_theme": _("wrong theme"),
    "wrong_stage": _("wrong stage"),
    "nothing_said": _("says nothing of the kind"),
}
ROLES: Words = {"analyst": _("analyst"), "editor": _("editor"), "admin": _("admin")}
NOTES: Words = {
    "figure": _("figure"),
    "signal": _("signal"),
    "company": _("company"),
    "slogan": _("slogan"),
    "comment": _("comment"),
}
PROPOSALS: Words = {
    "open": _("open"),
    "accepted": _("accepted"),
    "rejected": _("rejected"),
    "withdrawn": _("withdrawn"),
    "gained": _("gained"),
    "lost": _("lost"),
    "changed": _("changed"),
}
GRADES: Words = {
    "A": _("completely reliable"),
    "B": _("usually reliable"),
    "C": _("fairly reliable"),
    "D": _("not usually reliable"),
    "E": _("unreliable"),
    "F": _("reliability cannot be judged"),
}


THEMES: Words = {
    "financial-results": _("Financial results"),
    "capacity-expansion": _("Capacity expansion"),
    "downstream-integration": _("Downstream integration"),
    "rnd-innovation": _("R&D and innovation"),
    "digital-ai": _("Digital and AI"),
    "green-transition": _("Green transition"),
    "hydrogen": _("Hydrogen"),
    "advanced-steel": _("Advanced steel"),
    "export-market": _("Export market"),
    "price-setting": _("Price setting"),
    "export-control": _("Export control"),
    "quota": _("Quota"),
    "party-alignment": _("Party alignment"),
    "five-year-plan": _("Five-Year Plan"),
    "consolidation": _("Consolidation"),
    "soe-reform": _("State-enterprise reform"),
    "leadership": _("Leadership"),
    "financialisation": _("Financialisation"),
    "resource-security": _("Resource security"),
    "safety-environment": _("Safety and environment"),
    "market-conditions": _("Market conditions"),
    "foreign-policy": _("Foreign policy"),
}
METRICS: Words = {  # those that the engine composes, and those whose key or first alias is no name for readers
    "enterprises": _("Rare-earth enterprises"),
    "export_share": _("Share of national exports"),
    "interest_bearing_debt": _("Interest-bearing debt"),
    "liabilities_ratio": _("Debt-to-asset ratio"),
    "net_profit": _("Net profit"),
    "net_profit_core": _("Core net profit"),
    "new_product_share": _("Share of new products"),
    "price_step": _("Price step per 1 % of grade"),
    "quota_mining": _("Mining quota"),
    "quota_smelting": _("Smelting quota"),
    "target_completion": _("Share of the annual target"),
    "unit_cost": _("Cost per unit"),
    "export_volume": _("Export volume"),
    "market_share": _("Market share"),
    "purchase_value": _("Purchase value"),
    "purchase_volume": _("Purchase volume"),
    "quota_share": _("Share of the quota"),
    "reserve_share": _("Share of reserves"),
    "trade_value": _("Value traded"),
    "trade_volume": _("Volume traded"),
}
ENTITY_KIND: Words = {
    "group": _("group"),
    "listed-company": _("listed company"),
    "subsidiary": _("subsidiary"),
    "institute": _("institute"),
    "exchange": _("exchange"),
    "association": _("association"),
    "regulator": _("regulator"),
    "mine": _("mine"),
    "place": _("place"),
    "person": _("person"),
    "publisher": _("publisher"),
}
OWNERSHIP: Words = {
    "central": _("owned by the central government"),
    "provincial": _("owned by a province"),
    "municipal": _("owned by a city"),
    "none": _("not state-owned"),
}
ENTITY_KINDS: Words = {
    "group": _("Groups"),
    "listed-company": _("Listed companies"),
    "subsidiary": _("Subsidiaries"),
    "institute": _("Institutes"),
    "exchange": _("Exchanges"),
    "association": _("Associations"),
    "regulator": _("Regulators"),
    "mine": _("Mines"),
    "place": _("Places"),
    "person": _("People"),
    "publisher": _("Publishers"),
}


def span(key: str) -> str:
    """A length of period; other lengths come as ``18 months``."""
    count, _space, unit = key.partition(" ")
    return ngettext("%(n)s month", "%(n)s months", int(count)) % {"n": count} if unit else word(SPANS, key)


def counted(lane: str, n: int) -> str:
    """So many entries of a lane: 9 signals."""
    match lane:
        case "figure":
            text = ngettext("%(n)s figure", "%(n)s figures", n)
        case "signal":
            text = ngettext("%(n)s signal", "%(n)s signals", n)
        case "disclosure":
            text = ngettext("%(n)s disclosure", "%(n)s disclosures", n)
        case _:
            text = ngettext("%(n)s measure of policy", "%(n)s measures of policy", n)
    return text % {"n": n}


def word(words: Words, key: str | None) -> str:
    """The word for ``key``; a key that is new to us is shown with its underscores as spaces."""
    if not key:
        return ""
    return str(words[key]) if key in words else key.replace("_", " ").replace("-", " ")
