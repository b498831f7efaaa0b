"""Sentences and the change words in them: "words | basis direction", "→" where a level follows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signals.extraction.changes import find_changes


def cues(text, lexicon):
    sign = {1: "+", -1: "-", 0: "0"}
    return [
        f"{text[slice(*cue.span)]} | {cue.basis or '?'} {sign[cue.direction]}{' →' if cue.to_level else ''}"
        for cue in find_changes(text, 0, len(text), lexicon)
    ]


SENTENCES = [
    ("净利润同比增长37.2%", ["同比增长 | yoy +"]),
    ("净利润同比大幅下降37.2%", ["同比大幅下降 | yoy -"]),
    ("营收同比、环比分别增长5%、8%", ["同比、环比分别增长 | yoy +", "同比、环比分别增长 | qoq +"]),
    ("同环比增长分别为12%、7%", ["同环比增长 | yoy +", "同环比增长 | qoq +"]),
    ("三季度净利环比回落12%", ["环比回落 | qoq -"]),
    ("9月出口量环比下降4%", ["环比下降 | mom -"]),
    ("较年初上涨26%", ["较年初上涨 | ytd +"]),
    ("总资产比上年度末增长9.1%", ["比上年度末增长 | ytd +"]),
    ("较上年末减少3%", ["较上年末减少 | ytd -"]),
    ("比上年同期减少7亿元", ["比上年同期减少 | yoy -"]),
    ("与上年同期相比,将减少7亿元", ["与上年同期相比,将减少 | yoy -"]),
    ("较2023年同期提高4个百分点", ["较2023年同期提高 | yoy +"]),
    ("与2023年3月相比下跌8%", ["与2023年3月相比下跌 | yoy -"]),
    ("較上年同期增長6%", ["較上年同期增長 | yoy +"]),
    ("价格年增22%", ["年增 | yoy +"]),
    ("营收季减6%", ["季减 | qoq -"]),
    ("出货按年升5%", ["按年升 | yoy +"]),
    ("较上季度提升3%", ["较上季度提升 | qoq +"]),
    ("较二季度增加3%", ["较二季度增加 | qoq +"]),
    ("比上月下降1%", ["比上月下降 | mom -"]),
    ("较二季度的812.8吨减少约4%", ["减少 | qoq -"]),
    ("較8月（791.8噸）銳減3%", ["銳減 | mom -"]),
    ("较8月下降3%", ["较8月下降 | mom -"]),
    ("较8月9日会议", []),
    ("周环比-3.2%,月环比-5.6%", ["周环比 | ? 0", "月环比 | mom 0"]),
    ("较上周上涨0.8万元", ["较上周 | ? 0", "上涨 | ? +"]),
    ("年初至今+36%", ["年初至今 | ytd 0"]),
    ("年初至今营收", []),
    ("yoy+45%,qoq-3%", ["yoy | yoy 0", "qoq | qoq 0"]),
    ("产能增至9万吨", ["增至 | ? + →"]),
    ("负债率降至52%", ["降至 | ? - →"]),
    ("增长3.2倍至9.4万吨", ["增长 | ? +", "至 | ? + →"]),
    ("存货同比增幅达31%", ["同比增幅 | yoy +"]),
    ("与去年同期相比,增幅达12%", ["与去年同期相比,增幅 | yoy +"]),
    ("增加幅度达18%", ["增加幅度 | ? +"]),
    ("降低幅度为7%", ["降低幅度 | ? -"]),
    ("2026年一季度价格较2025年四季度上涨2%", ["较2025年四季度上涨 | qoq +"]),
    ("2025年四季度销量较2024年四季度增长8%", ["较2024年四季度增长 | yoy +"]),
    ("三季度产量较一季度增长8%", ["较一季度增长 | ? +"]),
    ("價格相比2025年第4季上漲2%", ["相比2025年第4季上漲 | qoq +"]),
    ("与上季相比下跌3%", ["与上季相比下跌 | qoq -"]),
    ("相较去年同期增长9%", ["相较去年同期增长 | yoy +"]),
    ("相比年初上涨21%", ["相比年初上涨 | ytd +"]),
    ("覆盖率达到84%", ["达到 | ? 0 →"]),
    ("提质增效", []),
    ("增资2亿元", []),
    ("减持股份", []),
    ("扭亏为盈", ["扭亏为盈 | ? +"]),
    ("成本未下降", ["下降 | ? 0"]),
    ("价格持平", ["持平 | ? 0"]),
    ("Sales rose 32% to RMB 6.5 billion", ["rose | ? +", "to | ? + →"]),
    ("Sales were up 32% year on year", ["up | ? +", "year on year | yoy 0"]),
    ("up 8.1% YoY", ["up | ? +", "YoY | yoy 0"]),
    ("down 30% from 5,792 tonnes in August", ["down | ? -", "from | mom 0"]),
    ("In June it was up 5% from January", ["up | ? +", "from January | ? 0"]),
    ("In January it was up 5% from December", ["up | ? +", "from December | mom 0"]),
    ("6月出口较1月下降5%", ["较1月下降 | ? -"]),
    ("That was 5% less than in September", ["less than in September | mom -"]),
    ("up 11% on the pcp", ["up | ? +", "on the pcp | yoy 0"]),
    ("up 9% from the quarter prior", ["up | ? +", "from the quarter prior | qoq 0"]),
    ("up from RMB 3.1 billion a year earlier", ["up | ? +", "from | yoy 0"]),
    ("compared with 8 bn yuan in the same period last year", ["compared with | yoy 0"]),
    ("recovered to 4% from 0.2% a year earlier", ["recovered to | ? + →"]),
    ("Output dropped to 5,100 tonnes", ["dropped to | ? - →"]),
    ("fell 4.2% in October from September", ["fell | ? -", "from September | mom 0"]),
    ("32% more than a year before", ["more than a year before | yoy +"]),
    ("It was lower than a year earlier", ["lower than a year earlier | yoy -"]),
    (
        "Against the same month of the previous year it rose 9%",
        ["Against the same month of the previous year | yoy 0", "rose | ? +"],
    ),
    ("a fall of 3% from the same period of 2023", ["fall | ? -", "from the same period of 2023 | yoy 0"]),
    ("versus the previous quarter, profit slipped", ["versus the previous quarter | qoq 0", "slipped | ? -"]),
    ("up 12% since the start of the year", ["up | ? +", "since the start of the year | ytd 0"]),
    ("a 940% jump", ["jump | ? +"]),
    ("Volumes did not fall", ["fall | ? 0"]),
    ("Prices were unchanged", ["unchanged | ? 0"]),
    ("up to 90% of capacity", []),
    ("from January to September", []),
    ("It swung to a loss", ["swung to a loss | ? -"]),
    ("reached 84 percent", ["reached | ? 0 →"]),
    ("an upgrade and a downstream plant", []),
    ("Exports increased 11% from 2023", ["increased | ? +", "from 2023 | yoy 0"]),
    ("over 12% year-over-year revenue growth", ["year-over-year | yoy 0", "growth | ? +"]),
    ("earnings of RMB 0.02 a year ago", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_change_words_of_a_sentence(sentence, expected, lexicon):
    assert cues(sentence, lexicon) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet="同环比较年初上末增长下降至到0123456789%,rose fell to from a year earlier than up 未月季", max_size=80
    )
)
def test_any_text_is_read_without_a_stumble(lexicon, text):
    for cue in find_changes(text, 0, len(text), lexicon):
        assert 0 <= cue.span[0] < cue.span[1] <= len(text)
