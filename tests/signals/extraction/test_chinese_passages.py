"""Classes met in our own Chinese passages in the manner of press releases, filings and briefs of the field."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

TITLE, DAY = "稀土行业快讯", "2025-08-28"


def read(lexicon, text, *fields, title=TITLE, day=DAY):
    """These fields of all that the text states."""
    return rows(told(lexicon, title, text, day), *fields)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至7月末,北方稀土完成全年生产计划的62%。", [("target_completion", 62, "reported")]),
        ("盛和资源稀土氧化物产量完成计划的95%。", [("target_completion", 95, "reported")]),
        ("包钢股份粗钢产量完成年度生产计划的51.3%。", [("target_completion", 51.3, "reported")]),
        ("包钢股份计划生产粗钢95万吨。", [("output", 950000, "target")]),
        ("包钢股份完成生产计划编制工作的95%。", []),
        ("北方稀土全年生产计划增长12%。", [("output", 12, "target")]),
    ],
)
def test_how_much_of_a_plan_is_done(lexicon, text, expected):
    assert read(lexicon, text, "metric", "value", "modality") == expected


@pytest.mark.parametrize(
    ("text", "comparators"),
    [
        ("8月27日,稀土价格指数最高为231.4点,最低为228.9点。", ["=", "="]),
        ("7月氧化镨钕均价环比约上涨四成。", ["~"]),
        ("7月氧化镨钕均价环比约下跌5%。", ["~"]),
        ("7月氧化镨钕均价环比上涨四成。", ["="]),
        ("盛和资源拟投资最高3亿元。", ["<="]),
        ("北方稀土股份回购金额最低1亿元。", [">="]),
    ],
)
def test_words_that_loosen_a_figure_or_do_not(lexicon, text, comparators):
    assert [one for (one,) in read(lexicon, text, "comparator")] == comparators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上半年包钢股份吨钢综合能耗降至558千克标准煤,同比下降1.9%。", [("resource_saving", 1.9)]),
        ("上半年包钢股份压降采购成本1.3亿元。", [("cost_saving", 1.3e8)]),
        ("包钢股份吨铁成本环比下降92元。", [("unit_cost", -92)]),
        ("上半年包头稀土研究院承担自治区级项目48项。", [("rd_projects", 48)]),
        ("上半年包头稀土研究院到位科研经费2.7亿元。", [("rd_spend", 2.7e8)]),
        ("上半年包头稀土研究院制修订国家标准12项。", [("standards", 12)]),
    ],
)
def test_costs_energy_and_research(lexicon, text, expected):
    assert read(lexicon, text, "metric", "value") == expected


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("目前公司毛坯产能3.8万吨/年,预计2027年扩建完成。", "reported"),
        ("公司现有磁材产能3.8万吨/年,明年将扩建。", "reported"),
        ("目前公司在建产能3.8万吨/年。", "target"),
        ("目前公司规划产能3.8万吨/年。", "target"),
        ("公司拟建产能3.8万吨/年。", "target"),
        ("公司产能3.8万吨/年。", "reported"),
    ],
)
def test_capacity_that_works_today(lexicon, text, modality):
    assert read(lexicon, text, "modality", title="金力永磁调研纪要") == [(modality,)]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("下半年,集团将全力冲刺全年100亿元产值目标。", "target"),
        ("全市上下力争实现2000亿元产业产值目标。", "target"),
        ("全年120亿元营业收入目标分解到人。", "target"),
        ("去年集团提前完成100亿元产值目标。", "reported"),
        ("去年集团超额实现100亿元产值目标。", "reported"),
        ("去年集团产值100亿元。", "reported"),
    ],
)
def test_goals_named_behind_their_figure(lexicon, text, modality):
    assert read(lexicon, text, "modality", title="赣州稀土集团工作会") == [(modality,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "北方稀土拟以现金8.6亿元收购包钢集团所持华美稀土32%股权,交易完成后持股比例升至75%。",
            [("investment", "northern-rare-earth"), ("stake", "northern-rare-earth"), ("stake", "northern-rare-earth")],
        ),
        (
            "公司设立北方金龙,注册资本2亿元,公司持股51%,金龙稀土持股49%,投资1.53亿元建设分离线。",
            [
                ("registered_capital", "northern-jinlong"),
                ("stake", "northern-jinlong"),
                ("stake", "golden-dragon"),
                ("investment", "northern-jinlong"),
            ],
        ),
        ("金龙稀土投资1.53亿元建设分离线。", [("investment", "golden-dragon")]),
    ],
)
def test_who_holds_and_who_builds(lexicon, text, expected):
    assert read(lexicon, text, "metric", "subject") == expected


@pytest.mark.parametrize(
    ("text", "title", "subject"),
    [
        ("公司包头基地现有产能2万吨/年。", "金力永磁调研纪要", "jl-mag"),
        ("包头三期项目产能2万吨/年,预计2026年建成。", "金力永磁调研纪要", "jl-mag"),
        ("包头工厂现有产能2万吨/年。", "金力永磁调研纪要", "jl-mag"),
        ("包头基地现有产能2万吨/年。", "稀土产业观察", "baotou"),
        ("包头市现有磁材产能2万吨/年。", "金力永磁调研纪要", "baotou"),
        ("包头磁材产能2万吨/年。", "稀土产业观察", "baotou"),
    ],
)
def test_a_firms_plant_at_a_place(lexicon, text, title, subject):
    assert read(lexicon, text, "subject", title=title) == [(subject,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "上半年,包钢集团产粗钢783万吨,同比增长6.75%;出口钢材105万吨。",
            [("output", "crude-steel", 7.83e6), ("output", "crude-steel", 6.75), ("export_volume", "steel", 1.05e6)],
        ),
        ("上半年,包钢集团产生铁760万吨。", [("output", "iron", 7.6e6)]),
        ("上半年,包钢股份产稀土精矿9.8万吨。", [("output", "concentrate", 98000)]),
        (
            "全区已完成投资193亿元,完成全年计划投资的95%。",
            [("investment", None, 1.93e10), ("target_completion", None, 95)],
        ),
    ],
)
def test_made_in_one_word(lexicon, text, expected):
    assert read(lexicon, text, "metric", "product", "value") == expected


def test_a_share_of_the_nations_total_does_not_make_the_rest_the_nations(lexicon):
    text = "全国综合实力前十强的磁材企业已有6家落户稀土高新区,稀土永磁材料产能达到15万吨,占全国的三分之一;就地转化率达到80%。"
    found = read(lexicon, text, "metric", "subject", title="包头稀土高新区推动稀土产业发展")
    zone = "baotou-rare-earth-high-tech-zone"
    assert ("capacity", zone) in found
    assert ("local_conversion_rate", zone) in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("稀土价格指数为234.6点,较上一日下跌0.8点,较去年同期上涨46.2%。", ["level", "change", "change_yoy"]),
        ("稀土价格指数为234.6点,较上一日下跌0.3%,同比上涨46.2%。", ["level", "change", "change_yoy"]),
        ("稀土价格指数为234.6点,同比上涨46.2%,较上一日下跌0.8点。", ["level", "change_yoy", "change"]),
        ("氧化镨钕均价62万元/吨,较前一交易日上涨0.5万元/吨,同比上涨52%。", ["level", "change", "change_yoy"]),
    ],
)
def test_moves_against_the_day_before(lexicon, text, expected):
    assert [one for (one,) in read(lexicon, text, "measure")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上半年,包钢集团全员劳动生产率同比提高6.4%。", []),
        ("矿石储量1850万吨,REO平均品位4.8%,折合稀土氧化物88.7万吨。", [("reserves", 1.85e7), ("reserves", 887000)]),
        ("矿石平均品位4.8%。", []),
    ],
)
def test_what_is_no_figure_of_output_or_reserves(lexicon, text, expected):
    assert read(lexicon, text, "metric", "value") == expected


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("盛和资源全资子公司拟以1.58亿澳元(折合人民币7.43亿元)收购该公司。", "target"),
        ("盛和资源以1.58亿澳元(折合人民币7.43亿元)收购了该公司。", "reported"),
        ("盛和资源拟出资1.2亿元设立子公司。", "target"),
    ],
)
def test_money_that_is_meant_to_be_paid(lexicon, text, modality):
    assert [one for metric, one in read(lexicon, text, "metric", "modality") if metric == "investment"] == [modality]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("稀土板块5家公司合计实现营收442.7亿元;合计归母净利润25.9亿元。", [None, None]),
        ("稀土行业上市公司整体实现营收442.7亿元,其中北方稀土营收302.9亿元。", [None, "northern-rare-earth"]),
        ("北方稀土旗下8家公司合计实现营收42亿元。", ["northern-rare-earth"]),
        ("北方稀土稀土板块实现营收42亿元。", ["northern-rare-earth"]),
    ],
)
def test_sums_over_a_whole_trade_are_nobodys(lexicon, text, expected):
    assert [one for (one,) in read(lexicon, text, "subject", title="北方稀土等公司三季报综述")] == expected


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("7月稀土出口量5994.3吨,6月为7742.2吨,环比减少22.6%。", ["2025-07", "2025-06", "2025-07"]),
        (
            "北方稀土第二季度营收95.8亿元,第一季度为92.9亿元,环比增长3.1%。",
            ["2025Q2", "2025Q1", "2025Q2"],
        ),
        ("6月稀土出口量7742.2吨,环比增长32%;7月5994.3吨,环比减少22.6%。", ["2025-06", "2025-06", "2025-07", "2025-07"]),
    ],
)
def test_a_change_is_not_of_the_month_that_it_is_measured_against(lexicon, text, periods):
    assert [one for (one,) in read(lexicon, text, "period", title="出口数据")] == periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "7月出口稀土金属832吨、稀土氧化物3120吨,分别占出口总量的13.9%和52%。",
            ["rare-earth-metals", "rare-earth-oxides", "rare-earth-metals", "rare-earth-oxides"],
        ),
        (
            "上半年北方稀土冶炼分离产品、稀土金属产品产销量同比分别增长12.7%、26.9%。",
            ["separation", "rare-earth-metals"],
        ),
        ("中鑫安泰年产8000吨稀土金属及合金项目建成投产。", ["rare-earth-metals"]),
        ("中鑫安泰年产8000吨稀土金属和3000吨磁材项目建成投产。", ["rare-earth-metals", "magnetic-materials"]),
    ],
)
def test_which_goods_a_figure_of_a_list_is_of(lexicon, text, expected):
    assert [one for (one,) in read(lexicon, text, "product")] == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("上半年北方稀土营收同比增长45%;净资产收益率3.9%,增加3.7个百分点。", ["change_yoy", "level", "change_yoy"]),
        ("上半年北方稀土净资产收益率3.9%,增加3.7个百分点。", ["level", "change"]),
        ("上半年北方稀土营收环比增长5%;毛利率12.3%,提高1.1个百分点。", ["change_qoq", "level", "change"]),
    ],
)
def test_a_bare_rate_has_the_base_told_before_it(lexicon, text, measures):
    assert [one for (one,) in read(lexicon, text, "measure")] == measures


def test_the_size_of_an_industry_in_yuan_is_its_output_value(lexicon):
    assert read(lexicon, "2024年包头市稀土产业规模突破1000亿元。", "metric", "value") == [("output_value", 1e11)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SMM预计,9月氧化镨钕均价将维持在58-62万元/吨。", [("2025-09", "estimate", "range")]),
        ("氧化镨钕均价四季度或突破65万元/吨。", [("2025Q4", "estimate", ">")]),
        ("8月22日,氧化镨钕均价达到年内最高64.5万元/吨。", [("2025-08-22", "reported", "=")]),
        ("北方稀土将8月氧化镨钕挂牌价上调至53.1万元/吨。", [("2025-08", "reported", "=")]),
        ("氧化镨钕均价四季度突破41万元/吨。", [("2024Q4", "reported", ">")]),
    ],
)
def test_prices_that_are_foreseen(lexicon, text, expected):
    assert read(lexicon, text, "period", "modality", "comparator") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年前7个月,包头市外贸进出口总值182.4亿元,同比增长9.7%。", []),
        ("今年前7个月,包头市出口总值82.4亿元。", [("export_revenue", "level")]),
        (
            "截至6月底,包钢集团总资产较年初增长4.9%,资产负债率38.1%,下降1.7个百分点。",
            ["change_ytd", "level", "change_ytd"],
        ),
    ],
)
def test_trade_both_ways_and_balances(lexicon, text, expected):
    found = read(lexicon, text, "metric", "measure")
    assert found == expected or [measure for _, measure in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "公司磁性材料现有产能7.5万吨,在建产能5万吨。",
            [("magnetic-materials", "reported"), ("magnetic-materials", "target")],
        ),
        ("公司磁性材料拟建产能5万吨。", [("magnetic-materials", "target")]),
        ("公司磁性材料建成产能5万吨。", [("magnetic-materials", "reported")]),
    ],
)
def test_capacity_in_work_beside_capacity_that_runs(lexicon, text, expected):
    assert read(lexicon, text, "product", "modality", title="北方稀土回应产能问题") == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("“十四五”以来,包钢集团累计投入研发经费260亿元。", "2021-2025"),
        ("“十四五”期间,包钢集团投入研发经费260亿元。", "2021-2025"),
        ("上半年,北方稀土关键工序数控化率达到81%,比“十三五”末提高26个百分点。", "2025H1"),
    ],
)
def test_years_of_a_plan(lexicon, text, period):
    assert {one for (one,) in read(lexicon, text, "period")} == {period}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司拟以自有资金5000万元-1亿元回购公司股份。", [("buyback", "target")]),
        ("公司拟以不低于1亿元、不超过2亿元的自有资金回购股份。", [("buyback", "target"), ("buyback", "target")]),
        ("公司已累计回购股份87.3万股,支付的资金总额2846万元。", [("buyback", "reported"), ("buyback", "reported")]),
        ("公司拟以自有资金5000万元投资磁材项目。", [("investment", "target")]),
    ],
)
def test_money_for_shares_of_its_own(lexicon, text, expected):
    assert read(lexicon, text, "metric", "modality", title="盛和资源公告") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年,公司水循环利用率达到93.5%,社会捐赠623万元。", []),
        ("2024年,公司现金分红2.53亿元,社会捐赠623万元。", [("dividend", 2.53e8)]),
        ("2024年,公司吨产品电耗降低12%。", [("resource_saving", 12)]),
    ],
)
def test_figures_of_a_green_report(lexicon, text, expected):
    assert read(lexicon, text, "metric", "value", title="北方稀土ESG报告") == expected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("国内氧化镝均价163万元/吨;氧化铽均价705万元/吨。", ["china", "china"]),
        ("国内氧化镝均价163万元/吨,氧化铽均价705万元/吨。", ["china", None]),
        ("氧化镝均价163万元/吨,氧化铽均价705万元/吨。", [None, None]),
        ("国内轻稀土市场走弱,金属镨钕均价75万元/吨。", [None]),
    ],
)
def test_prices_at_home_go_on_in_a_list(lexicon, text, subjects):
    assert [one for (one,) in read(lexicon, text, "subject")] == subjects


def test_growth_of_a_firms_output_value_in_a_text_of_its_zone(lexicon):
    text = "上半年,金力永磁实现产值18.2亿元,增长34%。"
    assert read(lexicon, text, "subject", title="包头稀土高新区经济运行简报") == [("jl-mag",), ("jl-mag",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一批开采指标13.5万吨,较上年同期增长12.5%;冶炼分离指标12.7万吨,增幅10.4%。", [None, None, None, None]),
        (
            "中国稀土集团获开采指标3.01万吨(轻稀土)、1.032万吨(中重稀土)。",
            ["light-rare-earth", "heavy-rare-earth"],
        ),
    ],
)
def test_goods_of_quotas(lexicon, text, expected):
    assert [one for (one,) in read(lexicon, text, "product", title="2024年第一批稀土指标下达")] == expected


def test_a_citys_share_of_the_nations_quota_is_the_citys(lexicon):
    text = "赣州市离子型稀土开采指标占全国的42%。"
    assert read(lexicon, text, "metric", "subject", title="江西稀土产业") == [("quota_share", "ganzhou")]


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("包头市稀土产业产值由2020年的273亿元增长到2024年的858亿元。", ["reported", "reported"]),
        ("到2030年,包头市稀土产业产值858亿元。", ["target"]),
        ("项目达产后,金龙稀土磁性材料年产能将由1.5万吨提升至2万吨。", ["reported", "target"]),
        ("项目达产后,金龙稀土磁性材料年产能将达2万吨。", ["target"]),
    ],
)
def test_from_what_was_to_what_will_be(lexicon, text, modalities):
    assert [one for (one,) in read(lexicon, text, "modality")] == modalities
