"""Making a plan, from the side of the team: each act changes the record and tells who must know."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.people.models import User
from bwob.workflow import Refused
from pitch import attaching, rules
from pitch.models import Attachment, Edition, Entry, Support, TeamMember
from pitch.models.entries import TEXTS
from pitch.tasks import announce

State = Entry.State


@transaction.atomic
def begin(entry: Entry, *, by: User) -> None:
    """A first draft, with its writer as the one who leads the team."""
    if obstacle := rules.obstacle(by, entry.edition):
        raise Refused(obstacle)
    entry.lead, entry.organisation = by, by.employer
    entry.save()
    TeamMember.objects.create(entry=entry, user=by, joined_at=timezone.now())


@transaction.atomic
def save(entry: Entry, *, by: User) -> None:
    """Keep what the team wrote; what the database keeps of before is the earlier version."""
    stored = Entry.objects.select_for_update(of=("self",)).select_related("edition").get(pk=entry.pk)
    if not stored.can_be_edited:
        raise Refused(_("This plan can no longer be changed."), stored)
    entry.save(update_fields=[*TEXTS, "theme", "language"])


@transaction.atomic
def submit(entry: Entry, *, by: User) -> None:
    """Send it in. The edition is locked, so that its close is exact and no two plans get one number."""
    edition = Edition.objects.locked().get(pk=entry.edition_id)
    stored = Entry.objects.select_related("edition").get(pk=entry.pk)
    if not stored.is_being_mended and not edition.takes_entries:
        raise Refused(rules.closed_because(edition), entry)
    if not all(getattr(stored, name).strip() for name in TEXTS):
        raise Refused(_("Something in your plan is still empty. Fill it in, then send it in."), entry)
    last = Entry.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    entry.move_to(
        State.SUBMITTED,
        by=by,
        number=stored.number or last + 1,
        submitted_at=stored.submitted_at or timezone.now(),
    )
    announce("submitted", entry)


@transaction.atomic
def withdraw(entry: Entry, *, by: User, reason: str = "") -> None:
    """Possible until the jury starts; after that a plan that is being judged stays."""
    edition = Edition.objects.locked().get(pk=entry.edition_id)
    if edition.state not in (Edition.State.OPEN, Edition.State.ADMISSION, Edition.State.REHEARSAL):
        raise Refused(_("The jury has started, so your plan can no longer be withdrawn."), entry)
    entry.move_to(State.WITHDRAWN, by=by, reason=reason)
    announce("withdrawn", entry)


@transaction.atomic
def invite(entry: Entry, *, email: str) -> TeamMember:
    """Ask somebody into the team, by mail; the plan is locked, so that the team does not grow too large."""
    Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    largest = entry.edition.rules.largest_team
    if entry.team.count() >= largest:
        raise Refused(_("A team has at most %d people.") % largest, entry)
    if entry.team.filter(email__iexact=email).exists() or entry.team.filter(user__email__iexact=email):
        raise Refused(_("This person is in the team or was invited already."), entry)
    member = TeamMember.objects.create(entry=entry, email=email.lower())
    announce("team_invited", member)
    return member


@transaction.atomic
def join(member: TeamMember, *, by: User) -> None:
    """Take an invitation. Whoever judges this edition cannot; the address goes, now that it did its work."""
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=member.entry_id)
    stored = TeamMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if stored.joined_at:
        raise Refused(_("This invitation was taken already."), entry)
    if not entry.can_be_edited:
        raise Refused(_("This plan can no longer be changed."), entry)
    if entry.team.filter(user=by).exists():
        raise Refused(_("You are in this team already."), entry)
    if obstacle := rules.obstacle(by, entry.edition):
        raise Refused(obstacle, entry)
    stored.user, stored.email, stored.joined_at = by, "", timezone.now()
    stored.save()


@transaction.atomic
def leave(member: TeamMember, *, by: User) -> None:
    """Leave a team, or take back an invitation. The last one cannot leave, but withdraws the plan."""
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=member.entry_id)
    if not entry.can_be_edited:
        raise Refused(_("This plan can no longer be changed."), entry)
    if member.joined_at and entry.team.joined().count() < 2:
        raise Refused(_("You are the last one in this team. Withdraw the plan instead."), entry)
    member.delete()


@transaction.atomic
def attach(entry: Entry, *, content: bytes, name: str) -> None:
    """One picture and one PDF; a new one takes the place of the old."""
    kind = attaching.kind_of(content)
    if not kind or not entry.can_be_edited:
        raise Refused(_("This file cannot be added."), entry)
    Attachment.objects.update_or_create(
        entry=entry,
        is_picture=attaching.is_picture(kind),
        defaults={"kind": kind, "name": name[:120], "content": content, "added_at": timezone.now()},
    )


def support(entry: Entry, *, by: User) -> None:
    """Once per person; a second click changes nothing."""
    Support.objects.get_or_create(entry=entry, user=by)


def take_back_support(entry: Entry, *, by: User) -> None:
    Support.objects.filter(entry=entry, user=by).delete()


def withdraw_all(user: Any) -> None:
    """Before an account is erased: plans that nobody else is in are withdrawn while they still can be."""
    for entry in Entry.objects.filter(team__user=user).select_related("edition"):
        is_alone = not entry.team.joined().exclude(user=user).exists()
        if is_alone and entry.can_move_to(State.WITHDRAWN) and entry.edition.state != "judging":
            entry.move_to(State.WITHDRAWN, by=user)


def lapse_drafts(moment: Any) -> None:
    """Drafts that were never sent in end with the close; mending that came too late is no admission."""
    for entry in Entry.objects.drafts_of_closed(moment):
        entry.move_to(State.LAPSED, by=None)
    for entry in Entry.objects.filter(state=State.MENDING, due_at__lt=moment):
        entry.move_to(State.REJECTED, by=None, reason=gettext_lazy("It was not mended in time."))
        announce("rejected", entry)
