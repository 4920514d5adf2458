"""The messages about career days; each goes to the person of one sign-up, its docstring says when."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from bwob import history, mail
from mobility.emails import one_line, quoted
from mobility.models import CareerDay, Signup


def day_seated(signup: Signup) -> None:
    """When somebody gets a place: at once, or by taking the offer."""
    tell("day_seated", signup)


def day_waiting(signup: Signup) -> None:
    """When the day was full: the number on the waiting list."""
    tell("day_waiting", signup, position=signup.position)


def day_offered(signup: Signup) -> None:
    """When a place came free for the first in line: until when it stands."""
    tell("day_offered", signup)


def day_lapsed(signup: Signup) -> None:
    """When an offer was not taken in time, or no place came free before the day began."""
    tell("day_lapsed", signup, was_offered=any(m.state == "offered" for m in history.timeline(signup)))


def day_cancelled(signup: Signup) -> None:
    """When the day is cancelled, with the reason."""
    reasons = [m.reason for m in history.timeline(signup.day) if m.state == CareerDay.State.CANCELLED]
    tell("day_cancelled", signup, message=quoted(reasons[-1]) if reasons else "")


def day_changed(signup: Signup) -> None:
    """When date, times or place changed after somebody signed up."""
    tell("day_changed", signup)


def day_tomorrow(signup: Signup) -> None:
    """The morning before, to whoever has a place: where to be, and the link when it is online."""
    tell("day_tomorrow", signup)


def day_how_was_it(signup: Signup) -> None:
    """The morning after, to whoever was there."""
    tell("day_how_was_it", signup)


SIGNUP_MESSAGES: dict[str, Callable[[Signup], None]] = {
    message.__name__: message
    for message in (
        day_seated,
        day_waiting,
        day_offered,
        day_lapsed,
        day_cancelled,
        day_changed,
        day_tomorrow,
        day_how_was_it,
    )
}


def tell(template: str, signup: Signup, **facts: Any) -> None:
    person, day = signup.person, signup.day
    with translation.override(person.language):
        facts |= {
            "page": mail.absolute(day.get_absolute_url()),
            "calendar": mail.absolute(reverse("mobility:day_calendar", args=[day.slug])),
            "feedback_page": mail.absolute(reverse("mobility:day_feedback", args=[day.slug])),
            "where": one_line(day.where_text),
            "when": day.when_text,
        }
    mail.send(
        f"mobility/email/{template}.txt",
        to=person.email,
        language=person.language,
        about=f"{template} {signup.pk} {signup.moved_at.isoformat()} {day.when_text} {facts['where']}",
        context=facts
        | {
            "hello": one_line(person.short_name),
            "title": one_line(day.title),
            "organisation": day.organisation,
            "day": day,
            "signup": signup,
        },
    )
