"""Who may do what in PITCH. Each rule is about one person and one record; sight is another matter."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import dutch
from bwob.people.models import Role
from pitch.models import Assignment, Edition, Entry, Juror, Part
from pitch.models.entries import NAMED_EDITIONS

State = Edition.State


def has_part(user: Any, edition: Edition, *roles: str) -> bool:
    if not user.is_authenticated:
        return False
    return Part.objects.filter(user=user, edition=edition, role__in=roles).exists()


def may_manage(user: Any, edition: Edition) -> bool:
    """See the secretariat: chair, secretary, programme office."""
    return user.is_authenticated and (
        user.has_role(Role.PROGRAMME) or has_part(user, edition, Part.Role.CHAIR, Part.Role.SECRETARY)
    )


def may_prepare(user: Any, edition: Edition) -> bool:
    """Fix the rules, open for plans, cancel: secretary, chair, programme office."""
    return may_manage(user, edition)


def may_keep(user: Any, edition: Edition) -> bool:
    """Rule on admission and interests, and gather the jury: the secretary, who never scores."""
    return has_part(user, edition, Part.Role.SECRETARY)


def may_chair(user: Any, edition: Edition) -> bool:
    """Close, extend, deliberate, decide, publish, answer objections."""
    return has_part(user, edition, Part.Role.CHAIR)


def may_hold(user: Any, edition: Edition) -> bool:
    return has_part(user, edition, Part.Role.KEY_HOLDER)


def is_juror(user: Any, edition: Edition) -> bool:
    return Juror.objects.of(user).seated().filter(edition=edition).exists()


def is_in_team(user: Any, entry: Entry) -> bool:
    return user.is_authenticated and entry.team.filter(user=user, joined_at__isnull=False).exists()


def may_edit(user: Any, entry: Entry) -> bool:
    return is_in_team(user, entry) and entry.can_be_edited


def obstacle(user: Any, edition: Edition) -> str:
    """Why this person cannot send in a plan here, in a sentence with what to do; "" when nothing does."""
    if not edition.takes_entries:
        return closed_because(edition)
    if not user.employer:
        return _("First show where you work: verify your work address in your profile.")
    if not user.work.is_current:
        return _("You verified your work address more than 180 days ago. Verify it again first.")
    if has_part(user, edition, Part.Role.SECRETARY, Part.Role.CHAIR) or is_juror(user, edition):
        return _("You help to judge this edition, so you cannot send in a plan yourself.")
    return ""


def closed_because(edition: Edition) -> str:
    if edition.state in (State.DRAFT, State.FIXED):
        if edition.entries_open_on:
            return _("Plans can be sent in from %s.") % dutch.date_text(edition.entries_open_on)
        return _("Plans cannot be sent in yet.")
    if edition.entries_close_at:
        day = timezone.localtime(edition.entries_close_at).date()
        return _("Plans could be sent in until %s.") % dutch.date_text(day)
    return _("Plans can no longer be sent in.")


def may_support(user: Any, entry: Entry) -> bool:
    """Say "I recognise this" of a public plan: not the own team, and not who judges this edition."""
    is_public = entry.takes_part and entry.edition.shows_entries
    judges = has_part(user, entry.edition, Part.Role.CHAIR, Part.Role.SECRETARY) or is_juror(
        user, entry.edition
    )
    return is_public and not is_in_team(user, entry) and not judges


def may_object(user: Any, entry: Entry) -> bool:
    """The team, until the day that was named with the result."""
    return is_in_team(user, entry) and entry.edition.takes_objections


def may_read_outcome(user: Any, entry: Entry) -> bool:
    """The scores and motivations: the team once they are public, and who manages the edition by then."""
    is_known = entry.edition.state in NAMED_EDITIONS
    return is_known and (is_in_team(user, entry) or may_manage(user, entry.edition))


def may_offer_on(user: Any, entry: Entry) -> bool:
    """The team, once it is sure that its plan did not win."""
    return entry.can_be_offered and is_in_team(user, entry)


def may_report(user: Any, entry: Entry) -> bool:
    """Tell how a plan that won goes: its team, and who manages the edition."""
    return is_in_team(user, entry) or may_manage(user, entry.edition)


def can_judge(assignment: Assignment) -> bool:
    return assignment.recused_at is None and assignment.edition.takes_ballots
