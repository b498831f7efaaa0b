"""A lost byte in GBK shifts what follows; the shift is undone."""

from __future__ import annotations

import pytest

from signals.extraction.reading.edits import Edits
from signals.extraction.reading.shifted import shifted


def repaired(text: str) -> str:
    return Edits(text, shifted(text)).clean(0, len(text))


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [("浙江等?。ㄗ灾螀^)主管部門", "浙江等?（自治區)主管部門")],
)
def test_a_shifted_run_comes_back(damaged: str, sound: str) -> None:
    assert repaired(damaged) == sound
    assert all(edit.guessed for edit in shifted(damaged))


def test_all_but_the_lost_character_comes_back() -> None:
    data = "各地（自治區）主管部門".encode("gbk")
    place = len("各".encode("gbk"))
    damaged = (data[:place] + b"?" + data[place + 1 :]).decode("gb18030", "replace")
    assert repaired(damaged) == "各?（自治區）主管部門"


@pytest.mark.parametrize(
    "text", ["产量增长了吗?公司表示a股", "What? “Yes” he said", "为何?市场需求旺盛Q3", "?", "真的?（见附件A）"]
)
def test_a_real_question_mark_stays(text: str) -> None:
    assert shifted(text) == []
