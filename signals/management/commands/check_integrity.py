from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signals.services import integrity


class Command(BaseCommand):
    help = "Check that every quote is in its text, every chain leads to kept bytes and every verdict has its finding."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-bytes", action="store_true", help="do not read every snapshot back")

    def handle(self, *args: Any, **options: Any) -> None:
        problems = list(integrity.check(bytes_too=not options["no_bytes"]))
        for problem in problems:
            self.stderr.write(f"{problem.what}: {problem.where}")
        if problems:
            raise CommandError(f"{len(problems)} problems")
        self.stdout.write("all invariants hold")
