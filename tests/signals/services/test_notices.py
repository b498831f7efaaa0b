"""Words with which a page takes itself back."""

import pytest

from signals.services.notices import notice_in


@pytest.mark.parametrize(
    "text",
    [
        "Output rose\nCorrection: the figure below was wrong; the company has withdrawn its release.",
        "Editor's note, 3 May: we have retracted what this piece said of the quota.",
        "Retraction: the price was invented.",
        "本文已被撤回。",
        "更正公告\n前次公告的产量有误。",
    ],
)
def test_a_page_that_takes_itself_back(text):
    assert notice_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Correction: the company is based in Baotou, not in Beijing.",
        "The ministry has withdrawn its notice on export licences.",
        "Prices saw a correction; two sellers withdrew.",
        "公司撤回了上市申请。",
    ],
)
def test_news_of_a_withdrawal_and_small_corrections_leave_a_page_standing(text):
    assert notice_in(text) == ""
