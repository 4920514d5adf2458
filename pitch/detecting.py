"""Interests that the data show: who works, or worked in a team, with whom."""

from bwob.organisations.models import EmailDomain
from bwob.people.models import WorkAddress
from pitch.models import Conflict, Entry, Juror, TeamMember
from pitch.models.entries import SENT

Kind = Conflict.Kind


def interests(juror: Juror) -> dict[Entry, str]:
    """For each plan in which the data show an interest of this member: the nearest one.

    Four statements, whatever the number of plans.
    """
    plans = list(Entry.objects.filter(edition=juror.edition, state__in=SENT).select_related("organisation"))
    teams = teams_of(plans)
    employers = employers_of(juror)
    partners = partners_of(juror)
    return {
        plan: kind
        for plan in plans
        if (kind := nearest(juror, plan, teams.get(plan.pk, []), employers, partners))
    }


def teams_of(plans: list[Entry]) -> dict[int, list[TeamMember]]:
    found: dict[int, list[TeamMember]] = {}
    rows = TeamMember.objects.filter(entry__in=plans).select_related("user__work_address")
    for member in rows:
        found.setdefault(member.entry_id, []).append(member)
    return found


def nearest(
    juror: Juror, plan: Entry, team: list[TeamMember], employers: set[int], partners: set[int]
) -> str:
    if any(is_same_person(juror, member) for member in team):
        return Kind.TEAM
    if partners & {member.user_id for member in team if member.user_id}:
        return Kind.TEAM
    works_at = {employer_of(member) for member in team} | {plan.organisation_id}
    return Kind.ORGANISATION if employers & works_at else ""


def is_same_person(juror: Juror, member: TeamMember) -> bool:
    is_known = juror.user_id is not None and juror.user_id == member.user_id
    return is_known or (bool(member.email) and member.email.casefold() == juror.email.casefold())


def employer_of(member: TeamMember) -> int | None:
    address = getattr(member.user, "work_address", None) if member.user else None
    return address.organisation_id if address else None


def employers_of(juror: Juror) -> set[int]:
    """By the proven work address, and by the domain of the address to which the invitation goes."""
    domain = juror.email.rpartition("@")[2].casefold()
    by_domain = EmailDomain.objects.filter(name__iexact=domain).values_list("organisation_id", flat=True)
    by_address = WorkAddress.objects.filter(user=juror.user_id).values_list("organisation_id", flat=True)
    return set(by_domain) | (set(by_address) if juror.user_id else set())


def partners_of(juror: Juror) -> set[int]:
    """People with whom this member was in the team of any plan, in any edition."""
    if juror.user_id is None:
        return set()
    own = TeamMember.objects.filter(user=juror.user_id).values("entry")
    others = TeamMember.objects.filter(entry__in=own, user__isnull=False).exclude(user=juror.user_id)
    return set(others.values_list("user_id", flat=True))
