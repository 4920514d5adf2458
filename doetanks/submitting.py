"""A challenge from its commissioner: submitted, taken by a coach for the intake, opened or stopped."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from doetanks import rules
from doetanks.ending import asking_kept_until, team_kept_until
from doetanks.models import Challenge, Participation, WantedRole
from doetanks.tasks import announce, announce_participation

State = Challenge.State
WRITTEN = ["title", "question", "gain", "bounds", "region", "hours", "places", "decide_on"]


@transaction.atomic
def submit(challenge: Challenge, roles: list[tuple[str, str]], *, by: User) -> None:
    """Store a new challenge of somebody who decides on it, and tell the coaches."""
    employer = by.employer
    if employer is None or not rules.may_submit(by):
        raise Refused(_("First show where you work: verify your work address in your profile."))
    challenge.commissioner, challenge.organisation = by, employer
    challenge.due_at = challenge.due_in(State.SUBMITTED, timezone.now())
    challenge.save()
    write_roles(challenge, roles)
    announce("submitted", challenge)


@transaction.atomic
def change(challenge: Challenge, roles: list[tuple[str, str]], *, by: User) -> None:
    """Mend the text, unless it has ended meanwhile."""
    stored = Challenge.objects.locked().get(pk=challenge.pk)
    if not rules.may_edit(by, stored):
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), stored)
    with history.because(by=by):
        challenge.save(update_fields=WRITTEN)
    write_roles(challenge, roles)


def write_roles(challenge: Challenge, roles: list[tuple[str, str]]) -> None:
    """The roles wanted, in this order; one that keeps its title stays the same role."""
    challenge.roles.exclude(title__in=[title for title, _brings in roles]).delete()
    for title, brings in roles:
        WantedRole.objects.update_or_create(challenge=challenge, title=title, defaults={"brings": brings})


@transaction.atomic
def take(challenge: Challenge, *, by: User) -> None:
    """A coach takes it: from now on this coach alone talks with the commissioner."""
    challenge.move_to(State.INTAKE, by=by, coach=by)
    announce("taken", challenge)


@transaction.atomic
def open_up(challenge: Challenge, *, by: User, hidden: bool) -> None:
    """The intake is done: people can join. Under the radar only who gets the invitation can."""
    if challenge.commissioner_id is None:
        raise Refused(
            _("Nobody decides on this any more. The programme office can name somebody."), challenge
        )
    if challenge.decide_on <= timezone.localdate() + Challenge.TERMS[State.DECISION]:
        raise Refused(_("The day of the decision is too near. Agree on a later one first."), challenge)
    if not challenge.roles.exists():
        raise Refused(_("Write down at least one role that the team needs."), challenge)
    challenge.move_to(State.OPEN, by=by, opened_at=timezone.now(), is_hidden=hidden)
    announce("opened", challenge)


@transaction.atomic
def surface(challenge: Challenge, *, by: User) -> None:
    """Come out from under the radar: from now on everybody can find it."""
    with history.because(by=by, reason=gettext_lazy("The team came out into the open.")):
        surfaced = Challenge.objects.filter(pk=challenge.pk, is_hidden=True).update(is_hidden=False)
    if not surfaced:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), challenge)
    announce("surfaced", challenge)


def renew_invitation(challenge: Challenge, *, by: User) -> None:
    """Make the invitations that went round worthless, by a new key."""
    with history.because(by=by, reason=gettext_lazy("The invitation was renewed.")):
        Challenge.objects.filter(pk=challenge.pk).update(invite_key=uuid.uuid4())


@transaction.atomic
def stop(challenge: Challenge, *, by: User | None, reason: str | Promise) -> None:
    """End it before an answer is due. Who asked to join or is a member hears why."""
    challenge.move_to(State.STOPPED, by=by, reason=reason, keep_until=team_kept_until(challenge))
    announce("stopped", challenge)
    for one in challenge.participations.live().locked():
        one.move_to(
            Participation.State.REFUSED, by=by, reason=reason, keep_until=asking_kept_until(challenge)
        )
        announce_participation("refused", one)
    challenge.participations.members().update(keep_until=team_kept_until(challenge))
