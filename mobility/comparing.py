"""Applicants of one exchange side by side: what they wrote and where they stand, not who is better (R10)."""

import dataclasses
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mobility import progress
from mobility.models import Application

FEWEST, MOST = 2, 4


@dataclasses.dataclass(frozen=True)
class Row:
    """One question with the answer for each applicant, in their order."""

    title: str | Promise
    cells: list[tuple[Application, str]]
    is_letter: bool = False


def rows(applications: list[Application]) -> list[Row]:
    """Only rows in which at least one of them has something to show."""
    questions: list[tuple[str | Promise, Any, bool]] = [
        (_("Employer"), lambda one: str(one.employer or ""), False),
        (_("Kind of government"), lambda one: one.employer.get_tier_display() if one.employer else "", False),
        (_("Worked here before"), lambda one: _("Yes") if one.is_returning else "", False),
        (_("Why you, and why here"), lambda one: one.motivation, True),
        (_("Sent on"), lambda one: day(one.submitted_at), False),
        (_("How it stands"), lambda one: one.get_state_display(), False),
        (_("Whose turn"), progress.whose_turn, False),
        (_("Answer before"), lambda one: day(one.due_at) if one.is_live else "", False),
        (_("Hours a week"), lambda one: str(one.hours or ""), False),
        (_("Period"), lambda one: one.period_text, False),
        (_("What we agreed"), lambda one: one.offer_note, True),
    ]
    table = [
        Row(title, [(one, str(say(one))) for one in applications], long) for title, say, long in questions
    ]
    return [row for row in table if any(text for _one, text in row.cells)]


def day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""
