"""`./portal load_register`: regions, places and public bodies from the project's own fixture."""

from typing import Any

from django.core.management import BaseCommand

from bwob.organisations import register
from bwob.organisations.models import Organisation


class Command(BaseCommand):
    help = "Bring regions, places and bodies in line with the fixture; it overwrites changes made by hand."

    def handle(self, **_options: Any) -> None:
        register.load()
        self.stdout.write(f"{Organisation.objects.count()} organisations stand in the register.")
