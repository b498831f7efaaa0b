"""Search terms are those of the text's compatibility form, whatever of it is written out beforehand."""

import unicodedata

import pytest

from signals.search_terms import terms

TEXTS = {
    "产量增长，达到１２．５％：（见表）": ["产量", "量增", "增长", "达到", "12.5", "见表"],
    "Ｏｕｔｐｕｔ　rose…\u00a0by 3,5 ㎡": ["output", "rose", "by", "3,5", "m2"],
    "铽 and 镝！": ["铽", "and", "镝"],
    "Cafe\u0301？ ﬁne": ["café", "fine"],
    "": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_terms_in_their_order(text):
    assert terms(text) == TEXTS[text]
    assert terms(unicodedata.normalize("NFKC", text)) == TEXTS[text]
