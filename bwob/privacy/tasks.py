"""Tasks about what the portal keeps: the last mail, and the nightly removal of what is past its term."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bwob.privacy import emails, retention
from bwob.privacy.models import Farewell

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(retry=RETRY)
@transaction.atomic
def send_farewell(farewell_id: int) -> None:
    """Send it and forget the address in one transaction; a failed mail waits, three days at most."""
    last = Farewell.objects.select_for_update().filter(pk=farewell_id).first()
    if last:
        emails.farewell(last)
        last.delete()


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="minimise")
def minimise(timestamp: int) -> None:
    """Each night: remove what is past its keeping term."""
    retention.minimise()
