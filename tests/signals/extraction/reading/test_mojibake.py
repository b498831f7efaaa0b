"""UTF-8 that was read as something else: undone run by run, and nothing else touched."""

from __future__ import annotations

from itertools import pairwise

import pytest

from signals.extraction.reading.edits import Edits
from signals.extraction.reading.mojibake import mojibake


def repaired(text: str) -> str:
    return Edits(text, mojibake(text)).clean(0, len(text))


def read_as(text: str, codec: str) -> str:
    """What a reader who takes UTF-8 bytes for ``codec`` sees: undefined bytes as Windows-1252, else dropped."""
    seen = ""
    for ch in text:
        if ch.isascii():
            seen += ch
            continue
        for byte in ch.encode("utf-8"):
            for name in (codec, "cp1252"):
                try:
                    seen += bytes([byte]).decode(name)
                    break
                except UnicodeDecodeError:
                    continue
    return seen


SOUND = [
    "The mine’s new owner—a state firm—called it “good”.",
    "Spending of ¥9.29 billion (2026–2030), about €1.2 billion.",
    "A café in Ürümqi; naïve façades · 5° colder…",
    "包钢集团表示，产能增长。",
    "The group (包钢集团) said so.",
    "No damage here at all.",
]


@pytest.mark.parametrize("codec", ["cp874", "cp1252", "latin-1"])
@pytest.mark.parametrize("text", SOUND)
def test_damage_is_undone(text: str, codec: str) -> None:
    damaged = "".join(chr(byte) for byte in text.encode("utf-8")) if codec == "latin-1" else read_as(text, codec)
    expected = text
    assert repaired(damaged) == expected


@pytest.mark.parametrize(
    "text",
    [
        "โรงงานแห่งใหม่ของบริษัทจะเริ่มผลิตแม่เหล็กในปีหน้า",
        "เพชร เกม แกน โคนม ไทย ไฟ แบบ โดย",
        "Le château a été rénové à Orléans, où l’hôte fête Noël.",
        "A câble, a pâte, an âme.",
        "氧化鈥與氧化鏑的報價持平。",
        "楼5层的会议室。",
        "Ein Überblick über Äpfel und Öl.",
    ],
)
def test_genuine_text_is_left_alone(text: str) -> None:
    assert mojibake(text) == []


def test_thai_beside_damage() -> None:
    assert repaired("Chinaโ€™s firm met ไทย officials โ€” twice.") == "China’s firm met ไทย officials — twice."


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("called it โ€œgoodโ€ again", "called it “good” again"),
        ("โ€œgoodโ€โ€”he said", "“good”—he said"),
        ("the mineโs owner", "the mine’s owner"),
        ("it doesnโt sell", "it doesn’t sell"),
        ("between 40โ45% of it", "between 40–45% of it"),
        ("(2021โ2025) plan", "(2021–2025) plan"),
        ("a โworld-class firmโ at last", "a “world-class firm” at last"),
        ("the unit (CNRE)โone of two", "the unit (CNRE)—one of two"),
        ("the mineâs owner", "the mine’s owner"),
        ("between 40â45% of it", "between 40–45% of it"),
    ],
)
def test_lost_bytes_are_guessed_and_marked(damaged: str, expected: str) -> None:
    edits = mojibake(damaged)
    assert Edits(damaged, edits).clean(0, len(damaged)) == expected
    assert any(edit.guessed for edit in edits)


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("the firm鈥檚 plan", "the firm’s plan"),
        ("a 鈥淕reen鈥? plan", "a “Green” plan"),
        ("costs 楼5 billion", "costs ¥5 billion"),
    ],
)
def test_utf8_read_as_gbk(damaged: str, expected: str) -> None:
    assert repaired(damaged) == expected


def test_every_edit_can_be_undone() -> None:
    damaged = read_as(" ".join(SOUND), "cp874") + " the mineโs owner"
    edits = mojibake(damaged)
    for edit in edits:
        assert damaged[edit.start : edit.end] != edit.text
    starts = [edit.start for edit in edits]
    assert starts == sorted(set(starts))
    assert all(first.end <= second.start for first, second in pairwise(edits))
