"""Records that move through states: one table of moves per model, one function that moves (rule R1)."""

import datetime
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from bwob import history


class Refused(Exception):
    """An act that is not possible (any more); its text tells the person why. Becomes a 409 page."""

    def __init__(self, reason: str, record: models.Model | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.record = record


class Workflow(models.Model):
    """A record with a state. A subclass draws MOVES (from → to), has a field `state` and `guard(MOVES)`
    in its triggers.

    `TERMS` names, for each state that waits for somebody, how long it may wait; a model that has it also has
    a field `due_at`, and its process module says what happens when the time is over.
    """

    MOVES: ClassVar[dict[str, set[str]]]
    TERMS: ClassVar[dict[str, datetime.timedelta]] = {}

    state: "models.CharField[str, str]"
    moved_at = models.DateTimeField(_lazy("moved at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def can_move_to(self, state: str) -> bool:
        return state in self.MOVES[self.state]

    def move_to(
        self, state: str, *, by: models.Model | None, reason: str | Promise = "", **changes: Any
    ) -> None:
        """Move in one compare-and-set, so that of two people who move one record at once, one wins.

        `by` is None when the clock moves the record. `changes` are stored in the same statement.
        """
        changes |= {"state": state, "moved_at": timezone.now()}
        if self.TERMS:
            changes.setdefault("due_at", self.due_in(state, changes["moved_at"]))
        moved = 0
        if self.can_move_to(state):
            same: Any = type(self)._base_manager.filter(pk=self.pk).filter(**{"state": self.state})
            with history.because(by=by, reason=reason):
                moved = same.update(**changes)
        if not moved:
            raise Refused(_("This has changed in the meantime, so that is no longer possible."), self)
        for name, value in changes.items():
            setattr(self, name, value)

    def due_in(self, state: str, moment: datetime.datetime) -> datetime.datetime | None:
        """When a record that enters this state at this moment must have moved on, or None."""
        return moment + self.TERMS[state] if state in self.TERMS else None


def guard(moves: dict[str, set[str]]) -> pgtrigger.FSM:
    """The same table of moves as a database trigger, so that no other road leads around it."""
    return pgtrigger.FSM(
        name="moves",
        field="state",
        transitions=sorted((str(old), str(new)) for old, targets in moves.items() for new in targets),
    )
