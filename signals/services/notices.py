"""Words with which a page takes itself back."""

import re

_HEAD = 600  # characters: such notices stand at the head
_NOTICES = [
    re.compile(
        r"\b(?:this|the) (?:article|story|report|post|announcement|page|notice) (?:has been|was|is) "
        r"(?:withdrawn|retracted|removed|taken down|unpublished|superseded)\b[^\n.]{0,200}", re.I,
    ),
    re.compile(
        r"^\s*(?:correction|clarification|editor['’]s note|note to readers)\b[^\n]{0,200}?\b(?:withdrawn|withdrew|retracted|retracts)\b"
        r"[^\n]{0,120}", re.I | re.M,
    ),
    re.compile(r"^\s*(?:retraction|retracted|withdrawn|correction notice)\b\s*[:：—–-][^\n]{0,200}", re.I | re.M),
    re.compile(r"(?:本文|此文|该文|本公告|该公告|本报道|此报道)(?:已|现已|已经)(?:被)?(?:撤回|撤稿|删除|作废|撤销|下架|失效)[^\n。]{0,80}"),
    re.compile(r"^\s*(?:撤稿|撤回|更正)(?:声明|公告|启事|说明)[^\n]{0,120}", re.M),
]  # fmt: skip


def notice_in(text: str) -> str:
    """The sentence with which a page takes itself back, or an empty string."""
    head = text[:_HEAD]
    for pattern in _NOTICES:
        match = pattern.search(head)
        if match:
            return match.group().strip()
    return ""
