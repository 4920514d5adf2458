"""Who may do what in Doetanks. Each rule is about one person and one record; sight is another matter."""

from typing import Any

from django.utils.translation import gettext as _

from bwob.people.models import Role
from doetanks.models import Challenge, Coach, Participation

State = Challenge.State


def works_somewhere(user: Any) -> bool:
    """Proven and not too long ago: who takes part works for a government."""
    return bool(user.is_authenticated and user.employer and user.work.is_current)


def is_coach(user: Any) -> bool:
    return user.is_authenticated and Coach.objects.filter(user=user).exists()


def may_submit(user: Any) -> bool:
    return works_somewhere(user)


def may_take(user: Any, challenge: Challenge) -> bool:
    """Any coach takes a new challenge, but not one's own."""
    return challenge.state == State.SUBMITTED and is_coach(user) and not decides(user, challenge)


def decides(user: Any, challenge: Challenge) -> bool:
    return user.is_authenticated and challenge.commissioner_id == user.pk


def coaches(user: Any, challenge: Challenge) -> bool:
    return user.is_authenticated and challenge.coach_id == user.pk


def is_member(user: Any, challenge: Challenge) -> bool:
    return user.is_authenticated and challenge.participations.members().filter(person=user).exists()


def may_edit(user: Any, challenge: Challenge) -> bool:
    """Until it is open the commissioner and the coach mend the text; after that the coach alone."""
    if challenge.state in (State.SUBMITTED, State.INTAKE):
        return decides(user, challenge) or coaches(user, challenge)
    return coaches(user, challenge) and not challenge.is_ended


def may_refuse(user: Any, challenge: Challenge) -> bool:
    """Say no at the intake: the coach who took it, or any coach while nobody did."""
    return may_take(user, challenge) or (challenge.state == State.INTAKE and coaches(user, challenge))


def may_stop(user: Any, challenge: Challenge) -> bool:
    """Before the delivery, coach or commissioner can end it; afterwards the commissioner owes an answer."""
    return State.STOPPED in challenge.MOVES[challenge.state] and (
        coaches(user, challenge) or decides(user, challenge)
    )


def may_name_onward(user: Any, challenge: Challenge) -> bool:
    """Once delivered: say where on the portal it went on, as with an entry of PITCH."""
    return challenge.delivered_at is not None and (coaches(user, challenge) or decides(user, challenge))


def may_surface(user: Any, challenge: Challenge) -> bool:
    """The team opens what is under the radar: the coach or a member, never somebody from outside."""
    return challenge.is_hidden and (coaches(user, challenge) or is_member(user, challenge))


def may_work(user: Any, challenge: Challenge) -> bool:
    """The workroom is the team's: the commissioner waits for what comes out."""
    return coaches(user, challenge) or is_member(user, challenge)


def obstacle(user: Any, challenge: Challenge) -> str:
    """Why this person cannot ask to join, in a sentence with what to do; "" when nothing stands in the
    way.
    """
    if not challenge.is_joinable:
        return _("This team has begun already, or the question is closed.")
    if not user.employer:
        return _("First show where you work: verify your work address in your profile.")
    if not user.work.is_current:
        return _("You verified your work address more than 180 days ago. Verify it again first.")
    if decides(user, challenge):
        return _("You decide on what this team brings, so you cannot be in it.")
    if coaches(user, challenge):
        return _("You coach this team, so you cannot be a member.")
    return ""


def may_decide_on(user: Any, participation: Participation) -> bool:
    """The coach puts the team together."""
    return coaches(user, participation.challenge) and participation.person_id != user.pk


def is_person(user: Any, participation: Participation) -> bool:
    return participation.person_id == user.pk


def may_host(user: Any) -> bool:
    """Plan a café: coaches, and the programme office."""
    return user.has_role(Role.PROGRAMME) or is_coach(user)


def may_offer_places(user: Any, challenge: Challenge) -> bool:
    """Who offers workplaces of the organisation that asked may put a role on the market as an exchange."""
    offers = user.is_authenticated and challenge.organisation in user.organisations(Role.HR, Role.MANAGER)
    return bool(offers and challenge.is_public and challenge.is_joinable)


def may_appoint(user: Any) -> bool:
    return user.has_role(Role.PROGRAMME)
