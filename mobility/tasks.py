"""Background work of exchanges: telling people. What the clock starts by itself stands in `clock.py`."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bwob import mail
from mobility import emails, notices
from mobility.models import Application, ContactRequest, CoOwner, Exchange, Profile

PATIENCE = RetryStrategy(max_attempts=60, linear_wait=60)  # with growing pauses, some thirty hours in all


@app.task(retry=PATIENCE)
def tell(message: str, application_id: int) -> None:
    """Send one of the messages of `emails.py` about an application; nothing when it was erased meanwhile."""
    application = Application.objects.with_names().filter(pk=application_id).first()
    if application:
        with mail.to_everybody():
            emails.MESSAGES[message](application)


@app.task(retry=PATIENCE)
def tell_departure(exchange_id: int, application_id: int) -> None:
    """Tell those who decide that an applicant closed the account, and with it the application."""
    exchange = Exchange.objects.select_related("organisation", "contact").filter(pk=exchange_id).first()
    if exchange:
        with mail.to_everybody():
            emails.applicant_left(exchange, application_id)


def announce_departure(application: Application) -> None:
    """As below, but without anything that needs the application, which is about to go."""
    tell_departure.defer(exchange_id=application.exchange_id, application_id=application.pk)


def announce(message: str, application: Application) -> None:
    """Have a worker send one of the messages of `emails.py`, once the transaction at hand is done."""
    tell.defer(message=message, application_id=application.pk)


@app.task(retry=PATIENCE)
def tell_owner(owner_id: int) -> None:
    """Tell somebody of being a co-owner; nothing when that was taken back meanwhile."""
    owner = CoOwner.objects.select_related("person", "exchange__organisation").filter(pk=owner_id).first()
    if owner:
        emails.owner_added(owner)


@app.task(retry=PATIENCE)
def tell_contact(message: str, request_id: int) -> None:
    """Send one of the messages of `notices.py` about a request for contact; nothing when it is gone."""
    asked = ContactRequest.objects.with_names().filter(pk=request_id).first()
    if asked:
        notices.ABOUT_CONTACT[message](asked)


def announce_contact(message: str, asked: ContactRequest) -> None:
    tell_contact.defer(message=message, request_id=asked.pk)


@app.task(retry=PATIENCE)
def ask_still_right(profile_id: int) -> None:
    """Ask whether a work profile still is right; nothing when it was confirmed or removed meanwhile."""
    profile = Profile.objects.ageing().select_related("user").filter(pk=profile_id).first()
    if profile:
        notices.profile_ageing(profile)
        Profile.objects.filter(pk=profile.pk).update(reminded_at=timezone.now())
