"""Where words of plan, forecast and result stand, and which neighbours make them something else."""

import pytest

from signals.extraction.modality_words import Cues
from tests.lexicon import lexicon

LEXICON = lexicon()


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("公司計劃生產5万吨", "target", "計劃"),  # traditional characters are read alike
        ("开采总量控制计划为5万吨", "target", None),
        ("计划单列市的企业", "target", None),
        ("到2030年产能5万吨", "target", "到2030年"),
        ("Sales are expected to reach 5 bn", "target", None),
        ("The line is to reach 5,000 t", "target", "to reach"),
        ("target公司", "target", "target"),  # a Chinese character ends a Latin word
        ("retargets", "target", None),
        ("经公司财务部门初步测算", "forecast", "经公司财务部门初步测算"),
        ("上调公司2026年净利润", "estimate", "上调公司2026年净利"),
        ("上调挂牌价。净利润增长", "estimate", None),  # nothing goes over the end of a sentence
        ("They acquired it", "spent", "acquired"),
        ("项目启动运行", "unbuilt", None),
    ],
)
def test_the_words_of_a_role(text: str, role: str, words: str | None) -> None:
    found = Cues(text, LEXICON).last(role, 0, len(text))
    assert (found.words if found else None) == words


def test_what_stands_outside_the_stretch_is_not_found() -> None:
    text = "力争达到5万吨,实现3万吨"
    cues = Cues(text, LEXICON)
    assert cues.first("target", 1, len(text)) is None
    assert [cue.words for cue in cues.every("reported", 0, len(text))] == ["实现"]
    assert cues.in_title("guidance_title", "公司业绩预告") == "预告"
