"""Leading an edition up to the start of judging: each act checks what must be there first."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.workflow import Refused
from pitch import rulebook
from pitch.models import Assignment, Edition, EditionKey, Entry, Rules
from pitch.tasks import announce

State = Edition.State


def locked(edition: Edition) -> Edition:
    """The edition as it stands now, held until the transaction ends."""
    return Edition.objects.locked().get(pk=edition.pk)


@transaction.atomic
def fix_rules(edition: Edition, *, by: Any) -> None:
    """Give the rules a version and their hash. The trigger lets nobody change them after this."""
    edition_now = locked(edition)
    if lacking := rulebook.missing(edition_now):
        raise Refused(" ".join(lacking), edition_now)
    rules = Rules.objects.prefetch_related("criteria").get(edition=edition_now)
    rules.version += 1
    rules.fixed_at = timezone.now()
    rules.sha256 = rulebook.digest(rules)
    rules.save()
    edition.move_to(State.FIXED, by=by)


@transaction.atomic
def reopen_rules(edition: Edition, *, by: Any, reason: str) -> None:
    """Back to preparation, as long as no plan could come in; fixing again makes a new version."""
    edition.move_to(State.DRAFT, by=by, reason=reason)


@transaction.atomic
def open_for_entries(edition: Edition, *, by: Any) -> None:
    edition.move_to(State.OPEN, by=by)


@transaction.atomic
def close_entries(edition: Edition, *, by: Any) -> None:
    """At the day that was announced, by the clock; before it, nobody may shut the door."""
    now = locked(edition)
    if now.takes_entries:
        raise Refused(_("Plans can still come in. They close at the moment that was announced."), now)
    edition.move_to(State.ADMISSION, by=by)
    announce("entries_closed", edition)


@transaction.atomic
def finish_admission(edition: Edition, *, by: Any) -> None:
    """Every plan has its ruling, and there is something to judge."""
    plans = Entry.objects.filter(edition=locked(edition))
    waiting = plans.filter(state__in=[Entry.State.SUBMITTED, Entry.State.MENDING]).count()
    if waiting:
        raise Refused(_("%d plans still wait for admission.") % waiting, edition)
    if not plans.taking_part().exists():
        raise Refused(_("No plan takes part."), edition)
    edition.move_to(State.REHEARSAL, by=by)


@transaction.atomic
def start_judging(edition: Edition, *, by: Any) -> None:
    """The lock was rehearsed, and every plan has enough members of the jury."""
    now = locked(edition)
    if obstacle := not_ready(now):
        raise Refused(obstacle, now)
    edition.move_to(State.JUDGING, by=by)
    announce("judging_started", edition)


def not_ready(edition: Edition) -> str:
    """Why the jury cannot start, in a sentence; "" when it can."""
    if edition.judging_closes_at is None or edition.judging_closes_at <= timezone.now():
        return _("The last day for judging has passed. Set a later one first.")
    is_rehearsed = EditionKey.objects.filter(edition=edition, rehearsed_at__isnull=False).exists()
    if edition.rules.is_sealed and not is_rehearsed:
        return _("Opening was not rehearsed yet. Two key holders must try their keys first.")
    if short := too_few_members(edition):
        names = ", ".join(entry.label for entry in short)
        return _("Too few members of the jury can judge: %s.") % names
    return ""


def too_few_members(edition: Edition) -> list[Entry]:
    """Plans that fewer members will judge than the quorum asks."""
    counts: dict[int, int] = {}
    for entry_id in Assignment.objects.filter(edition=edition).counting().values_list("entry_id", flat=True):
        counts[entry_id] = counts.get(entry_id, 0) + 1
    plans = Entry.objects.filter(edition=edition).taking_part()
    return [plan for plan in plans if counts.get(plan.pk, 0) < edition.rules.min_ballots]


@transaction.atomic
def cancel(edition: Edition, *, by: Any, reason: str) -> None:
    edition.move_to(State.CANCELLED, by=by, reason=reason)
    announce("cancelled", edition)


@transaction.atomic
def extend(edition: Edition, *, until: datetime.datetime, by: Any, reason: str) -> None:
    """Give the jury more time, with a reason that everybody can read; never less."""
    now = locked(edition)
    if now.state not in (State.REHEARSAL, State.JUDGING):
        raise Refused(_("The jury is done: there is nothing to extend."), now)
    if until <= timezone.now() or (now.judging_closes_at and until <= now.judging_closes_at):
        raise Refused(_("The new moment must lie later than the old one."), now)
    now.judging_closes_at = edition.judging_closes_at = until
    with history.because(by=by, reason=reason):
        now.save(update_fields=["judging_closes_at"])
    announce("judging_extended", edition)
