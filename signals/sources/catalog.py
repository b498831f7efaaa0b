"""The catalog: one YAML file a source, the file's name is the source's key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from reex_site.lib.yaml import StrictYAMLError, load, loads
from signals.sources.spec import Problem, Spec, SpecError, build

FOLDER = Path(__file__).parent / "catalog"


def load_catalog(folder: Path = FOLDER) -> dict[str, Spec]:
    """All definitions of a folder by key. Raises SpecError that tells of every bad file at once."""
    found: dict[str, Spec] = {}
    problems: list[SpecError] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            found[path.stem] = load_file(path)
        except SpecError as error:
            problems.append(error)
    if problems:
        raise SpecError(
            str(folder), [one for error in problems for one in error.problems], "\n".join(map(str, problems))
        )
    return found


def load_file(path: Path) -> Spec:
    """One file; the key is the file's name."""
    try:
        data, lines = load(path)
    except StrictYAMLError as error:
        raise SpecError(path.name, [Problem("file", str(error), error.line)], str(error)) from error
    return build({"key": path.stem, **data}, path.name, lines)


def read_text(text: str, where: str) -> dict[str, Any]:
    """A mapping from YAML that a person typed into a form. Raises SpecError."""
    try:
        return loads(text, Path(where))[0]
    except StrictYAMLError as error:
        raise SpecError(where, [Problem("details", str(error).split(": ", 1)[-1], error.line)]) from error


def dump(spec: Spec) -> str:
    """The definition as a catalog file; ``load_file`` reads the same from it."""
    data = spec.as_json()
    data.pop("key")
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120))
