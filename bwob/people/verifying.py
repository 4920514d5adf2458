"""Verifying a work address: the domain belongs to an organisation, and the person can read mail there (rule R6)."""

from django.utils import timezone

from bwob.organisations.models import EmailDomain, Organisation
from bwob.people.models import User, WorkAddress


def organisation_of(email: str) -> Organisation | None:
    """The organisation that owns the domain of this address."""
    domain = email.rpartition("@")[2]
    found = EmailDomain.objects.select_related("organisation").filter(name__iexact=domain).first()
    return found.organisation if found else None


def note_proven_address(user: User, email: str) -> None:
    """Take an address that was just proven by a mail as the work address, if its domain is an organisation's."""
    organisation = organisation_of(email)
    if organisation:
        WorkAddress.objects.update_or_create(
            user=user, defaults={"email": email, "organisation": organisation, "verified_at": timezone.now()}
        )
