from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from signals.services import lexicon, reextraction


class Command(BaseCommand):
    help = "Read disclosures again from their snapshots with today's engine and lexicon; reports what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="disclosures; without any, all that an older engine read")

    def handle(self, *args: Any, **options: Any) -> None:
        ids = options["ids"] or reextraction.outdated(lexicon.current().digest)
        total = reextraction.Report()
        for number, disclosure_id in enumerate(ids, 1):
            report = reextraction.reextract(disclosure_id)
            total.add(report)
            if report.added or report.removed or report.changed:
                self.stdout.write(
                    f"[{number}/{len(ids)}] disclosure {disclosure_id}: {len(report.added)} added, "
                    f"{len(report.removed)} removed, {len(report.changed)} changed"
                )
        self.stdout.write(
            f"{len(ids)} disclosures: {len(total.added)} figures added, {len(total.removed)} removed, "
            f"{len(total.changed)} changed, {total.same} the same"
        )
