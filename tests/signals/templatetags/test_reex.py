"""Filters that templates use, on mappings and on rows alike."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

from signals.templatetags import reex

N = "\u00a0"
FIGURE = {
    "key": "abc",
    "subject": {"name_en": "Example Group", "name_zh": "示例集团"},
    "metric": "revenue", "measure": "change_yoy",
    "comparator": ">", "value": Decimal("15.000000"), "value_high": None, "unit": "percent", "period_label": "2025Q1",
    "modality": "reported", "voice": "company",
    "as_written": "over 15%", "quote": "revenue rose by over 15%", "state": "unreviewed",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def render(source: str, **context: object) -> str:
    return Template("{% load reex marks %}" + source).render(Context(context))


@pytest.mark.parametrize("figure", [FIGURE, SimpleNamespace(**FIGURE)], ids=["mapping", "row"])
def test_a_figure_reads_the_same_from_a_mapping_and_a_row(figure):
    assert reex.figure_text(figure) == f">{N}15{N}%{N}yoy"
    with override("zh-hans"):
        assert reex.figure_text(figure) == f">{N}15%{N}同比"


def test_the_exact_figure_has_every_digit():
    assert reex.exact_figure(FIGURE | {"value": Decimal("1525000000.000000"), "unit": "CNY"}) == f"1,525,000,000{N}CNY"
    assert reex.exact_figure(FIGURE | {"value": Decimal("-3.2"), "value_high": Decimal("1.1")}) == f"−3.2–1.1{N}%"
    assert reex.exact_figure(FIGURE | {"value": Decimal("352"), "unit": "count"}) == "352"


def test_the_chip_says_state_bound_period_and_voice_in_words_and_links_to_the_evidence():
    chip = render('{% include "signals/parts/figure_chip.html" %}', figure=FIGURE)
    for part in (
        "unreviewed",
        f"{N}15{N}%",
        "yoy",
        f"Q1{N}2025",
        "self-reported",
        "/indicators/figure/abc/evidence/",
        "data-evidence",
    ):
        assert part in chip.replace("&nbsp;", N)
    assert "&gt;" in chip


def test_hostile_words_in_any_field_are_escaped():
    figure = FIGURE | {"as_written": '"><script>', "quote": 'x "><script> y', "speaker": "<b>", "language": "en"}
    for part in ("figure_chip", "quote"):
        markup = render(f'{{% include "signals/parts/{part}.html" %}}', figure=figure)
        assert "<script" not in markup
        assert "<b>Ex" not in markup


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Example Group says"),
        ({"subject": None}, "The company says"),
        ({"voice": "publisher", "speaker": "Example Daily"}, "Example Daily writes"),
        ({"voice": "third_party", "speaker": "the customs office"}, "According to the customs office"),
        ({"voice": "third_party"}, "A third party says"),
    ],
)
def test_who_says_it(changes, words):
    assert reex.says(FIGURE | changes) == words


def test_dates_show_how_exact_they_are():
    assert render("{% when d %}", d=date(2025, 4, 18)) == f'<time datetime="2025-04-18">18{N}Apr{N}2025</time>'
    assert 'class="about" datetime="2025-04"' in render("{% when d 'month' %}", d=date(2025, 4, 1))
    assert "no date" in render("{% when d %}", d=None)


def test_time_since_has_the_exact_time_as_its_title():
    moment = datetime.now(UTC) - timedelta(hours=5)
    markup = render("{% ago m %}", m=moment)
    assert "ago</time>" in markup
    assert f"{moment:%H:%M}" in markup
    assert "never" in render("{% ago m %}", m=None)


def test_names_follow_the_reader():
    assert reex.entity_name(FIGURE["subject"]) == "Example Group"
    assert reex.entity_name("no-such-key") == "no-such-key"
    with override("zh-hans"):
        assert reex.entity_name(FIGURE["subject"]) == "示例集团"
        assert reex.period("2025Q1") == "2025年一季度"


def test_the_everyday_name_goes_before_the_official_one():
    entity = {
        "key": "none-such",
        "name_en": "Example Group Co., Ltd.",
        "short_en": "Example",
        "name_zh": "示例集团有限公司",
        "short_zh": "示例",
    }
    assert (reex.entity_name(entity), reex.full_name(entity)) == ("Example", "Example Group Co., Ltd.")
    with override("zh-hans"):
        assert (reex.entity_name(entity), reex.full_name(entity)) == ("示例", "示例集团有限公司")


def test_an_unknown_word_is_shown_and_not_lost():
    assert reex.stage_name("brand_new") == "brand new"
    assert reex.state_name("") == ""


def test_the_ladder_knows_how_far():
    assert render("{% for r, on in 'approved'|rungs %}{{ on|yesno:'1,0' }}{% endfor %}") == "11110000"
    assert render("{% for r, on in 'setback'|rungs %}{{ on|yesno:'1,0' }}{% endfor %}") == "00000000"
    assert render("{% for r, on in 'reported'|rungs %}{{ on|yesno:'1,0' }}{% endfor %}") == "11111111"


def test_a_sparkline_without_a_label_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in render("{% sparkline v %}", v=[1, 2])
    assert 'aria-label="Revenue &amp; more"' in render("{% sparkline v label=l %}", v=[1, 2], l="Revenue & more")
    assert "<rect" in render("{% bars v %}", v=[1, 0, 3])


def test_what_a_figure_measures_and_a_moment_of_these_days():
    row = {"metric": "export_volume", "product": "magnets"}
    moment = datetime(2026, 11, 23, 9, 34, tzinfo=UTC)
    with override("en"), timezone.override("Asia/Shanghai"):
        assert (reex.measured(row), reex.minute(moment)) == ("Export volume, Magnets", f"23{N}Nov{N}17:34")
    with override("zh-hans"), timezone.override("Asia/Shanghai"):
        assert (reex.measured(row), reex.minute(moment)) == ("出口量，磁体", f"11月23日{N}17:34")
    assert (reex.measured({"metric": "revenue", "product": ""}), reex.minute(None)) == ("Revenue", "")
