"""Consent as a ledger: what an alumnus chooses becomes a line for each change, never a change of a line."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from alumni.models import Alumnus, Consent, Purpose, Wording

How = Consent.How


def chosen_by(alumnus: Alumnus) -> set[str]:
    """The purposes for which a consent is in force."""
    return set(Consent.objects.in_force().filter(alumnus=alumnus).values_list("purpose", flat=True))


@transaction.atomic
def choose(alumnus: Alumnus, purposes: Collection[str], *, how: str) -> None:
    """Make these the purposes in force, and no others: a line for each difference.

    The record is locked, so that two windows at once leave a ledger that makes sense.
    """
    Alumnus.objects.select_for_update(of=("self",)).get(pk=alumnus.pk)
    before = chosen_by(alumnus)
    for purpose in Purpose:
        if (purpose in purposes) != (purpose in before):
            write(alumnus, purpose, is_given=purpose in purposes, how=how)


def write(
    alumnus: Alumnus,
    purpose: str,
    *,
    is_given: bool,
    how: str,
    evidence: str = "",
    at: datetime.datetime | None = None,
) -> Consent:
    """One line, about the sentence that is in use now."""
    wording = Wording.objects.newest().select_related("network__organisation")
    return Consent.objects.create(
        alumnus=alumnus,
        purpose=purpose,
        wording=wording.get(network=alumnus.network_id, purpose=purpose),
        is_given=is_given,
        how=how,
        evidence=evidence,
        at=at or timezone.now(),
    )


@transaction.atomic
def withdraw(alumnus: Alumnus, purpose: str, *, how: str) -> bool:
    """Withdraw one; was it in force? Without any ground left the record ends, and is erased within a day."""
    Alumnus.objects.select_for_update(of=("self",)).get(pk=alumnus.pk)
    before = chosen_by(alumnus)
    if purpose not in before:
        return False
    write(alumnus, purpose, is_given=False, how=how)
    if before == {purpose}:
        end(alumnus)
    return True


def end(alumnus: Alumnus) -> None:
    why = gettext_lazy("The last consent was withdrawn.")
    alumnus.move_to(Alumnus.State.LEFT, by=alumnus.user, reason=why)
