"""Chinese lines that a PDF's copy broke are one sentence again; lists and rows stay apart."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read

BROKEN = [
    "●交易内容:示例稀土股份有限公司(以下简称“公司”)与母公司续签合同,拟自2022年1月1日起双方稀",
    "土精矿销售价格调整为不含税26,800元/吨(干量,REO=51%),REO每",
    "增减1%,不含税价格增减525元/吨,",
    "稀土精矿2022年交易总量不超过23万吨。",
    "●本次交易尚需股东大会审议。",
    "2021年稀土精矿实际交易量为17.98万吨",
    "(干量,REO=50%)。",
]


def page(lines: list[str]) -> bytes:
    return (
        f"<html><body><article><h1>关于关联交易的公告</h1><p>{'<br>'.join(lines)}</p></article></body></html>".encode()
    )


def test_broken_lines_are_joined_and_items_stay_apart(lexicon: Lexicon) -> None:
    text = read(page(BROKEN), lexicon).text
    assert "双方稀土精矿销售价格" in text
    assert "REO每增减1%,不含税价格增减525元/吨,稀土精矿2022年" in text
    assert "17.98万吨(干量" in text
    assert "\n●本次交易" in text or "\n\n●本次交易" in text


def test_what_is_joined_is_still_pointed_at(lexicon: Lexicon) -> None:
    reading = read(page(BROKEN), lexicon)
    assert all(reading.text[slice(*block.span)].strip() for block in reading.blocks)
    assert all(0 <= clean <= len(reading.text) for clean, _ in reading.offsets)


@pytest.mark.parametrize(
    "lines",
    [
        ["氧化镧0.45万元/吨", "氧化铈1.25万元/吨", "氧化镨钕60.2万元/吨", "金属镨钕73.5万元/吨"],
        ["股票代码:600010", "股票简称:包钢股份", "公告编号:(临)2022-003", "债券代码:155638"],
    ],
    ids=["prices", "labels"],
)
def test_lists_are_left_alone(lines: list[str], lexicon: Lexicon) -> None:
    text = read(page(lines), lexicon).text
    assert all(f"\n{line}" in text for line in lines[1:])
