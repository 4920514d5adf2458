from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bwob.organisations.models import Organisation
from bwob.people.models import Membership, Role, User


class Command(BaseCommand):
    help = "Give somebody with an account a role: the way to the first programme office person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("organisation", help="code of the organisation, as in gm0344")

    def handle(self, *_words: Any, email: str, role: str, organisation: str, **_options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if not user:
            raise CommandError(f"There is no account with the address {email}. Let the person sign up first.")
        place = Organisation.objects.filter(code=organisation).first()
        if not place:
            raise CommandError(f"There is no organisation with the code {organisation}.")
        _membership, is_new = Membership.objects.get_or_create(user=user, organisation=place, role=role)
        verb = "is now" if is_new else "already was"
        self.stdout.write(f"{user.email} {verb} {Role(role).label} of {place}.")
