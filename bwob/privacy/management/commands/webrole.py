import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bwob.privacy import granting

PASSWORD = "WEB_PASSWORD"  # noqa: S105 - the name of a variable


class Command(BaseCommand):
    help = (
        "Give a database role the rights under which web and worker run, and make it if it is not there. "
        f"Run it as the owner of the tables, after each migration. Its password is {PASSWORD} in the "
        "environment; without that its password, and whether it may sign in, stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="its name, such as portal_web")

    def handle(self, *_words: Any, role: str, **_options: Any) -> None:
        granting.grant(role, os.environ.get(PASSWORD, ""))
        self.stdout.write(f"{role} reads and adds; what is only ever added it cannot change or remove.")
