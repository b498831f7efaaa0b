"""Bytes to text, by content first and declaration second.

The ladder: byte-order mark, strict UTF-8, nearly UTF-8, then the declared charset against GB18030, Big5 and
Windows-1252, scored by how many of the decoded characters are everyday ones. ``gb2312`` and ``gbk`` always mean
GB18030, as in a browser.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from .common_characters import COMMON_HANZI, COMMON_LATIN

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "windows-1252": "cp1252", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "tis-620": "cp874", "windows-874": "cp874",
}  # fmt: skip
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:+-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:+-]{2,40})""",
    re.I,
)
_NON_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")
_SAMPLE_CHARACTERS = 6_000
_HEAD_BYTES = 4_096
_BAD_SHARE_OF_BYTES = 0.005
_FEW_BAD_BYTES = 8
_BAD_SHARE_OF_SEQUENCES = 0.2
_DECLARED_BONUS = 0.08
_SCORED = ("gb18030", "big5hkscs", "cp1252")
_OTHER_SCRIPT = 0.45  # for a declared charset that no list of everyday characters covers, when every byte makes sense
_CONTROLS = re.compile("[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """``lost`` counts the bytes that no character could be made of; each stands as U+FFFD in ``text``."""

    text: str
    charset: str
    declared: str | None
    lost: int


def declared_charset(data: bytes) -> str | None:
    """The charset that the page itself names, as a Python codec, or None."""
    match = _DECLARED.search(data, 0, _HEAD_BYTES)
    return codec_name((match.group(1) or match.group(2)).decode("ascii", "ignore")) if match else None


def codec_name(label: str | None) -> str | None:
    """The codec for a charset label of the web, or None when nobody knows it."""
    if not label:
        return None
    label = label.strip().lower()
    label = _ALIASES.get(label, label)
    try:
        name = codecs.lookup(label).name
        b"a".decode(name, "replace")  # codecs that make no text (hex, rot13) raise here
    except (LookupError, ValueError):
        return None
    return _ALIASES.get(name, name)


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """Decode ``data``; ``charset`` is the transport's word for it (an HTTP header), believed like the page's own."""
    declared = codec_name(charset) or declared_charset(data)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _with(data[len(bom) :], codec, declared)
    wide = _wide_without_bom(data)
    if wide:
        return _with(data, wide, declared)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data, declared) or _best_scored(data, declared)
    if declared in ("hz", "iso2022_jp", "iso-2022-jp") and (b"~{" in data or b"\x1b" in data):
        return _with(data, declared, declared)
    return Decoded(text, "utf-8", declared, 0)


def _with(data: bytes, codec: str, declared: str | None) -> Decoded:
    text = data.decode(codec, "replace")
    return Decoded(text, codec, declared, text.count("\ufffd"))


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 without its mark shows as zero bytes that nearly all sit at the same parity."""
    head = data[:_HEAD_BYTES]
    zeros = head.count(0)
    if len(head) < 8 or zeros < len(head) // 50 + 2:
        return None
    odd = head[1::2].count(0)
    if odd >= 0.95 * zeros:
        codec = "utf-16-le"
    elif odd <= 0.05 * zeros:
        codec = "utf-16-be"
    else:
        return None
    text = head[: len(head) // 2 * 2].decode(codec, "replace")
    plain = sum(ch.isalnum() or ch.isspace() or ch in "<>/\"'=.,-，。" for ch in text)
    return codec if plain > 0.8 * len(text) else None


def _nearly_utf8(data: bytes, declared: str | None) -> Decoded | None:
    """UTF-8 with a few stray or cut bytes stays UTF-8: another codec would turn all of it into nonsense."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if text.endswith("\ufffd"):
        bad -= 1  # a document cut inside its last character
    sound = sum(len(run) for run in _NON_ASCII_RUN.findall(text)) - text.count("\ufffd")
    few_bytes = bad <= max(_FEW_BAD_BYTES, _BAD_SHARE_OF_BYTES * len(data)) or declared == "utf-8"
    if sound > 0 and few_bytes and bad <= _BAD_SHARE_OF_SEQUENCES * (sound + bad):
        return Decoded(text, "utf-8", declared, text.count("\ufffd"))
    return None


def _best_scored(data: bytes, declared: str | None) -> Decoded:
    best: tuple[float, Decoded] | None = None
    for codec in dict.fromkeys(name for name in (declared, *_SCORED) if name and name != "utf-8"):
        made = _with(data, codec, declared)
        score = everyday_score(made.text) + (_DECLARED_BONUS if codec == declared else 0)
        if codec not in _SCORED and not made.lost and not _CONTROLS.search(made.text):
            score = max(score, _OTHER_SCRIPT)
        if best is None or score > best[0]:
            best = score, made
    assert best is not None
    return best[1]


def everyday_score(text: str) -> float:
    """How much of the text beyond ASCII is everyday: near 0.8 for Chinese read rightly, near 0.1 read wrongly."""
    good = seen = 0.0
    for match in _NON_ASCII_RUN.finditer(text):
        run = match.group()
        seen += len(run)
        good += sum(ch in COMMON_HANZI for ch in run)
        if len(run) <= 2:  # accents and quotes stand alone among Latin letters; Chinese read as Latin makes long runs
            good += sum(ch in COMMON_LATIN for ch in run)
        good -= sum(ch == "\ufffd" or "\x80" <= ch <= "\x9f" or "\ue000" <= ch <= "\uf8ff" for ch in run)
        if seen > _SAMPLE_CHARACTERS:
            break
    return good / seen if seen else 0.0
