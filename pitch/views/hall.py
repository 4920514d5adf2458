from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pitch import audience, revealing
from pitch.models import AudienceRound, Edition
from pitch.views.audience import address_text
from pitch.views.editions import visible

CALM, QUICK, SCENE = 5, 2, 10
"""Seconds after which the screen asks again: as a rule, while a clock runs, for one scene of the result."""


@login_not_required
@require_GET
def hall(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen in the hall: waiting, voting with a count but no standings, counting, the result in scenes.

    It asks for itself again without a script. `stil` holds it still; `vanzelf` lets the scenes run on.
    """
    shown = visible(request, slug)
    if not shown.shows_entries:
        raise Http404
    context = reveal(request, shown) if shown.shows_scores else voting(request, shown)
    context |= {"edition": shown, "address": address_text()}
    response = render(request, "pitch/hall.html", context)
    if context["moves"] and context["next"]:
        response["Refresh"] = f"{context['seconds']}; url={context['next']}"
    return response


def voting(request: HttpRequest, shown: Edition) -> dict[str, Any]:
    """Before the result: the clock of the vote and how many votes came in."""
    rounds = AudienceRound.objects.visible_to(request.user)
    audience_round = rounds.filter(edition=shown).select_related("edition__rules").first()
    kind = kind_of(audience_round)
    return {
        "kind": kind,
        "round": audience_round,
        "clock": clock(audience_round),
        "votes": audience.turnout(audience_round) if audience_round else 0,
        "finalists": audience.on_stage(audience_round) if audience_round else [],
        "moves": "stil" not in request.GET,
        "next": request.path,
        "seconds": QUICK if kind == "open" else CALM,
    }


def kind_of(audience_round: AudienceRound | None) -> str:
    if audience_round and audience_round.is_over:
        return "counting"
    return "open" if audience_round and audience_round.is_open else "waiting"


def clock(audience_round: AudienceRound | None) -> dict[str, Any]:
    """What is left of the time to vote, as minutes and as a part of a hundred for the ring."""
    left = audience_round.time_left if audience_round else None
    if audience_round is None or left is None:
        return {}
    minutes, seconds = divmod(int(left), 60)
    part = round(100 * left / audience_round.time_in_all)
    return {"text": f"{minutes}:{seconds:02}", "part": part, "minutes": minutes, "seconds": seconds}


def reveal(request: HttpRequest, shown: Edition) -> dict[str, Any]:
    """One scene of the result; the number of the scene stands in the address, so that one can go back."""
    told = revealing.scenes(shown)
    if not told:
        raise Http404
    wanted = request.GET.get("stap", "1")
    number = min(max(int(wanted), 1), len(told)) if wanted.isdecimal() and len(wanted) < 4 else 1
    moves = "vanzelf" in request.GET
    return {
        "kind": "scene",
        "scene": told[number - 1],
        "number": number,
        "last": len(told),
        "moves": moves,
        "next": step(request, number + 1, moves) if number < len(told) else "",
        "previous": step(request, number - 1, moves=False) if number > 1 else "",
        "hold": step(request, number, not moves),
        "seconds": SCENE,
    }


def step(request: HttpRequest, number: int, moves: bool) -> str:
    return f"{request.path}?stap={number}{'&vanzelf=1' if moves else ''}"
