from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signals.services import source
from signals.sources import SpecError


class Command(BaseCommand):
    help = "Bring the catalogue of sources into the database; what an admin has edited or paused stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        pass

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made, changed = source.load()
        except SpecError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made} sources added, {changed} changed")
