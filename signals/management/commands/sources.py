from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signals import tasks
from signals.models import Source
from signals.services import progress, runs, source
from signals.services.listing import spec_of
from signals.sources import SpecError, dump
from signals.sources.catalog import load_file
from signals.sources.spec import ASKED


class Command(BaseCommand):
    help = "Sources: list them, load the catalogue, export or import definitions as YAML files, run one now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="every source with its state")
        acts.add_parser("load", help="bring the catalogue in")
        export = acts.add_parser("export", help="write definitions to a folder, one file a source")
        export.add_argument("folder", type=Path)
        export.add_argument("keys", nargs="*", metavar="KEY")
        take = acts.add_parser("import", help="take definitions from YAML files; each becomes a source or replaces it")
        take.add_argument("files", nargs="+", type=Path, metavar="FILE")
        run = acts.add_parser("run", help="run sources now, in this process when no worker is alive")
        run.add_argument("keys", nargs="+", metavar="KEY")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except SpecError as error:
            raise CommandError(str(error)) from error

    def _list(self, options: dict[str, Any]) -> None:
        for one in Source.objects.order_by("key"):
            self.stdout.write(f"{one.key:<34} {one.kind:<10} {one.state:<14} {one.state_reason}")

    def _load(self, options: dict[str, Any]) -> None:
        made, changed = source.load()
        self.stdout.write(f"{made} sources added, {changed} changed")

    def _export(self, options: dict[str, Any]) -> None:
        options["folder"].mkdir(parents=True, exist_ok=True)
        found = Source.objects.filter(definition__has_key="kind")
        for one in found.filter(key__in=options["keys"]) if options["keys"] else found:
            (options["folder"] / f"{one.key}.yml").write_text(dump(spec_of(one)), encoding="utf-8")
            self.stdout.write(one.key)

    def _import(self, options: dict[str, Any]) -> None:
        specs = [load_file(path) for path in options["files"]]  # all are checked before the first is taken
        for spec in specs:
            source.save(spec)
            self.stdout.write(f"{spec.key}: {'switched on' if spec.enabled else 'kept, switched off'}")

    def _run(self, options: dict[str, Any]) -> None:
        for key in options["keys"]:
            one = Source.objects.filter(key=key, kind__in=ASKED).first()
            if one is None:
                raise CommandError(f"There is no source {key!r} that can be run.")
            slot = runs.ask(one)
            if progress.worker_alive():
                tasks.run_source.delay(one.pk, slot)
                self.stdout.write(f"{key}: queued")
            else:
                runs.run_to_end(one.pk, slot)
                row = one.runs.get(scheduled_for=slot)
                self.stdout.write(f"{key}: {row.outcome}, {row.found} found, {row.new} new. {row.error}")
