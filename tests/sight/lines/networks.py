"""What the sight tests know of networks: they and their ties are public, who decides on them is not."""

from typing import TYPE_CHECKING

from networks.models import Network, Partnership
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

KEYS_THEMSELVES: set[str] = set()
SHADOWED = ["networks:networks", "networks:white_spots"]
QUERIES: dict[str, list[str]] = {}
PUBLIC = ("net", "tie")
OF_ALL: set[str] = {"net", "net-stale"}
HIDDEN: dict[str, set[str]] = {"hr_own": {"coordinator"}}
VISIBLE: dict[str, set[str]] = {"officer": {"coordinator"}}


def build(world: "World") -> None:
    network = make.network("Leernetwerk Aaland")
    world.people["coordinator"] = make.coordinator(
        network.place.province,
        family_name=world.canary("CoordinatorName", seen_by={"coordinator", "programme", "officer"}),
    )
    world.records |= {
        "net": network,
        "net-stale": make.network("Leernetwerk van toen", state="stale"),
        "tie-waiting": make.tie(network, world.a, confirmed=False),
        "tie-done": make.tie(network, world.b),
        "coordinator": world.people["coordinator"].coordinates.get(),
    }


def hide_more(world: "World") -> None:
    """More that strangers may not notice."""
    make.coordinator(make.region("Elders"))


def state_of(world: "World") -> list[tuple]:
    """What the acts of a page could change."""
    return [
        *Network.objects.order_by("pk").values_list("pk", "state", "name", "confirmed_on"),
        *Partnership.objects.order_by("pk").values_list("pk", "confirmed_by_partner_at", "ends_on"),
    ]
