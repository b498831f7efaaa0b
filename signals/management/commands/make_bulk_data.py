from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signals.services import bulk


class Command(BaseCommand):
    help = (
        "Fill an empty database with plausible bulk data (5 figures and 3 signals a disclosure), for measuring pages."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--disclosures", type=int, default=100_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bulk.make(options["disclosures"], options["seed"], lambda step: self.stdout.write(step))
        except ValueError as error:
            raise CommandError(str(error)) from error
