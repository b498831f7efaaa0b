"""Documents by the megabyte for ``tests/bench/engine.py``: prose, tables, bare figures, dates and digits without end."""

from __future__ import annotations

from collections.abc import Callable

_ENGLISH = (
    "<p>In the first quarter of 2025 Northern Rare Earth posted revenue of {n}.29 million yuan, up 61.2% from a year earlier."
    " The company plans a plant for 12,000 tonnes of magnets in Baotou by 2027. Customers in Europe asked for longer contracts,"
    " and the board discussed how the supply of oxides can be kept steady while two furnaces are relined. Work on the second"
    " line began after the holiday, and the engineers expect that the first batch will be shipped before the end of the summer.</p>\n"
)
_CHINESE = (
    "<p>2025年第一季度,北方稀土实现营业收入{n}.87万元,同比增长61.19%。公司计划在包头建设年产1.2万吨磁性材料项目。"
    "会议强调,要坚持稳中求进工作总基调,统筹安排好生产组织、设备检修和安全环保各项任务,确保全年目标顺利完成。"
    "与会人员围绕市场形势、技术攻关和人才培养进行了深入交流,并对下一阶段的重点工作提出了具体要求和责任分工。</p>\n"
)
_ROW = "<tr><td>镨钕产品{n}</td><td>{n}</td><td>{n}5</td><td>3.{n}%</td></tr>\n"
_HEAD = "<tr><th>产品</th><th>2024年产量(吨)</th><th>2025年产量(吨)</th><th>同比增长</th></tr>\n"


def _repeated(piece: str, size: int) -> str:
    """``piece`` over and over with its number, so that no paragraph counts as a copy; about ``size`` bytes."""
    count = max(1, size // len(piece.encode()))
    return "".join(piece.replace("{n}", str(1_000 + number)) for number in range(count))


def _page(body: str) -> bytes:
    return f"<html><head><title>北方稀土 results</title></head><body><article>{body}</article></body></html>".encode()


def _dates(size: int) -> str:
    days = [f"{2010 + number % 15}年{1 + number % 12}月{1 + number % 28}日" for number in range(size // 17)]
    return f"<p>产量{''.join(days)}增长5%。</p>"


CASES: dict[str, Callable[[int], bytes]] = {
    "English prose": lambda size: _page(_repeated(_ENGLISH, size)),
    "Chinese prose": lambda size: _page(_repeated(_CHINESE, size)),
    "one paragraph": lambda size: _page(_repeated(_CHINESE, size).replace("</p>\n<p>", "")),
    "a table": lambda size: _page(f"<p>Output in 2025.</p><table>{_HEAD}{_repeated(_ROW, size)}</table>"),
    "bare figures, plain text": lambda size: _repeated("{n}.5 61% {n}吨 ", size).encode(),
    "dense prose, plain text": lambda size: _repeated("营收{n}.5万元,增长61%;产量{n}吨。\n", size).encode(),
    "adjacent dates": lambda size: _page(_dates(size)),
    "digits": lambda size: b"7" * size,
}
LARGE = {"digits": 5_000_000}  # bytes; two million for the others
