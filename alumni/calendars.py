"""Meetings of alumni as files for the own calendar."""

from django.http import HttpResponse
from django.urls import reverse

from alumni import links
from alumni.models import Alumnus, Gathering
from bwob import calendars, mail


def of_gathering(gathering: Gathering, alumnus: Alumnus, *, has_place: bool) -> HttpResponse:
    """One meeting. Its page is that of this alumnus alone."""
    event = calendars.event(
        f"alumni-{gathering.pk}",
        f"{gathering.title}, {gathering.network}",
        gathering.begins,
        gathering.ends,
        where=gathering.where_text,
        text=gathering.online_url if has_place else "",
        url=mail.absolute(reverse("alumni:gathering", args=[links.gathering(alumnus, gathering)])),
        changed_at=gathering.moved_at,
    )
    if gathering.state == Gathering.State.CANCELLED:
        event.add("status", "CANCELLED")
    return calendars.as_ics("bijeenkomst", event)
