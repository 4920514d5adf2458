"""What the sight tests know of networks: they and their ties are public, who decides on them is not."""

from typing import TYPE_CHECKING

from django.core import signing as core_signing

from networks import calling, follow_emails, judging, signing
from networks.models import Network, NetworkFile, PartnerCall, Partnership, Proposal, Reaction, Subscription
from tests import make

if TYPE_CHECKING:
    from tests.sight.world import World

REACT = {"participant", "hr_own"}
DECIDE = {"coordinator", "programme"}
KEYS_THEMSELVES: set[str] = {"link-confirm", "link-follow"}
SHADOWED = ["networks:networks", "networks:white_spots", "networks:proposals", "networks:calls"]
QUERIES: dict[str, list[str]] = {}
PUBLIC = ("net", "tie", "call")
OF_ALL: set[str] = {"net", "net-stale"}
HIDDEN: dict[str, set[str]] = {"hr_own": {"coordinator"}}
VISIBLE: dict[str, set[str]] = {"officer": {"coordinator"}}


def build(world: "World") -> None:
    network = make.network("Leernetwerk Aaland", invited=world.people["participant"])
    world.people["coordinator"] = make.coordinator(
        network.place.province,
        family_name=world.canary(
            "CoordinatorName", seen_by={"coordinator", "participant", "programme", "officer"}
        ),
    )
    world.records |= {
        "net": network,
        "net-stale": make.network("Leernetwerk van toen", state="stale"),
        "tie-waiting": make.tie(network, world.a, confirmed=False),
        "tie-done": make.tie(network, world.b),
        "coordinator": world.people["coordinator"].coordinates.get(),
    }
    proposals(world)
    calls(world)
    word = world.canary("FileText", seen_by={"coordinator"})
    world.records["sheet"] = NetworkFile.objects.create(
        uploaded_by=world.people["coordinator"],
        name=f"{word}.csv",
        content=f"name;kind\n{word};learning".encode(),
    )
    followed = Subscription.objects.create(email="vera@mail.example", query="region=pv26")
    stale = world.records["net-stale"]
    assert isinstance(stale, Network)
    world.links |= {
        "coordinator-number": str(world.records["coordinator"].pk),
        "link-confirm": signing.token(stale),
        "link-follow": core_signing.dumps(str(followed.key), salt=follow_emails.SALT),
        "link-confirm-forged": f"{stale.pk}:{core_signing.dumps('x').partition(':')[2]}",
    }


def proposals(world: "World") -> None:
    """Of the participant, who works for B; decided on by the coordinator."""
    seen_by = {"participant", *DECIDE}
    for state in ("open", "rejected"):
        proposal = make.proposal(
            proposer=world.people["participant"], note=world.canary(f"Note{state.title()}", seen_by=seen_by)
        )
        proposal.changes |= {"name": world.canary(f"Name{state.title()}", seen_by=seen_by)}
        proposal.save()
        world.records[f"prop-{state}"] = proposal
    reason = world.canary("ProposalReason", seen_by=seen_by)
    judging.reject(world.records["prop-rejected"], by=world.people["coordinator"], reason=reason)


def calls(world: "World") -> None:
    """Of A, on which the participant, who works for B, reacted; and one that has ended."""
    asked = {"network": None, "organisation": world.a, "written_by": world.people["hr_own"]}
    world.records |= {
        "call-open": make.call(**asked),
        "call-ended": make.call(title="an earlier one", **asked),
    }
    ended = world.records["call-ended"]
    assert isinstance(ended, PartnerCall)
    calling.tell_outcome(ended, "nobody", text="Nobody had time.", by=world.people["hr_own"])
    world.records["reaction"] = make.reaction(
        call=world.records["call-open"],
        author=world.people["participant"],
        text=world.canary("ReactionText", seen_by=REACT),
    )


def hide_more(world: "World") -> None:
    """More that strangers may not notice."""
    make.coordinator(make.region("Elders"))
    for _ in range(3):
        make.proposal()
        make.reaction(call=world.records["call-open"])


def state_of(world: "World") -> list[tuple]:
    """What the acts of a page could change."""
    return [
        *Network.objects.order_by("pk").values_list("pk", "state", "name", "confirmed_on"),
        *Partnership.objects.order_by("pk").values_list("pk", "confirmed_by_partner_at", "ends_on"),
        *Proposal.objects.order_by("pk").values_list("pk", "state", "changes"),
        *PartnerCall.objects.order_by("pk").values_list("pk", "state", "title", "outcome"),
        *Reaction.objects.order_by("pk").values_list("pk", "state", "text"),
    ]
