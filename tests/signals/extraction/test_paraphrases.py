"""One fact in many shapes is read alike: active and passive, figure first or last, with and without a leading clause."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

MONEY = {
    "revenue": [
        "{F}'s revenue {rose} {R}% to {L} {P}.",
        "{F} booked revenue of {L} {P}, {up} {R}%.",
        "{P}, revenue at {F} came to {L}, {up} {R}% from a year earlier.",
        "{P}, {F} generated {L} in revenue, {up} {R}% year on year.",
        "Revenue of {L} was posted by {F} {P}, {up} {R}%.",
        "{F} took in {L} of revenue {P}, {R}% {more} than a year earlier.",
        "At {L}, {F}'s revenue {P} was {up} {R}%.",
        "{F} reported that turnover totalled {L} {P}, a {R}% {gain}.",
    ],
    "net_profit": [
        "{F} netted {L} {P}, {up} {R}% on the year.",
        "As prices recovered, {F} netted {L} {P}, {up} {R}% on the year.",
        "{P}, {F} earned {L}, {R}% {more} than a year earlier.",
        "Net profit attributable to shareholders of {F} amounted to {L} {P}, {up} {R}%.",
        "{F}'s bottom line {rose} {R}% to {L} {P}.",
        "{F} made a net profit of {L} {P}, which was {R}% {more} than a year earlier.",
    ],
}
GOODS = {
    "output": [
        "{F} produced {L} of NdFeB magnets {P}, {up} {R}%.",
        "{F}'s NdFeB magnet output {rose} {R}% to {L} {P}.",
        "{P}, output of NdFeB magnets at {F} was {L}, a {gain} of {R}%.",
        "NdFeB magnet production by {F} reached {L} {P}, {up} {R}% year on year.",
        "{P}, a total of {L} of NdFeB magnets were produced by {F}, {up} {R}%.",
    ],
    "sales_volume": [
        "{F} sold {L} of NdFeB magnets {P}, {up} {R}%.",
        "{F}'s sales of NdFeB magnets {rose} {R}% to {L} {P}.",
        "{F} shipped {L} of NdFeB magnets to customers {P}, {up} {R}%.",
        "{L} of NdFeB magnets were sold by {F} {P}, {up} {R}%.",
        "Despite weak demand, {L} of NdFeB magnets were sold by {F} {P}, {up} {R}%.",
    ],
}
SHAPES = [(metric, shape, "3.45 billion yuan", 3.45e9, None) for metric, shapes in MONEY.items() for shape in shapes]
SHAPES += [
    (metric, shape, "4,310 tonnes", 4310, "ndfeb-magnets") for metric, shapes in GOODS.items() for shape in shapes
]
UPWARD = {"rose": "climbed", "up": "up", "more": "more", "gain": "gain"}
DOWNWARD = {"rose": "slipped", "up": "down", "more": "less", "gain": "drop"}


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("metric", "shape", "written", "value", "product"), SHAPES)
def test_same_fact(lexicon, metric, shape, written, value, product, sign):
    words = UPWARD if sign > 0 else DOWNWARD
    text = shape.format(F="JL MAG", P="in the first half of 2025", L=written, R="18.3", **words)
    found = told(lexicon, "A note on the sector", text[0].upper() + text[1:], "2025-09-01")
    assert sorted(
        rows(found, "metric", "product", "value", "period", "subject", "modality"), key=lambda row: row[2]
    ) == [
        (metric, product, sign * 18.3, "2025H1", "jl-mag", "reported"),
        (metric, product, value, "2025H1", "jl-mag", "reported"),
    ]
