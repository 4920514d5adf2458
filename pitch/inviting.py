"""Gathering the jury: a proposal, a look at interests before the invitation goes out, a yes or a no."""

import secrets
import string
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.workflow import Refused
from pitch import recusing
from pitch.models import Assignment, Edition, Juror, Part, Seat, TeamMember
from pitch.tasks import announce

State = Juror.State
GATHERING = [Edition.State.FIXED, Edition.State.OPEN, Edition.State.ADMISSION, Edition.State.REHEARSAL]


def require_gathering(edition: Edition) -> Edition:
    """While the jury judges a member may still be replaced; after the close nobody comes in."""
    now = Edition.objects.locked().get(pk=edition.pk)
    if now.state not in [*GATHERING, Edition.State.JUDGING]:
        raise Refused(_("The jury of this edition is complete."), now)
    return now


@transaction.atomic
def propose(edition: Edition, *, email: str) -> Juror:
    """Nothing is sent yet: first the secretary sees which interests the data show."""
    require_gathering(edition)
    email = email.lower()
    user = User.objects.filter(Q(email=email) | Q(work_address__email__iexact=email)).first()
    try:
        with transaction.atomic():
            juror = Juror.objects.create(edition=edition, email=email, user=user)
    except IntegrityError:
        raise Refused(_("This person was proposed already."), edition) from None
    recusing.detect(juror)
    return juror


@transaction.atomic
def invite(juror: Juror, *, by: Any) -> None:
    require_gathering(juror.edition)
    juror.move_to(State.INVITED, by=by)
    announce("juror_invited", juror)


@transaction.atomic
def drop(juror: Juror, *, by: Any) -> None:
    """Not to be invited after all, or the invitation is taken back."""
    juror.move_to(State.DROPPED, by=by)


@transaction.atomic
def accept(juror: Juror, *, by: User) -> None:
    """Take a place in the jury. Interests are looked up again: now it is known who this is."""
    edition = require_gathering(juror.edition)
    if obstacle := cannot_judge(by, edition):
        raise Refused(obstacle, edition)
    if Juror.objects.filter(edition=edition, user=by).exclude(pk=juror.pk).exists():
        raise Refused(_("You were invited already, on another address."), edition)
    seat = Seat.objects.create(edition=edition, code=free_code(edition))
    juror.move_to(State.ACCEPTED, by=by, user=by, seat=seat)
    recusing.detect(juror)
    announce("juror_accepted", juror)


def cannot_judge(user: User, edition: Edition) -> str:
    """The secretary never scores, and nobody judges in an edition in which the own team takes part."""
    if Part.objects.filter(edition=edition, user=user, role=Part.Role.SECRETARY).exists():
        return _("The secretary does not judge.")
    if TeamMember.objects.filter(user=user, entry__edition=edition, entry__state__in=RUNNING).exists():
        return _("You are in a team of this edition, so you cannot judge it.")
    return ""


RUNNING = ["draft", "submitted", "mending", "admitted"]


def free_code(edition: Edition) -> str:
    """A letter that nobody has yet, at random: it must not tell who came first."""
    taken = set(Seat.objects.filter(edition=edition).values_list("code", flat=True))
    letters = [letter for letter in string.ascii_uppercase if letter not in taken]
    pairs = [a + b for a in string.ascii_uppercase for b in string.ascii_uppercase]
    return secrets.choice(letters or [pair for pair in pairs if pair not in taken])


@transaction.atomic
def decline(juror: Juror, *, by: User) -> None:
    juror.move_to(State.DECLINED, by=by)
    announce("juror_declined", juror)


@transaction.atomic
def leave(juror: Juror, *, by: Any, reason: str | Promise) -> None:
    """Out of the jury: the ballots of this place do not count, and the plans ask for somebody else."""
    recusing.require_in_time(juror.edition_id)
    juror.move_to(State.LEFT, by=by, reason=reason)
    Assignment.objects.filter(seat=juror.seat_id, recused_at=None).update(recused_at=timezone.now())
    announce("juror_left", juror)


def lapse_invitations(moment: Any) -> None:
    """Two weeks without an answer: the secretary hears it, and may invite again."""
    for juror in Juror.objects.overdue(moment):
        juror.move_to(State.LAPSED, by=None)
        announce("juror_lapsed", juror)
