"""Background work of exchanges: telling people. What the clock starts by itself stands in `clock.py`."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from mobility import emails
from mobility.models import Application, Exchange

PATIENCE = RetryStrategy(max_attempts=20, exponential_wait=4)


@app.task(retry=PATIENCE)
def tell(message: str, application_id: int) -> None:
    """Send one of the messages of `emails.py` about an application; nothing when it was erased meanwhile."""
    application = Application.objects.with_names().filter(pk=application_id).first()
    if application:
        emails.MESSAGES[message](application)


@app.task(retry=PATIENCE)
def tell_departure(exchange_id: int) -> None:
    """Tell those who decide that an applicant closed the account, and with it the application."""
    exchange = Exchange.objects.select_related("organisation", "contact").filter(pk=exchange_id).first()
    if exchange:
        emails.applicant_left(exchange)


def announce_departure(exchange: Exchange) -> None:
    tell_departure.defer(exchange_id=exchange.pk)


def announce(message: str, application: Application) -> None:
    """Have a worker send one of the messages of `emails.py`, once the transaction at hand is done."""
    tell.defer(message=message, application_id=application.pk)
