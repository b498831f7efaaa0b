"""What a project is to bring, and spending as a share of revenue."""

import pytest

from signals.extraction.engine import extract

SENTENCES = [
    (
        "项目达产后,预计年均实现营业收入45亿元、净利润3.2亿元,内部收益率14.5%。",
        {"project_revenue", "project_profit", "irr"},
    ),
    ("The plant brings projected annual sales of 4.5 billion yuan and an IRR of 14.5%.", {"project_revenue", "irr"}),
    ("公司前三季度研发投入2.4亿元,占营业收入的0.79%。", {"rd_spend", "rd_intensity"}),
    ("公司2024年营业收入45亿元,净利润3.2亿元。", {"revenue", "net_profit"}),
]


@pytest.mark.parametrize(("sentence", "metrics"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_metrics_of_a_sentence(sentence, metrics, lexicon):
    found = extract(f"Northern Rare Earth 北方稀土\n\n{sentence}\n".encode(), lexicon, published_on="2025-10-31")
    assert {one.metric for one in found.indicators} == metrics
