"""Pages in every charset that Chinese and Western sites use, with right, missing and wrong declarations."""

from __future__ import annotations

import codecs

import pytest

from signals.extraction.reading.charset import codec_name, declared_charset, decode, everyday_score

NEWS = "示范稀土公司昨日公布，上半年氧化镨钕产量同比增长百分之八，市场需求有所恢复，公司将继续推进技术改造。"
TITLE = "稀土产量创新高"
PRICE = "本周金属钕报价为每吨七十六万元，较上周上涨两千元；氧化铽、氧化镝价格持平（数据来自市场）。"
MEETING = "会议强调，要坚持以科技创新为引领，加快建设全国最大的新材料基地，努力完成全年目标任务。"
TRADITIONAL = "這家公司表示，第三季稀土產品的銷售與去年同期相比增加，國際市場對於磁性材料的需求仍然強勁。"
NOTICE = "關於下達年度開採總量控制指標的通知，各有關單位應當嚴格執行，並於月底前報告實際情況。"
RARE = "厦门钨业与镕铖公司在赣州龙南签署协议，堃晟集团董事长闫某出席。"
ENGLISH = "Baotou’s plant makes magnets – the “largest” in the region, at a cost of €5 million or £4.3 million."
FRENCH = "La société a publié ses résultats : le chiffre d’affaires s’élève à 12 millions, dont une hausse très nette à l’étranger."
GERMAN = "Die Gesellschaft erhöhte die Förderung für Übersee um fünf Prozent; größere Mengen gehen nach Österreich."
ASCII = "Output of rare earth metals rose by five per cent, the company said in a statement on its website."


def page(body: str, declared: str | None = None, padding: int = 0) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<!doctype html><html><head>{meta}<title>News</title></head><body>{'<br>' * padding}<p>{body}</p></body></html>"


def old_page(body: str, declared: str) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><body><td>{body}</td></body></html>'


# (name, what stands on the page, how its bytes are made, what it says of itself)
PAGES = [
    ("utf-8 declared", page(NEWS, "utf-8"), "utf-8"),
    ("utf-8 undeclared", page(NEWS), "utf-8"),
    ("utf-8 plain text", NEWS, "utf-8"),
    ("utf-8 said to be gb2312", page(NEWS, "gb2312"), "utf-8"),
    ("utf-8 said to be gbk", old_page(PRICE, "gbk"), "utf-8"),
    ("utf-8 said to be big5", page(MEETING, "big5"), "utf-8"),
    ("utf-8 said to be latin-1", page(NEWS, "iso-8859-1"), "utf-8"),
    ("utf-8 said to be unknown", page(NEWS, "x-nobody-knows"), "utf-8"),
    ("utf-8 traditional", page(TRADITIONAL, "utf-8"), "utf-8"),
    ("utf-8 traditional said to be big5", page(TRADITIONAL, "big5"), "utf-8"),
    ("utf-8 rare characters", page(RARE), "utf-8"),
    ("utf-8 english quotes", page(ENGLISH), "utf-8"),
    ("utf-8 french", page(FRENCH, "utf-8"), "utf-8"),
    ("utf-8 french said to be latin-1", page(FRENCH, "iso-8859-1"), "utf-8"),
    ("ascii", page(ASCII), "ascii"),
    ("ascii said to be gbk", page(ASCII, "gbk"), "ascii"),
    ("utf-8 emoji", page("产量 📈 增长，公司表示。"), "utf-8"),
    ("gbk declared gbk", page(NEWS, "gbk"), "gbk"),
    ("gbk declared gb2312", page(NEWS, "gb2312"), "gbk"),
    ("gbk old style", old_page(NEWS, "gb2312"), "gbk"),
    ("gbk undeclared", page(NEWS), "gbk"),
    ("gbk plain text", NEWS, "gbk"),
    ("gbk title only", TITLE, "gbk"),
    ("gbk said to be utf-8", page(NEWS, "utf-8"), "gbk"),
    ("gbk said to be utf-8, price", old_page(PRICE, "utf-8"), "gbk"),
    ("gbk said to be big5", page(NEWS, "big5"), "gbk"),
    ("gbk said to be big5, meeting", page(MEETING, "big5"), "gbk"),
    ("gbk said to be latin-1", page(NEWS, "iso-8859-1"), "gbk"),
    ("gbk said to be windows-1252", old_page(PRICE, "windows-1252"), "gbk"),
    ("gbk rare characters", page(RARE, "gb2312"), "gbk"),
    ("gbk rare characters undeclared", page(RARE), "gbk"),
    ("gbk traditional text", page(TRADITIONAL, "gbk"), "gbk"),
    ("gbk traditional text undeclared", page(TRADITIONAL), "gbk"),
    ("gbk among much ascii", page(f"{ASCII * 6} {NEWS}"), "gbk"),
    ("gbk late in the page", page(PRICE, padding=900), "gbk"),
    ("gb2312 meeting", page(MEETING, "gb2312"), "gb2312"),
    ("gb2312 meeting undeclared", page(MEETING), "gb2312"),
    ("gb18030 declared", page(NEWS, "gb18030"), "gb18030"),
    ("gb18030 undeclared", page(MEETING), "gb18030"),
    ("gb18030 four bytes", page("公司与㑇㑊两地签署协议，产量增长，市场需求恢复，价格上涨。", "gb18030"), "gb18030"),
    (
        "gb18030 four bytes declared gb2312",
        page("公司与㑇㑊两地签署协议，产量增长，市场需求恢复。", "gb2312"),
        "gb18030",
    ),
    ("gb18030 said to be utf-8", page(PRICE, "utf-8"), "gb18030"),
    ("big5 declared", page(TRADITIONAL, "big5"), "big5"),
    ("big5 undeclared", page(TRADITIONAL), "big5"),
    ("big5 notice", page(NOTICE, "big5"), "big5"),
    ("big5 notice undeclared", page(NOTICE), "big5"),
    ("big5 plain text", TRADITIONAL, "big5"),
    ("big5 said to be utf-8", page(TRADITIONAL, "utf-8"), "big5"),
    ("big5 said to be gb2312", page(TRADITIONAL, "gb2312"), "big5"),
    ("big5 said to be gbk, notice", old_page(NOTICE, "gbk"), "big5"),
    ("big5 said to be latin-1", page(NOTICE, "iso-8859-1"), "big5"),
    ("big5 among much ascii", page(f"{ASCII * 6} {TRADITIONAL}"), "big5"),
    ("cp1252 english quotes", page(ENGLISH, "windows-1252"), "cp1252"),
    ("cp1252 english quotes undeclared", page(ENGLISH), "cp1252"),
    ("cp1252 said to be utf-8", page(ENGLISH, "utf-8"), "cp1252"),
    ("cp1252 said to be latin-1", page(ENGLISH, "iso-8859-1"), "cp1252"),
    ("latin-1 french", page(FRENCH.replace("’", "'"), "iso-8859-1"), "latin-1"),
    ("latin-1 french undeclared", page(FRENCH.replace("’", "'")), "latin-1"),
    ("latin-1 german undeclared", page(GERMAN), "latin-1"),
    ("latin-1 german said to be utf-8", page(GERMAN, "utf-8"), "latin-1"),
    ("utf-16 little", page(NEWS), "utf-16-le"),
    ("utf-16 big", page(NEWS), "utf-16-be"),
    ("utf-16 english", page(ENGLISH), "utf-16-le"),
    ("thai declared", page("บริษัทประกาศผลประกอบการไตรมาสแรกของปีนี้", "tis-620"), "cp874"),
]


@pytest.mark.parametrize(("content", "codec"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_a_page_is_read_as_it_was_written(content: str, codec: str) -> None:
    assert decode(content.encode(codec)).text == content


def test_there_are_sixty_pages() -> None:
    assert len(PAGES) >= 60


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_beats_every_declaration(codec: str) -> None:
    made = decode(page(NEWS, "gb2312").encode(codec), charset="big5")
    assert made.text == page(NEWS, "gb2312")


@pytest.mark.parametrize("header", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
def test_the_transport_is_weighed_not_obeyed(header: str | None) -> None:
    for codec in ("utf-8", "gb18030"):
        assert decode(page(NEWS).encode(codec), charset=header).text == page(NEWS)


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (lambda data: data[:-1], "cut inside its last character"),
        (lambda data: data[:40] + b"\xff" + data[40:], "one stray byte"),
        (lambda data: data.replace("镨".encode(), "镨".encode()[:2], 1), "a character with a lost byte"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nearly_utf8_stays_utf8(damage, name: str) -> None:
    made = decode(damage((NEWS * 5).encode("utf-8")))
    assert made.charset == "utf-8"
    assert made.text.count("\ufffd") <= 4
    assert "市场需求有所恢复" in made.text
    assert made.lost == made.text.count("\ufffd")


def test_two_characters_in_a_latin_page_are_chinese() -> None:
    content = page(f"{ASCII} The group (包钢) confirmed it.")
    assert decode(content.encode("gbk")).text == content


def test_broken_gbk_is_still_chinese() -> None:
    data = page(f"{NEWS}\n" * 3, "gbk").encode("gbk").replace("市场".encode("gbk"), "市场".encode("gbk")[:3], 1)
    assert "技术改造" in decode(data).text


def test_what_is_declared() -> None:
    assert declared_charset(b'<META http-equiv=Content-Type content="text/html; charset=GB2312">') == "gb18030"
    assert declared_charset(b'<?xml version="1.0" encoding="Big5"?>') == "big5hkscs"
    assert declared_charset(b"<p>charset = nothing</p>") is None
    assert codec_name("hex") is None
    assert codec_name("latin1") == "cp1252"
    assert codecs.lookup(codec_name("GBK") or "").name == "gb18030"


def test_everyday_text_scores_high_and_nonsense_low() -> None:
    assert everyday_score(NEWS) > 0.7
    assert everyday_score(NEWS.encode("gbk").decode("big5hkscs", "replace")) < 0.4
    assert everyday_score(TRADITIONAL.encode("big5").decode("gb18030", "replace")) < 0.4
    assert everyday_score(ASCII) == 0
