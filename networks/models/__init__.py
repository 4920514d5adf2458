from networks.models.calls import PartnerCall, PartnerCallQuerySet, Reaction, ReactionQuerySet
from networks.models.coordinators import Coordinator, CoordinatorQuerySet
from networks.models.files import NetworkFile, NetworkFileQuerySet
from networks.models.messages import Message, MessageQuerySet
from networks.models.networks import Network, NetworkQuerySet
from networks.models.partnerships import Partnership, PartnershipQuerySet
from networks.models.proposals import Proposal, ProposalQuerySet
from networks.models.subscriptions import Subscription, SubscriptionQuerySet

__all__ = [
    "Coordinator",
    "CoordinatorQuerySet",
    "Message",
    "MessageQuerySet",
    "Network",
    "NetworkFile",
    "NetworkFileQuerySet",
    "NetworkQuerySet",
    "PartnerCall",
    "PartnerCallQuerySet",
    "Partnership",
    "PartnershipQuerySet",
    "Proposal",
    "ProposalQuerySet",
    "Reaction",
    "ReactionQuerySet",
    "Subscription",
    "SubscriptionQuerySet",
]
