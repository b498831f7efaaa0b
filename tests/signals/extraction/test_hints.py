"""Words that also stand in passing: one gives no theme, several sentences together do, and in the right company one does."""

from __future__ import annotations

import pytest

from tests.signals.extraction.test_signals import themes

PASSING = [
    ("Western buyers should take note.", "market-conditions"),
    ("Western governments should take note.", "foreign-policy"),
    ("Beijing may weaponize minerals.", "export-control"),
    ("The mine enters a second phase of digital change.", "capacity-expansion"),
    ("In the first phase it will buy a tenth of the shares.", "capacity-expansion"),
    ("Our export quota is the largest.", "quota"),
    ("She was elected to the committee on standards.", "leadership"),
    ("Prices of recycled feed steadied.", "resource-security"),
    ("Crude steel output fell.", "advanced-steel"),
    ("高附加值产品占比提升。", "downstream-integration"),
    ("财务公司提供综合授信。", "financialisation"),
    ("公司加强成本管控。", "soe-reform"),
    ("该国产量居首却没有定价权。", "price-setting"),
    ("六大稀土集团指标不变。", "consolidation"),
]
TOLD = [
    ("Sellers raised their quotes as demand from motor makers grew.", "market-conditions"),
    ("The president signed an executive order on imports.", "foreign-policy"),
    ("The second phase of the alloy plant began.", "capacity-expansion"),
    ("He was elected as chairman.", "leadership"),
    ("Automated feeding and real-time data capture came to the furnaces.", "digital-ai"),
    ("The trading platform changed how prices are formed.", "price-setting"),
    ("The new group will integrate other producers and was founded by three shareholders.", "consolidation"),
    ("A green channel will speed up approvals for exports.", "export-control"),
    ("公司拟收购一家磁材厂。", "consolidation"),
    ("十五五期间全市将产业做大做强。", "five-year-plan"),
    ("新集团正式成立，推动产业整合。", "consolidation"),
    ("车间装上自动加料机和实时数据采集系统。", "digital-ai"),
]
HINTS = [
    ("Automated ladles came. Sensors were fitted. Data capture followed.", "digital-ai", True),
    ("Automated ladles came. Automated ladles stayed. Automated ladles left.", "digital-ai", False),  # one word
    ("Automated ladles came. Sensors were fitted.", "digital-ai", False),  # too little
]


@pytest.mark.parametrize(("text", "theme"), PASSING)
def test_a_word_in_passing_is_no_theme(text: str, theme: str) -> None:
    assert theme not in themes(text)


@pytest.mark.parametrize(("text", "theme"), TOLD)
def test_in_company_it_is(text: str, theme: str) -> None:
    assert theme in themes(text)


@pytest.mark.parametrize(("text", "theme", "told"), HINTS)
def test_hints_add_up_over_sentences(text: str, theme: str, told: bool) -> None:
    assert (theme in themes(text)) is told


def test_what_an_outlet_thinks_is_no_hint() -> None:
    assert "digital-ai" not in themes(HINTS[0][0], "editorial")
