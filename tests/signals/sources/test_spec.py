"""Definitions are strict; schedules are what they say; addresses have one form; the catalogue holds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from signals.sources import Item, SpecError, build, dump, first_requests, load_catalog, select
from signals.sources.addresses import canonical
from signals.sources.catalog import load_file
from signals.sources.dates import day_of
from signals.sources.schedule import ScheduleError, jitter, minutes_of, missed, next_after, parse_cron

GOOD = {"key": "one", "name": "One", "kind": "rss", "urls": ["https://press.example/feed"]}


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        ({"kind": "telex"}, "kind", "choose one of"),
        ({"name": None}, "name", "missing"),
        ({"name": 5}, "name", "must be text"),
        ({"grade": "G"}, "grade", "choose one of"),
        ({"tier": 9}, "tier", "from 1 to 5"),
        ({"tier": "1"}, "tier", "whole number"),
        ({"enabled": "yes"}, "enabled", "true or false"),
        ({"urls": "https://press.example"}, "urls", "must be a list"),
        ({"urls": []}, "urls", "at least one"),
        ({"urls": ["file:///etc/passwd"]}, "urls", "no web address"),
        ({"homepage": "press.example"}, "homepage", "no web address"),
        ({"cadence": "2m"}, "cadence", "more often"),
        ({"cadence": "daily"}, "cadence", "no interval"),
        ({"cron": "* * *"}, "cron", "five are needed"),
        ({"cron": "70 * * * *"}, "cron", "outside"),
        ({"time_zone": "Beijing"}, "time_zone", "no time zone"),
        ({"headers": {"Cookie": "a=b"}}, "headers", "may not be set"),
        ({"headers": {"User-Agent": "Mozilla"}}, "headers", "may not be set"),
        ({"form": {"a": 1}}, "form", "put it in quotes"),
        ({"select": {"items": "li"}}, "select", "is no part"),
        ({"kind": "html_list", "enabled": True}, "select", "needs item"),
        ({"kind": "json_api"}, "mapping", "needs items"),
        ({"paging": {"pages": 99}}, "paging", "from 1 to 20"),
        ({"keywords": {"any": "magnet"}}, "keywords", "list of words"),
        ({"keywords": {"some": []}}, "keywords", "is no part"),
        ({"expect": {"min_items": -1}}, "expect", "whole number"),
        ({"expect": {"min_items": 3, "max_items": 2}}, "expect", "larger"),
        ({"hosts": ["https://x"]}, "hosts", "no host name"),
        ({"colour": "red"}, "colour", "is no field"),
        ({"key": "Not A Key"}, "key", "lower-case"),
        ({"key": "add"}, "key", "page of ours"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(change, where, words):
    with pytest.raises(SpecError) as caught:
        build({**GOOD, **change}, "one.yml", {where: 7})
    assert {(one.field, one.line) for one in caught.value.problems} == {(where, 7)}
    assert words in caught.value.problems[0].text
    assert str(caught.value).startswith(f"one.yml:7: {where}:")


def test_all_problems_are_told_at_once():
    with pytest.raises(SpecError) as caught:
        build({**GOOD, "grade": "Z", "tier": 0, "cadence": "x"})
    assert {one.field for one in caught.value.problems} == {"grade", "tier", "cadence"}


def test_a_file_is_read_and_written_back_the_same(tmp_path):
    spec = build({**GOOD, "keywords": {"any": ["稀土"]}, "cadence": "6h"})
    (tmp_path / "one.yml").write_text(dump(spec), encoding="utf-8")
    assert load_file(tmp_path / "one.yml") == spec


def test_errors_in_files_name_file_and_line(tmp_path):
    (tmp_path / "bad.yml").write_text("name: X\nkind: rss\nurls: ['https://a.example']\ngrade: Q\n")
    (tmp_path / "worse.yml").write_text("name: [\n")
    with pytest.raises(SpecError, match=r"bad\.yml:4: grade") as caught:
        load_catalog(tmp_path)
    assert "worse.yml" in str(caught.value)


CATALOG = load_catalog()


def test_the_catalogue_is_whole():
    assert len(CATALOG) >= 35
    assert {key for key, spec in CATALOG.items() if spec.enabled} == {
        "china-rare-earth-group-news", "cninfo-announcements", "miit-search", "mining-com", "sse-announcements",
    }  # fmt: skip


@pytest.mark.parametrize("key", CATALOG)
def test_every_definition_fills_its_placeholders(key):
    spec = CATALOG[key]
    assert build(spec.as_json()) == spec
    requests = first_requests(spec, date(2026, 3, 1))
    assert bool(requests) == (spec.kind not in ("manual", "watch"))
    for one in requests:
        assert "{" not in one.url + "".join(one.form.values()) + "".join(one.headers.values())


@pytest.mark.parametrize(
    ("line", "after", "expected"),
    [
        ("30 8 * * *", datetime(2026, 3, 1, 0, 0, tzinfo=UTC), datetime(2026, 3, 1, 0, 30, tzinfo=UTC)),
        ("30 8 * * *", datetime(2026, 3, 1, 0, 30, tzinfo=UTC), datetime(2026, 3, 2, 0, 30, tzinfo=UTC)),
        ("0 9 * * 1-5", datetime(2026, 2, 27, 12, tzinfo=UTC), datetime(2026, 3, 2, 1, tzinfo=UTC)),
        ("0 0 1 * *", datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)),
        ("*/15 * * * *", datetime(2026, 3, 1, 0, 1, tzinfo=UTC), datetime(2026, 3, 1, 0, 15, tzinfo=UTC)),
        ("0 12 29 2 *", datetime(2026, 3, 1, tzinfo=UTC), datetime(2028, 2, 29, 4, tzinfo=UTC)),
        ("0 10 13 * 5", datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 6, 2, tzinfo=UTC)),
        ("0 8 * * 7", datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 8, 0, tzinfo=UTC)),
    ],
)
def test_cron_in_the_time_zone_of_the_source(line, after, expected):
    slot = next_after(after, minutes=1440, cron=line, zone="Asia/Shanghai", key="k") - jitter("k", 1440)
    assert slot == expected


@pytest.mark.parametrize(
    ("line", "zone", "slots"),
    [
        # 02:30 does not exist on 29 March: the run comes at 03:30 that day.
        ("30 2 * * *", "Europe/Berlin", ["2026-03-28T01:30", "2026-03-29T01:30", "2026-03-30T00:30"]),
        # 02:00 and 03:00 fall together: one run.
        ("0 2,3 * * *", "Europe/Berlin", ["2026-03-28T01:00", "2026-03-28T02:00", "2026-03-29T01:00", "2026-03-30T00:00"]),
        # A clock that moves by half an hour.
        ("15 2 * * *", "Australia/Lord_Howe", ["2026-03-27T15:15", "2026-03-28T15:15", "2026-03-29T15:15"]),
    ],
)  # fmt: skip
def test_a_local_time_that_the_clock_leaves_out_comes_behind_the_change(line, zone, slots):
    moment, found = datetime(2026, 3, 27, 12, tzinfo=UTC), []
    for _ in slots:
        moment = next_after(moment, minutes=1440, cron=line, zone=zone, key="k") - jitter("k", 1440)
        found.append(f"{moment:%Y-%m-%dT%H:%M}")
    assert found == slots


def test_a_local_time_that_comes_twice_is_one_run():
    slot = next_after(
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC), minutes=1440, cron="30 2 * * *", zone="Europe/Berlin", key="k"
    )
    assert (slot - jitter("k", 1440)) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["", "a b c d e", "* * * *", "0 24 * * *", "0 0 0 * *", "5-1 * * * *", "*/0 * * * *", "0 0 31 2 *"]
)
def test_cron_lines_that_cannot_be_meant(line):
    with pytest.raises(ScheduleError):
        parse_cron(line)
        next_after(datetime(2026, 1, 1, tzinfo=UTC), minutes=60, cron=line, zone="UTC", key="k")


def test_jitter_is_small_and_always_the_same():
    delays = {jitter(f"source-{n}", 1440) for n in range(200)}
    assert len(delays) > 50
    assert max(delays) <= timedelta(minutes=5)
    assert jitter("x", 30) == jitter("x", 30) <= timedelta(minutes=3)


def test_missed_slots_are_those_that_passed():
    start = datetime(2026, 3, 1, tzinfo=UTC)
    assert len(missed(start, start + timedelta(hours=5, minutes=10), minutes=60, cron="", zone="UTC")) == 5
    assert len(missed(start, start + timedelta(days=400), minutes=60, cron="", zone="UTC")) == 50
    assert [minutes_of(text) for text in ("30m", "6h", "1d", "2w")] == [30, 360, 1440, 20160]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Press.Example:80/A?b=1#c", "http://press.example/A?b=1"),
        ("https://press.example", "https://press.example/"),
        ("https://press.example/a?utm_source=x&id=2&fbclid=y", "https://press.example/a?id=2"),
        ("https://press.example/a?id=1&id=2", "https://press.example/a?id=1&id=2"),
        ("https://press.example/稀土?词=包钢", "https://press.example/%E7%A8%80%E5%9C%9F?%E8%AF%8D=%E5%8C%85%E9%92%A2"),
        ("https://press.example/%E7%A8%80", "https://press.example/%E7%A8%80"),
        ("https://press.example./a", "https://press.example/a"),
        ("https://例子.example/", "https://xn--fsqu00a.example/"),
        ("https://press.example:8443/a", "https://press.example:8443/a"),
        (" https://press.example/a\n", "https://press.example/a"),
        ("/relative", None),
        ("mailto:a@b.example", None),
        ("https://user@press.example/", None),
        ("https://", None),
        ("https://press.example:99999/", None),
        ("https://[::1", None),
        ("https://" + "a" * 3000, None),
    ],
)
def test_one_form_for_an_address(url, expected):
    assert canonical(url) == expected


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2025-10-14", (), "2025-10-14"), ("2025/1/5", (), "2025-01-05"), ("2025.01.05 08:30", (), "2025-01-05"),
        ("发布时间：2025年1月5日", (), "2025-01-05"), ("October 14, 2025", (), "2025-10-14"), ("14 October 2025", (), "2025-10-14"),
        ("20251014", (), "2025-10-14"), (1760371200000, ("epoch_ms",), "2025-10-14"), ("1760371200", ("epoch_s",), "2025-10-14"),
        ("10-14", (), None), ("3 hours ago", (), None), ("2025-13-45", (), None), ("", (), None), (None, (), None),
        ("9" * 400, ("epoch_ms",), None), ("2025-10-14T23:30:00-05:00", (), "2025-10-15"), ("05/03/2025", ("%d/%m/%Y",), "2025-03-05"),
    ],
)  # fmt: skip
def test_days_are_read_and_never_guessed(text, formats, expected):
    assert day_of(text, "Asia/Shanghai", formats) == expected


def test_selection_by_keyword_host_and_deny_list():
    spec = build({**GOOD, "hosts": ["press.example"], "keywords": {"any": ["Magnet"], "none": ["sponsored"]}})
    chosen = select(
        spec,
        [
            Item("https://press.example/1", "New magnet plant"), Item("https://press.example/1", "New magnet plant"),
            Item("https://press.example/2", "Copper"), Item("https://press.example/3", "Sponsored magnet"),
            Item("https://other.example/4", "Magnet"), Item("https://www.ainvest.com/5", "Magnet"),
            Item("https://m.press.example/6", "Other", summary="about magnets"),
        ],
    )  # fmt: skip
    assert [one.url for one in chosen.taken] == ["https://press.example/1", "https://m.press.example/6"]
    assert sum(chosen.refused.values()) == 4
