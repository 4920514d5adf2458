"""The messages about meetings of alumni; the docstring of each says to whom it goes and when."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from alumni import links
from alumni.emails import one_line
from alumni.models import Alumnus, Gathering, Guest, Purpose
from bwob import history, mail


def invited(gathering: Gathering, alumnus: Alumnus) -> None:
    """To who agreed to meetings, when HR invites: what, when and where, and the link to sign up."""
    with translation.override(alumnus.language):
        stop = mail.absolute(reverse("alumni:stop", args=[links.stop(alumnus, Purpose.MEETING)]))
        facts = {"stop": stop, "purpose": Purpose.MEETING.label}
    tell("invited", gathering, alumnus, about="", unsubscribe=stop, **facts)


def seated(guest: Guest) -> None:
    """To the alumnus who gets a place: at once, or by taking the offer."""
    to_guest("seated", guest)


def waiting(guest: Guest) -> None:
    """To the alumnus, when the meeting was full: the number on the waiting list."""
    to_guest("waiting", guest, position=guest.position)


def offered(guest: Guest) -> None:
    """To the first in line, when a place came free: until when it stands."""
    to_guest("offered", guest)


def lapsed(guest: Guest) -> None:
    """When an offer was not taken in time, or no place came free before it began."""
    was_offered = any(moment.state == Guest.State.OFFERED for moment in history.timeline(guest))
    to_guest("lapsed", guest, was_offered=was_offered)


def changed(guest: Guest) -> None:
    """When date, times or place changed after somebody signed up."""
    to_guest("changed", guest)


def cancelled(guest: Guest) -> None:
    """When the meeting is cancelled, with the reason."""
    moments = history.timeline(guest.gathering)
    reasons = [one.reason for one in moments if one.state == Gathering.State.CANCELLED]
    to_guest("cancelled", guest, reason=reasons[-1] if reasons else "")


def tomorrow(guest: Guest) -> None:
    """The morning before, to who has a place: where to be, and the link when it is online."""
    to_guest("tomorrow", guest, online_url=guest.gathering.online_url)


MESSAGES: dict[str, Callable[[Guest], None]] = {
    act.__name__: act for act in (seated, waiting, offered, lapsed, changed, cancelled, tomorrow)
}


def to_guest(word: str, guest: Guest, **facts: Any) -> None:
    about = f"{guest.pk} {guest.moved_at.isoformat()}"
    tell(word, guest.gathering, guest.alumnus, about=about, guest=guest, **facts)


def tell(
    word: str, gathering: Gathering, alumnus: Alumnus, *, about: str, unsubscribe: str = "", **facts: Any
) -> None:
    with translation.override(alumnus.language):
        when, where = gathering.when_text, one_line(gathering.where_text)
        page = mail.absolute(reverse("alumni:gathering", args=[links.gathering(alumnus, gathering)]))
    mail.send(
        f"alumni/email/gathering_{word}.txt",
        to=alumnus.email,
        language=alumnus.language,
        about=f"gathering {gathering.pk} {alumnus.pk} {about} {when} {where}",
        unsubscribe=unsubscribe,
        context={
            "hello": one_line(alumnus.given_name),
            "title": one_line(gathering.title),
            "organisation": gathering.network.organisation,
            "gathering": gathering,
            "when": when,
            "where": where,
            "page": page,
            **facts,
        },
    )
