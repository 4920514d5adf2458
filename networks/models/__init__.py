from networks.models.coordinators import Coordinator, CoordinatorQuerySet
from networks.models.networks import Network, NetworkQuerySet
from networks.models.partnerships import Partnership, PartnershipQuerySet

__all__ = [
    "Coordinator",
    "CoordinatorQuerySet",
    "Network",
    "NetworkQuerySet",
    "Partnership",
    "PartnershipQuerySet",
]
