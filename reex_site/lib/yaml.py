"""Read reviewed YAML strictly: what a person wrote is what the program gets, or an error with file and line.

YAML 1.1 turns `no` into false, `0555` into 365, `12:30` into 750 and `2024-05-01` into a date. Here such a bare word is
refused and asks for quotes. Only `.yml` files, only string keys, no key twice, no anchors, no tags. Numbers with a
fraction become `Decimal`, exactly as written. No Django, and the C parser where there is one: the lexicon loads often.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9_]*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9_]*)\.[0-9]+\Z")
_NULL = {"", "null", "~"}
_BOOLEAN = {"true": True, "false": False}


class StrictYAMLError(ValueError):
    """The file is not strict YAML; the message begins with `file:line:`."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path = path
        self.line = line


def load(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The mapping a file holds, and the line of each of its top-level keys. An empty file is an empty mapping."""
    if path.suffix != ".yml":
        raise StrictYAMLError(path, 1, "the name must end in .yml")
    try:
        return loads(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise StrictYAMLError(path, 1, "is not UTF-8") from error


def loads(text: str, path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The same from text; `path` is only named in errors."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise StrictYAMLError(path, mark.line + 1 if mark else 1, problem) from error
    if root is None:
        return {}, {}
    if not isinstance(root, yaml.MappingNode):
        raise StrictYAMLError(path, root.start_mark.line + 1, "must be a mapping of key: value")
    content = _mapping(root, path, set())
    lines = {key.value: key.start_mark.line + 1 for key, _ in root.value}
    return content, lines


def _value(node: yaml.Node, path: Path, seen: set[int]) -> Any:
    # A node met twice was reached by an alias.
    if id(node) in seen:
        raise _error(node, path, "anchors and aliases are not used here; write it out")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, seen)
    if node.tag != f"{_TAG}seq":
        raise _error(node, path, f"the tag {node.tag} is not used here")
    return [_value(item, path, seen) for item in node.value]


def _mapping(node: yaml.MappingNode, path: Path, seen: set[int]) -> dict[str, Any]:
    if node.tag != f"{_TAG}map":
        raise _error(node, path, f"the tag {node.tag} is not used here")
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag != f"{_TAG}str":
            shown = key.value if isinstance(key, yaml.ScalarNode) else "a list or mapping"
            raise _error(key, path, f"the key {shown!r} is not text; put it in quotes")
        if key.value in found:
            raise _error(key, path, f"the key {key.value!r} is there twice")
        found[key.value] = _value(value, path, seen)
    return found


def _scalar(node: yaml.ScalarNode, path: Path) -> Any:
    text: str = node.value
    if node.tag == f"{_TAG}str":
        return text
    if node.tag == f"{_TAG}int" and _INTEGER.match(text):
        return int(text.replace("_", ""))
    if node.tag == f"{_TAG}float" and _DECIMAL.match(text):
        return Decimal(text.replace("_", ""))
    if node.tag == f"{_TAG}bool" and text in _BOOLEAN:
        return _BOOLEAN[text]
    if node.tag == f"{_TAG}null" and text in _NULL:
        return None
    raise _error(node, path, f"YAML would not read {text!r} as it is written; put it in quotes")


def _error(node: yaml.Node, path: Path, problem: str) -> StrictYAMLError:
    return StrictYAMLError(path, node.start_mark.line + 1, problem)
