"""What the front page tells of Doetanks: the newest that one can join."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from doetanks.models import Challenge


def facts() -> dict[str, Any]:
    """One query."""
    open_now = Challenge.objects.visible_to(AnonymousUser()).filter(state="open", is_hidden=False)
    return {"doetanks": list(open_now.select_related("organisation").order_by("-opened_at", "-pk")[:3])}
