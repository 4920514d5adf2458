"""Background work of PITCH: telling people. What the clock starts by itself stands in `clock.py`."""

from typing import Any

from django.db import models, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bwob import mail
from pitch import emails
from pitch.models import ReceiptMail

PATIENCE = RetryStrategy(max_attempts=60, linear_wait=60)


@app.task(name="pitch.tasks.tell", retry=PATIENCE)
def tell(message: str, record_id: int) -> None:
    """Send one of the messages of `emails.py` about a record; nothing when it was removed meanwhile."""
    model, write = emails.MESSAGES[message]
    record = model._base_manager.filter(pk=record_id).first()
    if record:
        with mail.to_everybody():
            write(record)


def announce(message: str, record: models.Model) -> None:
    """Have a worker send one of the messages of `emails.py`, once the transaction at hand is done."""
    tell.defer(message=message, record_id=record.pk)


@transaction.atomic
def announce_receipts() -> None:
    """A task for each receipt that has still to be mailed, all at once; of two who do it one passes by.

    Not with each ballot: whoever adds a task wakes the worker, and commits of that kind wait for each other.
    """
    waiting = list(ReceiptMail.objects.select_for_update(skip_locked=True).values_list("pk", flat=True))
    if waiting:
        jobs: list[Any] = [{"message": "receipt", "record_id": receipt} for receipt in waiting]
        tell.batch_defer(*jobs)
        ReceiptMail.objects.filter(pk__in=waiting).delete()
