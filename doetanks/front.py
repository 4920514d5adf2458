"""What the front page tells of Doetanks: the newest that one can join."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from doetanks.models import Challenge


def facts() -> dict[str, Any]:
    """One query."""
    open_now = Challenge.objects.visible_to(AnonymousUser()).open().select_related("organisation")
    return {"doetanks": list(open_now.order_by("-opened_at", "-pk")[:3])}
