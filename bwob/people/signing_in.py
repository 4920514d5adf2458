"""How allauth's sign-in fits this portal: its mail by our outbox, its verified address as proof of the workplace."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from bwob.people import verifying


class AccountAdapter(DefaultAccountAdapter):
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address that was just proven, at the domain of an organisation, proves the workplace too."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            verifying.note_proven_address(email_address.user, email_address.email)
        return confirmed


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secret of a second factor is encrypted in the database with a key made from SECRET_KEY."""
