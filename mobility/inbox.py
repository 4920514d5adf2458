"""What waits for those who offer workplaces: applications per exchange, by whose turn it is."""

import dataclasses
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bwob.privacy import reading
from mobility.models import Application, Exchange
from mobility.models.applications import ENDED

State = Application.State
WAITS_FOR_HR = [State.SUBMITTED, State.CONVERSATION, State.AGREED]
WAITS_FOR_OTHERS = [State.OFFERED, State.TAKEN]


@dataclasses.dataclass(frozen=True)
class Group:
    """A heading with what stands under it."""

    title: str | Promise
    rows: list[Any]


def of(exchange: Exchange, user: Any) -> list[Group]:
    """The applications for one exchange, by whose turn it is; showing them is logged for the applicants."""
    sent = list(
        exchange.applications.visible_to(user).sent().with_names().order_by("due_at", "applicant__sort_name")
    )
    reading.record(user, sent, purpose=_("choosing for an exchange"))
    groups = [
        Group(_("Your turn"), [one for one in sent if one.state in WAITS_FOR_HR]),
        Group(_("Somebody else's turn"), [one for one in sent if one.state in WAITS_FOR_OTHERS]),
        Group(_("Waiting list"), in_line([one for one in sent if one.is_queued])),
        Group(_("Confirmed"), [one for one in sent if one.has_a_place]),
        Group(_("Ended"), [one for one in sent if one.is_ended]),
    ]
    return [group for group in groups if group.rows]


def in_line(queued: list[Application]) -> list[Application]:
    return sorted(queued, key=lambda application: application.waiting_number or 0)


def own_exchanges(user: Any) -> list[Group]:
    """All exchanges that this person manages, with the number of applications that wait. One query."""
    waiting = Count("applications", filter=Q(applications__state__in=WAITS_FOR_HR))
    running = Count("applications", filter=~Q(applications__state__in=[State.DRAFT, *ENDED]))
    own = list(
        Exchange.objects.manageable_by(user)
        .with_names()
        .annotate(waiting=waiting, running=running)
        .order_by("-moved_at")
    )
    groups = [
        Group(_("Drafts"), [one for one in own if one.state == Exchange.State.DRAFT]),
        Group(_("Open"), [one for one in own if one.is_open]),
        Group(_("Closed"), [one for one in own if one.state == Exchange.State.PUBLISHED and not one.is_open]),
        Group(_("Filled"), [one for one in own if one.state == Exchange.State.FILLED]),
        Group(_("Swapped"), [one for one in own if one.state == Exchange.State.ARRANGED]),
        Group(_("Withdrawn"), [one for one in own if one.state == Exchange.State.WITHDRAWN]),
    ]
    return [group for group in groups if group.rows]
