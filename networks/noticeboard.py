"""The pages of the calls for partners: the list, and one call with what this person may see and do."""

from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from networks import fitting, rules
from networks.models import PartnerCall

OPEN_AT_MOST = 100
ENDED_AT_MOST = 20


def listed(wishes: dict[str, Any]) -> dict[str, Any]:
    """Open calls, the first to end first, and those that ended last. Two statements."""
    rows = narrowed(wishes)
    running = list(rows.open().order_by("closes_on", "pk")[:OPEN_AT_MOST])
    count = ngettext("%d open call", "%d open calls", len(running)) % len(running)
    return {
        "calls": running,
        "ended": list(rows.ended().order_by("-moved_at", "-pk")[:ENDED_AT_MOST]),
        "count_text": count,
        "is_refined": any(wishes.values()),
    }


def narrowed(wishes: dict[str, Any]) -> Any:
    """By theme, and by the province in which the asker or a named municipality lies."""
    rows = PartnerCall.objects.visible_to(None).with_names()
    if theme := wishes.get("theme"):
        rows = rows.filter(themes__contains=[theme])
    if province := wishes.get("province"):
        asker = Q(network__place__province=province) | Q(organisation__place__province=province)
        rows = rows.filter(
            asker
            | Q(
                pk__in=PartnerCall.area.through.objects.filter(place__province=province).values("partnercall")
            )
        )
    return rows


def context(call: PartnerCall, user: Any) -> dict[str, Any]:
    """The call, who fits it, and the reactions that this person may see."""
    asks = rules.asks(user, call)
    reactions = list(call.reactions.visible_to(user).with_names())
    fits = fitting.networks_for(call) if call.is_running else []
    own = [] if asks else reactions
    answered = [one for one in own if one.state != "withdrawn"]
    return {
        "call": call,
        "area": sorted(str(place) for place in call.area.all()),
        "asks": asks,
        "reactions": reactions,
        "fits": fits[: fitting.SHOWN],
        "more_fits": max(0, len(fits) - fitting.SHOWN),
        "may_react": call.is_open and not asks and not answered,
        "may_withdraw": call.state == "open" and rules.may_withdraw_call(user, call),
    }
