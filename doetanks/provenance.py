"""Where an answer came from and what became of it: question, trials, yield, decision, effect, and onward.

Drawn as a row of numbered circles; the list below it says the same in words, for whoever cannot see it.
"""

import dataclasses
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob import dutch, onward
from doetanks.models import Challenge, Trial

GAP = 88
RADIUS = 22
MARGIN = 30


@dataclasses.dataclass(frozen=True)
class Link:
    """One circle: `state` is done, now, todo or stopped; `x` its middle, `from_x` where its line begins."""

    number: int
    title: str
    text: str
    state: str
    url: str
    x: int
    from_x: int


def chain(challenge: Challenge, trials: Sequence[Trial], origin: onward.Origin | None = None) -> list[Link]:
    """The links in order; what is still to come is among them, so that the promise shows."""
    parts = [
        *began(challenge, origin),
        question(challenge),
        tried(challenge, trials),
        delivered(challenge),
        decided(challenge),
    ]
    if challenge.verdict != Challenge.Verdict.NO:
        parts.append(effect(challenge))
    if challenge.led_to:
        parts.append((_("Onward"), _("It went on elsewhere on this portal."), "done", challenge.led_to))
    return [
        Link(n + 1, *part, x=MARGIN + n * GAP, from_x=MARGIN + (n - 1) * GAP + RADIUS)
        for n, part in enumerate(parts)
    ]


def width(links: Sequence[Link]) -> int:
    return 2 * MARGIN + (len(links) - 1) * GAP


Part = tuple[str, str, str, str]


def began(challenge: Challenge, origin: onward.Origin | None) -> list[Part]:
    """Where it began, if that was on another page of the portal. The page may have gone since."""
    if origin:
        return [(origin.label, origin.title, "done", origin.url)]
    text = _("It began elsewhere on this portal.")
    return [(_("Beginning"), text, "done", "")] if challenge.came_from else []


def question(challenge: Challenge) -> Part:
    return _("Question"), challenge.title, "done", ""


def tried(challenge: Challenge, trials: Sequence[Trial]) -> Part:
    """How many trials were told about, failures among them."""
    title = _("Trials")
    if not trials:
        state = "done" if challenge.delivered_at else "now" if challenge.is_at_work else "todo"
        return title, _("None told about yet.") if state != "done" else _("None."), state, ""
    told = ngettext("%d trial", "%d trials", len(trials)) % len(trials)
    failed = sum(one.outcome in (Trial.Outcome.FAILED, Trial.Outcome.STOPPED) for one in trials)
    failures = ngettext("%d did not work", "%d did not work", failed) % failed
    text = f"{told}, {failures}." if failed else f"{told}."
    return title, text, "done" if challenge.delivered_at else "now", f"#proef-{trials[0].pk}"


def delivered(challenge: Challenge) -> Part:
    if not challenge.delivered_at:
        is_over = challenge.state == Challenge.State.STOPPED
        return _("Yield"), _("Not delivered.") if is_over else _("Still to come."), "todo", ""
    return _("Yield"), _("Delivered on %s.") % day(challenge.delivered_at), "done", "#opbrengst"


def decided(challenge: Challenge) -> Part:
    title = _("Answer")
    if challenge.decided_at:
        facts = {"verdict": challenge.get_verdict_display(), "day": day(challenge.decided_at)}
        return title, _("%(verdict)s, on %(day)s.") % facts, "done", "#antwoord"
    if challenge.is_answerable and challenge.answer_due_at:
        late = challenge.state == Challenge.State.UNANSWERED
        text = _("Was due on %s.") if late else _("Due on %s.")
        return title, text % day(challenge.answer_due_at), "stopped" if late else "now", ""
    return title, _("Within six weeks of the delivery."), "todo", ""


def effect(challenge: Challenge) -> Part:
    title = _("Effect")
    if challenge.effect:
        return title, _("Told after half a year."), "done", "#effect"
    if challenge.state == Challenge.State.CLOSED:
        return title, _("Nobody told the effect."), "stopped", ""
    if challenge.effect_due_on:
        return title, _("To be told from %s on.") % dutch.date_text(challenge.effect_due_on), "now", ""
    return title, _("Half a year after a yes."), "todo", ""


def day(moment: object) -> str:
    return dutch.date_text(timezone.localtime(moment).date())  # type: ignore[arg-type]
