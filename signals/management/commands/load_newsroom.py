from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from signals.management.progress import follow
from signals.services import commitments, newsroom


class Command(BaseCommand):
    help = "Take in the sample newsroom that ships with the project; pages that are already in are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-wait", action="store_true", help="queue the first versions and return")

    def handle(self, *args: Any, **options: Any) -> None:
        for second in (False, True):
            ids = list(newsroom.keep(second_versions=second))
            if ids:
                progress = follow(ids, self.stdout, wait=not options["no_wait"])
                for state, url, error in progress.reasons:
                    self.stderr.write(f"{state}: {url}: {error}")
            if options["no_wait"]:
                return
        commitments.settle()
