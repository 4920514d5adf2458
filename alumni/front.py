"""What public pages tell of alumni networks, with numbers about people only from five on (rule R8)."""

import dataclasses
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from alumni.models import AlumniNetwork, Alumnus, Gathering
from bwob.numbers import few


@dataclasses.dataclass(frozen=True)
class Listed:
    """A network in the public list."""

    network: AlumniNetwork
    members: str


def listed(user: Any) -> list[Listed]:
    """The open networks by name. One query."""
    active = Count("alumni", filter=Q(alumni__state=Alumnus.State.ACTIVE))
    found = AlumniNetwork.objects.visible_to(user).open().select_related("organisation")
    return [
        Listed(network, _("%s former colleagues") % few(network.count_of_members))
        for network in found.annotate(count_of_members=active).order_by("organisation__name")
    ]


def fellows(alumnus: Alumnus) -> QuerySet[Alumnus]:
    """Who in the same network chose to be seen; only for who shows the own name too."""
    if not alumnus.is_shown:
        return Alumnus.objects.none()
    seen = Alumnus.objects.showing_themselves().filter(network=alumnus.network_id)
    return seen.exclude(pk=alumnus.pk).order_by("sort_name")[:200]


def coming(network: AlumniNetwork) -> QuerySet[Gathering]:
    """What the network holds next; that it takes place is public, the way in is not."""
    return network.gatherings.ahead()[:3]


def entrance() -> dict[str, Any]:
    """For the front page: how many networks are open, and three of them. One query."""
    found = AlumniNetwork.objects.open().select_related("organisation").order_by("-opened_at")
    names = list(found[:3])
    return {"alumni_networks": names}
