"""Turns of phrase met in Chinese pages that nobody had tuned the engine on: title, day, text → the figures they state.

A row is (metric, value, unit) with what the case is about: measure, product, subject, period or modality.
"""

from __future__ import annotations

import pytest

from signals.extraction import extract
from tests.signals.extraction.told import rows, told


def test_a_day_without_its_month_is_the_latest_before_publication(lexicon):
    text = "截至18日,氧化镨钕报价57.2万元/吨。\n中重稀土方面,氧化镝162万元/吨。\n今日,金属镨钕均价为69.5万元/吨,较昨日上涨0.5万元/吨。"
    found = told(lexicon, "稀土周评", text, "2025-09-19")
    assert rows(found, "measure", "product", "value", "period") == [
        ("level", "ndpr-oxide", 572000, "2025-09-18"),
        ("level", "dy-oxide", 1620000, "2025-09-18"),
        ("level", "ndpr-metal", 695000, "2025-09-19"),
        ("change", "ndpr-metal", 5000, "2025-09-19"),
    ]


@pytest.mark.parametrize("words", ["30日均价", "3日内", "每月10日前", "12至15日"])
def test_not_every_day_is_a_date(lexicon, words):
    found = told(lexicon, "稀土周评", f"{words}氧化镨钕报价57.2万元/吨。", "2025-09-19")
    assert rows(found, "period") == [(None,)]


def test_steps_in_a_price_list_are_of_the_product_before(lexicon):
    text = "氧化铈1.25万元/吨,氧化镨钕60.2万元/吨,较上月上调4.5万元/吨,氧化钕61万元/吨,环比上涨7.5%。"
    found = told(lexicon, "北方稀土2025年9月挂牌价", text, "2025-09-05")
    assert rows(found, "product", "measure", "value") == [
        ("ce-oxide", "level", 12500),
        ("ndpr-oxide", "level", 602000),
        ("ndpr-oxide", "change_mom", 45000),
        ("nd-oxide", "level", 610000),
        ("nd-oxide", "change_mom", 7.5),
    ]


def test_the_day_of_an_announcement_is_no_balance_sheet_date(lexicon):
    text = "10月29日晚,北方稀土公告称,前三季度实现营业收入301.5亿元,存货158亿元。"
    assert rows(told(lexicon, "北方稀土三季报", text), "metric", "period") == [
        ("revenue", "2025M1-9"),
        ("inventory", "2025-09-30"),
    ]


def test_last_years_period_told_in_two_paragraphs_is_one_year_back(lexicon):
    text = (
        "公司预计2025年半年度净利润为3.05亿元至3.85亿元,与上年同期相比增加3.74亿元至4.54亿元。\n"
        "上年同期归属于上市公司股东的净利润为-6,931.5万元。"
    )
    assert rows(told(lexicon, "盛和资源2025年上半年业绩预告", text, "2025-07-12"), "value", "period")[-1] == (
        -69315000,
        "2024H1",
    )


def test_shares_and_growth_of_a_quota_are_of_its_stage(lexicon):
    text = (
        "两部委下达的2023年第二批稀土开采、冶炼分离总量控制指标分别为120000吨、115000吨,"
        "前两批合计为240000吨、230000吨,较2022年分别增长14.29%、13.86%。"
        "其中北方稀土获得岩矿型矿产品指标166650吨,占指标总量的69.44%,较2022年增长17.65%;"
        "冶炼分离产品指标152234吨,占指标总量的66.19%,较2022年增长18.07%。"
    )
    found = rows(told(lexicon, "两部委下达稀土指标", text, "2023-09-30"), "metric", "product", "value")
    assert ("quota_mining", None, 14.29) in found
    assert ("quota_smelting", None, 13.86) in found
    assert ("quota_share", "mining", 69.44) in found
    assert ("quota_share", "separation", 66.19) in found
    assert ("quota_mining", "light-rare-earth", 17.65) in found
    assert ("quota_smelting", None, 18.07) in found


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("剔除非经常性损益后,公司净利润为1.2亿元。", "net_profit_core", 120000000),
        ("扣除非经常性损益事项后,公司净利润预计增加1800万元到6800万元。", "net_profit_core", 18000000),
        ("公司扣非后归母净利达15.19亿元。", "net_profit_core", 1519000000),
        ("单Q2归母0.25亿元。", "net_profit", 25000000),
    ],
)
def test_short_names_of_profit(lexicon, text, metric, value):
    assert rows(told(lexicon, "北方稀土业绩点评", text), "metric", "value")[0] == (metric, value)


@pytest.mark.parametrize(
    "text",
    [
        "非经常性损益影响净利润约1.8亿元。",
        "公司上缴税金45.13亿元。",
        "计提商誉减值3.4亿元。",
        "公司力争成为收入超千亿元企业。",
        "公司荣获省部级科技奖励300余项。",
        "参股企业贡献投资净收益1.14亿元。",
    ],
)
def test_what_no_metric_follows(lexicon, text):
    assert told(lexicon, "北方稀土经营情况", text) == []


def test_a_day_or_year_that_leads_dates_all_that_is_listed(lexicon):
    text = (
        "截至2024年9月底,甘肃稀土的稀土加工分离年产能3万吨;稀土金属年产能5000吨,稀土研磨材料年产能4000吨。\n"
        "到2027年,磁性材料产能15万吨、储氢材料产能1万吨。"
    )
    assert rows(told(lexicon, "甘肃稀土产能", text), "product", "value", "period", "modality") == [
        ("separation", 30000, "2024-09-30", "reported"),
        ("rare-earth-metals", 5000, "2024-09-30", "reported"),
        ("polishing-materials", 4000, "2024-09-30", "reported"),
        ("magnetic-materials", 150000, "2027", "target"),
        ("hydrogen-storage-materials", 10000, "2027", "target"),
    ]


def test_iron_steel_and_products_told_in_one_breath(lexicon):
    found = told(
        lexicon, "包钢集团年中工作会", "上半年,铁、钢、材产量分别完成731万吨、762万吨、715万吨。", "2025-07-28"
    )
    assert rows(found, "product", "value") == [("iron", 7310000), ("crude-steel", 7620000), ("steel", 7150000)]
    whole = told(lexicon, "包钢集团简介", "包钢集团具备1750万吨铁、钢、材配套能力。")
    assert rows(whole, "metric", "product", "value") == [("capacity", "steel", 17500000)]


def test_what_a_rate_rises_from_is_a_level_of_its_own_year(lexicon):
    text = "全市稀土原材料就地转化率由2020年的65%提高到84%以上。"
    assert rows(told(lexicon, "包头市稀土产业发布会", text, "2025-08-20"), "measure", "value", "period") == [
        ("level", 65, "2020"),
        ("level", 84, None),
    ]


@pytest.mark.parametrize(
    ("title", "text", "metric", "subject"),
    [
        ("金力永磁包头项目", "金力永磁包头二期年产12000吨稀土永磁材料项目正式投产。", "capacity", "jl-mag"),
        ("包头稀土高新区项目", "总投资20亿元的厦门钨业稀土永磁材料项目正在建设。", "investment", "xiamen-tungsten"),
        ("包钢股份公告", "公司通过上海证券交易所交易系统回购股份715.00万股。", "buyback", "baogang-union"),
        (
            "稀土高新区项目建设",
            "今年以来,稀土高新区总投资300亿元的46个项目开工。",
            "investment",
            "baotou-rare-earth-high-tech-zone",
        ),
        (
            "内蒙古包头稀土高新区一季度开局",
            "一季度,规上工业企业150户。",
            "enterprises",
            "baotou-rare-earth-high-tech-zone",
        ),
        ("内蒙古包头稀土产业提速", "一季度,规上稀土企业150户。", "enterprises", "baotou"),
        ("内蒙古、包头两级项目清单", "全区稀土企业共有92户。", "enterprises", "inner-mongolia"),
        ("广晟有色易主", "广东稀土集团持有广晟有色1.29亿股股份,占总股本的38.45%。", "stake", "guangdong-rare-earth"),
        ("赣州稀土产业", "前三季度,赣州市稀土产业实现营业收入612亿元。", "revenue", "ganzhou"),
        ("稀土板块走强", "万得稀土指数大涨6.67%,北方稀土大涨9.89%。", "share_price", "northern-rare-earth"),
    ],
)
def test_whose_figure(lexicon, title, text, metric, subject):
    assert (metric, subject) in rows(told(lexicon, title, text), "metric", "subject")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("截至2025年,该院拥有授权专利600多项。", None),
        ("截至6月末,该院累计获得授权专利600项。", "2025-06-30"),
        ("上半年,该院申请专利75件,授权专利42件。", "2025H1"),
        ("该院共申报4项专利。", None),
    ],
)
def test_patents_counted_so_far_are_of_no_period(lexicon, text, period):
    assert rows(told(lexicon, "稀土研究院成果丰硕", text), "period")[-1] == (period,)


def test_the_index_keeps_its_weekly_rise(lexicon):
    text = "本周稀土原料价格指数收于180.5点,周涨幅0.9%。"
    found = told(lexicon, "包头稀土产品交易所行情", text, "2025-11-21")
    assert rows(found, "metric", "measure", "value", "subject") == [
        ("price_index", "level", 180.5, "baotou-rare-earth-exchange"),
        ("price_index", "change", 0.9, "baotou-rare-earth-exchange"),
    ]


def test_a_weeks_change_has_no_month_before(lexicon):
    found = told(lexicon, "稀土行情", "本周氧化镨钕成交均价54.8万元/吨,环比上涨1.1%。", "2025-11-21")
    assert rows(found, "measure", "value") == [("level", 548000), ("change", 1.1)]


def test_a_headlines_whole_number_is_the_texts_rounded(lexicon):
    text = "10月份我国出口稀土4343.5吨,环比增长8.6%。"
    found = told(lexicon, "海关总署:10月稀土出口量环比增长9%", text, "2025-11-07")
    assert rows(found, "measure", "value") == [("level", 4343.5), ("change_mom", 8.6)]


@pytest.mark.parametrize(
    ("title", "text", "modality"),
    [
        ("盛和资源业绩预测", "机构预测2026年净利润8.80亿元。", "estimate"),
        ("集团重点项目启动大会召开", "年产10000吨稀土金属技改项目按下启动键。", "target"),
        ("金力永磁产能", "规划到2027年形成60000吨产能。", "target"),
        ("金力永磁项目投产", "二期项目正式投产,项目总投资10.5亿元。", "reported"),
    ],
)
def test_promise_or_result(lexicon, title, text, modality):
    assert rows(told(lexicon, title, text), "modality")[0] == (modality,)


def test_a_cell_that_carries_its_own_scale(lexicon):
    table = (
        "<table><tr><th>机构名称</th><th>2025预测净利润(元)</th><th>2026预测净利润(元)</th></tr>"
        "<tr><td>甲证券</td><td>8.40亿</td><td>8.93亿</td></tr><tr><td>乙证券</td><td>9100万</td><td>1.1亿</td></tr></table>"
    )
    page = f"<html><body><article><h1>盛和资源业绩预测</h1><p>机构预测一览如下。</p>{table}</article></body></html>"
    found = extract(page.encode(), lexicon, published_on="2025-12-09").as_json()["indicators"]
    assert rows(found, "value", "period", "modality") == [
        (840000000, "2025", "estimate"),
        (893000000, "2026", "estimate"),
        (91000000, "2025", "estimate"),
        (110000000, "2026", "estimate"),
    ]


def test_an_office_that_decrees_is_named_among_the_entities(lexicon):
    page = "<html><body><article><h1>新材料方案</h1><p>近日,内蒙古自治区工信厅发布新材料产业发展方案。</p></article></body></html>"
    found = extract(page.encode(), lexicon).as_json()
    assert "inner-mongolia-miit" in [one["key"] for one in found["entities"]]
