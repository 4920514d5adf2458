"""Confirming once a year that a network is still so (rule R6)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from networks.models import Network


@transaction.atomic
def confirm(network: Network, *, by: Any = None) -> None:
    """It is still so: shown by default for another year. `by` is None behind the mailed link."""
    network.move_to(Network.State.PUBLISHED, by=by, confirmed_on=timezone.localdate())
