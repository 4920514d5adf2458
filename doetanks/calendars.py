"""Meetings as ICS (RFC 5545), for people's own calendars."""

import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from icalendar import Calendar, Event


def as_ics(name: str, *events: Event) -> HttpResponse:
    calendar = Calendar()
    calendar.add("prodid", "-//BWOB//Doetanks//NL")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def attachment(name: str) -> str:
    """A header that names a download, whatever signs are in the name."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def event(
    key: object,
    title: str,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    *,
    where: str = "",
    text: str = "",
) -> Event:
    """One event, in UTC; its UID stays the same, so that a calendar updates it."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    made = Event()
    made.add("uid", f"{key}@{domain}")
    made.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    made.add("dtstart", starts_at.astimezone(datetime.UTC))
    made.add("dtend", ends_at.astimezone(datetime.UTC))
    made.add("summary", title)
    if where:
        made.add("location", where)
    if text:
        made.add("description", text)
    return made
