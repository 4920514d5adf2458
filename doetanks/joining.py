"""Joining a Doetank: asking, talking, a place or the waiting list, and leaving again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.workflow import Refused
from doetanks import rules
from doetanks.ending import asking_kept_until, team_kept_until
from doetanks.models import Challenge, Participation
from doetanks.tasks import announce, announce_participation

State = Participation.State


def locked(participation: Participation) -> Challenge:
    """The challenge, held until the transaction ends, so that its last place is given once."""
    return Challenge.objects.locked().get(pk=participation.challenge_id)


@transaction.atomic
def ask(participation: Participation) -> None:
    """Ask to join. The challenge is read again: the team may have begun while the person was typing."""
    challenge, person = locked(participation), participation.person
    obstacle = rules.obstacle(person, challenge)
    if obstacle:
        raise Refused(obstacle, challenge)
    running = challenge.participations.filter(person=person).running().first()
    if running:
        raise Refused(_("You have asked to join here already."), running)
    participation.employer = person.employer
    participation.due_at = participation.due_in(State.ASKED, timezone.now())
    participation.save()
    announce_participation("asked", participation)


@transaction.atomic
def invite(participation: Participation, *, by: User, reason: str) -> None:
    """Invite for a talk; `reason` is what the person reads (when, where)."""
    participation.move_to(State.TALK, by=by, reason=reason)
    announce_participation("invited", participation)


@transaction.atomic
def accept(participation: Participation, *, by: User) -> None:
    """Give a place, or the next one on the waiting list when the team is full."""
    challenge = locked(participation)
    is_full = challenge.participations.members().count() >= challenge.places
    if is_full and participation.state == State.WAITING:
        raise Refused(_("The team is full. Somebody must leave first."), participation)
    participation.move_to(State.WAITING if is_full else State.MEMBER, by=by)
    announce_participation("put_on_waiting_list" if is_full else "accepted", participation)


@transaction.atomic
def refuse(participation: Participation, *, by: User, reason: str) -> None:
    until = asking_kept_until(participation.challenge)
    participation.move_to(State.REFUSED, by=by, reason=reason, keep_until=until)
    announce_participation("refused", participation)


@transaction.atomic
def withdraw(participation: Participation, *, reason: str = "") -> None:
    """Take the request back."""
    until = asking_kept_until(participation.challenge)
    participation.move_to(State.WITHDRAWN, by=participation.person, reason=reason, keep_until=until)
    announce_participation("withdrawn", participation)


@transaction.atomic
def leave(participation: Participation, *, reason: str = "") -> None:
    """Leave the team. A team that has not begun and is too small now is open to others again."""
    challenge = locked(participation)
    until = team_kept_until(challenge)
    participation.move_to(State.LEFT, by=participation.person, reason=reason, keep_until=until)
    announce_participation("left", participation)
    if challenge.state == Challenge.State.COMPLETE and shortage(challenge):
        challenge.move_to(Challenge.State.OPEN, by=participation.person)


def shortage(challenge: Challenge) -> str:
    """What this team lacks before it can begin, in a sentence; "" when it is complete."""
    employers = list(challenge.participations.members().values_list("employer", flat=True))
    if len(employers) < 3:
        return _("A team has at least three members.")
    if len(set(employers)) < 2:
        return _("All members work for one organisation. A Doetank brings at least two together.")
    return ""


def leave_all(user: User) -> None:
    """Before an account is erased: the coach hears that somebody left, without a name."""
    for one in Participation.objects.filter(person=user).running().select_related("challenge"):
        to = State.LEFT if one.state == State.MEMBER else State.WITHDRAWN
        one.move_to(to, by=user)
        announce("somebody_left", one.challenge)
