"""A person's days as a calendar (iCalendar, RFC 5545): last days of kept exchanges, and confirmed periods."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event

from bwob import calendars, mail
from bwob.people.models import User
from mobility.models import Application, Bookmark, CareerDay, Exchange, Reader, Signup

PERIOD_SHOWN = datetime.timedelta(days=1)


def of(reader: Reader) -> bytes:
    """The calendar of this person, in the own language. Three statements, besides the roles."""
    with translation.override(reader.user.language):
        user = reader.user
        calendar = calendars.calendar(*_deadlines(user), *_periods(user), *_days(user))
        calendar.add("x-wr-calname", _("Better work in public administration"))
        calendar.add("refresh-interval", datetime.timedelta(hours=12), {"value": "DURATION"})
        return calendar.to_ical()


def of_day(day: CareerDay) -> HttpResponse:
    """A career day on its own, for whoever wants it in the own calendar; without the link to take part."""
    return calendars.as_ics(day.slug, _day(day))


def _days(user: User) -> Iterator[Event]:
    """The career days on which this person has a place; with the link when it is online."""
    for signup in Signup.objects.filter(person=user).seated().with_names().order_by("day__held_on"):
        yield _day(signup.day, text=signup.day.online_url)


def _day(day: CareerDay, *, text: str = "") -> Event:
    event = calendars.event(
        f"day-{day.slug}",
        f"{day.title}, {day.organisation}",
        day.begins,
        day.ends,
        where=day.where_text,
        text=text,
        url=mail.absolute(day.get_absolute_url()),
        changed_at=day.moved_at,
    )
    if day.state == CareerDay.State.CANCELLED:
        event.add("status", "CANCELLED")
    return event


def _deadlines(user: User) -> Iterator[Event]:
    open_now = Exchange.objects.visible_to(user).open().exclude(closes_on=None)
    kept = Bookmark.objects.visible_to(user).with_exchanges().filter(exchange__in=open_now)
    for bookmark in kept.order_by("exchange__closes_on", "pk"):
        exchange = bookmark.exchange
        title = _("Last day to apply: %s") % exchange.title
        yield _event(f"last-day-{bookmark.pk}", title, exchange, exchange.closes_on, None, bookmark.made_at)


def _periods(user: User) -> Iterator[Event]:
    """A place for good is shown on its first day."""
    for place in Application.objects.filter(applicant=user).confirmed().with_names().order_by("starts_on"):
        title = f"{place.exchange.title}, {place.exchange.organisation}"
        last = place.ends_on or place.starts_on
        yield _event(f"place-{place.key}", title, place.exchange, place.starts_on, last, place.moved_at)


def _event(
    key: str, title: str, exchange: Exchange, first: Any, last: Any, changed_at: datetime.datetime
) -> Event:
    """A whole day or several; the standard counts the day after the last one as the end."""
    event = calendars.blank_event(key, title, changed_at)
    event.add("dtstart", first)
    event.add("dtend", (last or first) + PERIOD_SHOWN)
    event.add("location", str(exchange.place))
    event.add("url", mail.absolute(exchange.get_absolute_url()))
    event.add("transp", "TRANSPARENT")
    return event
