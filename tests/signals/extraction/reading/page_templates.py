"""One article in each language, on pages built the four ways the sites of this field are built."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Article:
    title: str
    site: str
    date: str
    highlights: tuple[str, ...]
    paragraphs: tuple[str, ...]
    heading: str
    items: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    opinion_heading: str
    opinion: str
    disclaimer: str
    other_headlines: tuple[str, ...]
    comments: tuple[str, ...]
    furniture: tuple[str, ...]
    highlights_word: str = "Highlights"


ENGLISH = Article(
    title="Huamei Plant Lifts Separation Output as New Line Starts",
    site="Metals Wire",
    date="2025-05-14",
    highlights=(
        "Separation output at the plant rose 12% in the first four months of 2025.",
        "A second line with 4,000 tonnes a year starts in autumn.",
    ),
    paragraphs=(
        "Huamei Rare Earth, a subsidiary of a northern producer, said on Wednesday that its separation plant made 9,800 tonnes of oxides between January and April, 12% more than a year before.",
        "The manager of the plant put the rise down to steadier supplies of concentrate and to fewer stops for repairs; energy use per tonne fell by 6%.",
        "Prices were less kind. The average price that the plant obtained for didymium oxide was 3% lower than in the same months of 2024, he added.",
    ),
    heading="What Comes Next",
    items=("The second line will be commissioned in September.", "A laboratory for magnet recycling follows in 2026."),
    rows=(
        ("Product", "Jan-Apr 2025", "Jan-Apr 2024"),
        ("Oxides (t)", "9,800", "8,750"),
        ("Salts (t)", "2,140", "2,300"),
    ),
    opinion_heading="Why This Matters for Buyers",
    opinion="Buyers outside the region should read this as one more sign that capacity is being added where the ore is, and nowhere else.",
    disclaimer="Disclaimer: This report originates from Steel City Daily, a newspaper of a state-owned company, and should be verified.",
    other_headlines=(
        "Ningbo Institute Shows a Heat-Resistant Magnet",
        "Five Miners to Watch This Winter",
        "Lynas Ships 300 Tonnes to Japan",
    ),
    comments=(
        "I doubt these numbers very much, the old line never made more than 500 tonnes a month.",
        "Great article, thanks for the 40% insight!",
    ),
    furniture=(
        "Subscribe to our newsletter and receive a daily update",
        "Share on LinkedIn",
        "All rights reserved",
        "About the Author",
        "Jane has covered metals since 1999 and owns 12 horses.",
    ),
)
CHINESE = Article(
    title="华兴稀土分离产线一季度产量稳步增长",
    site="北疆工业网",
    date="2025-04-21",
    highlights=("一季度分离产品产量同比增长百分之九点四。", "二期四千吨生产线将于九月投入试运行。"),
    paragraphs=(
        "记者从华兴稀土公司获悉，今年一季度公司分离产品产量达到7360吨，同比增长9.4%，创历史同期最好水平，各项指标均好于预期。",
        "公司负责人介绍，产量增长主要得益于精矿供应稳定和设备检修时间缩短，单位产品综合能耗同比下降5.8%，节约成本1260万元。",
        "不过，受市场行情影响，一季度氧化镨钕平均售价同比下降3.1%，公司将通过优化产品结构、拓展下游客户来对冲价格波动。",
    ),
    heading="下一步计划",
    items=("二期生产线计划于九月试运行，设计产能四千吨。", "磁材回收实验室将于明年建成投用。"),
    rows=(
        ("产品", "2025年一季度", "2024年一季度"),
        ("分离产品（吨）", "7,360", "6,728"),
        ("稀土盐类（吨）", "2,015", "2,190"),
    ),
    opinion_heading="编者按",
    opinion="产能继续向资源地集中，这一趋势短期内难以改变，下游企业需要及早布局，做好长期采购安排，避免价格剧烈波动带来的风险。",
    disclaimer="免责声明：本文转自公开渠道，内容仅供参考，不构成任何投资建议，读者据此操作，风险自担。",
    other_headlines=("某研究院发布耐高温磁体新成果", "五家矿企年报一览：谁赚得最多", "日本企业采购稀土三百吨"),
    comments=("这个数字我不太相信，老线一个月也就500吨。", "写得好，学习了，涨40%！"),
    furniture=(
        "责任编辑：某某",
        "分享到：微信 微博",
        "版权所有 未经许可不得转载",
        "扫描二维码关注我们",
        "当前位置：首页 > 新闻 > 正文",
    ),
    highlights_word="核心提示",
)


def _p(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(text)}</p>\n" for text in texts)


def _list(texts: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def _links(texts: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f'<li><a href="/x{i}">{escape(text)}</a></li>' for i, text in enumerate(texts)) + "</ul>"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )


def _body(a: Article) -> str:
    return (
        f"{_p(a.paragraphs)}<h3>{a.heading}</h3>{_list(a.items)}{_table(a.rows)}"
        f"<h3>{a.opinion_heading}</h3>{_p((a.opinion, a.disclaimer))}"
    )


def wordpress(a: Article) -> str:
    """A page-builder theme: highlights and text in modules of their own, widgets, author box, comments."""
    related = _links(a.other_headlines)
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{a.title} - {a.site}</title>
<meta property="og:title" content="{a.title}"><meta property="og:site_name" content="{a.site}">
<script type="application/ld+json">{{"@graph":[{{"@type":"Article","datePublished":"{a.date}T08:15:00+00:00"}}]}}</script>
<style>.x{{color:red}}</style></head><body class="post-template single et_pb_pagebuilder_layout">
<header id="main-header"><div class="logo">{a.site}</div><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
<div id="page-container"><div id="et-main-area"><div class="et_pb_section et_pb_section_0"><div class="et_pb_row"><div class="et_pb_column">
<div class="et_pb_module et_pb_post_title"><h1 class="entry-title">{a.title}</h1><p class="et_pb_title_meta_container">by <a href="/a">Jane</a> | <span class="published">{a.date}</span></p></div>
</div></div></div>
<div class="et_pb_section et_pb_section_1"><div class="et_pb_row"><div class="et_pb_column et_pb_column_2_3">
<div class="et_pb_module et_pb_text"><div class="et_pb_text_inner"><h4>{a.highlights_word}</h4>{_list(a.highlights)}</div></div>
<div class="et_pb_module et_pb_post_content">{_body(a)}</div>
<div class="et_pb_module et_social"><ul><li><a href="#">{a.furniture[1]}</a></li></ul></div>
</div><div class="et_pb_column et_pb_column_1_3 et_pb_widget_area"><div class="et_pb_widget widget_search"><form><label>Search</label><input></form></div>
<div class="et_pb_widget widget_recent_entries"><h4>Recent News</h4>{related}</div></div></div></div>
<div class="et_pb_section"><div class="et_pb_row author-box"><p>{a.furniture[3]}</p><p>{a.furniture[4]}</p></div>
<div id="comments" class="comments-area"><h3>{len(a.comments)} Comments</h3>{"".join(f'<div class="comment"><p>{c}</p></div>' for c in a.comments)}</div>
<div class="et_bloom_form"><p>{a.furniture[0]}</p></div></div></div></div><footer id="main-footer"><p>{a.furniture[2]}</p></footer></body></html>"""


def semantic(a: Article) -> str:
    """HTML5 with article, aside, nav and footer."""
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{a.title} | {a.site}</title>
<meta property="article:published_time" content="{a.date}T09:00:00+08:00"></head><body>
<nav><a href="/">Home</a> <a href="/n">News</a></nav><main><article><header><h1>{a.title}</h1><p><time datetime="{a.date}">{a.date}</time></p></header>
<h2>{a.highlights_word}</h2>{_list(a.highlights)}{_body(a)}
<aside class="related"><h3>Related articles</h3>{_links(a.other_headlines)}</aside></article>
<section class="comments"><h2>Comments</h2>{_p(a.comments)}</section></main>
<aside><p>{a.furniture[0]}</p><p>{a.furniture[1]}</p><p>{a.furniture[4]}</p></aside><footer><p>{a.furniture[3]}</p><p>{a.furniture[2]}</p></footer></body></html>"""


def soup(a: Article) -> str:
    """Nothing but divs and line breaks, no class that says anything."""
    text = "<br><br>".join(escape(paragraph) for paragraph in a.paragraphs)
    ours = "相关阅读" if not a.title.isascii() else "Related articles"
    comments = "网友评论" if not a.title.isascii() else "Leave a Reply"
    return f"""<html><head><title>{a.title}</title></head><body><div><div><a href="/">{a.site}</a> <a href="/1">A</a> <a href="/2">B</a></div>
<div><div><h1>{a.title}</h1><div>{a.date} 08:30</div><div>{a.highlights_word}</div><div>{_list(a.highlights)}</div>
<div>{text}</div><div><b>{a.heading}</b></div><div>{_list(a.items)}</div><div>{_table(a.rows)}</div>
<div><b>{a.opinion_heading}</b></div><div>{escape(a.opinion)}</div><div>{escape(a.disclaimer)}</div>
<div>{ours}</div><div>{_links(a.other_headlines)}</div><div>{comments}</div><div>{"<br>".join(a.comments)}</div></div>
<div><div>{a.furniture[1]}</div></div></div><div>{a.furniture[2]}</div></div></body></html>"""


def trs(a: Article) -> str:
    """A government site of nested tables around an editor's div, as made by a Chinese publishing system."""
    body = "".join(f"<p style='text-indent:2em'>　　{escape(text)}</p>" for text in a.paragraphs)
    items = "".join(f"<p>　　{escape(text)}</p>" for text in a.items)
    return f"""<html><head><title>{a.title}_{a.site}</title><meta name="PubDate" content="{a.date} 10:02"><meta name="SiteName" content="{a.site}"></head><body>
<table width="1000"><tr><td><table><tr><td><a href="/">首页</a></td><td><a href="/1">要闻</a></td><td><a href="/2">公告</a></td></tr></table></td></tr>
<tr><td><table width="100%"><tr><td>{a.furniture[4]}</td></tr><tr><td align="center" class="title"><h1>{a.title}</h1></td></tr>
<tr><td>发布时间：{a.date} 来源：{a.site} 字号：大 中 小</td></tr>
<tr><td><div class="TRS_Editor"><p><strong>{a.highlights_word}</strong></p>{_list(a.highlights)}{body}<p><strong>{a.heading}</strong></p>{items}{_table(a.rows)}
<p><strong>{a.opinion_heading}</strong></p><p>　　{escape(a.opinion)}</p><p>　　{escape(a.disclaimer)}</p></div></td></tr>
<tr><td>{a.furniture[0]}</td></tr><tr><td>{a.furniture[1]} 【打印本页】【关闭窗口】</td></tr></table></td>
<td><table><tr><td>最新动态</td></tr>{"".join(f'<tr><td><a href="/{i}">{h}</a></td></tr>' for i, h in enumerate(a.other_headlines))}</table></td></tr>
<tr><td><table><tr><td>{a.furniture[2]} 网站备案号 000000</td></tr></table></td></tr></table></body></html>"""


def pasted(a: Article) -> str:
    """What selecting all and copying gives."""
    english = a.title.isascii()
    tail = (
        [
            "Search",
            "Recent News",
            *a.other_headlines,
            "By Jane",
            a.furniture[4],
            "2 Comments",
            *a.comments,
            "Submit a Comment",
            "Your email address will not be published.",
        ]
        if english
        else [a.furniture[0], a.furniture[1], "相关阅读", *a.other_headlines, "网友评论", *a.comments]
    )
    head = ["Home", a.title] if english else [a.furniture[4], a.title]
    lines = [*head, a.date, a.highlights_word, *(f"  • {text}" for text in a.highlights), *a.paragraphs, a.heading]
    lines += [
        *(f"- {text}" for text in a.items),
        *("\t".join(row) for row in a.rows),
        a.opinion_heading,
        a.opinion,
        a.disclaimer,
        *tail,
    ]
    return "\n\n".join(lines)


TEMPLATES = {"wordpress": wordpress, "semantic": semantic, "soup": soup, "trs": trs, "pasted": pasted}
