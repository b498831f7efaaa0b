"""What `./dev fuzz` has found, each cut down to what it takes."""

from __future__ import annotations

import pytest

from tests.fuzz.bearing import bear

FOUND = {
    "a line of endless digits": "<p>北方稀土的生产经营情况良好,并且继续推进各项工作</p>" * 3 + f"<p>营收{'9' * 40_000}</p>",
}


@pytest.mark.parametrize("page", FOUND.values(), ids=FOUND)
def test_what_made_it_fall_is_borne(page, lexicon):
    bear(page.encode(), lexicon)
