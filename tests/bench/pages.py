"""Server time of the pages on bulk data: `./dev bench pages`.

Makes (once) two databases of 10,000 and 100,000 disclosures under the data folder's `bench/`, then asks each page through
Django's own handler: one cold request in a fresh process, a warm-up, then `RUNS` timed requests over rotating companies and
queries. Prints median, 95th percentile, cold time and the number of SQL queries.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

SIZES = (10_000, 100_000)
RUNS = 60
WARM_UP = 6
# the two that speak most by far, and companies of the middle
COMPANIES = ["baogang-group", "northern-rare-earth", "baogang-union", "shenghe-resources", "jl-mag"]
FAST, SEARCH, OTHER = 150, 200, 0  # milliseconds at the 95th percentile; 0: measured, without a target
PAGES: dict[str, tuple[int, list[str]]] = {
    "overview": (FAST, ["/?since=30d", "/?since=7d", "/"]),
    "company timeline": (FAST, [f"/companies/{key}/" for key in COMPANIES]),
    "timeline, filtered": (FAST, [f"/companies/{key}/?lane=policy&theme=quota&stage=done" for key in COMPANIES]),
    "timeline, nothing fits": (FAST, [f"/companies/{key}/?state=rejected" for key in COMPANIES]),
    "company indicators": (FAST, [f"/companies/{key}/indicators/?metric=revenue" for key in COMPANIES]),
    "company disclosures": (FAST, [f"/companies/{key}/disclosures/" for key in COMPANIES]),
    "indicator chart": (FAST, ["/indicators/revenue/", "/indicators/output/", "/indicators/price/"]),
    "indicator table": (OTHER, ["/indicators/revenue/?tab=table", "/indicators/price/?tab=sources"]),
    "compare": (OTHER, ["/compare/?metric=revenue", "/compare/?metric=net_profit&start=2025-01-01"]),
    "disclosure": (OTHER, [f"/disclosures/{1_000_000_000 + n}/" for n in (1, 77, 512, 4096, 9000)]),
    "search, two characters": (SEARCH, ["/search/?q=稀土", "/search/?q=冶炼", "/search/?q=精矿", "/search/?q=包钢"]),
    "search, a company": (SEARCH, ["/search/?q=北方稀土", "/search/?q=600111", "/search/?q=Baotou+Steel"]),
    "search, English phrase": (SEARCH, ['/search/?q="separation line"', "/search/?q=quota", '/search/?q="net profit"']),
    "figures, two characters": (SEARCH, [f"/search/?mode=figures&q={word}" for word in ("产量", "毛利", "价格")]),
    "figures, English word": (SEARCH, [f"/search/?mode=figures&q={word}" for word in ("revenue", "margin", "quota")]),
    "figures, filtered": (SEARCH, ["/search/?mode=figures&q=北方稀土", "/search/?mode=figures&metric=revenue&period=2025"]),
    "signals, two characters": (SEARCH, [f"/search/?mode=signals&q={word}" for word in ("扩能", "指标", "营业")]),
    "signals, English word": (SEARCH, [f"/search/?mode=signals&q={word}" for word in ("quota", "smelter", "revenue")]),
    "signals, a theme": (SEARCH, ["/search/?mode=signals&theme=green-transition", "/search/?mode=signals&theme=quota&month=2025-03"]),
}  # fmt: skip


def measure() -> dict[str, dict[str, float]]:
    """In a process of its own: figures per page, in milliseconds."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    connection.ensure_connection()
    results = {}
    for name, (_target, addresses) in PAGES.items():
        cold = ask(client, addresses[0])
        with CaptureQueriesContext(connection) as queries:
            ask(client, addresses[0])
        for n in range(WARM_UP):
            ask(client, addresses[n % len(addresses)])
        times = sorted(ask(client, addresses[n % len(addresses)]) for n in range(RUNS))
        results[name] = {
            "median": statistics.median(times),
            "p95": times[int(0.95 * RUNS) - 1],
            "cold": cold,
            "queries": len(queries),
        }
    return results


def ask(client: object, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)  # type: ignore[attr-defined]
    took = (time.perf_counter() - started) * 1000
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    return took


def prepare(size: int) -> dict[str, str]:
    """The environment of a database of this size, filled on first use."""
    base = Path(os.environ.get("REEX_DATA", Path(__file__).resolve().parents[2] / "var"))
    folder = base / "bench" / str(size)
    environment = {**os.environ, "REEX_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "reex_site.settings"}
    commands = [["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]]
    if not (folder / "filled").exists():
        print(f"filling a database with {size:,} disclosures under {folder} …", flush=True)
        commands += [["createcachetable"], ["load_companies"], ["make_bulk_data", "--disclosures", str(size)]]
    for command in commands:
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    (folder / "filled").touch()
    return environment


def main() -> None:
    results = {}
    for size in SIZES:
        command = [sys.executable, "-m", "tests.bench.pages", "--measure"]
        ran = subprocess.run(command, env=prepare(size), check=True, stdout=subprocess.PIPE, text=True)
        results[size] = json.loads(ran.stdout.splitlines()[-1])
    small, large = SIZES
    print(
        f"{RUNS} warm requests a page; milliseconds at {large:,} disclosures, median at {small:,}, and the ratio of the two"
    )
    print(f"{'page':26}{'median':>8}{'p95':>8}{'target':>8}{'cold':>8}{'queries':>9}{f'at {small:,}':>11}{'ratio':>7}")
    for name, row in results[large].items():
        before, target = results[small][name]["median"], PAGES[name][0]
        ratio = row["median"] / before
        missed = (["too slow"] if target and row["p95"] > target else []) + (["grows"] if ratio > 2 else [])
        print(
            f"{name:26}{row['median']:8.0f}{row['p95']:8.0f}{target or '':>8}{row['cold']:8.0f}{row['queries']:9.0f}"
            f"{before:11.0f}{ratio:7.2f}  {', '.join(missed)}"
        )


if __name__ == "__main__":
    if "--measure" in sys.argv:
        print(json.dumps(measure()))
    else:
        main()
