"""Who is named as the source of a sentence: 据北方稀土公告, 记者从海关总署获悉, "Lynas said", "according to SMM data".

The words around a name say that it speaks; what it is says in which voice. A person speaks for the organisation whose
post is on record. An outlet that only passes something on is nobody's voice; one that measures prices is a third party.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from companies.registry import EntityRecord
from signals.extraction.lexicon import Lexicon
from signals.extraction.records import NameMention, Span, Voice

_VOICE_OF_KIND: dict[str, Voice] = {
    "group": "company", "listed-company": "company", "subsidiary": "company", "institute": "company", "mine": "company",
    "regulator": "third_party", "association": "third_party", "exchange": "third_party",
}  # fmt: skip
_LED_IN = re.compile(
    r"(?:据|根据|依据|按照|援引|引述|(?i:\b(?:according to|data from|figures from|statistics from|estimates from|citing|quoting|said))(?: the)?)\s*$"
)
_HEARD_FROM = re.compile(r"(?:从|自)$")
_HEARD = re.compile(r"[^，。；\n]{0,12}(?:获悉|了解到|获知|得知)")
_SPEAKS = re.compile(
    r"(?:\s?[（(][^）)\n]{0,24}[）)])?"
    r"(?:(?:(?:新闻)?发言人|(?:有关|相关)?负责人|董事长|总经理|董秘|党委书记|官网|官微)[\u4e00-\u9fff]{0,3}?|\d{1,2}月|\d{1,2}日|日前|近日|今日|昨日|晚间|当天|在?[^，。；\n]{0,10}?(?:会上|平台上|报告中|公告中)|方面|发布的?)*"
    r"(?:表示|称|公告|披露|介绍|指出|透露|回应|答复|强调|说(?!明)|数据显示|的?(?:年报|季报|财报|半年报|公告|数据|统计|报告)(?:显示|称))"
    r"|(?:'s|’s)?(?: [a-z]+){0,3}?,? (?:(?:has|have|had|also|later) )?(?:said|says|reported|announced|disclosed|stated|told|noted|added|confirmed|declared|puts|speaks of|estimates|forecasts|wrote|warned)\b"
    r"|(?:'s|’s)? (?:data|figures|statistics)(?: [a-z]+)?(?: (?:show|showed|shows|suggest)\b|$)"
)
_MEASURES = re.compile(
    r"(?:的)?(?:数据|监测|统计|报价|评估|最新报价|价格监测)|(?:'s|’s)? (?:data|assessed|assesses|assessment|price assessment|expects|estimates|forecasts|figures|statistics)\b|:"
)


def named_voice(text: str, sentence: Span, names: Sequence[NameMention], lexicon: Lexicon) -> Voice | None:
    """The voice of the first name that the sentence gives as its source; None when it gives none."""
    for name in names:
        record = lexicon.companies.get(name.key)
        if record is None:
            continue
        before = text[max(sentence[0], name.span[0] - 20) : name.span[0]]
        behind = text[name.span[1] : min(sentence[1], name.span[1] + 80)]
        led = _LED_IN.search(before) is not None
        if record.kind == "publisher":
            if _MEASURES.match(behind) or (led and _MEASURES.search(behind[:12])):
                return "third_party"
            continue
        heard = _HEARD_FROM.search(before) is not None and _HEARD.match(behind) is not None
        if led or heard or _SPEAKS.match(behind):
            voice = _VOICE_OF_KIND.get(_kind_of(record, lexicon))
            if voice:
                return voice
    return None


def speaks(text: str, name: NameMention) -> bool:
    """Whether the words around a name say that it speaks."""
    start, end = name.span
    before, behind = text[max(0, start - 20) : start], text[end : end + 80]
    return _LED_IN.search(before) is not None or _SPEAKS.match(behind) is not None


def _kind_of(record: EntityRecord, lexicon: Lexicon) -> str:
    """The kind of who speaks; a person's is that of the organisation of the last post on record."""
    if record.kind != "person" or not record.roles:
        return record.kind
    organisation = lexicon.companies.get(record.roles[-1].organisation)
    return organisation.kind if organisation else ""
