from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser

from bwob.privacy import erasing


class Command(BaseCommand):
    help = (
        "After putting back a backup: erase the accounts that were erased since it was made. The log has a "
        "line “account erased” with the number of each; give those numbers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", nargs="+", type=int, metavar="number", help="number of an account")

    def handle(self, *_words: Any, numbers: list[int], **_options: Any) -> None:
        found = get_user_model()._base_manager.filter(pk__in=numbers).in_bulk()
        for number in numbers:
            if number in found:
                erasing.erase(found[number], farewell=False)
            self.stdout.write(f"{number}: {'erased again' if number in found else 'not there'}")
