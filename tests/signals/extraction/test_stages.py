"""Stages: sentence → how far the thing has come. The ledger of promises leans on these."""

from __future__ import annotations

import pytest

from signals.extraction.names import find_names
from signals.extraction.records import Block, Reading
from signals.extraction.sentences import split_sentences
from signals.extraction.signals import find_signals
from tests.lexicon import lexicon

BUILT, BOUGHT, GREEN = "capacity-expansion", "consolidation", "green-transition"


def stages(text: str, theme: str) -> set[str]:
    reading = Reading(text, (Block("paragraph", (0, len(text))),), "en", "text/plain")
    hits = lexicon().find(text)
    names = find_names(reading, hits, lexicon())
    found = find_signals(reading, hits, split_sentences(text, 0, len(text)), names, lexicon(), "northern-rare-earth")
    return {signal.stage for signal in found if signal.theme == theme}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        # finished
        ("金属项目昨日建成投产。", "done"),
        ("技改项目竣工并投入使用。", "done"),
        ("绿色冶炼升级改造一期投产以来运行平稳。", "done"),
        ("新产线去年底达产。", "done"),
        ("扩建项目按计划投产。", "done"),
        ("公司已将合金产能提升一倍，新产线投运。", "done"),
        ("厂房封顶不足一年，产线即告投产。", "done"),
        ("圆满完成扩产年度目标。", "done"),
        ("磁材扩产项目投产后,公司产能已达一成以上。", "done"),
        # a part of the works, or a building without its line
        ("扩产项目主体已完工。", "under_construction"),
        ("The workshop of the expansion project has been completed.", "under_construction"),
        ("扩产投资计划实施完毕。", "done"),
        ("示范项目二期工程建成投产。", "done"),
        # to come: a plan to build is no building site
        ("二期工程计划下月开工。", "target"),
        ("该项目计划于2026年3月开工建设。", "target"),
        ("二期项目预计明年底建成投产。", "target"),
        ("扩建项目将于明年竣工。", "target"),
        ("扩产项目有望提前投产。", "target"),
        ("力争新生产线年内建成投产。", "target"),
        ("确保重点项目按期投产。", "target"),
        ("二期项目将建成两条磁材生产线。", "target"),
        ("公司打算在包头开工建设合金项目。", "target"),
        ("新项目争取三季度进入试生产。", "target"),
        ("项目全部建成后可形成年产一万吨磁材的能力。", "target"),
        ("建成达产后，年产能将达八千吨。", "target"),
        ("二期投产后，预计新增年产能三千吨。", "target"),
        ("待二期工程竣工后，产能将翻番。", "target"),
        # a part of it
        ("扩建项目主体钢结构已完成吊装。", "under_construction"),
        ("二期工程厂房已封顶，设备安装正在进行。", "under_construction"),
        ("一期项目土建施工完成八成。", "under_construction"),
        ("二期项目已完成桩基施工。", "under_construction"),
        ("在建项目整体进度完成65%。", "under_construction"),
        ("扩建项目场地平整工作完成。", "under_construction"),
        # on site
        ("二期工程正在建设。", "under_construction"),
        ("磁材项目破土动工。", "under_construction"),
        ("改扩建项目开工建设。", "under_construction"),
        ("新产线正加紧施工。", "under_construction"),
        # the rest of the way
        ("合金产线进入联动试车阶段。", "trial"),
        ("新生产线带料试车一次成功，年产能五千吨。", "trial"),
        ("公司拟投资三亿元新建生产线。", "proposed"),
        ("公司拟于年内开工建设二期工程。", "target"),
        ("扩建项目可研报告提请董事会审议。", "proposed"),
        ("扩建项目获得核准。", "approved"),
        ("技改项目通过评审。", "approved"),
        ("双方签约共建合金项目，年产能两千吨。", "agreed"),
        ("扩产项目延期一年。", "setback"),
        ("扩产项目暂停实施。", "negated"),
        ("二期工程尚未开工。", "negated"),
        # English: finished
        ("The alloy plant was put into operation last week.", "done"),
        ("The new plant was commissioned in June.", "done"),
        ("The new line started production on Monday.", "done"),
        ("The expansion project has been completed and accepted.", "done"),
        ("The expansion project, completed as planned, works round the clock.", "done"),
        # to come
        ("It plans to start construction of the new plant in March.", "target"),
        ("Construction of the new plant is to start in March.", "target"),
        ("The second phase of the plant is to be finished in 2026.", "target"),
        ("The new plant is due to open next year.", "target"),
        ("The new plant is scheduled for completion in December.", "target"),
        ("The new plant is expected to be commissioned by June.", "target"),
        ("The new line will start production in 2027.", "target"),
        ("The new line would begin production in 2027.", "target"),
        ("The new plant is set to be completed ahead of time.", "target"),
        ("Once completed, the new plant can make 10,000 tons a year.", "target"),
        ("When fully built, the second phase adds 20,000 tonnes per year.", "target"),
        ("The miner aims to double capacity.", "target"),
        ("It hopes to have broken ground for a new plant by May.", "target"),
        # a part of it, on site
        ("The steel frame of the new plant has been completed.", "under_construction"),
        ("Civil works for the new plant are 80 per cent complete.", "under_construction"),
        ("The new plant's foundations have been finished.", "under_construction"),
        ("The second phase of the plant was topped out in May.", "under_construction"),
        ("Construction of the new plant began in May.", "under_construction"),
        ("The new plant remains under construction.", "under_construction"),
        ("The new plant is nearing completion.", "under_construction"),
        # the rest of the way
        ("The new line entered trial production.", "trial"),
        ("The board proposed a new plant.", "proposed"),
        ("The company is considering a new plant.", "proposed"),
        ("The expansion project awaits approval.", "proposed"),
        ("The ministry approved the expansion project.", "approved"),
        ("The two firms signed a deal for a new plant.", "agreed"),
        ("The start of the new plant was delayed to 2027.", "setback"),
        ("The expansion project was shelved.", "negated"),
        ("It has not yet broken ground for the new plant.", "negated"),
    ],
)
def test_how_far_a_plant_has_come(text: str, stage: str) -> None:
    assert stages(text, BUILT) == {stage}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("公司完成收购该矿业公司股权。", "done"),
        ("公司拟收购该矿业公司股权。", "proposed"),
        ("股权收购事项尚需股东大会批准。", "proposed"),
        ("公司拟自明年起将标的公司控股权收购完成。", "proposed"),
        ("股权转让未获批。", "negated"),
        ("The takeover was not approved.", "negated"),
        ("股东大会批准股权收购事项。", "approved"),
        ("股权交割预计在三季度完成。", "target"),
        ("双方签署收购框架协议。", "agreed"),
        ("公司终止收购。", "negated"),
        ("It completed its takeover of the miner.", "done"),
        ("The takeover is expected to be completed in May.", "target"),
        ("The takeover is subject to approval.", "proposed"),
        ("The takeover was called off.", "negated"),
    ],
)
def test_how_far_a_purchase_has_come(text: str, stage: str) -> None:
    assert stages(text, BOUGHT) == {stage}
