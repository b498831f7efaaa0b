"""What `./dev fuzz` has found, each cut down to what it takes."""

from __future__ import annotations

import pytest

from tests.fuzz.bearing import bear

ENDLESS = "9" * 400
FOUND = {
    "a cell of endless digits": f"<p>Key figures 2025.</p><table><tr><th>Item</th><th>2025</th></tr><tr><td>Basic EPS (RMB/share)</td><td>{ENDLESS}.51</td></tr></table>",
    "endless points in a Chinese table": f"<table><tr><th>项目</th><th>本报告期</th></tr><tr><td>加权平均净资产收益率(%)</td><td>增加{ENDLESS}.93个百分点</td></tr></table>",
    "a range that falls": "<p>China's quota for 2025.</p><table><tr><th>Mining quota (t)</th><th>2025</th></tr><tr><td>China mining quota, t</td><td>168-5</td></tr></table>",
    "a line of endless digits": "<p>北方稀土的生产经营情况良好,并且继续推进各项工作</p>" * 3
    + f"<p>营收{'9' * 40_000}</p>",
    "a column of figures without end": "营业收入\n" + "123.45\n" * 9_000,
    "heads without end over 调整前, 调整后": "营业收入 上年同期 " * 700
    + "\n"
    + "调整前 调整后 " * 30
    + "\n营业收入 "
    + "5.1 " * 800,
    "full stops without end": "The plant sold 5 tonnes" + "." * 180_000 + "x",
    "groups of digits without end": "Output in 2025 was " + "000,000,000.99" * 9_000 + ".",
    "capitals in a dated line": "<h1>Output</h1><p>CHINA NORTHERN RARE EARTH POSTS A RISE OF 5% 2025-08-01</p>",
    "rows that are no table": " e e n   a n n \n o u n c e d   \n w h e n   t h \n i s   p a g e u o t a   \n f o r   2 0 2 \n 5   h a d   b \n"
    * 1_600,
    "tabs in every line, never alike": "\n".join("a\tb\tc" * (1 + (row % 37 == 36) + row % 2) for row in range(6_000)),
}


@pytest.mark.parametrize("page", FOUND.values(), ids=FOUND)
def test_what_made_it_fall_is_borne(page, lexicon):
    bear(page.encode(), lexicon)
