"""Kept errors in the reader's language: each sentence that the code says, also inside another; others as they are."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from signals.formatting import errors, reasons

ROOT = Path(__file__).resolve().parents[3] / "signals"
CASES = [
    ("The server answered 503.", "服务器返回 503。"),
    ("The server answered 503", "服务器返回 503"),
    ("The server answered 410: marked as withdrawn by its source; nothing is deleted.", "服务器返回 410：已标记为被来源撤回；未删除任何内容。"),
    ("Refused: intra.example is a name of an inner network.", "已拒绝：intra.example 是内部网络的名称。"),
    ("The connection failed: [Errno 111] Connection refused.", "连接失败：[Errno 111] Connection refused。"),
    ("The answer is larger than 50 MB.", "回应大于 50 MB。"),
    ("ValueError: something else", "ValueError: something else"),
    ("3 of 20 entries have no date that can be read; it stays unknown.", "20 个条目中有 3 个没有可读取的日期，日期保持未知。"),
    ("The feed has no entries. (1 of 2 requests)", "订阅源没有条目。（2 次请求中的 1 次）"),
    ("2 left out: other.example is not a host of this source", "略去 2 条：other.example 不是此来源的主机"),
    ("A web page titled “Sign in” came in place of a feed.", "收到的是标题为“Sign in”的网页，而不是订阅源。"),
]  # fmt: skip
RAISED = {
    "FetchError",
    "DecodingError",
    "ForbiddenAddressError",
    "UnreadableError",
    "PdfError",
    "SnapshotMissingError",
    "NotJsonError",
}


@pytest.mark.parametrize(("kept", "told"), CASES)
def test_a_kept_error_is_told_in_chinese(kept, told):
    with override("zh-hans"):
        assert errors.worded(kept) == told


@pytest.mark.parametrize("kept", [kept for kept, _ in CASES])
def test_in_english_it_stays_as_it_was_kept(kept):
    with override("en"):
        assert errors.worded(kept) == kept


def test_the_error_inside_a_reason_is_told_too():
    said = {"code": "backed_off", "n": 3, "error": "The server did not answer in time"}
    with override("zh-hans"):
        assert "服务器未在规定时间内回应" in reasons.worded(said)
        assert reasons.worded({"code": "told", "text": "The server answered 404"}) == "服务器返回 404"


def said_in_code() -> list[str]:
    """What is raised as an error of fetching or reading anywhere, with ``x`` in the places of values."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in RAISED
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.append(str(first.value))
                elif isinstance(first, ast.JoinedStr):
                    found.append(
                        "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in first.values)
                    )
    return found


@pytest.mark.parametrize("said", said_in_code())
def test_every_error_that_is_raised_has_its_sentence(said):
    if re.fullmatch(r"x\.?", said):  # another error's words, taken over
        return
    assert any(pattern.fullmatch(said) for pattern, _ in errors._patterns()), said


def noted_by_parsers() -> list[str]:
    """What a parser notes of a list: in ``notes=[…]``, in ``notes.append(…)``, and from functions that make such words."""
    found = []
    for path in sorted((ROOT / "sources" / "parsers").glob("*.py")):
        tree = ast.parse(path.read_text())
        places: list[ast.AST] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "notes":
                places.append(node.value)
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("notes.append"):
                places += node.args
            elif isinstance(node, ast.FunctionDef) and node.name in {"_instead", "_nothing"}:
                places += [each for each in ast.walk(node) if isinstance(each, ast.Return)]
        for place in places:
            pieces = {
                id(part) for each in ast.walk(place) if isinstance(each, ast.JoinedStr) for part in ast.walk(each)
            } - {id(each) for each in ast.walk(place) if isinstance(each, ast.JoinedStr)}
            for each in ast.walk(place):
                if isinstance(each, ast.JoinedStr):
                    said = ""
                    for part in each.values:  # what is glued to a word is there or not
                        said += str(part.value) if isinstance(part, ast.Constant) else "x" * (not said[-1:].isalpha())
                    found.append(said)
                elif isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in pieces:
                    found.append(each.value)
    return [said for said in found if " " in said]


def test_the_notes_of_parsers_are_found():
    assert len(noted_by_parsers()) >= 35


@pytest.mark.parametrize("said", noted_by_parsers())
def test_every_note_of_a_list_has_its_sentence(said):
    assert any(pattern.fullmatch(said) for pattern, _ in errors._patterns()), said
