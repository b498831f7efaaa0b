"""Gather the strings of templates and code for translation, and compile the catalogues; needs no GNU gettext."""

from __future__ import annotations

import ast
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
_QUOTED = r"""(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(?:ngettext|gettext|_)\(\s*u?({_QUOTED})(?:\s*,\s*u?({_QUOTED}))?")
_ARGUMENT = re.compile(rf"[:=]_\(({_QUOTED})\)")

Message = str | tuple[str, str]


def from_template(path: Path) -> Iterator[Message]:
    """The strings of one template: tags, and ``_("…")`` among their arguments."""
    source = path.read_text(encoding="utf-8")
    for one, many in _CALL.findall(templatize(source, origin=str(path))):
        yield (ast.literal_eval(one), ast.literal_eval(many)) if many else ast.literal_eval(one)
    for argument in _ARGUMENT.findall(source):
        yield ast.literal_eval(argument)


def from_code(path: Path) -> Iterator[Message]:
    for _line, message, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
        yield (message[0], message[1]) if isinstance(message, tuple) else message


def gather(root: Path) -> Catalog:
    """Every string that a reader may see, each with the files that hold it."""
    catalog = Catalog(domain="django", project="REEx Signals", charset="utf-8")
    sources = [(path, from_template) for path in sorted((root / "templates").rglob("*.html"))]
    for package in ("signals", "companies", "reex_site"):
        sources += [(path, from_code) for path in sorted((root / package).rglob("*.py"))]
    for path, reader in sources:
        for message in reader(path):
            if message:
                catalog.add(message, locations=[(path.relative_to(root).as_posix(), 0)])
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and (message.fuzzy or not all(_forms(message.string)))]


def _forms(string: Any) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string or "",)


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Gather strings into locale/*/LC_MESSAGES/django.po and compile them; --check only says what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a string has no translation")

    def handle(self, *args: Any, **options: Any) -> None:
        found = gather(settings.BASE_DIR)
        for po in sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po")):
            with po.open("rb") as stream:
                catalog = read_po(stream, locale=po.parents[1].name)
            catalog.project, catalog.msgid_bugs_address = found.project, ""
            found.creation_date = catalog.creation_date  # else every run would change the file
            catalog.update(found, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            missing = untranslated(catalog)
            self.stdout.write(f"{po.parents[1].name}: {len(catalog)} strings, {len(missing)} untranslated")
            for each in missing:
                self.stdout.write(f"  {each}")
            if options["check"]:
                if missing:
                    raise CommandError("Translate them in the .po file, then run gather_strings again.")
                continue
            with po.open("wb") as stream:
                write_po(stream, catalog, width=120, no_location=True, sort_output=True, omit_header=False)
            with po.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, catalog)
