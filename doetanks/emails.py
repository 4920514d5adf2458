"""The messages about a Doetank: a function for each, whose docstring says to whom it goes and when.

What people typed is put on one line or quoted. The motivation of who asks to join is in no mail.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from bwob import history, mail
from bwob.people.models import Membership, Role, User
from doetanks.models import Challenge, Coach, NoticeReply, Participation, Signup, Trial

State = Challenge.State


def submitted(challenge: Challenge) -> None:
    """To all coaches, when a challenge comes in, and to the commissioner as a receipt."""
    _tell("submitted", challenge, [one.user for one in Coach.objects.ready()])
    _tell("received", challenge, commissioner(challenge))


def taken(challenge: Challenge) -> None:
    """To the commissioner, when a coach takes the intake."""
    _tell("taken", challenge, commissioner(challenge))


def opened(challenge: Challenge) -> None:
    """To the commissioner, when people can join."""
    _tell("opened", challenge, commissioner(challenge))


def surfaced(challenge: Challenge) -> None:
    """To team, coach and commissioner, when what was under the radar is public."""
    _tell("surfaced", challenge, [*commissioner(challenge), *team(challenge)])


def stopped(challenge: Challenge) -> None:
    """To commissioner and team, when it ends before a delivery, with the reason."""
    message = written(challenge, State.STOPPED)
    _tell("stopped", challenge, [*commissioner(challenge), *team(challenge)], message=message)


def complete(challenge: Challenge) -> None:
    """To the team and the commissioner, when the team is complete."""
    _tell("complete", challenge, [*commissioner(challenge), *team(challenge)])


def advanced(challenge: Challenge) -> None:
    """To the team, when it goes on to another phase, or back to one."""
    _tell("advanced", challenge, team(challenge), message=written(challenge, challenge.state))


def delivered(challenge: Challenge) -> None:
    """To the commissioner, who has six weeks from now, and to the team."""
    _tell("delivered", challenge, commissioner(challenge))
    _tell("delivered_to_team", challenge, team(challenge))


def unanswered(challenge: Challenge) -> None:
    """To the commissioner and to the team, when the six weeks have passed without an answer."""
    _tell("unanswered", challenge, commissioner(challenge))
    _tell("unanswered_to_team", challenge, team(challenge))


def decided(challenge: Challenge) -> None:
    """To team and coach, when the commissioner has answered, with the reason."""
    _tell("decided", challenge, team(challenge), message=quoted(challenge.verdict_text))


def measured(challenge: Challenge) -> None:
    """To the team, when it is known what came of it."""
    _tell("measured", challenge, team(challenge), message=quoted(challenge.effect))


def reminded(challenge: Challenge) -> None:
    """To whoever must act, two weeks before a term ends; of an effect, when half a year has passed."""
    if challenge.state == State.SUBMITTED:
        _tell("submitted", challenge, [one.user for one in Coach.objects.ready()])
    elif challenge.state == State.DECISION:
        _tell("decision_reminded", challenge, commissioner(challenge))
    elif challenge.state == State.EFFECT:
        _tell("effect_due", challenge, commissioner(challenge))
    else:
        _tell("coach_reminded", challenge, guide(challenge))


def somebody_left(challenge: Challenge) -> None:
    """To the coach, when somebody closed the account and so left, without a name."""
    _tell("somebody_left", challenge, guide(challenge))


def orphaned(challenge: Challenge) -> None:
    """When coach or commissioner closed the account, to the programme office, which names somebody else.

    It may not learn of what is under the radar: there the others hear that they must come out first.
    """
    if challenge.is_hidden:
        _tell("orphaned_hidden", challenge, [*commissioner(challenge), *team(challenge)])
    else:
        _tell("orphaned", challenge, office())


MESSAGES: dict[str, Callable[[Challenge], None]] = {
    message.__name__: message
    for message in (
        submitted,
        taken,
        opened,
        surfaced,
        stopped,
        complete,
        advanced,
        delivered,
        unanswered,
        decided,
        measured,
        reminded,
        somebody_left,
        orphaned,
    )
}


def asked(participation: Participation) -> None:
    """To the coach, when somebody asks to join, and to that person as a receipt."""
    _tell_about("asked", participation, guide(participation.challenge))
    _tell_about("asked_received", participation, [participation.person])


def invited(participation: Participation) -> None:
    """To the person, when the coach wants to talk, with what the coach wrote."""
    message = written(participation, participation.state)
    _tell_about("invited", participation, [participation.person], message=message)


def accepted(participation: Participation) -> None:
    """To the person, who is a member now."""
    _tell_about("accepted", participation, [participation.person])


def put_on_waiting_list(participation: Participation) -> None:
    """To the person, when the team is full."""
    _tell_about("waiting_list", participation, [participation.person])


def refused(participation: Participation) -> None:
    """To the person, with the reason."""
    message = written(participation, participation.state)
    _tell_about("refused", participation, [participation.person], message=message)


def withdrawn(participation: Participation) -> None:
    """To the coach, when somebody takes the request back."""
    _tell_about("withdrawn", participation, coach(participation.challenge))


def left(participation: Participation) -> None:
    """To the coach, when a member leaves: a place is free."""
    message = written(participation, participation.state)
    _tell_about("left", participation, coach(participation.challenge), message=message)


def lapsed(participation: Participation) -> None:
    """To the person, when nobody answered in time or no place came free."""
    _tell_about("lapsed", participation, [participation.person])


def reminded_of_asking(participation: Participation) -> None:
    """To the coach, four days before the term of an answer ends."""
    _tell_about("asked_reminded", participation, guide(participation.challenge))


ABOUT_JOINING: dict[str, Callable[[Participation], None]] = {
    message.__name__: message
    for message in (asked, invited, accepted, put_on_waiting_list, refused, withdrawn, left, lapsed)
}
ABOUT_JOINING["reminded"] = reminded_of_asking


def trial_finished(trial: Trial) -> None:
    """To the team and the commissioner, when the result of a trial is told."""
    message = quoted(trial.learned)
    _tell_trial("trial_finished", trial, [*commissioner(trial.challenge), *team(trial.challenge)], message)


def trial_over(trial: Trial) -> None:
    """To the team, the day after the last day of a trial of which nobody told the result."""
    _tell_trial("trial_over", trial, team(trial.challenge))


ABOUT_TRIALS: dict[str, Callable[[Trial], None]] = {
    "trial_finished": trial_finished,
    "trial_over": trial_over,
}


def about_cafe(message: str, signup: Signup) -> None:
    """To who comes, waits, got a place, or hears that it is cancelled: the message says which."""
    person, cafe = signup.person, signup.cafe
    with translation.override(person.language):
        moment = date_format(timezone.localtime(cafe.starts_at), "l j F Y, H:i")
        link = mail.absolute(cafe.get_absolute_url())
    facts = {
        "hello": one_line(person.short_name),
        "title": one_line(cafe.title),
        "moment": moment,
        "page": link,
    }
    reason = written(signup, signup.state) if message == "cafe_cancelled" else ""
    mail.send(
        f"doetanks/email/{message}.txt",
        to=person.email,
        language=person.language,
        about=f"signup {signup.pk} {signup.moved_at.isoformat()}",
        context=facts | {"message": reason, "where": one_line(cafe.where_text)},
    )


def notice_answered(reply: NoticeReply) -> None:
    """To who wrote a notice, when somebody answers; what was written stands on the page only."""
    notice, person = reply.notice, reply.notice.author
    with translation.override(person.language):
        link = mail.absolute(notice.get_absolute_url())
    mail.send(
        "doetanks/email/notice_answered.txt",
        to=person.email,
        language=person.language,
        about=f"reply {reply.pk}",
        context={"hello": one_line(person.short_name), "title": one_line(notice.title), "page": link},
    )


def commissioner(challenge: Challenge) -> list[User]:
    return [challenge.commissioner] if challenge.commissioner else []


def coach(challenge: Challenge) -> list[User]:
    return [challenge.coach] if challenge.coach else []


def guide(challenge: Challenge) -> list[User]:
    """The coach; without one the programme office, unless it may not know of this."""
    return coach(challenge) or ([] if challenge.is_hidden else office())


def team(challenge: Challenge) -> list[User]:
    """The members in the order in which they joined, and the coach."""
    members = challenge.participations.members().select_related("person").order_by("asked_at")
    return [*(one.person for one in members), *coach(challenge)]


def office() -> list[User]:
    members = Membership.objects.filter(role=Role.PROGRAMME, user__is_active=True).select_related("user")
    return [member.user for member in members.order_by("pk")]


def one_line(words: object) -> str:
    return " ".join(str(words).split())


def quoted(text: str) -> str:
    """What one wrote to another, marked as mail programs mark a quotation."""
    return "\n".join(f"> {one_line(line)}".strip() for line in text.strip().splitlines())


def written(record: Challenge | Participation | Signup, state: str) -> str:
    """What was written with the last move into this state, by a person. Two queries."""
    reasons = [moment.reason for moment in history.timeline(record) if moment.state == state and moment.by]
    return quoted(reasons[-1]) if reasons else ""


def _tell_about(template: str, participation: Participation, people: Iterable[User], **more: Any) -> None:
    facts = {"name": one_line(participation.person), "employer": participation.employer}
    about = f"participation {participation.pk} {participation.moved_at.isoformat()}"
    page = participation.get_absolute_url
    _tell(
        template, participation.challenge, people, about=about, page=page, days=participation, **facts | more
    )


def _tell_trial(template: str, trial: Trial, people: Iterable[User], message: str = "") -> None:
    about = f"trial {trial.pk} {trial.state}"
    _tell(template, trial.challenge, people, about=about, trial=one_line(trial.title), message=message)


def _tell(
    template: str,
    challenge: Challenge,
    people: Iterable[User],
    *,
    about: str = "",
    page: Callable[[], str] | None = None,
    days: Any = None,
    **more: Any,
) -> None:
    """One mail to each, in the own language."""
    for person in people:
        with translation.override(person.language):
            facts = _facts(challenge) | {
                "hello": one_line(person.short_name),
                "waits": days or challenge,
                "page": mail.absolute((page or challenge.get_absolute_url)()),
            }
        mail.send(
            f"doetanks/email/{template}.txt",
            to=person.email,
            language=person.language,
            about=about or f"challenge {challenge.pk} {challenge.moved_at.isoformat()} {challenge.is_hidden}",
            context=facts | more,
        )


def _facts(challenge: Challenge) -> dict[str, Any]:
    return {
        "title": one_line(challenge.title),
        "organisation": challenge.organisation,
        "coach": one_line(challenge.coach or ""),
        "phase": str(challenge.get_state_display()),
        "verdict": str(challenge.get_verdict_display()),
    }
