"""The result told in the hall, scene by scene, in the order in which it is exciting.

First how many ballots were counted, then the prize of the audience, then the plans from the last place up,
then each step that parted equal plans at the top, and at last who won. Only what is published is told.
"""

import json
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pitch import audience
from pitch.models import Edition, Entry, Result, Standing

HIGHEST_OTHERS, ON_THE_STAGE = 5, 3
"""How many plans below the top are read out, the lowest first, and how many stand beside the winner."""


@dataclass(frozen=True)
class Row:
    """A plan in the count as it stands on the screen. `ballots` is how many came in, of how many."""

    title: str
    ballots: str
    total: str
    rank: int = 0
    is_winner: bool = False


@dataclass(frozen=True)
class TieStep:
    """One step of the tie chain: decided, still equal, or not needed (`state`: won, equal or spared)."""

    title: str
    text: str
    state: str


@dataclass(frozen=True)
class Scene:
    """What the screen shows at one moment (`kind`: counted, audience, place, tie or winner)."""

    kind: str
    heading: str
    text: str = ""
    small: str = ""
    note: str = ""
    rows: list[Row] = field(default_factory=list)
    ties: list[TieStep] = field(default_factory=list)


def scenes(edition: Edition) -> list[Scene]:
    """All scenes of a published result."""
    result = Result.objects.filter(edition=edition).first()
    if result is None or not edition.shows_scores:
        return []
    content = json.loads(bytes(result.ballots_file))["content"]
    standings = list(result.standings.select_related("entry__organisation", "entry__edition"))
    rows = {one.pk: row(one, content) for one in standings}
    top = [one for one in standings if one.total == standings[0].total]
    others = [one for one in standings if one not in top]
    told = [counted(content), *audience_scenes(edition)]
    told += [place(one, rows[one.pk]) for one in reversed(others[:HIGHEST_OTHERS])]
    if len(top) > 1:
        told += tie_scenes(result, top, rows)
    return [*told, won(result, standings, rows, tie_steps(result, top))]


def row(standing: Standing, content: dict[str, Any]) -> Row:
    key = str(standing.entry.number)
    cast = sum(ballot["entry"] == key for ballot in content["ballots"])
    ballots = _("%(cast)d of %(asked)d") % {"cast": cast, "asked": content["may_judge"][key]}
    has_won = standing.prize == Standing.Prize.WINNER
    return Row(standing.entry.title, ballots, shown(standing.total), standing.rank, has_won)


def shown(number: Fraction) -> str:
    return formats.number_format(round(float(number), 3), 3)


def counted(content: dict[str, Any]) -> Scene:
    cast, asked = len(content["ballots"]), sum(content["may_judge"].values())
    facts = {"cast": cast, "asked": asked}
    heading = _("%(cast)d of %(asked)d ballots opened and counted") % facts
    plans = len(content["entries"])
    text = ngettext("%d plan took part.", "%d plans took part.", plans) % plans
    return Scene("counted", heading, text)


def audience_scenes(edition: Edition) -> list[Scene]:
    chosen = audience.outcome(edition)
    if chosen is None:
        return []
    names = _(" and ").join(plan.title for plan in chosen.plans)
    is_shared = len(chosen.plans) > 1
    small = _("Equal, so they share the prize.") if is_shared else makers(chosen.plans[0])
    return [Scene("audience", names, chosen.votes_text, small)]


def makers(plan: Entry) -> str:
    """The people of a team that has won, with their organisation."""
    team = plan.team.joined().select_related("user")
    names = ", ".join(member.user.full_name for member in team if member.user)
    return "\n".join(part for part in (names, str(plan.organisation or "")) if part)


def place(standing: Standing, row: Row) -> Scene:
    return Scene("place", standing.entry.title, _("Place %d") % standing.rank, rows=[row])


def tie_scenes(result: Result, top: list[Standing], rows: dict[int, Row]) -> list[Scene]:
    """First that they are equal, by the alphabet; then one scene for each step, with those before it."""
    equal = sorted((rows[one.pk] for one in top), key=lambda row: row.title)
    plain = [Row(row.title, row.ballots, row.total) for row in equal]
    steps = [step for step in tie_steps(result, top) if step.state != "spared"]
    heading = ngettext("Equal: %d plan", "Equal: %d plans", len(top)) % len(top)
    return [Scene("tie", heading, rows=plain, ties=steps[:number]) for number in range(len(steps) + 1)]


def tie_steps(result: Result, top: list[Standing]) -> list[TieStep]:
    """How the plan in the first place came out of those that were equal; none when it stood alone."""
    if len(top) < 2:
        return []
    winner = str(top[0].entry.number)
    titles = {str(one.entry.number): one.entry.title for one in top}
    taken = [step for step in result.steps[1:] if winner in step["entries"]]
    spared = [name_of(code) for code in result.edition.rules.tie_chain[len(taken) :]]
    told = [tie_step(step, winner, titles) for step in taken]
    return [*told, TieStep(_("Not needed: %s") % ", ".join(spared), "", "spared")] if spared else told


def name_of(code: str) -> str:
    return {
        "heaviest": _("heaviest criterion"),
        "head_to_head": _("head to head"),
        "smallest_spread": _("smallest spread"),
        "draw": _("draw"),
    }[code]


def tie_step(step: dict[str, Any], winner: str, titles: dict[str, str]) -> TieStep:
    code = step["code"]
    title = capfirst(name_of(code))
    best = step["groups"][0]
    if len(best) == len(step["entries"]):
        return TieStep(_("%s: still equal") % title, details(code, step, titles), "equal")
    if len(best) > 1:
        return TieStep(_("%(step)s: %(count)d left") % {"step": title, "count": len(best)}, "", "equal")
    outcome = _("%(step)s: %(plan)s wins") % {"step": title, "plan": titles[winner]}
    return TieStep(outcome, details(code, step, titles), "won")


def details(code: str, step: dict[str, Any], titles: dict[str, str]) -> str:
    """What was compared, in a line."""
    if code == "draw":
        return _("It follows from random numbers on all ballots together.")
    if code == "head_to_head" and len(step.get("duels", [])) == 1:
        _first, _second, for_first, for_second = step["duels"][0]
        high, low = max(for_first, for_second), min(for_first, for_second)
        return _("%(high)d against %(low)d members of the jury") % {"high": high, "low": low}
    order = [entry for group in step["groups"] for entry in group]
    return ", ".join(f"{titles[entry]} {shown(Fraction(step['values'][entry]))}" for entry in order)


def won(result: Result, standings: list[Standing], rows: dict[int, Row], ties: list[TieStep]) -> Scene:
    winner = next((one for one in standings if one.prize == Standing.Prize.WINNER), standings[0])
    table = [rows[one.pk] for one in standings[:ON_THE_STAGE]]
    note = _("The jury follows the count.")
    if result.deviation:
        note = _("The jury decided otherwise than the count. Its reason stands with the result.")
    plan = winner.entry
    return Scene("winner", plan.title, plan.summary, makers(plan), note, table, ties)
