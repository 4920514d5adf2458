"""Background work of agreements: telling the parties."""

from procrastinate.contrib.django import app

from bwob import mail
from mobility import agreement_emails
from mobility.models import Agreement
from mobility.tasks import PATIENCE


@app.task(retry=PATIENCE)
def tell_agreement(message: str, agreement_id: int) -> None:
    """Send one of the messages about an agreement; nothing when it is gone."""
    agreement = Agreement.objects.with_names().filter(pk=agreement_id).first()
    if agreement:
        with mail.to_everybody():
            agreement_emails.MESSAGES[message](agreement)


def announce_agreement(message: str, agreement: Agreement) -> None:
    """Have a worker send it, once the transaction at hand is done."""
    tell_agreement.defer(message=message, agreement_id=agreement.pk)
