"""What a pattern is made of, told without the standard library's own parser."""

from __future__ import annotations

import pytest

from signals.extraction.shapes import Part, shape_of


def told(steps: tuple[Part, ...]) -> str:
    """A shape in short: letters as they are, sets of them in brackets, ``~`` white space, ``#`` other sets, ``<`` what looks around."""
    return "".join(map(_of, steps))


def _of(part: Part) -> str:
    inside = "|".join(map(told, part.parts))
    signs = {"space": "~", "set": "#", "look": "<", "end": "$", "other": "?", "group": f"({inside})"}
    if part.kind == "letters":
        return part.letters[0] if len(part.letters) == 1 else f"[{''.join(part.letters)}]"
    return signs.get(part.kind) or f"{{{part.least if part.kind == 'repeat' else ''}{inside}}}"


SHAPES = [
    (r"growth", "growth"),
    (r"\bto\s*$", "<to{0~}$"),
    (r"up|down", "{up|down}"),
    (r"rise|rises", "rise{|s}"),  # what all begin with is told once
    (r"涨|跌|[升降]", "[涨跌升降]"),
    (r"[+-]?[\d.]+%", "{0[+-]}{1#}%"),  # a hyphen that ends a set is itself
    (r"[]\]x]", "[]x]"),
    (r"[^,;]{0,8}\u4e00\.", "{0#}一."),
    (r"(?:a|b)c", "[ab]c"),
    (r"(a)(?P<name>b)(?P=name)\1", "(a)(b)??"),
    (r"(?<=in )(?!the)x(?=y)", "<<x<"),
    (r"(?i:From) (?-i:To)", "(From) (To)"),
    (r"(?>ab)++c{2,3}?d{,4}e{x}", "{1(ab)}{2c}{0d}e{x}"),
    (r"a\|b\n", "a|b\n"),
    (r"\W.\S", "#?#"),
    (r"", ""),
]


@pytest.mark.parametrize(("pattern", "shape"), SHAPES)
def test_parts_of_a_pattern(pattern: str, shape: str) -> None:
    assert told(shape_of(pattern)) == shape


def test_a_group_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no group that is known here"):
        shape_of(r"(a)?(?(1)b|c)")
