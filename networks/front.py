"""What the front page tells of networks: how many there are, and the ones that came last."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Window

from networks.models import Network


def facts() -> dict[str, Any]:
    """The newest three and the number of all, in one statement."""
    current = Network.objects.visible_to(AnonymousUser()).current()
    newest = list(current.annotate(total=Window(Count("pk"))).order_by("-starts_on", "-pk")[:3])
    return {"networks_newest": newest, "networks_total": newest[0].total if newest else 0}
