"""A person's days as a calendar (iCalendar, RFC 5545): last days of kept exchanges, and confirmed periods."""

import datetime
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bwob import mail
from bwob.people.models import User
from mobility.filters import plain
from mobility.models import Application, Bookmark, CareerDay, Exchange, Reader, Signup

PERIOD_SHOWN = datetime.timedelta(days=1)


def of(reader: Reader) -> bytes:
    """The calendar of this person, in the own language. Three statements, besides the roles."""
    with translation.override(reader.user.language):
        calendar = _calendar()
        calendar.add("x-wr-calname", _("Better work in public administration"))
        calendar.add("refresh-interval", datetime.timedelta(hours=12), {"value": "DURATION"})
        for event in (*_deadlines(reader.user), *_periods(reader.user), *_days(reader.user)):
            calendar.add_component(event)
        return calendar.to_ical()


def of_day(day: CareerDay) -> bytes:
    """A career day on its own, for whoever wants it in the own calendar."""
    calendar = _calendar()
    calendar.add_component(_day(day))
    return calendar.to_ical()


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Beter Werken in het Openbaar Bestuur//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _days(user: User) -> Iterator[Event]:
    """The career days on which this person has a place; with the link when it is online."""
    for signup in Signup.objects.filter(person=user).seated().with_names().order_by("day__held_on"):
        event = _day(signup.day)
        if signup.day.online_url:
            event.add("description", signup.day.online_url)
        yield event


def _day(day: CareerDay) -> Event:
    event = Event()
    event.add("uid", f"day-{day.slug}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("dtstamp", day.moved_at.astimezone(datetime.UTC))
    event.add("dtstart", day.begins.astimezone(datetime.UTC))
    event.add("dtend", day.ends.astimezone(datetime.UTC))
    event.add("summary", plain(f"{day.title}, {day.organisation}"))
    event.add("location", plain(day.where_text))
    event.add("url", mail.absolute(day.get_absolute_url()))
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
    event = Event()
    event.add("uid", f"{key}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("dtstamp", changed_at.astimezone(datetime.UTC))
    event.add("dtstart", first)
    event.add("dtend", (last or first) + PERIOD_SHOWN)
    event.add("summary", plain(title))
    event.add("location", plain(exchange.place))
    event.add("url", mail.absolute(exchange.get_absolute_url()))
    event.add("transp", "TRANSPARENT")
    return event
