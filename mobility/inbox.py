"""What waits for those who offer workplaces: the applications for one exchange, by whose turn it is."""

import dataclasses
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Case, Count, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bwob import keyset
from bwob.privacy import reading
from mobility.models import Application, Exchange
from mobility.models.applications import ENDED, PLACED

State = Application.State
WAITS_FOR_HR = [State.SUBMITTED, State.CONVERSATION, State.AGREED]
WAITS_FOR_OTHERS = [State.OFFERED, State.TAKEN]
PURPOSE = _("choosing for an exchange")
GROUPS: list[tuple[str | Promise, list[Any]]] = [
    (_("Your turn"), WAITS_FOR_HR),
    (_("Somebody else's turn"), WAITS_FOR_OTHERS),
    (_("Waiting list"), [State.WAITING]),
    (_("Confirmed"), [*PLACED]),
    (_("Ended"), [*ENDED]),
]


@dataclasses.dataclass(frozen=True)
class Group:
    """A heading with what stands under it on this page; `count` is of all pages."""

    title: str | Promise
    rows: list[Any]
    count: int


@dataclasses.dataclass(frozen=True)
class Inbox:
    """One page; `after` is the cursor of the next one, empty on the last."""

    groups: list[Group]
    after: str
    is_first: bool

    @property
    def can_choose(self) -> bool:
        return sum(len(group.rows) for group in self.groups) > 1


def of(exchange: Exchange, user: Any, cursor: str = "") -> Inbox:
    """The applications, by whose turn it is; showing them is logged for the applicants."""
    sent = exchange.applications.visible_to(user).sent()
    page = keyset.page(in_order(sent.with_names()), ("turn", "nth", "id"), cursor)
    reading.record(user, page.rows, purpose=PURPOSE)
    number_the_list(page.rows)
    counts = None if page.is_whole else counts_of(sent)
    groups = []
    for turn, (title, _states) in enumerate(GROUPS):
        rows = [one for one in page.rows if one.turn == turn]
        groups.append(Group(title, rows, len(rows) if counts is None else counts.get(turn, 0)))
    return Inbox([group for group in groups if group.rows], page.after, page.is_first)


def in_order(sent: QuerySet[Application]) -> QuerySet[Any]:
    """First whose turn it is; then what is due first, who waits longest, and what ended last."""
    turns = [When(state__in=states, then=Value(turn)) for turn, (_title, states) in enumerate(GROUPS)]
    nth: Any = Case(
        When(state=State.WAITING, then="waiting_number"),
        When(state__in=[*PLACED, *ENDED], then=keyset.microseconds("moved_at", newest_first=True)),
        default=keyset.microseconds(Coalesce("due_at", "moved_at")),
        output_field=BigIntegerField(),
    )
    return sent.annotate(turn=Case(*turns, output_field=IntegerField()), nth=nth)


def counts_of(sent: QuerySet[Application]) -> dict[int, int]:
    """How many stand under each heading, on all pages together."""
    rows = in_order(sent).order_by().values("turn").annotate(count=Count("pk"))
    return dict(rows.values_list("turn", "count"))


def number_the_list(rows: list[Any]) -> None:
    """Where each on the waiting list stands; they follow each other, so only the first is looked up."""
    queued = [one for one in rows if one.is_queued]
    first = queued[0].position if queued else 0
    for place, application in enumerate(queued, first):
        application.place_in_line = place


def chosen(exchange: Exchange, user: Any, keys: Iterable[str]) -> list[Application]:
    """The applications that were ticked, in the order of the inbox; what this person may not see is left
    out.
    """
    wanted = [key for key in (key_in(text) for text in keys) if key]
    sent = exchange.applications.visible_to(user).sent().with_names()
    rows = list(in_order(sent.filter(key__in=wanted)).order_by("turn", "nth", "id")[: keyset.SIZE])
    reading.record(user, rows, purpose=PURPOSE)
    return rows


def key_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
