"""Who may do what in alumni networks. Each rule is about one person and one record."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alumni.models import AlumniNetwork, Alumnus
from bwob.organisations.models import EmailDomain, Organisation
from bwob.people.models import Membership, Role, User


def is_hr(user: Any) -> bool:
    return user.is_authenticated and user.has_role(Role.HR)


def may_manage(user: Any, network: AlumniNetwork) -> bool:
    """HR of the employer."""
    return user.is_authenticated and network.organisation in user.organisations(Role.HR)


def may_work_on(user: Any, alumnus: Alumnus) -> bool:
    """HR of the employer, but never on one's own record."""
    return may_manage(user, alumnus.network) and alumnus.user_id != user.pk


def obstacle_to_departing(user: Any, network: AlumniNetwork | None) -> str:
    """Why somebody cannot record a departure now, with what to do; "" when nothing stands in the way."""
    if not user.employer:
        return _("First show where you work: verify your work address in your profile.")
    if not user.work.is_current:
        return _("You verified your work address more than 180 days ago. Verify it again first.")
    if network is None or network.opened_at is None:
        return _("%s has no alumni network yet. Ask your HR adviser about it.") % user.employer
    return ""


def work_domain(email: str) -> EmailDomain | None:
    """The public body to which the domain of this address belongs: not an address to keep in touch with."""
    domain = email.rpartition("@")[2].casefold()
    parts = domain.split(".")
    names = [".".join(parts[start:]) for start in range(len(parts) - 1)]
    return EmailDomain.objects.select_related("organisation").filter(name__in=names).first()


def colleagues(organisation: Organisation) -> QuerySet[User]:
    """HR of this organisation, who do its work together."""
    return User.objects.filter(pk__in=Membership.objects.hr_of(organisation).values("user"))
