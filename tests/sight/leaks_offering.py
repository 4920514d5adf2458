"""Leaks of what HR works with, to be switched on one by one."""

import pytest

from mobility import rules
from mobility.models.answer_texts import AnswerTextQuerySet
from mobility.models.exchanges import ExchangeQuerySet
from mobility.models.figures import MonthFigureQuerySet
from tests.sight.leaks import everything, leak


@leak("hr_strange", "mobility:answer_texts")
def texts_of_other_organisations_are_listed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(AnswerTextQuerySet, "visible_to", everything)


@leak("colleague", "mobility:edit_answer_text")
def a_manager_changes_the_texts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_write_texts", lambda user, organisation=None: True)


@leak("manager", "mobility:throw_away")
def anybody_throws_drafts_away(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "may_manage", lambda user, exchange: user.given_name != "Marit")


@leak("colleague", "mobility:exchange")
def a_co_owner_of_one_owns_all(patch: pytest.MonkeyPatch) -> None:
    managed = ExchangeQuerySet.managed

    def of_all(user: object, path: str = "") -> object:
        organisations = user.organisations("hr", "manager")  # type: ignore[attr-defined]
        return managed(user, path) | managed(user, path).__class__(
            **{f"{path}organisation__in": organisations}
        )

    patch.setattr(ExchangeQuerySet, "managed", staticmethod(of_all))


@leak("hr_strange", "shadow")
def the_figures_are_of_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MonthFigureQuerySet, "visible_to", everything)
    patch.setattr(MonthFigureQuerySet, "filter", lambda rows, **facts: rows.all())
