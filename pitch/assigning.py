"""Dividing plans over the jury: evenly, never where there is an interest, and the same each time it is done.

A flow of least cost (networkx): each plan asks for its members, each member takes at most the load of the
rules, and every next plan costs a member more than the one before. That is what makes the loads even.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.workflow import Refused
from pitch.models import Assignment, Conflict, Edition, Entry, Juror

STEP = 1000
"""What one plan more on a member's pile costs; the lot that breaks ties stays far below it."""
GIVING = [Edition.State.ADMISSION, Edition.State.REHEARSAL, Edition.State.JUDGING]


@transaction.atomic
def assign(edition: Edition) -> int:
    """Give every plan its members, beside what was given before; how many were given now."""
    now = Edition.objects.locked().get(pk=edition.pk)
    if now.state not in GIVING:
        raise Refused(_("Plans are given to the jury once admission has begun, and until the close."), now)
    jurors = list(Juror.objects.filter(edition=now).seated().select_related("seat").order_by("pk"))
    plans = list(Entry.objects.filter(edition=now).taking_part().order_by("number"))
    if not jurors or not plans:
        raise Refused(_("There are no members of the jury or no plans yet."), now)
    blocked = set(Conflict.objects.filter(juror__edition=now).blocking().values_list("juror_id", "entry_id"))
    given = {(one.seat_id, one.entry_id) for one in now.assignments.all()}
    new = divide(now, jurors, plans, blocked=blocked, given=given)
    Assignment.objects.bulk_create(
        Assignment(edition=now, seat=juror.seat, entry=plan, reason=why(juror, plan, jurors, blocked))
        for juror, plan in new
    )
    return len(new)


def divide(
    edition: Edition,
    jurors: list[Juror],
    plans: list[Entry],
    *,
    blocked: set[tuple[int, int]],
    given: set[tuple[int, int]],
) -> list[tuple[Juror, Entry]]:
    """Who judges what beside what was given; in the order of plans and members."""
    import networkx  # not at the top: it takes a third of a second to load, and no page needs it

    graph = networkx.DiGraph()
    for plan in plans:
        has = sum(entry == plan.pk for _seat, entry in given)
        graph.add_edge(
            "from", f"plan {plan.pk}", capacity=max(0, edition.rules.ballots_wanted - has), weight=0
        )
        for juror in jurors:
            if (juror.pk, plan.pk) not in blocked and (juror.seat_id, plan.pk) not in given:
                lot = lot_of(edition, juror, plan)
                graph.add_edge(f"plan {plan.pk}", f"member {juror.pk}", capacity=1, weight=lot)
    for juror in jurors:
        has = sum(seat == juror.seat_id for seat, _entry in given)
        for place in range(has, edition.rules.max_load):
            step = f"place {juror.pk} {place}"
            graph.add_edge(f"member {juror.pk}", step, capacity=1, weight=STEP * (place + 1))
            graph.add_edge(step, "to", capacity=1, weight=0)
    if "to" not in graph:
        return []
    flow = networkx.max_flow_min_cost(graph, "from", "to")
    return [
        (juror, plan)
        for plan in plans
        for juror in jurors
        if flow[f"plan {plan.pk}"].get(f"member {juror.pk}")
    ]


def lot_of(edition: Edition, juror: Juror, plan: Entry) -> int:
    """A fixed lot for each pair, so that the same question always gets the same answer."""
    text = f"{edition.slug} {juror.seat.code if juror.seat else juror.pk} {plan.number}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:2]) % 97


def why(juror: Juror, plan: Entry, jurors: list[Juror], blocked: set[tuple[int, int]]) -> dict[str, Any]:
    away = sum((other.pk, plan.pk) in blocked for other in jurors)
    return {"members": len(jurors), "away": away}


def reason_text(assignment: Assignment) -> str:
    """Why this member, for the secretary: who could judge it, and that the piles were kept even."""
    facts = assignment.reason
    if not facts:
        return ""
    free = facts["members"] - facts["away"]
    sentence = ngettext(
        "%(free)d of %(members)d members may judge this plan. Divided so that all have about as many.",
        "%(free)d of %(members)d members may judge this plan. Divided so that all have about as many.",
        free,
    )
    return sentence % {"free": free, "members": facts["members"]}
