from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signals.ingest import limits
from signals.management.progress import follow
from signals.services import fetch, source


class Command(BaseCommand):
    help = "Take in files, folders or addresses through the pipeline; says what is new, unchanged, duplicate or failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("inputs", nargs="+", metavar="PATH_OR_URL")
        parser.add_argument("--wait", action="store_true", help="stay until everything is read, with a progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        manual = source.manual_source()
        ids = [fetch_id for given in options["inputs"] for fetch_id in self._queue(manual, given)]
        progress = follow(ids, self.stdout, wait=options["wait"])
        for state, url, error in progress.reasons:
            self.stderr.write(f"{state}: {url}: {error}")
        if options["wait"] and progress.counts["rejected"] + progress.counts["parked"]:
            raise CommandError("some input was not taken; the reasons are above and on the source's page")

    def _queue(self, manual: Any, given: str) -> list[int]:
        if given.startswith(("http://", "https://")):
            return [fetch.queue(manual, given)]
        path = Path(given)
        if not path.exists():
            return [fetch.refuse(manual, f"file:{given}", "There is no such file. Check the name.")]
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        return [self._keep(manual, one) for one in files]

    def _keep(self, manual: Any, path: Path) -> int:
        url = f"file:{path.resolve().name}"
        try:
            data = limits.read_file(path)
        except OSError as error:
            return fetch.refuse(manual, url, f"The file could not be read: {error.strerror}.")
        return (
            fetch.refuse(manual, url, data, size=path.stat().st_size)
            if isinstance(data, str)
            else fetch.keep(manual, url, data)
        )
