"""Background work of career days: telling people."""

from procrastinate.contrib.django import app

from mobility import day_emails
from mobility.models import Signup
from mobility.tasks import PATIENCE


@app.task(retry=PATIENCE)
def tell_signup(message: str, signup_id: int) -> None:
    """Send one of the messages about a sign-up; nothing when it is gone."""
    signup = Signup.objects.with_names().filter(pk=signup_id).first()
    if signup:
        day_emails.SIGNUP_MESSAGES[message](signup)


def announce_signup(message: str, signup: Signup) -> None:
    """Have a worker send it, once the transaction at hand is done."""
    tell_signup.defer(message=message, signup_id=signup.pk)
