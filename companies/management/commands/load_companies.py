from typing import Any

from django.core.management.base import BaseCommand, CommandError

from companies import services
from companies.registry import RegistryError


class Command(BaseCommand):
    help = "Make the entities in the database say what companies/data says."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = services.load()
        except RegistryError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(loaded))
