"""Moments for people's own calendars (iCalendar, RFC 5545)."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event

from bwob.forms import visible


def calendar(*events: Event) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Beter Werken in het Openbaar Bestuur//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for event in events:
        made.add_component(event)
    return made


def as_ics(name: str, *events: Event) -> HttpResponse:
    response = HttpResponse(calendar(*events).to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def blank_event(key: object, title: object, changed_at: datetime.datetime | None = None) -> Event:
    """Without a moment yet. Its UID stays the same, so that a calendar puts a change in the place of it."""
    made = Event()
    made.add("uid", f"{key}@{urlsplit(settings.ORIGIN).hostname}")
    made.add("dtstamp", (changed_at or timezone.now()).astimezone(datetime.UTC))
    made.add("summary", visible(str(title)))
    return made


def event(
    key: object,
    title: object,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    *,
    where: object = "",
    text: str = "",
    url: str = "",
    changed_at: datetime.datetime | None = None,
) -> Event:
    """One event from moment to moment, in UTC."""
    made = blank_event(key, title, changed_at)
    made.add("dtstart", starts_at.astimezone(datetime.UTC))
    made.add("dtend", ends_at.astimezone(datetime.UTC))
    for name, value in (("location", visible(str(where))), ("description", text), ("url", url)):
        if value:
            made.add(name, value)
    return made
