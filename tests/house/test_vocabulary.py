"""The words of the field are data: what vocabulary is left in the engine's code, module by module, does not grow.

Code says how words stand together (a verb, a number, at most four words between); which words these are belongs in
``signals/lexicon/wordings`` (or in metrics, units, periods …), in both languages and with sentences that must and must not match.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import yaml

from tests.running import ROOT

ENGINE = ROOT / "signals" / "extraction"
PINNED = Path(__file__).with_name("vocabulary.yml")
FREE = 20  # Chinese characters and Latin words that any module may hold: small words of grammar
HAN = re.compile("[\u4e00-\u9fff]")
WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}")


def vocabulary(code: str) -> int:
    """Chinese characters in strings, and Latin words of three letters and more in alternatives; docstrings do not count."""
    tree = ast.parse(code)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    words = {word.lower() for text in texts if "|" in text for word in WORD.findall(text)}
    return sum(len(HAN.findall(text)) for text in texts) + len(words)


def test_vocabulary_is_counted_as_it_is_meant() -> None:
    assert vocabulary('"""Words: 上涨."""\nA = "上涨|下跌|rose|fell|up"\nB = "rose above"\n# 涨\n') == 6
    assert vocabulary('def f():\n    """涨"""\n    return "{moved}了?"\n') == 1


def test_no_words_of_the_field_flow_back_into_code() -> None:
    pinned = yaml.safe_load(PINNED.read_text("utf-8"))
    counted = {str(path.relative_to(ENGINE)): vocabulary(path.read_text("utf-8")) for path in ENGINE.rglob("*.py")}
    grown = {
        name: f"{count}, at most {pinned.get(name, FREE)}"
        for name, count in counted.items()
        if count > pinned.get(name, FREE)
    }
    assert grown == {}, "put these words in signals/lexicon/wordings and name them by pattern_of, see its README"
    assert set(pinned) - set(counted) == set(), "modules that are no more"
    loose = {name: f"{counted[name]}, pinned at {most}" for name, most in pinned.items() if counted[name] < most - 50}
    assert loose == {}, f"fewer words than pinned: lower the figures in {PINNED.name}"
