"""A place in a Doetank as an exchange: a draft from a role that the team looks for.

This line may know the Doetanks, they do not know it: their page only links here by its URL name.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bwob.people.models import Role, User
from bwob.workflow import Refused
from doetanks.models import Challenge, WantedRole
from mobility.models import Exchange

SOURCE = "doetank"
MONTHS = 6
LONGEST_TITLE = 120


def role_for(key: UUID, user: Any) -> WantedRole | None:
    """The role, if it stands on the board: of a public Doetank that one can join."""
    joinable = Challenge.objects.visible_to(user).open()
    roles = WantedRole.objects.filter(key=key, challenge__in=joinable)
    return roles.select_related("challenge__organisation__place").first()


def may_offer(user: Any, role: WantedRole) -> bool:
    """Those who offer workplaces of the organisation that asked the question."""
    return role.challenge.organisation in user.organisations(Role.HR, Role.MANAGER)


@transaction.atomic
def draft(role: WantedRole, *, by: User) -> Exchange:
    """The draft of this role, made once; HR looks it over and publishes it as any other."""
    challenge = Challenge.objects.locked().get(pk=role.challenge_id)
    organisation = challenge.organisation
    facts = {"organisation": organisation, "source": SOURCE, "external_id": str(role.key)}
    made = Exchange.objects.filter(**facts).first()
    if made:
        return made
    if organisation.place is None:
        raise Refused(_("The register does not say where this organisation is. Post an exchange by hand."))
    return Exchange.objects.create(**facts, **texts(role), contact=by, place=organisation.place)


def texts(role: WantedRole) -> dict[str, Any]:
    """What the draft says, from what stands on the page of the Doetank."""
    challenge = role.challenge
    page = settings.ORIGIN.rstrip("/") + challenge.get_absolute_url()
    title = _("%(role)s in the Doetank “%(title)s”") % {"role": role.title, "title": challenge.title}
    summary = _("A few hours a week in a small team of several organisations: %s") % challenge.title
    about = _("Read about the question, and ask to join, on the page of the Doetank:")
    return {
        "kind": Exchange.Kind.GIG,
        "title": title[:LONGEST_TITLE],
        "summary": summary[:300],
        "tasks": f"{challenge.question}\n\n{about} [{challenge.title}]({page})",
        "requirements": role.brings,
        "benefits": challenge.gain,
        "field": Exchange.Field.PROJECTS,
        "hours_min": challenge.hours,
        "hours_max": challenge.hours,
        "duration": MONTHS,
        "duration_unit": Exchange.Unit.MONTH,
    }
