"""Background work of PITCH: telling people. What the clock starts by itself stands in `clock.py`."""

from django.db import models
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bwob import mail
from pitch import emails

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
