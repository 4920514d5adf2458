"""Who may do what with career days and their scripts."""

from typing import Any

from bwob.seating import closed_because
from mobility.models import CareerDay, Script, Signup
from mobility.models.scripts import ORGANISERS
from mobility.rules import workplace_obstacle


def may_organise(user: Any) -> bool:
    """HR, managers and the programme office, for their own organisation."""
    return user.is_authenticated and user.has_role(*ORGANISERS)


def may_manage_day(user: Any, day: CareerDay) -> bool:
    """HR or the programme office of the organisation, or the manager who is its contact."""
    if not user.is_authenticated:
        return False
    all_of = user.organisations("hr", "programme")
    is_contact = day.contact_id == user.pk and day.organisation in user.organisations("manager")
    return is_contact or day.organisation in all_of


def can_change_day(day: CareerDay) -> bool:
    """What was cancelled or is over stays as it was."""
    return day.state != CareerDay.State.CANCELLED and not day.is_held


def signup_obstacle(user: Any, day: CareerDay) -> str:
    """Why this person cannot sign up, in a sentence with what to do; "" when nothing stands in the way."""
    return closed_because(day) or workplace_obstacle(user)


def may_attend(signup: Signup | None) -> bool:
    return signup is not None and signup.may_attend


def may_give_feedback(signup: Signup | None) -> bool:
    """Who was there, once, when it is over."""
    was_there = signup is not None and signup.attended_at is not None
    return was_there and signup.day.is_held and not signup.feedback_given  # type: ignore[union-attr]


def may_manage_script(user: Any, script: Script) -> bool:
    return user.is_authenticated and script.organisation in user.organisations(*ORGANISERS)
