"""Classes of Chinese language met in texts that nobody had tuned the engine on; a table for each, with what must not be read."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

SHARES = [
    ("赣州市稀土合金产量超全国三分之一。", [("market_share", ">", 33.33, "ganzhou")]),
    ("2024年包头市稀土产业实现营收480亿元,占全国同行业的1/3。", [("revenue", "=", 48e9, "baotou"), ("market_share", "=", 33.33, "baotou")]),
    ("包头市磁性材料产量约占全国的五分之一。", [("market_share", "~", 20, "baotou")]),
    ("本次会议审议通过1/3以上董事提议的议案。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHARES, ids=[text for text, _ in SHARES])
def test_shares_in_fractions(lexicon, text, expected):
    assert rows(told(lexicon, "稀土产业观察", text), "metric", "comparator", "value", "subject") == expected


MOVES = [
    # a rate told again as an extent has the base of the change before it
    ("价格指数为93.1点,环比上升2.5点,升幅为2.8%。", [("level", 93.1), ("change_mom", 2.5), ("change_mom", 2.8)]),
    ("氧化镨钕价格由2025年初的40万元/吨涨至11月7日的55万元/吨,涨幅37.5%。", [("level", 400000), ("level", 550000), ("change_ytd", 37.5)]),
    ("公司毛利率从2024年上半年的11%提升至2025年上半年的18%。", [("level", 11), ("level", 18)]),
    ("应收账款从1.4亿增至2.1亿,增幅50%。", [("level", 1.4e8), ("level", 2.1e8), ("change", 50)]),
    ("存货同比增幅达31%。", [("change_yoy", 31)]),
    ("与去年同期相比,营业收入增幅达12%。", [("change_yoy", 12)]),
    ("氧化镨钕均价每吨上涨1.1万元。", [("change", 11000)]),
    ("氧化钕上涨5,000元至438,000元/吨。", [("change", 5000), ("level", 438000)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MOVES, ids=[text for text, _ in MOVES])
def test_moves_and_their_bases(lexicon, text, expected):
    assert rows(told(lexicon, "北方稀土2025年7月动态", text, "2025-11-10"), "measure", "value") == expected


def test_a_period_in_brackets_is_of_the_figure_before_it(lexicon):
    text = "2024年下半年以来,氧化镨钕价格回升至44万元/吨(2025年上半年均价)。"
    assert rows(told(lexicon, "稀土分析", text), "value", "period") == [(440000, "2025H1")]


NOBODYS = [
    "公司每股经营性现金流0.3元,公司现金流量约5亿元。",
    "全国累计发电装机容量35亿千瓦,同比增长16%。",
    "晶界渗透技术将镝的添加比例从2.6%降至1.7%。",
    "项目达产后年创税3亿元。",
    "工信部计划商业收储1.2万吨氧化钕。",
    "应交税费增长39%。",
]


@pytest.mark.parametrize("text", NOBODYS)
def test_figures_that_nobody_follows(lexicon, text):
    assert rows(told(lexicon, "北方稀土半年报点评", "上半年毛利率12%。" + text), "metric", "value")[1:] == []


COUNTS = [
    ("今年以来,全市签约稀土产业项目41个,在谈项目25个。", [("projects", 41), ("projects", 25)]),
    ("力争高新技术企业达到100家。", [("enterprises", 100)]),
    ("公司承担省级课题项目报告会历时3天。", []),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=[text for text, _ in COUNTS])
def test_counts_of_projects_and_firms(lexicon, text, expected):
    assert rows(told(lexicon, "包头稀土产业动态", text, "2025-03-01"), "metric", "value") == expected


SUBJECTS = [
    ("包钢集团拥有白云鄂博矿资源开发权利,具备年产40万吨稀土精矿的生产能力。", "baogang-group"),
    ("包钢股份2025年向北方稀土的关联销售金额为98亿元。", "baogang-union"),
    ("公司完成对Peak Rare Earths Limited(匹克公司)100%股权的收购,交易对价为1.9亿澳元。", "shenghe-resources"),
    ("赣州稀土新材料及应用集群产值410亿元。", "ganzhou"),
]


@pytest.mark.parametrize(("text", "subject"), SUBJECTS)
def test_who_is_told_of(lexicon, text, subject):
    assert rows(told(lexicon, "盛和资源三季报", text), "subject")[-1] == (subject,)


def test_what_brokers_expect_is_an_estimate(lexicon):
    text = "证券研究员普遍预期2025年全年业绩3.5亿元,每股收益0.33元。"
    found = told(lexicon, "中国稀土(000831)一季报点评", text, "2025-04-28")
    assert rows(found, "metric", "modality", "voice") == [
        ("net_profit", "estimate", "third_party"),
        ("eps", "estimate", "third_party"),
    ]


PAIRS = [
    ("前三季度营收53亿元,环比/同比分别+6.1%/+12.3%。", [("level", 5.3e9), ("change_qoq", 6.1), ("change_yoy", 12.3)]),
    ("三季度氧化镨钕均价环比/同比+25%/+38%至54万元/吨。", [("change_qoq", 25), ("change_yoy", 38), ("level", 540000)]),
    ("三季度营收19亿元,同/环比增72%/减6%。", [("level", 1.9e9), ("change_yoy", 72), ("change_qoq", -6)]),
    ("毛利率由去年同期27.1%→15.2%。", [("level", 27.1), ("level", 15.2)]),
    ("中国稀土和广晟有色陷入亏损,亏损额分别达2.8亿元和2.9亿元。", [("level", -2.8e8), ("level", -2.9e8)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAIRS, ids=[text for text, _ in PAIRS])
def test_pairs_of_bases_and_losses(lexicon, text, expected):
    assert rows(told(lexicon, "金力永磁三季报点评", text), "measure", "value") == expected


def test_a_list_of_firms_answers_a_list_of_losses(lexicon):
    text = "北方稀土净利下滑;中稀有色和盛和资源则陷入亏损,亏损额分别达2.8亿元和2.9亿元。"
    assert sorted(rows(told(lexicon, "稀土企业业绩", text), "value", "subject")) == [
        (-290000000, "shenghe-resources"),
        (-280000000, "rising-nonferrous"),
    ]


MODES = [
    ("公司拟以自有资金出资2100万元收购中鑫安泰18%股权。", "investment", "northern-rare-earth", "target"),
    ("公司拟以自有资金出资2100万元收购股权,并拟增资4000万元,两项出资合计6100万元。", "investment", "northern-rare-earth", "target"),
    ("公司整合中鑫安泰后,将持有其40%股权。", "stake", "northern-rare-earth", "target"),
    ("公司拟以全资子公司华美稀土为实施主体,投资60亿元建设绿色冶炼项目。", "investment", "northern-rare-earth", "target"),
    ("公司持有中鑫安泰40%股权。", "stake", "northern-rare-earth", "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "metric", "subject", "modality"), MODES, ids=[row[0] for row in MODES])
def test_what_is_yet_to_be_put_in_or_held(lexicon, text, metric, subject, modality):
    found = [one for one in told(lexicon, "北方稀土(600111)公告", text) if one["metric"] == metric]
    assert rows(found, "subject", "modality")[-1] == (subject, modality)


def test_the_step_holds_as_long_as_the_price(lexicon):
    text = (
        "包钢股份拟将2025年第一季度稀土精矿关联交易价格调整为不含税18100元/吨(干量,REO=50%)。"
        "该价格按2024年第四季度稀土氧化物市场价格计算,REO每增减1%、不含税价格增减362元/吨。"
    )
    found = told(lexicon, "包钢股份公告", text, "2025-01-10")
    assert rows(found, "metric", "product", "period") == [
        ("price", "concentrate", "2025Q1"),
        ("price_step", "concentrate", "2025Q1"),
    ]


LISTED = [
    ("氧化镨钕市场均价82万元/吨,北方稀土氧化镨钕挂牌均价76万元/吨。", [(None, 820000), ("northern-rare-earth", 760000)]),
    ("氧化镨钕每吨上调约4万元,金属镨钕每吨上调4.8万元。", [("northern-rare-earth", 40000), ("northern-rare-earth", 48000)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_list_prices_are_the_firms(lexicon, text, expected):
    found = told(lexicon, "北方稀土2025年7月挂牌价公布", text, "2025-07-10")
    assert rows(found, "subject", "value") == expected


NAMED_BY_NUMBER = [
    "两个项目是五家企业的标志。",
    "包钢是国家建设的156个重点项目之一。",
    "包钢为“中国铁路”网站供图3张。",
    "市盈率:0.000市净率:0.000",
]


@pytest.mark.parametrize("text", NAMED_BY_NUMBER)
def test_numbers_that_only_name(lexicon, text):
    assert told(lexicon, "包钢动态", text) == []


def test_tonnes_supplied_and_exported_till_now(lexicon):
    text = "包钢为这条非洲大陆上的“中国铁路”供应钢轨超过2万吨。从2000年第一次出口至今,包钢已经出口钢轨70多万吨。"
    assert rows(told(lexicon, "包钢走出去", text, "2017-07-16"), "metric", "subject", "value", "period") == [
        ("sales_volume", "baogang-group", 20000, None),
        ("export_volume", "baogang-group", 700000, None),
    ]


def test_the_two_months_before_are_not_january_and_february(lexicon):
    text = "镨钕产品价格在前两个月小幅下调之后,本月上调,氧化镨钕均价为54万元/吨。"
    assert rows(told(lexicon, "北方稀土2025年7月挂牌价公布", text, "2025-07-10"), "period") == [("2025-07",)]


LINES = [
    # the line named beside a figure, or none that is known; the growth goes with the level before it
    (
        "风电领域收入6.1亿元,同比降低8%,机器人领域1.8亿元,同比增加120%,医疗领域0.3亿元。",
        [(6.1e8, "wind-power"), (-8, "wind-power"), (1.8e8, "robots"), (120, "robots"), (3e7, None)],
    ),
    ("稀土磁性材料年产能1500吨,氯碱年产能2万吨。", [(1500, "magnetic-materials"), (20000, None)]),
    ("稀土金属产量3万吨,销量2.9万吨。", [(30000, "rare-earth-metals"), (29000, "rare-earth-metals")]),
    # no commas: each change word belongs to the figure behind it
    ("销售毛利率16.1%同比提高7.5个百分点 磁钢收入32亿元同比增长11% 产品净利率6.2%。", [(16.1, None), (7.5, None), (3.2e9, "ndfeb-magnets"), (11, "ndfeb-magnets"), (6.2, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES, ids=[text for text, _ in LINES])
def test_each_item_has_its_own_line(lexicon, text, expected):
    assert sorted(rows(told(lexicon, "金力永磁2025年半年报点评", text), "value", "product"), key=str) == sorted(
        expected, key=str
    )


SOMETHING_ELSE = [
    "轧机轧制间隔时间比2021年减少28%。",
    "基金规模已突破19亿元,较年初增长超500%。",
    "公司门户网站访问人次同比增长12%。",
]


@pytest.mark.parametrize("text", SOMETHING_ELSE)
def test_a_clause_with_a_subject_of_its_own_leans_on_nothing(lexicon, text):
    found = told(lexicon, "首钢一季报", "一季度营业收入695亿元。" + text, "2022-04-07")
    assert rows(found, "value") == [(69500000000,)]


def test_a_rank_is_no_place_of_its_own(lexicon):
    text = "截至2020年9月底,甘肃稀土产能规模位居中国国内前三,稀土金属年产能5000吨。"
    assert rows(told(lexicon, "甘肃稀土重组", text, "2020-10-26"), "subject") == [("gansu-rare-earth",)]


def test_the_share_of_a_home_market_is_the_firms(lexicon):
    text = "公司新能源汽车领域市占率30%,风电领域国内市占率达36%。"
    assert rows(told(lexicon, "金力永磁半年报", text), "metric", "subject", "value") == [
        ("market_share", "jl-mag", 30),
        ("market_share", "jl-mag", 36),
    ]
