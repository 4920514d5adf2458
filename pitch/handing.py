"""Handing plans on: to another line the portal offers what did not win, if its team wants that."""

from typing import Any

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from bwob import onward
from pitch.models import Entry


@onward.offers
def offered(user: Any, path: str) -> onward.Origin | None:
    """The plan at this address, if it took part and did not win."""
    with translation.override("nl"):
        try:
            found = resolve(path)
        except Resolver404:
            return None
    if found.view_name != "pitch:entry":
        return None
    rows = Entry.objects.visible_to(user).not_won().select_related("edition")
    plan = rows.filter(key=found.kwargs["key"]).first()
    if plan is None:
        return None
    return onward.Origin(
        label=_("A plan of %s") % plan.edition,
        title=plan.title,
        text=f"{plan.problem}\n\n{plan.idea}",
        url=onward.path_of(plan),
        is_offered=plan.offered_at is not None,
    )
