"""Read one reviewed YAML file strictly: YAML's silent guesses become errors with file and line.

Refused: duplicate keys, keys that are not text, unquoted dates, ``yes``/``no``/``on``/``off``, numbers with a leading zero,
anchors' custom tags, and more than one document. Values are text, numbers, true/false, null, lists and mappings.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_WORDS_FOR_TRUTH = re.compile(r"(?:yes|no|on|off|y|n)\Z", re.IGNORECASE)
_LEADING_ZERO = re.compile(r"[-+]?0\d+\Z")
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d+)?)\Z")
_STANDARD = "tag:yaml.org,2002:"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """A file that says something other than it seems to; the message begins ``file:line:``."""


def load(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The file's mapping and the line (from 1) of each of its top keys; raises ``YamlError``."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlError(f"{path}:{line}: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise YamlError(f"{path}:1: {error}") from error
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(f"{path}:1: the file must be a mapping")
    content = _mapping(node, path)
    return content, {key.value: key.start_mark.line + 1 for key, _ in node.value}


def _mapping(node: yaml.MappingNode, path: Path) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _value(key_node, path)
        if not isinstance(key, str):
            raise YamlError(f"{_place(key_node, path)} the key {key_node.value!r} is not text: quote it")
        if key in content:
            raise YamlError(f"{_place(key_node, path)} the key '{key}' is there twice")
        content[key] = _value(value_node, path)
    return content


def _value(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, path) for item in node.value]
    if not isinstance(node, yaml.ScalarNode) or not node.tag.startswith(_STANDARD):
        raise YamlError(f"{_place(node, path)} the tag {node.tag} is not allowed")
    return _scalar(node, path)


def _scalar(node: yaml.ScalarNode, path: Path) -> Any:
    text: str = node.value
    kind = node.tag.removeprefix(_STANDARD)
    if kind == "str":
        if node.style is None and _WORDS_FOR_TRUTH.match(text):
            raise YamlError(f"{_place(node, path)} {text!r} can mean true or false: quote it")
        return text
    if kind == "null":
        return None
    if kind == "bool":
        if text not in {"true", "false"}:
            raise YamlError(f"{_place(node, path)} {text!r} can mean true or false: quote it")
        return text == "true"
    if kind in {"int", "float"} and _NUMBER.match(text) and not _LEADING_ZERO.match(text):
        return int(text) if kind == "int" else float(text)
    raise YamlError(f"{_place(node, path)} {text!r} would be read as {kind}: quote it")


def _place(node: yaml.Node, path: Path) -> str:
    return f"{path}:{node.start_mark.line + 1}:"
