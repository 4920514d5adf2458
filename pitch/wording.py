"""An edition in words: its phases on a line, its prizes, and its rules in plain language."""

import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import formats, timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob import dutch
from pitch.models import Edition, Rules

State = Edition.State
PHASES = [
    (State.DRAFT, State.FIXED),
    (State.OPEN,),
    (State.ADMISSION, State.REHEARSAL),
    (State.JUDGING, State.CLOSED),
    (State.OPENED, State.DELIBERATION, State.DECIDED, State.PUBLISHED),
    (State.REALISATION, State.ENDED),
]


@dataclass(frozen=True)
class Phase:
    """One stop on the line of an edition; `step` is done, now or todo."""

    label: str
    when: str
    step: str


@dataclass(frozen=True)
class Saying:
    """A title with what it means."""

    title: str
    text: str


def phases(edition: Edition) -> list[Phase]:
    """The six stops; a cancelled edition stands nowhere."""
    labels = [
        _("Rules fixed"),
        _("Plans come in"),
        _("Admission"),
        _("The jury judges"),
        _("Final and result"),
        _("Carried out together"),
    ]
    here = next((place for place, states in enumerate(PHASES) if edition.state in states), -1)
    if edition.state == State.FIXED:
        here = 1
    return [
        Phase(label, when, step_of(place, here, edition))
        for place, (label, when) in enumerate(zip(labels, moments(edition), strict=True))
    ]


def step_of(place: int, here: int, edition: Edition) -> str:
    if edition.state == State.ENDED or place < here:
        return "done"
    is_now = place == here and edition.state != State.FIXED
    return "now" if is_now else "todo"


def moments(edition: Edition) -> list[str]:
    """When each of the stops is, as far as it is known."""
    rules = getattr(edition, "rules", None)
    return [
        day(rules.fixed_at) if rules else "",
        between(edition.entries_open_on, edition.entries_close_at),
        _("until %s") % dutch.date_text(edition.admission_until) if edition.admission_until else "",
        _("until %s") % moment_text(edition.judging_closes_at) if edition.judging_closes_at else "",
        ", ".join(part for part in (day(edition.final_at), edition.final_place) if part),
        _("until %s") % dutch.date_text(edition.realisation_until) if edition.realisation_until else "",
    ]


def day(moment: datetime.datetime | None) -> str:
    return dutch.date_text(timezone.localtime(moment).date()) if moment else ""


def moment_text(moment: datetime.datetime | None) -> str:
    """ "Friday 27 November, 17:00"."""
    return date_format(timezone.localtime(moment), "l j F, H:i") if moment else ""


def between(first: datetime.date | None, last: datetime.datetime | None) -> str:
    if first and last:
        days = {"first": date_format(first, "j F"), "last": day(last)}
        return _("%(first)s to %(last)s") % days
    return day(last)


def days_left(moment: datetime.datetime | None) -> int | None:
    """Whole days until this moment, 0 on the day itself; None when it is not known or over."""
    if moment is None or moment <= timezone.now():
        return None
    return (timezone.localtime(moment).date() - timezone.localdate()).days


def prizes(edition: Edition) -> list[Saying]:
    """One on each line: its name, a colon, what it is."""
    lines = (line.partition(":") for line in edition.prizes.splitlines() if line.strip())
    return [Saying(name.strip(), text.strip()) for name, _colon, text in lines]


def sayings(rules: Rules) -> list[Saying]:
    """The rules in five sentences or so; the whole of them stands on the page of the rules."""
    return [
        Saying(_("Everybody in government may take part"), team_text(rules)),
        Saying(_("The jury judges your plan"), jury_text(rules)),
        Saying(_("Nobody knows the scores before the end"), secrecy_text(rules)),
        Saying(_("Equal? A fixed order decides"), tie_text(rules)),
        Saying(_("You get an explanation"), objection_text(rules)),
    ]


def team_text(rules: Rules) -> str:
    if rules.largest_team == 1:
        return _("Alone. Your manager need not agree.")
    people = {"count": rules.largest_team}
    return _("Alone or with a team of at most %(count)d people. Your manager need not agree.") % people


def jury_text(rules: Rules) -> str:
    blind = _("It does not see your name.") if rules.is_blind else _("It sees who you are.")
    interest = _("Who has a tie with you or your organisation does not get your plan.")
    return f"{blind} {interest}"


def secrecy_text(rules: Rules) -> str:
    if rules.is_sealed:
        return _("Ballots are sealed. They open when the jury is done, with two of three keys.")
    return _("The portal shows no score before the jury is done. These ballots are not sealed.")


def tie_text(rules: Rules) -> str:
    names = [str(Rules.Tie(tie).label) for tie in rules.tie_chain]
    if len(names) == 1:
        return _("Then this decides: %s.") % names[0]
    return _("First %(first)s, then %(rest)s.") % {"first": names[0], "rest": ", ".join(names[1:])}


def objection_text(rules: Rules) -> str:
    sentence = ngettext(
        "Each team sees its own scores and the motivations. You can object within %d working day.",
        "Each team sees its own scores and the motivations. You can object within %d working days.",
        rules.objection_days,
    )
    return sentence % rules.objection_days


def counting_sayings(rules: Rules) -> list[Saying]:
    """How ballots are counted, for the page of the rules."""
    mean = rules.average == Rules.Average.MEAN
    quorum = _(
        "A plan needs at least %(ballots)d ballots, of at least %(percent)d percent of the members who may"
        " judge it. Otherwise there is no result: the jury gets more time, or another member."
    ) % {"ballots": rules.min_ballots, "percent": rules.min_percent}
    average = (
        _("Each ballot gives one number: its scores, weighed. The mean of these numbers counts.")
        if mean
        else _("Each ballot gives one number: its scores, weighed. The middle one counts.")
    )
    exact = _("The portal counts in exact fractions and rounds only what it shows.")
    own = _("Each member is compared with the own average first, so that strict and mild weigh the same.")
    return [
        Saying(_("Enough ballots"), quorum),
        Saying(_("The total"), f"{average} {exact}"),
        *([Saying(_("Strict and mild"), own)] if rules.standardised else []),
        Saying(_("Equal totals"), tie_text(rules)),
        Saying(
            _("The draw"),
            _("Nobody can steer it: it follows from random numbers that stand on all ballots together."),
        ),
        Saying(
            _("The jury may decide otherwise"),
            _("Only with a reason, and that reason stands beside the count for everybody."),
        ),
    ]


def limits(rules: Rules) -> list[str]:
    """What sealing does not guard against; said where the rules are, in full."""
    if not rules.is_sealed:
        return [
            _("These ballots are not sealed: whoever runs the portal could read them in the database."),
            _("The portal itself shows them to nobody before the jury is done."),
        ]
    return [
        _("Sealing guards the database, the backups, the administration and the logs."),
        _("It does not guard against somebody who changes the running portal itself in bad faith."),
        _("Such a portal could copy scores as they come in. So the code is public, and so is who runs it."),
    ]


def steps(kept: list[dict[str, Any]]) -> list[Saying]:
    """The steps of a count as they were kept, in words: first the totals, then what parted equal plans."""
    titles = {
        "mean": _("The mean of each plan"),
        "median": _("The middle of each plan"),
        "heaviest": _("Equal, so the heaviest criterion counts alone"),
        "head_to_head": _("Equal, so head to head: two points for who wins, one if even"),
        "smallest_spread": _("Equal, so the smallest spread wins"),
        "draw": _("Equal, so the draw decides: the lowest outcome wins"),
    }
    return [Saying(titles[step["code"]], values_text(step)) for step in kept]


def values_text(step: dict[str, Any]) -> str:
    """ "plan 3: 4.2; plan 1: 3.9", the best first."""
    order = [entry for group in step["groups"] for entry in group]
    parts = [
        _("plan %(number)s: %(value)s") % {"number": entry, "value": value_text(step["values"][entry])}
        for entry in order
    ]
    return "; ".join(parts) + "."


def value_text(value: str) -> str:
    """A fraction with what it is about; the outcome of a draw by its first signs."""
    if len(value) == 64:
        return value[:12]
    number = Fraction(value)
    rounded = formats.localize(round(float(number), 3), use_l10n=True)
    return str(rounded) if number.denominator == 1 else f"{rounded} ({value})"
