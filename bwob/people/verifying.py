"""Verifying a work address: its domain belongs to an organisation, and the person reads mail there (rule R6).

The answer on screen never tells whether somebody else has the address already: then its reader gets a mail
that says so, and the person who asked sees the same words as always.
"""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from bwob.organisations.models import EmailDomain, Organisation
from bwob.people import tasks
from bwob.people.models import TOKEN_SALT, AddressClaim, User, WorkAddress


@dataclass(frozen=True)
class Link:
    """What a mailed link proves: that this person reads mail at this address."""

    user: User
    email: str
    organisation: Organisation
    needs_sign_in: bool


def organisation_of(email: str) -> Organisation | None:
    """The organisation that owns the domain of this address; none for a domain with letters beyond ASCII.

    In capitals "ı" equals "i", so to the database a stranger's domain could pass for that of an organisation.
    """
    domain = email.rpartition("@")[2]
    if not domain.isascii():
        return None
    found = EmailDomain.objects.select_related("organisation").filter(name__iexact=domain).first()
    return found.organisation if found else None


def mailbox(email: str) -> str:
    """Where mail to this address arrives: what stands behind a plus sign is only a label of its reader."""
    name, _at, domain = email.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def is_own(user: User, email: str) -> bool:
    """Does this person read mail at this address, as far as we know?"""
    known = [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]
    work = [user.work.email] if user.work else []
    return mailbox(email) in {mailbox(one) for one in known + work}


@transaction.atomic
def ask(user: User, email: str, organisation: Organisation) -> None:
    """Mail a link to the address, or tell its owner if that is somebody else. A newer request voids an older.

    Which of the two mails goes is decided by the task, so that page and response time are the same for both.
    """
    facts = {"email": email, "organisation": organisation, "asked_at": timezone.now()}
    claim, _is_new = AddressClaim.objects.update_or_create(user=user, defaults=facts)
    tasks.answer_claim.defer(claim_id=claim.pk)


def read(token: str) -> Link | None:
    """What the link stands for; None if it is forged, too old, used, or replaced by a newer one."""
    try:
        kind, number, stamp = signing.loads(token, salt=TOKEN_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    model: Any = {"claim": AddressClaim, "renew": WorkAddress}[kind]
    record = model.objects.select_related("user", "organisation").filter(pk=number).first()
    if record is None or record.stamp != stamp or not record.is_current or not record.user.is_active:
        return None
    return Link(record.user, record.email, record.organisation, needs_sign_in=kind == "claim")


@transaction.atomic
def confirm(token: str) -> Link | None:
    """Take the address as proven, once: the person's row is locked, so a second click finds the link used."""
    first = read(token)
    if first is None:
        return None
    User.objects.select_for_update().get(pk=first.user.pk)
    link = read(token)
    if link is None or not note_proven_address(link.user, link.email):
        return None
    AddressClaim.objects.filter(user=link.user).delete()
    return link


@transaction.atomic
def note_proven_address(user: User, email: str) -> bool:
    """Take an address that was just proven by a mail as the work address; False if it cannot be that.

    It cannot if no organisation owns the domain, or if somebody else's proof of it still counts. A proof that
    has lapsed gives way: the mailbox has another reader now.
    """
    organisation = organisation_of(email)
    if organisation is None or WorkAddress.objects.proven_by_another(user, email):
        return False
    WorkAddress.objects.exclude(user=user).filter(email__iexact=email).delete()
    facts = {"email": email, "organisation": organisation, "verified_at": timezone.now()}
    try:
        with transaction.atomic():
            WorkAddress.objects.update_or_create(user=user, defaults=facts)
    except IntegrityError:  # somebody else proved it in the same second
        return False
    return True
