from typing import Any

from django.core.management.base import BaseCommand

from signals.services import commitments, rebuild


class Command(BaseCommand):
    help = "Make the rows that pages read (current figures and signals, timelines, counts, search, promises) anew from the record."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild.rebuild()} disclosures rebuilt")
        self.stdout.write(f"{commitments.settle(everything=True)} companies' promises settled")
