"""Leaks of career days, to be switched on one by one."""

import pytest

from bwob import meetings
from mobility import day_rules
from mobility.models import CareerDay, DaySignupQuerySet
from mobility.models.days import CareerDayQuerySet
from mobility.models.scripts import ScriptQuerySet
from mobility.views import days
from tests.sight.leaks import everything, leak


@leak("participant", "mobility:career_day")
def drafts_of_days_are_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(CareerDayQuerySet, "visible_to", everything)


@leak("programme", "office signup")
def the_programme_sees_who_comes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(DaySignupQuerySet, "visible_to", everything)


@leak("colleague", "mobility:day_signups")
def every_manager_sees_who_comes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(day_rules, "may_manage_day", lambda user, day: user.is_authenticated)


@leak("hr_strange", "mobility:day_script")
def unshared_scripts_are_visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ScriptQuerySet, "visible_to", everything)


@leak("participant", "mobility:career_day")
def the_link_is_told_to_who_has_no_place(patch: pytest.MonkeyPatch) -> None:
    plain = meetings.where
    patch.setattr(
        CareerDay,
        "where_text",
        property(lambda day: plain(str(day.place), day.venue + day.online_url, day.is_online)),
    )


@leak("participant", "mobility:sign_off")
def the_sign_up_of_somebody_else_is_ones_own(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(days, "signup_of", lambda request, day: day.signups.running().first())
