"""Where sentences and clauses end, and where they do not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.extraction.sentences import split_clauses, split_sentences


def cut(split, text):
    return [text[start:end] for start, end in split(text, 0, len(text))]


SENTENCES = [
    ["营收为139.55亿元。", "净利润为9.1亿元!", "前景如何?"],
    ["他说:“价格上涨。”", "市场平稳。"],
    ["Northern Steel Co. Ltd. said output rose.", "It was 1.5 million tonnes."],
    ["The order is No. 61 of 2025.", "It bans exports."],
    ["The U.S. imports magnets.", "Prices rose 3.5% vs. last year."],
    ["Profit was $1.2 billion (approx. RMB 8.7 billion).", "Debt fell."],
    ["Dr. Wang spoke.", "Who listened?", "Everyone!"],
    ["It opened on Sept. 3.", "The plant is large."],
    ["北方公司(Northern Co., Ltd.)成立。", "注册资本2亿元。"],
    ["“Output is up.”", "Sales are not."],
]


@pytest.mark.parametrize("sentences", SENTENCES, ids=[one[0] for one in SENTENCES])
def test_sentences(sentences):
    assert cut(split_sentences, " ".join(sentences)) == sentences


def test_chinese_sentences_need_no_blank():
    assert cut(split_sentences, "产量增长。销量下降。") == ["产量增长。", "销量下降。"]


def test_a_line_ends_a_sentence_unless_it_was_only_wrapped():
    assert cut(split_sentences, "First heading\nSecond line goes\non here") == [
        "First heading",
        "Second line goes\non here",
    ]


CLAUSES = [
    ("营收10.5亿元,同比增长3%;净利润1亿元", ["营收10.5亿元", "同比增长3%", "净利润1亿元"]),
    ("产量1,200吨,销量1,100吨", ["产量1,200吨", "销量1,100吨"]),
    ("产量1，200吨，销量增长", ["产量1，200吨", "销量增长"]),
    ("营收(同比+5%,环比+3%),净利下滑", ["营收(同比+5%,环比+3%)", "净利下滑"]),
    ("Sales rose 5%, to 1,250 tonnes; costs fell", ["Sales rose 5%", "to 1,250 tonnes", "costs fell"]),
    ("Northern Magnet Co., Ltd. gained, others lost", ["Northern Magnet Co., Ltd. gained", "others lost"]),
    ("目标:到2027年达到10万吨", ["目标", "到2027年达到10万吨"]),
    ("at 13:31 it fell", ["at 13:31 it fell"]),
]


@pytest.mark.parametrize(("sentence", "expected"), CLAUSES, ids=[sentence for sentence, _ in CLAUSES])
def test_clauses(sentence, expected):
    assert cut(split_clauses, sentence) == expected


@given(st.text(alphabet="ab A.。,，;(（)）\n!?“”0123456789年Co. Ltd", max_size=60))
def test_pieces_keep_their_order_and_lose_no_letter(text):
    for split in (split_sentences, split_clauses):
        pieces = split(text, 0, len(text))
        assert all(start < end for start, end in pieces)
        assert all(first[1] <= second[0] for first, second in pairwise(pieces))
    kept = "".join(cut(split_sentences, text))
    assert "".join(kept.split()) == "".join(text.split())
