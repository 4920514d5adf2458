"""Tasks about people's accounts. Each finds its record by number and does nothing when that is gone."""

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bwob.people import emails
from bwob.people.models import AddressClaim, WorkAddress

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
"""Waits 4 seconds, 16, a minute, to 18 hours: a day in all, so that mail outlasts a server that is down."""


@app.task(retry=RETRY)
def answer_claim(claim_id: int) -> None:
    """The link goes to whoever reads mail at the address; a warning instead if somebody else proved it."""
    claim = AddressClaim.objects.select_related("user", "organisation").filter(pk=claim_id).first()
    if claim is None or not claim.is_current:
        return
    owned = WorkAddress.objects.proven_by_another(claim.user, claim.email)
    if owned:
        emails.warning(owned, on=timezone.localdate())
    else:
        emails.link(claim)


@app.periodic(cron="40 7 * * *")
@app.task(queueing_lock="remind_all")
def remind_all(timestamp: int) -> None:
    """Each morning: a reminder for every work address that lapses within two weeks, once."""
    for number in WorkAddress.objects.to_remind(timezone.now()).values_list("pk", flat=True):
        remind.defer(address_id=number)


@app.task(retry=RETRY)
def remind(address_id: int) -> None:
    """The row is locked while the mail goes, so that one worker sends it; a mail that fails marks nothing."""
    due = WorkAddress.objects.to_remind(timezone.now()).select_related("user", "organisation")
    with transaction.atomic():
        address = due.select_for_update(of=["self"]).filter(pk=address_id).first()
        if address:
            emails.reminder(address)
            address.reminded_at = timezone.now()
            address.save(update_fields=["reminded_at"])
