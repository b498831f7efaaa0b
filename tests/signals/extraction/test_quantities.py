"""Sentences and the figures in them. To teach the grammar something, add a sentence here first."""

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signals.extraction.quantities import find_quantities

D = Decimal


def figures(text, lexicon):
    """(as written, comparator, value(s), unit) of every figure that has a unit."""
    found = find_quantities(text, 0, len(text), lexicon)
    return [
        (
            text[slice(*q.span)],
            q.comparator,
            str(q.value) if q.value_high is None else f"{q.value}..{q.value_high}",
            q.unit,
        )
        for q in found
        if q.dimension != "plain"
    ]


# sentence -> figures, each "as written | comparator value unit"
MONEY = [
    ("全年实现营业收入412.6亿元。", ["412.6亿元 | = 41260000000 CNY"]),
    ("利润总额8,650.4万元,较好。", ["8,650.4万元 | = 86504000 CNY"]),
    ("总投资逾1.5万亿元。", ["逾1.5万亿元 | > 1500000000000 CNY"]),
    ("净利润达3亿5千万元。", ["3亿5千万元 | = 350000000 CNY"]),
    ("合同价格為3萬1,450元。", ["3萬1,450元 | = 31450 CNY"]),
    ("出资人民币2.4亿元设立公司。", ["人民币2.4亿元 | = 240000000 CNY"]),
    ("投资额约7亿元人民币。", ["约7亿元人民币 | ~ 700000000 CNY"]),
    ("融资超过6000万美元。", ["超过6000万美元 | > 60000000 USD"]),
    ("对价为1.2亿澳元。", ["1.2亿澳元 | = 120000000 AUD"]),
    ("市值不足90亿港元。", ["不足90亿港元 | < 9000000000 HKD"]),
    ("公司亏损0.8亿元。", ["亏损0.8亿元 | = -80000000 CNY"]),
    ("净亏损约2,300万元。", ["约2,300万元 | ~ -23000000 CNY"]),
    ("同比减亏1.1亿元。", ["1.1亿元 | = 110000000 CNY"]),
    ("扭亏后盈利0.4亿元。", ["0.4亿元 | = 40000000 CNY"]),
    ("补助十五亿元。", ["十五亿元 | = 1500000000 CNY"]),
    ("回购金额不低于1亿元、不超过2亿元。", ["不低于1亿元 | >= 100000000 CNY", "不超过2亿元 | <= 200000000 CNY"]),
    ("营收７２．５亿元。", ["７２．５亿元 | = 7250000000 CNY"]),
    ("净利润由-0.5亿元增至3亿元", ["-0.5亿元 | = -50000000 CNY", "3亿元 | = 300000000 CNY"]),
    ("预计2.5亿元-3.1亿元", ["2.5亿元-3.1亿元 | range 250000000..310000000 CNY"]),
    ("Revenue was RMB 7.25 billion.", ["RMB 7.25 billion | = 7250000000 CNY"]),
    ("It spent Yn3.4bn on plant.", ["Yn3.4bn | = 3400000000 CNY"]),
    ("Debt fell to 640mn yuan.", ["640mn yuan | = 640000000 CNY"]),
    ("Sales of CNY 12.5 million were booked.", ["CNY 12.5 million | = 12500000 CNY"]),
    ("The fund holds ¥85 million.", ["¥85 million | = 85000000 CNY"]),
    ("The grant is worth A$12m.", ["A$12m | = 12000000 AUD"]),
    ("A loan of US$1.2 bn was signed.", ["US$1.2 bn | = 1200000000 USD"]),
    ("It raised HK$3.6 billion.", ["HK$3.6 billion | = 3600000000 HKD"]),
    ("The plant cost €45m.", ["€45m | = 45000000 EUR"]),
    ("a net loss of RMB 310 million", ["net loss of RMB 310 million | = -310000000 CNY"]),
    ("Net income was $(18.4) million.", ["$(18.4) million | = -18400000 USD"]),
    ("It lost 25 million yuan.", ["lost 25 million yuan | = -25000000 CNY"]),
    ("earnings of -¥2.5 billion", ["-¥2.5 billion | = -2500000000 CNY"]),
    ("It saves RMB 2.3M a year.", ["RMB 2.3M | = 2300000 CNY"]),
    ("two hundred million yuan in subsidies", ["two hundred million yuan | = 200000000 CNY"]),
    ("renminbi loans of 3 trillion yuan", ["3 trillion yuan | = 3000000000000 CNY"]),
]

MONEY += [
    ("营收51.3亿,同比增长", ["51.3亿 | = 5130000000 CNY"]),
    ("预测为54.5亿、56.7亿", ["54.5亿 | = 5450000000 CNY", "56.7亿 | = 5670000000 CNY"]),
    (
        "from 55.8 million yuan to 750.7 million last year",
        ["55.8 million yuan | = 55800000 CNY", "750.7 million | = 750700000 CNY"],
    ),
    ("55.8 million yuan of losses", ["55.8 million yuan | = -55800000 CNY"]),
    ("mills suffered 2.1 billion yuan (300 million dollars) of losses", ["2.1 billion yuan | = -2100000000 CNY"]),
    ("5.2 million households", []),
]

SHARES_AND_POINTS = [
    ("净利(yoy - 6.60%)", ["- 6.60% | = -6.6 percent"]),
    (
        "分别为+40.2%、 - 43.3%和+4.4%",
        ["+40.2% | = 40.2 percent", "- 43.3% | = -43.3 percent", "+4.4% | = 4.4 percent"],
    ),
    ("营业成本 - 4.5%", ["- 4.5% | = -4.5 percent"]),
    ("增长20% - 30%", ["20% - 30% | range 20..30 percent"]),
    ("同比 + 0.3%", ["+ 0.3% | = 0.3 percent"]),
    ("同比 -0.75、+0.3、-1.33 pct", ["-0.75 | = -0.75 pp", "+0.3 | = 0.3 pp", "-1.33 pct | = -1.33 pp"]),
    ("毛利率为21.7%。", ["21.7% | = 21.7 percent"]),
    ("占比超六成。", ["超六成 | > 60 percent"]),
    ("近四成产品出口。", ["近四成 | < 40 percent"]),
    ("不足一成的企业受影响。", ["不足一成 | < 10 percent"]),
    ("七成以上的设备完成改造。", ["七成以上 | >= 70 percent"]),
    ("完成率百分之八十五。", ["百分之八十五 | = 85 percent"]),
    ("提高到百分之12。", ["百分之12 | = 12 percent"]),
    ("约三分之一的产量外销。", ["约三分之一 | ~ 33.33 percent"]),
    ("四分之三的矿石。", ["四分之三 | = 75 percent"]),
    ("占比约为38.6%。", ["约为38.6% | ~ 38.6 percent"]),
    ("节约30%的用水。", ["30% | = 30 percent"]),
    ("达到8%以上。", ["8%以上 | >= 8 percent"]),
    ("同比+37.2%。", ["+37.2% | = 37.2 percent"]),
    ("同比-12.5%。", ["-12.5% | = -12.5 percent"]),
    ("提升2.3个百分点。", ["2.3个百分点 | = 2.3 pp"]),
    ("净利率+1.85pct。", ["+1.85pct | = 1.85 pp"]),
    ("下调25个基点。", ["25个基点 | = 0.25 pp"]),
    ("七成新的设备。", []),
    ("第三成立的公司。", []),
    ("Growth exceeded 22%.", ["exceeded 22% | > 22 percent"]),
    ("Output rose nearly 14 per cent.", ["nearly 14 per cent | < 14 percent"]),
    ("Prices were up 2.1pc.", ["2.1pc | = 2.1 percent"]),
    ("up 3 pct on the day", ["3 pct | = 3 percent"]),
    ("a gain of 1.5 percentage points", ["1.5 percentage points | = 1.5 pp"]),
    ("up 40 basis points", ["40 basis points | = 0.4 pp"]),
    ("about three quarters of supply", ["about three quarters | ~ 75 percent"]),
    ("more than half of the ore", ["more than half | > 50 percent"]),
    ("nearly a third (32.8%) of exports", ["nearly a third (32.8%) | = 32.8 percent"]),
    ("in the third quarter", []),
    ("the first half of the year", []),
    ("margins fell –5%", ["–5% | = -5 percent"]),
    ("at least 60 percent", ["at least 60 percent | >= 60 percent"]),
    ("no more than 5%", ["no more than 5% | <= 5 percent"]),
    ("up to 90%", ["up to 90% | <= 90 percent"]),
    ("7% or more", ["7% or more | >= 7 percent"]),
    ("in excess of 18%", ["in excess of 18% | > 18 percent"]),
    ("control over 70% of supply", ["70% | = 70 percent"]),
    ("ten percent of ore", ["ten percent | = 10 percent"]),
    ("下降５．５％", ["５．５％ | = 5.5 percent"]),
]

FOLDS = [
    ("增长3.2倍。", ["3.2倍 | = 3.2 x"]),
    ("产量是去年的两倍。", ["两倍 | = 2 x"]),
    ("利润翻番。", ["翻番 | = 2 x"]),
    ("产值翻两番。", ["翻两番 | = 4 x"]),
    ("超十倍", ["超十倍 | > 10 x"]),
    ("Profit grew more than thirtyfold.", ["more than thirtyfold | > 30 x"]),
    ("a 12-fold rise", ["12-fold | = 12 x"]),
    ("Capacity doubled.", ["doubled | = 2 x"]),
    ("Sales more than tripled.", ["more than tripled | > 3 x"]),
    ("three times the level", ["three times | = 3 x"]),
    ("给予25年40倍PE", ["40倍 | = 40 x"]),
]

MASS = [
    ("产量1.86万吨。", ["1.86万吨 | = 18600 t"]),
    ("年产能8.5万吨/年。", ["8.5万吨/年 | = 85000 t/yr"]),
    ("出口４,２１０噸。", ["４,２１０噸 | = 4210 t"]),
    ("库存320公斤。", ["320公斤 | = 0.32 t"]),
    ("减排12万吨二氧化碳当量。", ["12万吨二氧化碳当量 | = 120000 tCO2e"]),
    ("减排5.5万吨CO₂当量。", ["5.5万吨CO₂当量 | = 55000 tCO2e"]),
    ("产量１，５００吨。", ["１，５００吨 | = 1500 t"]),
    ("千余吨精矿", ["千余吨 | > 1000 t"]),
    ("3000多吨产品", ["3000多吨 | > 3000 t"]),
    ("约1.1万吨左右", ["约1.1万吨左右 | ~ 11000 t"]),
    ("It shipped 4,210 metric tons.", ["4,210 metric tons | = 4210 t"]),
    ("Output was 7.4 million mt of iron.", ["7.4 million mt | = 7400000 t"]),
    ("a 6,500-ton metals plant", ["6,500-ton | = 6500 t"]),
    ("capacity of 25,000 tpa", ["25,000 tpa | = 25000 t/yr"]),
    ("4,500 tons per year of magnets", ["4,500 tons per year | = 4500 t/yr"]),
    ("60,000 tonnes a year", ["60,000 tonnes a year | = 60000 t/yr"]),
    ("8.2 kt of oxide", ["8.2 kt | = 8200 t"]),
    ("Stocks of 450 kg", ["450 kg | = 0.45 t"]),
    ("3,40,000 tons of ore", ["3,40,000 tons | = 340000 t"]),
    ("two thousand tonnes", ["two thousand tonnes | = 2000 t"]),
    ("In October 6,210 tons left port.", ["6,210 tons | = 6210 t"]),
    ("emissions of 1.2 million tCO2e", ["1.2 million tCO2e | = 1200000 tCO2e"]),
    ("4,210 tonnes a year earlier", ["4,210 tonnes | = 4210 t"]),
    ("down 4% to 3,500 REOt", ["4% | = 4 percent", "3,500 REOt | = 3500 t"]),
    ("some 300 tonnes", ["some 300 tonnes | ~ 300 t"]),
]

PRICES = [
    ("均价455.5元/千克。", ["455.5元/千克 | = 455500 CNY/t"]),
    ("报价48.6万元/吨。", ["48.6万元/吨 | = 486000 CNY/t"]),
    ("每吨18,500元。", ["18,500元 | = 18500 CNY/t"]),
    ("每吨上涨1200元", ["1200元 | = 1200 CNY/t"]),
    ("每吨下调人民币0.3万元", ["人民币0.3万元 | = 3000 CNY/t"]),
    ("每吨物流成本1200元", ["1200元 | = 1200 CNY"]),
    (
        "每吨18,500元、17,900元和16,200元",
        ["18,500元 | = 18500 CNY/t", "17,900元 | = 17900 CNY/t", "16,200元 | = 16200 CNY/t"],
    ),
    ("报55.2万元/吨,单日上涨6,000元", ["55.2万元/吨 | = 552000 CNY/t", "6,000元 | = 6000 CNY/t"]),
    ("报55.2万元/吨,公司营收增加6,000元", ["55.2万元/吨 | = 552000 CNY/t", "6,000元 | = 6000 CNY"]),
    ("上涨3,500元至44.2万元/吨", ["3,500元 | = 3500 CNY/t", "44.2万元/吨 | = 442000 CNY/t"]),
    ("均价61.3万元(人民币,下同)/吨", ["61.3万元(人民币,下同)/吨 | = 613000 CNY/t"]),
    ("形成12万吨重矿物/年的能力", ["12万吨 | = 120000 t/yr"]),
    ("生产12万吨重矿物,次年投产", ["12万吨 | = 120000 t"]),
    ("年产5000吨碳酸锂", ["5000吨 | = 5000 t"]),
    ("超全国三分之一", ["超全国三分之一 | > 33.33 percent"]),
    ("占全国的近三分之一", ["近三分之一 | < 33.33 percent"]),
    ("年营收过百亿元", ["过百亿元 | > 10000000000 CNY"]),
    ("通过30项标准", ["30项 | = 30 count"]),
    ("每吨2.68万元,较上季的2.62万元", ["2.68万元 | = 26800 CNY/t", "2.62万元 | = 26200 CNY/t"]),
    ("每吨2.68万元,营收2.62万元", ["2.68万元 | = 26800 CNY/t", "2.62万元 | = 26200 CNY"]),
    ("from $110 per kg to $120", ["$110 per kg | = 110000 USD/t", "$120 | = 120000 USD/t"]),
    ("down 12.3 pct/7.6 pct", ["12.3 pct | = 12.3 percent", "7.6 pct | = 7.6 percent"]),
    ("notice MOFCOM/2025 on ore", []),
    ("from $65-67 per kg a week earlier", ["$65-67 per kg | range 65000..67000 USD/t"]),
    ("from 1,580-1,600 tonnes", ["1,580-1,600 tonnes | range 1580..1600 t"]),
    ("from the current 45,000 tonnes to 100,000 tonnes", ["45,000 tonnes | = 45000 t", "100,000 tonnes | = 100000 t"]),
    ("从目前的4.5万吨至10万吨", ["4.5万吨 | = 45000 t", "10万吨 | = 100000 t"]),
    ("averaging $US51/kg", ["$US51/kg | = 51000 USD/t"]),
    ("95美元/公斤", ["95美元/公斤 | = 95000 USD/t"]),
    ("每股0.12元", ["0.12元 | = 0.12 CNY/share"]),
    ("1.5元/10股", ["1.5元/10股 | = 0.15 CNY/share"]),
    ("每10股派发现金红利1.2元(含税)", ["1.2元 | = 0.12 CNY/share"]),
    ("收盘报23.4元/股", ["23.4元/股 | = 23.4 CNY/share"]),
    ("Oxide stood at ¥512,300/mt.", ["¥512,300/mt | = 512300 CNY/t"]),
    ("Terbium at $820/kg", ["$820/kg | = 820000 USD/t"]),
    ("30,000 yuan (4,200 U.S. dollars) per tonne", ["30,000 yuan | = 30000 CNY/t"]),
    ("2.15 yuan per share", ["2.15 yuan per share | = 2.15 CNY/share"]),
    ("19,300 yuan per tonne", ["19,300 yuan per tonne | = 19300 CNY/t"]),
    ("61,000 yuan a ton", ["61,000 yuan a ton | = 61000 CNY/t"]),
    ("指数报218.6点。", ["218.6点 | = 218.6 points"]),
    ("下午3点开会。", []),
    ("the index rose to 231 points", ["231 points | = 231 points"]),
]

COUNTS = [
    ("申请专利三百二十件。", ["三百二十件 | = 320 count"]),
    ("about 90 large and medium-sized mills", ["about 90 | ~ 90 count"]),
    ("两千余家企业参加。", ["两千余家 | > 2000 count"]),
    ("出口30多个国家和地区。", ["30多个 | > 30 count"]),
    ("十五家单位", ["十五家 | = 15 count"]),
    ("新产品12个、标准5项", ["12个 | = 12 count", "5项 | = 5 count"]),
    ("50+家客户", ["50+家 | > 50 count"]),
    ("职工1.2万人", ["1.2万人 | = 12000 count"]),
    ("240 patent applications", ["240 | = 240 count"]),
    ("over 40 related firms", ["over 40 | > 40 count"]),
    ("62 national and provincial-level technology projects", ["62 | = 62 count"]),
    ("twenty-four countries", ["twenty-four | = 24 count"]),
    ("approximately 3.2 million shares", ["approximately 3.2 million shares | ~ 3200000 count"]),
    ("fifteen new products", ["fifteen | = 15 count"]),
    ("回购320万股", ["320万股 | = 3200000 count"]),
    ("回收期6.8年", ["6.8年 | = 6.8 years"]),
    ("a payback of 5.4 years", ["5.4 years | = 5.4 years"]),
]

PAIRS_AND_RANGES = [
    # the upper end of a range prints what both share, the lower one its currency
    ("Dysprosium oxide fetched RMB1.72-1.75m/t.", ["RMB1.72-1.75m/t | range 1720000..1750000 CNY/t"]),
    ("NdPr was offered at RMB 561,000-563,500/mt on Friday.", ["RMB 561,000-563,500/mt | range 561000..563500 CNY/t"]),
    ("Profit is seen at RMB118m-131m.", ["RMB118m-131m | range 118000000..131000000 CNY"]),
    (
        "Quotes of 1.41 million-1.43 million yuan/mt",
        ["1.41 million-1.43 million yuan/mt | range 1410000..1430000 CNY/t"],
    ),
    (
        "RMB 2.1 billion\u2013RMB 2.3 billion",
        ["RMB 2.1 billion\u2013RMB 2.3 billion | range 2100000000..2300000000 CNY"],
    ),
    ("CNY71,000 to CNY73,500 per tonne", ["CNY71,000 to CNY73,500 per tonne | range 71000..73500 CNY/t"]),
    ("a 1,200-ton-per-year line", ["1,200-ton-per-year | = 1200 t/yr"]),
    ("预计12.5-13.8亿元", ["12.5-13.8亿元 | range 1250000000..1380000000 CNY"]),
    ("减少8.2亿元到7.6亿元", ["8.2亿元到7.6亿元 | range 760000000..820000000 CNY"]),
    ("同比+56.2%-71.4%", ["+56.2%-71.4% | range 56.2..71.4 percent"]),
    ("增长30%~40%", ["30%~40% | range 30..40 percent"]),
    ("下降67.4%到65.5%", ["67.4%到65.5% | range 65.5..67.4 percent"]),
    ("20,000万元至26,000万元", ["20,000万元至26,000万元 | range 200000000..260000000 CNY"]),
    ("介于15%和18%之间", ["15%和18% | range 15..18 percent"]),
    ("提高2个百分点-3个百分点", ["2个百分点-3个百分点 | range 2..3 pp"]),
    ("between 820% and 905%", ["820% and 905% | range 820..905 percent"]),
    (
        "between RMB 300 million and RMB 340 million",
        ["RMB 300 million and RMB 340 million | range 300000000..340000000 CNY"],
    ),
    ("¥2.2-2.6 billion", ["¥2.2-2.6 billion | range 2200000000..2600000000 CNY"]),
    ("roughly 35–40% of reserves", ["roughly 35–40% | range 35..40 percent"]),
    ("RMB 900 million to 960 million", ["RMB 900 million to 960 million | range 900000000..960000000 CNY"]),
    ("11-12 shareholders", ["11-12 | range 11..12 count"]),
    ("recovered from 0.4% to 3.9%", ["0.4% | = 0.4 percent", "3.9% | = 3.9 percent"]),
    ("rose 32% to 6.5 billion yuan", ["32% | = 32 percent", "6.5 billion yuan | = 6500000000 CNY"]),
    ("从8家增加到12家", ["8家 | = 8 count", "12家 | = 12 count"]),
]

LISTS = [
    ("超100家和50家", ["超100家 | > 100 count", "50家 | > 50 count"]),
    ("exceeded 84% in steel and 80% in oxides", ["exceeded 84% | > 84 percent", "80% | > 80 percent"]),
    ("over 9% revenue and 5% profit growth", ["over 9% | > 9 percent", "5% | = 5 percent"]),
    ("more than 20 plants and 5% of sales", ["more than 20 | > 20 count", "5% | = 5 percent"]),
    ("上调至21.4/28.6/35.2亿元", ["21.4 | = 2140000000 CNY", "28.6 | = 2860000000 CNY", "35.2亿元 | = 3520000000 CNY"]),
    ("分别为6、8和11家", ["6 | = 6 count", "8 | = 8 count", "11家 | = 11 count"]),
    ("20, 30 and 45 tonnes respectively", ["20 | = 20 t", "30 | = 30 t", "45 tonnes | = 45 t"]),
    ("分别为超五成、超三成", ["超五成 | > 50 percent", "超三成 | > 30 percent"]),
    ("18%, 25% and 40%", ["18% | = 18 percent", "25% | = 25 percent", "40% | = 40 percent"]),
    ("EPS为0.51/0.72元/股", ["0.51 | = 0.51 CNY/share", "0.72元/股 | = 0.72 CNY/share"]),
    ("128000吨、122000吨", ["128000吨 | = 128000 t", "122000吨 | = 122000 t"]),
]

NOT_FIGURES = [
    "2025年9月30日", "第61号公告", "工信部联原〔2023〕245号", "GB 26451-2011", "时速400公里/小时",
    "厚度1.5毫米", "650立方米储罐", "14纳米芯片", "电话010-64321087", "股票代码600111", "(600010)", "600111.SH",
    "第十四届全国人大", "十五五规划", "二十届四中全会", "Section 232 probe", "No. 61 of 2025",
    "the 14th Five-Year Plan", "October 20-23, 2025", "a 1.5 mm coil", "400 km/h rail", "within 180 days",
    "Q3 results", "the 4th plenary session", "2026-2030", "in 2024,", "version 2.3.1", "Form 10-K",
    "30 June 2025", "at 13:31", "a five-year plan", "2H25", "7、8月是淡季", "10年期国债",
]  # fmt: skip

ALL = MONEY + SHARES_AND_POINTS + FOLDS + MASS + PRICES + COUNTS + PAIRS_AND_RANGES + LISTS


@pytest.mark.parametrize(("sentence", "expected"), ALL, ids=[sentence for sentence, _ in ALL])
def test_figures_of_a_sentence(sentence, expected, lexicon):
    shown = [
        f"{written} | {comparator} {value} {unit}" for written, comparator, value, unit in figures(sentence, lexicon)
    ]
    assert shown == expected


@pytest.mark.parametrize("sentence", NOT_FIGURES)
def test_what_is_no_figure(sentence, lexicon):
    found = find_quantities(sentence, 0, len(sentence), lexicon)
    assert [sentence[slice(*q.span)] for q in found] == []


PAIRS = [
    ("RMB 6.2 billion ($870 million)", "6200000000", "870000000", "USD"),
    ("¥2.4 billion ($331 million USD)", "2400000000", "331000000", "USD"),
    ("310 million yuan (about US$43 million)", "310000000", "43000000", "USD"),
    ("1.5亿元(约合2100万美元)", "150000000", "21000000", "USD"),
    ("around 5 million (~US$690,000)", "5000000", "690000", "USD"),
    ("9.1 billion yuan, or about $1.26 billion,", "9100000000", "1260000000", "USD"),
    ("Yn2.2bn/$305mn", "2200000000", "305000000", "USD"),
]


@pytest.mark.parametrize(("sentence", "value", "other", "currency"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_a_sum_in_two_currencies_is_one_figure(sentence, value, other, currency, lexicon):
    (found,) = find_quantities(sentence, 0, len(sentence), lexicon)
    assert (found.value, found.unit, found.converted) == (D(value), "CNY", (D(other), currency))
    assert found.converted_span
    assert any(digit.isdigit() for digit in sentence[slice(*found.converted_span)])


def test_a_bare_number_is_plain(lexicon):
    (found,) = find_quantities("营业收入 1,952,829", 0, 14, lexicon)
    assert (found.dimension, found.unit, found.value) == ("plain", "", D(1952829))


def test_counter_and_qualifier_are_told_apart(lexicon):
    text = "拥有逾120家会员"
    (found,) = find_quantities(text, 0, len(text), lexicon)
    assert (found.counter, text[slice(*found.qualifier)], text[slice(*found.core)]) == ("家", "逾", "120家")


def test_only_the_stretch_asked_for_is_read(lexicon):
    text = "产量5吨,销量7吨,库存9吨"
    found = find_quantities(text, 5, 9, lexicon)
    assert [text[slice(*q.span)] for q in found] == ["7吨"]


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="0123456789.,，-+%~()（）/$¥ 万亿元吨成倍个家年月日一二三十百千约超近至到abt mnRMBpercent\n",
        max_size=80,
    )
)
def test_any_text_is_read_without_a_stumble(lexicon, text):
    for found in find_quantities(text, 0, len(text), lexicon):
        start, end = found.span
        assert 0 <= start <= found.core[0] < found.core[1] <= end <= len(text)
        assert found.value_high is None or found.value <= found.value_high
        assert found.value.is_finite()


@settings(max_examples=200, deadline=None)
@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from([("亿元", "CNY", 10**8), ("万吨", "t", 10**4), ("%", "percent", 1)]),
)
def test_a_printed_figure_is_read_back(lexicon, number, unit):
    word, canonical, factor = unit
    text = f"为{number:,}{word}。"
    (found,) = find_quantities(text, 0, len(text), lexicon)
    assert (found.value, found.unit) == (number * factor, canonical)


@pytest.mark.parametrize(
    "noise",
    [
        "1" * 100_000,
        "三" * 100_000,
        "百" * 100_000,
        "1,000," * 17_000,
        "1." * 50_000,
        "万" * 100_000,
        "ninety " * 15_000,
    ],
)
def test_noise_costs_one_pass(noise, lexicon):
    find_quantities("1", 0, 1, lexicon)
    started = process_time()
    find_quantities(noise, 0, len(noise), lexicon)
    assert process_time() - started < 30
