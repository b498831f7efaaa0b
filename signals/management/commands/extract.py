"""``manage.py extract``: what files or a page from standard input say, as JSON lines. Needs no database and no network."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signals.extraction import extract, load_lexicon
from signals.extraction.contract import Extraction
from signals.extraction.explain import explained, plain


class Command(BaseCommand):
    help = "Read HTML, plain text or PDF and print what it says, one JSON object a line (schema reex.extraction/1)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="files to read; - for standard input")
        parser.add_argument("--format", choices=("jsonl", "json", "text"), default="jsonl")
        parser.add_argument("--published", metavar="YYYY-MM-DD", help="the date, where the document does not say it")
        parser.add_argument("--url", help="the document's address, where it does not say it")
        parser.add_argument("--language", choices=("zh", "en"))
        parser.add_argument("--explain", action="store_true", help="mark the text and tell which words decided what")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["published"] and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", options["published"]):
            raise CommandError("--published wants YYYY-MM-DD")
        lexicon = load_lexicon()
        failed = 0
        records: list[dict[str, Any]] = []
        for name in options["files"]:
            try:
                data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
                found = extract(
                    data,
                    lexicon,
                    name=name,
                    url=options["url"],
                    published_on=options["published"],
                    language=options["language"],
                )
            except (OSError, ValueError) as error:
                failed += 1
                records.append({"schema": "reex.extraction/1", "input": name, "error": str(error)})
                self._write_record(records[-1], options["format"])
                continue
            records.append(self._write(found, options))
        if options["format"] == "json" and not options["explain"]:
            self.stdout.write(json.dumps(records if len(records) > 1 else records[0], ensure_ascii=False, indent=2))
        if failed:
            sys.exit(1)

    def _write(self, found: Extraction, options: dict[str, Any]) -> dict[str, Any]:
        if options["explain"]:
            self.stdout.write(explained(found, colours=self.stdout.isatty() or bool(options.get("force_color"))))
        elif options["format"] == "text":
            self.stdout.write(plain(found))
        elif options["format"] == "jsonl":
            self.stdout.write(found.dumped())
        return found.as_json() if options["format"] == "json" else {}

    def _write_record(self, record: dict[str, Any], form: str) -> None:
        if form == "jsonl":
            self.stdout.write(json.dumps(record, ensure_ascii=False))
        elif form == "text" and "error" in record:
            self.stderr.write(f"{record['input']}: {record['error']}")
