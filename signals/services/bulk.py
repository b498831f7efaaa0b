"""Plausible bulk data for measuring pages: seeded, made inside PostgreSQL, with every quote in its text.

The shape is that of the real thing: a few companies speak often and many seldom, pages are read as they come out and a tenth
of them later, figures come by quarter, most of them are unreviewed, a tenth of the articles retells another's figure. Meant
for an empty database of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from signals.models import Disclosure, Source
from signals.search_terms import terms

FIGURES, SIGNALS = 5, 3  # of a disclosure
SOURCES = 12
TRACKED_SHARE = 0.8

# metric, product, unit, centre of the value, words in Chinese and English
METRICS = [
    ("revenue", "", "CNY", 9_000_000_000, "营业收入", "revenue"),
    ("net_profit", "", "CNY", 600_000_000, "归母净利润", "net profit"),
    ("output", "rare-earth-oxides", "t", 15_000, "稀土氧化物产量", "output of rare-earth oxides"),
    ("sales_volume", "rare-earth-metals", "t", 9_000, "稀土金属销量", "sales of rare-earth metals"),
    ("price", "concentrate", "CNY/t", 19_000, "稀土精矿交易价格", "concentrate price"),
    ("rd_spend", "", "CNY", 120_000_000, "研发投入", "research spending"),
    ("gross_margin", "", "percent", 12, "毛利率", "gross margin"),
    ("export_volume", "magnets", "t", 5_500, "磁材出口量", "magnet exports"),
    ("price", "ndpr-oxide", "CNY/t", 450_000, "氧化镨钕价格", "price of NdPr oxide"),
    ("capacity", "separation", "t/yr", 50_000, "冶炼分离产能", "separation capacity"),
]
THEMES = [
    ("capacity-expansion", "推进扩能改造项目建设", "is building a further separation line"),
    ("rnd-innovation", "加快关键核心技术攻关", "works on key technology"),
    ("green-transition", "绿色冶炼升级改造取得进展", "moves its smelter to cleaner methods"),
    ("party-alignment", "深入学习贯彻全会精神", "studied the spirit of the plenum"),
    ("export-market", "产品首次出口欧洲市场", "shipped to Europe for the first time"),
    ("quota", "严格执行总量控制指标", "keeps to the quota"),
    ("financial-results", "经营业绩稳中有进", "reports steady results"),
    ("price-setting", "发布稀土价格指数", "published a price index"),
]
STAGES = ["done", "under_construction", "target", "reported", "approved", "slogan"]


def make(disclosures: int, seed: int = 1, tell: Callable[[str], None] = lambda _step: None) -> None:
    """Fill an empty database with ``disclosures`` disclosures, 5 figures and 3 signals each.

    Raises ValueError when the database already holds disclosures.
    """
    if Disclosure.objects.exists():
        raise ValueError("the database already holds disclosures; bulk data wants a data folder of its own (REEX_DATA)")
    with transaction.atomic(), connection.cursor() as cursor:
        Source.objects.bulk_create(_sources())
        cursor.execute("SELECT setseed(%s)", [seed / 1000])
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            # a million foreign keys checked one by one at the end take longer than all the rest
            cursor.execute("SET LOCAL session_replication_role = replica")
        for step, statements in _steps(disclosures):
            tell(step)
            for statement, values in statements:
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        tell("vacuum and statistics")
        cursor.execute("VACUUM ANALYZE")  # as autovacuum would have done by the time people read


def _steps(count: int) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    return [
        ("words", [(_WORDS, []), *[(_METRIC, [n, *metric, _joined(metric[4]), _joined(metric[5])]) for n, metric in enumerate(METRICS)],
                   *[(_THEME, [n, *theme, _joined(theme[1]), _joined(theme[2])]) for n, theme in enumerate(THEMES)]]),
        ("names", [(_NAMES, []), *_name_terms()]),
        ("origins", [(_ORIGINS, [])]),
        ("disclosures", [(_PLAN, [TRACKED_SHARE, count]), (_SNAPSHOTS, []), (_CAPTURES, []), (_DISCLOSURES, [SOURCES])]),
        ("figures and signals", [(_FIGURE_PLAN, [FIGURES]), (_SIGNAL_PLAN, [SIGNALS]), (_TEXTS, [])]),
        ("versions", [(_VERSIONS, []), (_EXTRACTIONS, []), (_CURRENT_VERSION, [])]),
        ("findings", [(_INDICATORS, []), (_SIGNALS, [])]),
        ("read models", [(_INDICATOR_ROWS, []), (_SIGNAL_ROWS, []), (_FACTS, []), (_TIMELINE_FIGURES, []), (_TIMELINE_SIGNALS, []), (_TIMELINE_DISCLOSURES, []), (_ROLLUPS, [])]),
    ]  # fmt: skip


def _sources() -> list[Source]:
    return [
        Source(
            key=f"bulk-{n}", name=f"Bulk source {n}", kind="sample", publisher=f"Bulk publisher {n}", grade="ABCDEF"[n % 6],
            enabled=True, state="healthy", state_reason="made for measuring", definition={"origin": "own_reporting"},
        )
        for n in range(SOURCES)
    ]  # fmt: skip


def _joined(text: str) -> str:
    return " ".join(terms(text))


def _name_terms() -> list[tuple[str, list[Any]]]:
    from companies.models import Entity

    rows = Entity.objects.filter(retired_at=None).values_list("key", "short_en", "short_zh")
    return [
        ("UPDATE bulk_names SET terms_en = %s, terms_zh = %s WHERE key = %s", [_joined(en), _joined(zh), key])
        for key, en, zh in rows
    ]


_WORDS = """
CREATE TEMP TABLE bulk_metrics (n int, metric text, product text, unit text, centre numeric, zh text, en text, terms_zh text, terms_en text) ON COMMIT DROP;
CREATE TEMP TABLE bulk_themes (n int, theme text, zh text, en text, terms_zh text, terms_en text) ON COMMIT DROP;
"""
_METRIC = "INSERT INTO bulk_metrics VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_THEME = "INSERT INTO bulk_themes VALUES (%s, %s, %s, %s, %s, %s)"
_NAMES = """
CREATE TEMP TABLE bulk_names ON COMMIT DROP AS
SELECT key, short_en AS en, coalesce(nullif(short_zh, ''), short_en) AS zh, tracked, ''::text AS terms_en, ''::text AS terms_zh,
       row_number() OVER (PARTITION BY tracked ORDER BY key) - 1 AS n
FROM companies_entity WHERE retired_at IS NULL AND kind NOT IN ('person', 'place', 'publisher');
"""
_ORIGINS = """
INSERT INTO signals_origin (key, kind, entity_id, name, url)
SELECT 'company:' || key, 'company', key, en, '' FROM bulk_names ON CONFLICT DO NOTHING;
"""
_PLAN = """
CREATE TEMP TABLE bulk_plan ON COMMIT DROP AS
SELECT d.i, d.language, d.day, least(d.seen, date '2026-11-20') AS seen, names.key AS entity, CASE WHEN d.language = 'zh' THEN names.zh ELSE names.en END AS name,
       CASE WHEN d.language = 'zh' THEN names.terms_zh ELSE names.terms_en END AS name_terms
FROM (SELECT row_number() OVER (ORDER BY seen) AS i, drawn.*
      FROM (SELECT *, day + CASE WHEN random() < 0.1 THEN (random() * 1700)::int ELSE 0 END AS seen
            FROM (SELECT CASE WHEN random() < 0.5 THEN 'zh' ELSE 'en' END AS language, date '2026-11-20' - (power(random(), 1.5) * 1700)::int AS day,
                         random() < %s AS tracked, power(random(), 2) AS r
                  FROM generate_series(1, %s) OFFSET 0) told OFFSET 0) drawn) d
JOIN (SELECT tracked, count(*) AS n FROM bulk_names GROUP BY tracked) sizes ON sizes.tracked = d.tracked
JOIN bulk_names names ON names.tracked = d.tracked AND names.n = floor(d.r * sizes.n)::int
ORDER BY d.i;
CREATE UNIQUE INDEX ON bulk_plan (i);
"""
_SNAPSHOTS = """
INSERT INTO signals_snapshot (sha256, size, media_type, path, created_at) VALUES (repeat('0', 64), 0, 'text/html', 'bulk', now())
ON CONFLICT DO NOTHING;
"""
_CAPTURES = """
INSERT INTO signals_capture (id, snapshot_id, url, fetched_at, headers)
OVERRIDING SYSTEM VALUE SELECT 1000000000 + i, repeat('0', 64), 'https://bulk.example/' || i, seen::timestamptz + interval '8 hours', '{}' FROM bulk_plan ORDER BY i;
"""
_DISCLOSURES = """
INSERT INTO signals_disclosure (id, canonical_url, source_id, publisher, title, language, happened_precision, published_on, published_precision,
  first_seen_at, withdrawn_reason, main_entity_id, origin_id, origin_quote, indicator_count, signal_count, counted, is_sample)
OVERRIDING SYSTEM VALUE
SELECT 1000000000 + p.i, 'https://bulk.example/' || p.i, s.id, s.publisher,
  CASE WHEN p.language = 'zh' THEN p.name || '发布经营动态第' || p.i || '期' ELSE p.name || ' reports on its business, no. ' || p.i END,
  p.language, '', p.day, 'day', p.seen::timestamptz + interval '8 hours', '', p.entity, o.id, '', 5, 3, '[]', true
FROM bulk_plan p
JOIN signals_origin o ON o.key = 'company:' || p.entity
JOIN (SELECT id, publisher, row_number() OVER (ORDER BY id) - 1 AS n FROM signals_source WHERE key LIKE 'bulk-%%') s ON s.n = p.i %% %s
ORDER BY p.i;
"""
_FIGURE_PLAN = """
CREATE TEMP TABLE bulk_figures ON COMMIT DROP AS
SELECT f.*, md5('f' || f.i || '.' || f.k) || md5(f.k || 'f' || f.i) AS key,
  f.name_terms || ' ' || lower(f.label) || ' ' || CASE WHEN f.language = 'zh' THEN f.terms_zh ELSE f.terms_en END || ' ' || f.written AS words,
  CASE WHEN f.language = 'zh' THEN f.name || f.label || f.zh || '为' || f.written ELSE f.name || ' put its ' || f.en || ' for ' || f.label || ' at ' || f.written END AS quote
FROM (SELECT p.i, k, p.language, p.name, p.name_terms, p.entity, p.day, m.metric, m.product, m.unit, m.zh, m.en, m.terms_zh, m.terms_en, q.start,
             (q.start + interval '3 months - 1 day')::date AS finish, extract(year FROM q.start)::int || 'Q' || extract(quarter FROM q.start)::int AS label,
             q.value, q.value::text AS written
      FROM bulk_plan p CROSS JOIN generate_series(1, %s) k
      JOIN bulk_metrics m ON m.n = (p.i * 7 + k * 3) %% 10
      CROSS JOIN LATERAL (SELECT (date_trunc('quarter', p.day) - interval '3 months')::date AS start,
                                 round(m.centre * (0.8 + 0.4 * ((hashtext(p.entity || m.metric || m.product || date_trunc('quarter', p.day)::text) & 1023) / 1023.0)
                                   + CASE WHEN (p.i + k) %% 10 = 0 THEN 0.05 ELSE 0 END)::numeric, CASE WHEN m.centre < 100 THEN 2 ELSE 0 END) AS value) q
     ) f;
"""
_SIGNAL_PLAN = """
CREATE TEMP TABLE bulk_signals ON COMMIT DROP AS
SELECT p.i, k, md5('s' || p.i || '.' || k) || md5(k || 's' || p.i) AS key, p.language, p.entity, p.day, t.theme, (ARRAY['done','under_construction','target','reported','approved','slogan'])[(p.i + k) %% 6 + 1] AS stage,
  CASE WHEN p.language = 'zh' THEN p.name || t.zh ELSE p.name || ' ' || t.en END AS quote, p.name_terms || ' ' || CASE WHEN p.language = 'zh' THEN t.terms_zh ELSE t.terms_en END AS theme_terms
FROM bulk_plan p CROSS JOIN generate_series(1, %s) k JOIN bulk_themes t ON t.n = (p.i + k * 3) %% 8;
"""
_TEXTS = """
CREATE TEMP TABLE bulk_texts ON COMMIT DROP AS
SELECT p.i, f.text || E'\\n\\n' || s.text AS text, p.name_terms || ' ' || f.terms || ' ' || s.terms AS terms
FROM bulk_plan p
JOIN (SELECT i, string_agg(quote, E'\\n\\n' ORDER BY k) AS text, string_agg(words, ' ' ORDER BY k) AS terms
      FROM bulk_figures GROUP BY i) f USING (i)
JOIN (SELECT i, string_agg(quote, E'\\n\\n' ORDER BY k) AS text, string_agg(theme_terms, ' ' ORDER BY k) AS terms FROM bulk_signals GROUP BY i) s USING (i);
CREATE UNIQUE INDEX ON bulk_texts (i);
"""
_VERSIONS = """
INSERT INTO signals_disclosureversion (id, disclosure_id, number, cause, capture_id, title, text, sections, blocks, charset, repairs, offsets,
  text_hash, paragraph_hashes, sketch, engine, made_at)
OVERRIDING SYSTEM VALUE
SELECT 1000000000 + t.i, 1000000000 + t.i, 1, 'first', 1000000000 + t.i, d.title, t.text, '[]', '[]', 'utf-8', '[]', '[]', md5(t.text) || md5(d.title), '[]', '[]', 'bulk', now()
FROM bulk_texts t JOIN signals_disclosure d ON d.id = 1000000000 + t.i ORDER BY t.i;
"""
_EXTRACTIONS = """
INSERT INTO signals_extraction (id, version_id, engine, lexicon, milliseconds, warnings, made_at)
OVERRIDING SYSTEM VALUE SELECT 1000000000 + i, 1000000000 + i, 'bulk', 'bulk', 0, '[]', now() FROM bulk_texts ORDER BY i;
"""
_CURRENT_VERSION = """
UPDATE signals_disclosure d SET current_version_id = d.id, search = to_tsvector('simple', t.terms)
FROM bulk_texts t WHERE d.id = 1000000000 + t.i;
"""
_INDICATORS = """
INSERT INTO signals_indicator (extraction_id, key, subject_id, voice, start, "end", exact, prefix, suffix, confidence, rule, metric, product, measure, comparator,
  value, unit, converted_unit, period_label, period_start, period_end, modality, note, as_written, figure_start, figure_end, also, why)
SELECT 1000000000 + f.i, f.key, f.entity, 'company', at.s - 1, at.s - 1 + length(f.quote), f.quote, '', '', 0.5 + ((f.i + f.k) %% 50) / 100.0, 'bulk',
  f.metric, f.product, 'level', '=', f.value, f.unit, '', f.label, f.start, f.finish, 'reported', '', f.written,
  at.s - 1 + length(f.quote) - length(f.written), at.s - 1 + length(f.quote), '[]', '{}'
FROM bulk_figures f JOIN bulk_texts t USING (i) CROSS JOIN LATERAL (SELECT strpos(t.text, f.quote) AS s) at
ORDER BY f.i, f.k;
"""
_SIGNALS = """
INSERT INTO signals_signal (extraction_id, key, subject_id, voice, start, "end", exact, prefix, suffix, confidence, rule, theme, stage)
SELECT 1000000000 + s.i, s.key, s.entity, 'company', strpos(t.text, s.quote) - 1, strpos(t.text, s.quote) - 1 + length(s.quote), s.quote, '', '', 0.8, 'bulk', s.theme, s.stage
FROM bulk_signals s JOIN bulk_texts t USING (i) ORDER BY s.i, s.k;
"""
_COMMON = """d.id, d.source_id, x.subject_id, x.voice, d.language, d.published_on, d.first_seen_at, 'company', 'company:' || x.subject_id, src.grade, x.exact, x.confidence,
  CASE WHEN x.id %% 40 = 0 THEN 'confirmed' ELSE 'unreviewed' END, false, false, to_tsvector('simple', said.words)"""
_COMMON_COLUMNS = "key, disclosure_id, source_id, subject_id, voice, language, published_on, first_seen_at, origin_kind, origin_key, grade, quote, confidence, state, lost, superseded, search"
_INDICATOR_ROWS = f"""
INSERT INTO signals_indicatorcurrent ({_COMMON_COLUMNS}, metric, product, measure, comparator, value, unit, converted_unit, period_label, period_start, period_end,
  modality, note, as_written, indicator_id, fact_key, conflict)
SELECT x.key, {_COMMON}, x.metric, x.product, x.measure, x.comparator, x.value, x.unit, '', x.period_label, x.period_start, x.period_end, x.modality, '', x.as_written, x.id,
  md5(x.subject_id || x.metric || x.product || x.period_label) || md5(x.metric || x.subject_id), false
FROM signals_indicator x JOIN signals_disclosure d ON d.id = x.extraction_id JOIN signals_source src ON src.id = d.source_id
JOIN bulk_figures said ON said.key = x.key
ORDER BY x.id;
"""
_SIGNAL_ROWS = f"""
INSERT INTO signals_signalcurrent ({_COMMON_COLUMNS}, theme, stage, weight, signal_id)
SELECT x.key, {_COMMON}, x.theme, x.stage, (x.id %% 9)::int, x.id
FROM signals_signal x JOIN signals_disclosure d ON d.id = x.extraction_id JOIN signals_source src ON src.id = d.source_id
JOIN (SELECT key, theme_terms AS words FROM bulk_signals) said ON said.key = x.key
ORDER BY x.id;
"""
_FACTS = """
INSERT INTO signals_fact (key, subject_id, metric, product, measure, modality, unit, period_label, period_start, period_end, best_id, carriers, origins, independent, conflict, newest_at)
SELECT fact_key, min(subject_id), min(metric), min(product), min(measure), min(modality), min(unit), min(period_label), min(period_start), min(period_end), min(key),
  count(DISTINCT disclosure_id), 1, false, min(value) <> max(value), max(first_seen_at)
FROM signals_indicatorcurrent GROUP BY fact_key;
"""
_ENTRY_COLUMNS = "entity_id, lane, date, date_precision, disclosure_id, finding_key, title, theme, metric, stage, voice, origin_kind, source_id, language, state, weight"
_TIMELINE_FIGURES = f"""
INSERT INTO signals_timelineentry ({_ENTRY_COLUMNS})
SELECT subject_id, 'figure', published_on, 'day', disclosure_id, key, quote, '', metric, '', voice, origin_kind, source_id, language, state, 5 FROM signals_indicatorcurrent ORDER BY disclosure_id;
"""
_TIMELINE_SIGNALS = f"""
INSERT INTO signals_timelineentry ({_ENTRY_COLUMNS})
SELECT subject_id, CASE WHEN theme = 'quota' THEN 'policy' ELSE 'signal' END, published_on, 'day', disclosure_id, key, quote, theme, '', stage, voice, origin_kind, source_id, language, state, weight FROM signals_signalcurrent ORDER BY disclosure_id;
"""
_TIMELINE_DISCLOSURES = f"""
INSERT INTO signals_timelineentry ({_ENTRY_COLUMNS})
SELECT main_entity_id, 'disclosure', published_on, 'day', id, '', title, '', '', '', '', 'company', source_id, language, 'unreviewed', 1 FROM signals_disclosure WHERE main_entity_id IS NOT NULL;
"""
_ROLLUPS = """
INSERT INTO signals_rollup (entity_id, kind, key, month, count, as_of)
SELECT subject_id, 'theme', theme, date_trunc('month', published_on)::date, count(*), now() FROM signals_signalcurrent GROUP BY 1, 3, 4;
"""
