"""Interests of members of the jury: found or said, ruled on, and kept away from judging meanwhile.

The ballot's trigger holds the row of the assignment; so does each act here. Whichever comes second sees the
other.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.workflow import Refused
from pitch import detecting
from pitch.models import Assignment, Conflict, Edition, Entry, Juror
from pitch.tasks import announce

State = Conflict.State
LATE = [Edition.State.CLOSED, Edition.State.OPENED, Edition.State.DELIBERATION, Edition.State.DECIDED]
DONE = [*LATE, "published", "realisation", "ended", "cancelled"]


def require_in_time(edition_id: int) -> None:
    """After the close nothing changes any more in who counts."""
    edition = Edition.objects.locked().get(pk=edition_id)
    if edition.state in LATE or edition.shows_scores:
        raise Refused(_("Judging has closed: who judged what stays as it is."), edition)


@transaction.atomic
def detect(juror: Juror) -> list[Conflict]:
    """Note what the data show, before this member sees any plan. What was ruled on stays ruled."""
    found = []
    for entry, kind in detecting.interests(juror).items():
        conflict, is_new = Conflict.objects.get_or_create(
            juror=juror, entry=entry, defaults={"kind": kind, "due_at": due(timezone.now())}
        )
        if is_new:
            block(conflict)
            found.append(conflict)
    return found


def due(moment: Any) -> Any:
    return moment + Conflict.TERMS[State.OPEN]


@transaction.atomic
def declare(juror: Juror, entry: Entry, *, kind: str, explanation: str) -> Conflict:
    """A member says so: from this moment the plan is shut for this member, until the ruling."""
    require_in_time(entry.edition_id)
    conflict = Conflict.objects.filter(juror=juror, entry=entry).first()
    if conflict and conflict.state != State.DISMISSED:
        raise Refused(_("You have reported this already."), conflict)
    facts = {"kind": kind, "explanation": explanation, "is_declared": True}
    if conflict:  # dismissed before: what the member now says weighs more
        Conflict.objects.filter(pk=conflict.pk).update(**facts)
        conflict.move_to(State.RECUSED, by=juror.user, reason=explanation)
    else:
        conflict = Conflict.objects.create(juror=juror, entry=entry, due_at=due(timezone.now()), **facts)
    block(conflict)
    announce("conflict_declared", conflict)
    return conflict


@transaction.atomic
def recuse(conflict: Conflict, *, by: Any, reason: str | Promise) -> None:
    """The member does not judge this plan; a ballot that was cast does not count."""
    require_in_time(conflict.entry.edition_id)
    conflict.move_to(State.RECUSED, by=by, reason=reason, ruling=reason if by else "")
    block(conflict)
    announce("conflict_ruled", conflict)


@transaction.atomic
def dismiss(conflict: Conflict, *, by: Any, reason: str) -> None:
    """The member may judge it after all. Nobody overrules an interest that is a place in the team."""
    require_in_time(conflict.entry.edition_id)
    if conflict.kind == Conflict.Kind.TEAM:
        raise Refused(_("Who is or was in a team with them never judges their plan."), conflict)
    conflict.move_to(State.DISMISSED, by=by, reason=reason, ruling=reason)
    assignments_of(conflict).update(recused_at=None)
    announce("conflict_ruled", conflict)


def block(conflict: Conflict) -> None:
    assignments_of(conflict).filter(recused_at=None).update(recused_at=timezone.now())


def assignments_of(conflict: Conflict) -> Any:
    return Assignment.objects.filter(seat__juror=conflict.juror_id, entry=conflict.entry_id)


def lapse_unruled(moment: Any) -> None:
    """Nobody ruled within three days: the member stands aside, which is always safe."""
    overdue = Conflict.objects.overdue(moment).exclude(juror__edition__state__in=DONE)
    for conflict in overdue.with_names():
        recuse(conflict, by=None, reason=gettext_lazy("Nobody ruled in time, so the member stands aside."))
