"""Ways in which a small document gets damaged: by fetching, by encoding, by copying, by somebody who means harm.

Each takes the document's bytes and a source of chance and gives bytes back; none knows what the engine does with them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Damage = Callable[[bytes, random.Random], bytes]

_MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\ufeff\u00ad\u0301\u20e3\u0000\u000b\u000c\u0085\u2028\u2029"
_STRANGE = (
    "รายได้ของบริษัทเพิ่มขึ้น 45% ", "٣٤٥٫٦ مليون طن ", "१२३ करोड़ ", "½ ¾ ² ① Ⅷ ㈠ 〇 ", "İstanbul ISTANBUL ß ŉ ", "𝟏𝟐𝟑 𠀀 🙂 ",
    "１２，３４５．６％", "壹佰贰拾叁万元整 ", "−3.5％～＋4.2％ ", "1e308 NaN Infinity 0x1F 1_000 ", "&#0;&#xD800;&#1114112;&nbsp;&zwnj;", "％％％///、、、",
)  # fmt: skip
_TAGS = (
    "<table><tr><td rowspan=9999 colspan=9999>1</td></tr>", "</table></td></tr>", "<td>", "</p></div>", "<!--", "-->", "<script>", "<br><br>",
    "<style>", "<title>", "<pre>", "<svg><text>5%</text></svg>", "<h1>", "<li>", "<a href='javascript:5%'>", "<![CDATA[", "<meta charset='utf-16'>", "<p",
)  # fmt: skip
_CODINGS = ("gb18030", "big5", "utf-16", "utf-8-sig", "cp1252", "cp874", "latin-1", "shift_jis", "utf-7")
_MOST = 60_000  # bytes that a document may grow to


def _place(data: bytes, dice: random.Random) -> int:
    return dice.randint(0, len(data))


def _stretch(data: bytes, dice: random.Random, longest: int = 400) -> tuple[int, int]:
    start = _place(data, dice)
    return start, min(len(data), start + dice.randint(0, longest))


def cut_off(data: bytes, dice: random.Random) -> bytes:
    """A transfer that broke off, perhaps inside a character."""
    return data[: _place(data, dice)]


def flipped(data: bytes, dice: random.Random) -> bytes:
    """Some bytes become others."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 40) if made else 0):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def left_out(data: bytes, dice: random.Random) -> bytes:
    """A stretch is missing."""
    start, end = _stretch(data, dice)
    return data[:start] + data[end:]


def repeated(data: bytes, dice: random.Random) -> bytes:
    """A stretch stands there again and again."""
    start, end = _stretch(data, dice, 120)
    times = min(dice.choice((2, 3, 50, 2_000)), _MOST // max(1, end - start))
    return data[:end] + data[start:end] * times + data[end:]


def moved(data: bytes, dice: random.Random) -> bytes:
    """A stretch stands somewhere else."""
    start, end = _stretch(data, dice)
    rest = data[:start] + data[end:]
    place = _place(rest, dice)
    return rest[:place] + data[start:end] + rest[place:]


def noise_put_in(data: bytes, dice: random.Random) -> bytes:
    """Random bytes in the middle."""
    place = _place(data, dice)
    return data[:place] + dice.randbytes(dice.randint(1, 300)) + data[place:]


def marks_put_in(data: bytes, dice: random.Random) -> bytes:
    """Marks that nobody sees (direction, width, nothing), between characters anywhere."""
    text = list(data.decode("utf-8", "replace"))
    for _ in range(dice.randint(1, 60)):
        text.insert(dice.randint(0, len(text)), dice.choice(_MARKS))
    return "".join(text).encode()


def strange_put_in(data: bytes, dice: random.Random) -> bytes:
    """Other scripts, other digits, entities that mean no character."""
    return _put_in(data, dice, _STRANGE)


def tags_put_in(data: bytes, dice: random.Random) -> bytes:
    """Tags where none belong, opened and never closed."""
    return _put_in(data, dice, _TAGS)


def _put_in(data: bytes, dice: random.Random, pieces: Sequence[str]) -> bytes:
    text = data.decode("utf-8", "replace")
    for _ in range(dice.randint(1, 8)):
        place = dice.randint(0, len(text))
        text = text[:place] + dice.choice(pieces) * dice.choice((1, 1, 1, 30)) + text[place:]
    return text.encode("utf-8", "replace")


def nested(data: bytes, dice: random.Random) -> bytes:
    """A stretch so deep inside that a parser may lose its footing."""
    tag = dice.choice(("div", "table><tr><td", "ul><li", "b", "blockquote", "span"))
    start, end = _stretch(data, dice)
    depth = dice.choice((5, 60, 800))
    return data[:start] + f"<{tag}>".encode() * depth + data[start:end] + data[end:]


def other_figures(data: bytes, dice: random.Random) -> bytes:
    """Every number replaced by one of another kind: endless, signed, with points and commas where none belong."""
    forms = ("9" * 400, "0", "1,2,3,4", "1.2.3.4", "00012", "-5", "1,000,000,000,000,000,000,000", "3.", ".5", "12 345 678", "0.0000000000001", "1-2-3", "2/3/4", "九十九万亿")  # fmt: skip
    text, made, inside = data.decode("utf-8", "replace"), [], False
    for letter in text:
        if letter.isdigit():
            if not inside:
                made.append(dice.choice(forms) if dice.random() < 0.5 else letter)
            elif made and made[-1].isdigit() and len(made[-1]) == 1:
                made.append(letter)
            inside = True
        else:
            made.append(letter)
            inside = False
    return "".join(made)[:_MOST].encode()


def other_lines(data: bytes, dice: random.Random) -> bytes:
    """Line breaks where none were, and none where some were, as copying out of a PDF leaves them."""
    text = data.decode("utf-8", "replace").replace("\n", dice.choice(("", " ", "\r\n", "\n\n")))
    width = dice.choice((1, 7, 24))
    return (
        dice.choice(("\n", "\r", " ", "\t", "\u3000"))
        .join(text[start : start + width] for start in range(0, len(text), width))
        .encode()
    )


def other_letters(data: bytes, dice: random.Random) -> bytes:
    """All in capitals, all in small letters, all in full width."""
    text = data.decode("utf-8", "replace")
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    return dice.choice((text.upper(), text.lower(), text.title(), text.translate(wide))).encode()


def recoded(data: bytes, dice: random.Random) -> bytes:
    """In another encoding than it says, once or twice over."""
    for _ in range(dice.randint(1, 2)):
        text = data.decode(dice.choice(("utf-8", *_CODINGS)), "replace")
        data = text.encode(dice.choice(("utf-8", *_CODINGS)), "replace")
    return data[:_MOST]


ALL: tuple[Damage, ...] = (
    cut_off, flipped, left_out, repeated, moved, noise_put_in, marks_put_in, strange_put_in, tags_put_in, nested, other_figures, other_lines, other_letters,
    recoded,
)  # fmt: skip


def damaged(data: bytes, dice: random.Random) -> bytes:
    """``data`` damaged in one to four ways."""
    for damage in dice.choices(ALL, k=dice.randint(1, 4)):
        data = damage(data, dice)[: 2 * _MOST]
    return data
