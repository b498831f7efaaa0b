"""What stands around the article on a news site: menus, teasers, forms, style sheets, scripts; 30 to 80 kB of it."""

from __future__ import annotations

import json
import random
from functools import lru_cache

from tests.bench._prose import headline

SIZE = 30_000, 80_000  # bytes beside the article
MENU = {
    "en": "Home|Markets|Prices|Magnets|Mining|Policy|Companies|Events|Data|Opinion|Jobs|Newsletters|Video|Contact",
    "zh": "首页|要闻|行情|报价|磁材|矿山|政策|企业|会议|数据|观点|招聘|视频|联系我们",
}
WORDS = {
    "en": {
        "search": "Search", "read": "Most read", "more": "More on this", "share": "Share this page", "mail": "Sign up for our daily letter",
        "accept": "Accept all", "legal": "All rights reserved. Market data are delayed. Nothing on this site is an offer to buy or sell.",
        "cookies": "We use cookies to remember your settings and to see which pages are read.", "comment": "Write a comment",
    },
    "zh": {
        "search": "搜索", "read": "阅读排行", "more": "相关阅读", "share": "分享到", "mail": "订阅每日简报",
        "accept": "知道了", "legal": "版权所有 未经授权不得转载。行情数据存在延迟,不构成投资建议。",
        "cookies": "本站使用缓存记录您的偏好设置。", "comment": "发表评论",
    },
}  # fmt: skip


def around(article: str, title: str, day: str, language: str, charset: str, chance: random.Random) -> str:
    """A whole page with the article in the middle of it."""
    words, target = WORDS[language], chance.randint(*SIZE)
    before = [_header(words, language, chance), '<main id="content" class="layout layout--two-columns">']
    after = [_aside(words, language, chance), "</main>", _footer(words, language, chance)]
    head = _head(title, day, language, charset, chance)
    size = sum(len(part.encode()) for part in (head, *before, *after))
    styles, scripts = _padding(max(0, target - size), chance)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>{head}<style>{styles}</style></head>\n<body class="page page--article">'
        f"{''.join(before)}<article>{article}</article>{''.join(after)}<script>{scripts}</script></body></html>"
    )


def _head(title: str, day: str, language: str, charset: str, chance: random.Random) -> str:
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": day,
        "inLanguage": language,
    }
    metas = "".join(f'<meta name="msvalidate.{n}" content="{chance.getrandbits(128):032x}">\n' for n in range(6))
    links = "".join(
        f'<link rel="preload" as="script" href="/assets/js/chunk-{chance.getrandbits(40):010x}.js" crossorigin="anonymous">\n'
        for _ in range(12)
    )
    return (
        f'<meta charset="{charset}">\n<title>{title}</title>\n<meta property="og:title" content="{title}">\n<meta property="article:published_time" content="{day}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{metas}{links}<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>\n'
    )  # fmt: skip


def _link(text: str, chance: random.Random, kind: str) -> str:
    number = chance.randrange(10**6)
    return f'<a class="{kind}__link js-track" href="/{kind}/{number}.html" data-track="{kind}-{number % 97}" title="{text}">{text}</a>'


def _header(words: dict[str, str], language: str, chance: random.Random) -> str:
    entries = "".join(
        f'<li class="menu__item">{_link(entry, chance, "menu")}<ul class="menu__sub" hidden>'
        + "".join(f"<li>{_link(headline(chance, language)[:18], chance, 'sub')}</li>" for _ in range(6))
        + "</ul></li>"
        for entry in MENU[language].split("|")
    )
    icon = '<svg viewBox="0 0 24 24"><path d="M12 2 2 7l10 5 10-5-10-5zm0 13L2 10v7l10 5 10-5v-7l-10 5z"/></svg>'
    return (
        f'<div id="consent" class="consent" role="dialog"><p>{words["cookies"]}</p><button type="button">{words["accept"]}</button></div>'
        f'<header class="masthead"><a href="/" class="logo">{icon}</a><form action="/search" role="search"><input name="q" placeholder="{words["search"]}">'
        f'<button>{words["search"]}</button></form><nav class="menu"><ul>{entries}</ul></nav></header><div class="ad" id="ad-{chance.randrange(99)}" data-slot="top"></div>'
    )  # fmt: skip


def _aside(words: dict[str, str], language: str, chance: random.Random) -> str:
    ranked = "".join(
        f"<li>{_link(headline(chance, language), chance, 'rank')}</li>" for _ in range(chance.randint(8, 15))
    )
    teasers = "".join(
        f'<div class="teaser"><img loading="lazy" src="/img/{chance.randrange(10**6)}.webp" srcset="/img/a.webp 320w, /img/b.webp 640w" alt="">'
        f"<h4>{_link(headline(chance, language), chance, 'teaser')}</h4><time>{chance.randint(1, 23)}:{chance.randint(10, 59)}</time></div>"
        for _ in range(chance.randint(6, 12))
    )
    return (
        f'<aside class="sidebar"><section class="rank"><h3>{words["read"]}</h3><ol>{ranked}</ol></section><section class="teasers"><h3>{words["more"]}</h3>{teasers}</section>'
        f'<form class="letter"><label>{words["mail"]} <input type="email"></label></form></aside>'
    )  # fmt: skip


def _footer(words: dict[str, str], language: str, chance: random.Random) -> str:
    entries = MENU[language].split("|") * 3
    columns = "".join(f"<li>{_link(entry, chance, 'foot')}</li>" for entry in entries)
    return f'<section class="comments"><h3>{words["comment"]}</h3><form><textarea></textarea></form></section><footer class="footer"><ul>{columns}</ul><p>{words["legal"]}</p></footer>'


@lru_cache(maxsize=1)
def _blocks() -> tuple[list[str], list[str]]:
    """Rules and lines of script to draw from: pages of one site share theirs, too."""
    chance = random.Random(0)
    rules = [
        f".c-{chance.getrandbits(24):06x}{{display:flex;margin:{chance.randrange(40)}px;color:#{chance.getrandbits(24):06x};transition:opacity .{chance.randrange(9)}s ease-in}}\n"
        for _ in range(600)
    ]
    lines = [
        f'window.site=window.site||{{}};site.q{chance.randrange(999)}=function(e,t){{return e&&t?"{chance.getrandbits(64):016x}":null}};\n'
        for _ in range(600)
    ]
    return rules, lines


def _padding(size: int, chance: random.Random) -> tuple[str, str]:
    """Style sheet and script of together about ``size`` bytes; most of a real page is that."""
    rules, lines = _blocks()
    styles, scripts = (chance.choices(of, k=max(1, size // 2 // 100)) for of in (rules, lines))
    return "".join(styles), "".join(scripts)
