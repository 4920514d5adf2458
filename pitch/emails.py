"""The messages of PITCH: a function for each, whose docstring says to whom it goes and when.

Names and titles are put on one line, and what somebody wrote is quoted, so that it cannot pass for the
portal's own words. No mail holds a score.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation

from bwob import history, mail
from bwob.forms import visible
from bwob.people.models import User
from pitch.models import (
    Conflict,
    Edition,
    Entry,
    Juror,
    Objection,
    Part,
    Realisation,
    Receipt,
    TeamMember,
)


def submitted(entry: Entry) -> None:
    """To the team as a receipt, and to the secretary, when a plan comes in (again)."""
    to_team("submitted", entry)
    to_parts("plan_came_in", entry.edition, Part.Role.SECRETARY, about=entry, plan=plan_of(entry))


def withdrawn(entry: Entry) -> None:
    """To the team and the secretary, when a plan is withdrawn."""
    to_team("withdrawn", entry)
    to_parts("plan_withdrawn", entry.edition, Part.Role.SECRETARY, about=entry, plan=plan_of(entry))


def admitted(entry: Entry) -> None:
    """To the team, when the plan takes part."""
    to_team("admitted", entry)


def sent_back(entry: Entry) -> None:
    """To the team, when something has to be mended, with the reason and three days."""
    to_team("sent_back", entry, message=last_reason(entry), until=entry.due_at)


def rejected(entry: Entry) -> None:
    """To the team, when the plan does not take part, with the reason."""
    to_team("rejected", entry, message=last_reason(entry))


def team_invited(member: TeamMember) -> None:
    """To somebody who is asked into a team; the link works after signing in."""
    entry = member.entry
    page = reverse("pitch:team_invitation", args=[member.key])
    send(
        "team_invited",
        entry,
        to=member.email,
        page=page,
        plan=plan_of(entry),
        lead=visible(str(entry.lead or "")),
    )


def juror_invited(juror: Juror) -> None:
    """To somebody who is asked into the jury, with two weeks to answer."""
    send(
        "juror_invited",
        juror,
        to=juror.email,
        page=juror.get_absolute_url(),
        edition=juror.edition,
        until=juror.due_at,
        language=juror.user.language if juror.user else "nl",
    )


def juror_answered(juror: Juror) -> None:
    """To the secretary, when somebody takes a place, declines, does not answer, or leaves."""
    to_parts(
        "juror_answered",
        juror.edition,
        Part.Role.SECRETARY,
        about=juror,
        who=visible(str(juror)),
        state=juror.get_state_display,
    )


def entries_closed(edition: Edition) -> None:
    """To secretary and chair, when no plan comes in any more."""
    to_parts("entries_closed", edition, Part.Role.SECRETARY, Part.Role.CHAIR)


def conflict_declared(conflict: Conflict) -> None:
    """To the secretary, when a member reports an interest; which one is not in the mail."""
    page = conflict.get_absolute_url()
    to_parts("conflict_declared", conflict.juror.edition, Part.Role.SECRETARY, about=conflict, page=page)


def conflict_ruled(conflict: Conflict) -> None:
    """To the member of the jury, after a ruling."""
    person = conflict.juror.user
    if person:
        facts = {"plan": conflict.entry.label, "is_recused": conflict.state == Conflict.State.RECUSED}
        page = reverse("pitch:queue", args=[conflict.juror.edition.slug])
        to_person("conflict_ruled", conflict, person, page=page, edition=conflict.juror.edition, **facts)


def rehearsed(edition: Edition) -> None:
    """To chair, secretary and key holders, when opening was tried and works."""
    to_parts("rehearsed", edition, *Part.Role.values)


def judging_started(edition: Edition) -> None:
    """To the jury, when it can judge: where, and until when."""
    to_jury("judging_started", edition, until=edition.judging_closes_at)


def judging_extended(edition: Edition) -> None:
    """To the jury and the chair, when there is more time, with the reason."""
    until, message = edition.judging_closes_at, quoted(history.last_change(edition).reason)
    to_jury("judging_extended", edition, until=until, message=message)
    to_parts("judging_extended", edition, Part.Role.CHAIR, until=until, message=message)


def receipt(given: Receipt) -> None:
    """To the member of the jury, for each ballot: the code, and how to change the ballot. No score."""
    assignment = given.ballot.assignment
    juror = Juror.objects.filter(seat=assignment.seat_id).select_related("user").first()
    if juror and juror.user:
        edition = assignment.edition
        page = reverse("pitch:queue", args=[edition.slug])
        facts = {"code": " ".join(given.in_groups), "plan": assignment.entry.label, "edition": edition}
        to_person("receipt", given, juror.user, page=page, until=edition.judging_closes_at, **facts)


def no_quorum(edition: Edition) -> None:
    """To chair and secretary, when the time is over and a plan has too few ballots."""
    to_parts("no_quorum", edition, Part.Role.CHAIR, Part.Role.SECRETARY)


def judging_closed(edition: Edition) -> None:
    """To chair, jury and key holders, at the close: the seal over all ballots."""
    to_jury("judging_closed", edition)
    to_parts("judging_closed", edition, Part.Role.CHAIR, Part.Role.KEY_HOLDER)


def ballots_opened(edition: Edition) -> None:
    """To chair and jury, when the ballots are open: the hash of the file that will be published."""
    to_jury("ballots_opened", edition, sha256=edition.result.sha256)
    to_parts("ballots_opened", edition, Part.Role.CHAIR, sha256=edition.result.sha256)


def published(edition: Edition) -> None:
    """To every team that took part, when the result is public: where, and until when one can object."""
    for entry in Entry.objects.filter(edition=edition).taking_part():
        to_team("published", entry, until=edition.objections_until)


def cancelled(edition: Edition) -> None:
    """To all teams and the jury, when an edition does not go on, with the reason."""
    message = quoted(history.last_change(edition).reason)
    for entry in Entry.objects.filter(edition=edition).exclude(state=Entry.State.LAPSED):
        to_team("cancelled", entry, message=message)
    to_jury("cancelled", edition, message=message)


def objection_raised(objection: Objection) -> None:
    """To the chair, when a team objects."""
    page = objection.get_absolute_url()
    to_parts("objection_raised", objection.entry.edition, Part.Role.CHAIR, about=objection, page=page)


def objection_answered(objection: Objection) -> None:
    """To the team, with the chair's answer."""
    to_team("objection_answered", objection.entry, about=objection, message=quoted(objection.answer))


def word_due(realisation: Realisation) -> None:
    """To the team of a plan that is being carried out, when nothing was told for a quarter."""
    to_team("word_due", realisation.entry, about=realisation, page=realisation.get_absolute_url())


def table(*messages: Any, **others: Any) -> dict[str, tuple[type[models.Model], Callable[[Any], None]]]:
    named = {message.__name__: message for message in messages} | others
    return {name: (next(iter(write.__annotations__.values())), write) for name, write in named.items()}


MESSAGES = table(
    submitted,
    withdrawn,
    admitted,
    sent_back,
    rejected,
    team_invited,
    juror_invited,
    entries_closed,
    conflict_declared,
    conflict_ruled,
    rehearsed,
    judging_started,
    judging_extended,
    receipt,
    no_quorum,
    judging_closed,
    ballots_opened,
    published,
    cancelled,
    objection_raised,
    objection_answered,
    word_due,
    juror_accepted=juror_answered,
    juror_declined=juror_answered,
    juror_lapsed=juror_answered,
    juror_left=juror_answered,
)


def to_team(template: str, entry: Entry, *, about: models.Model | None = None, **facts: Any) -> None:
    for member in entry.team.joined().select_related("user"):
        if member.user:
            given = {
                "page": entry.get_absolute_url(),
                "edition": entry.edition,
                "plan": plan_of(entry),
            } | facts
            to_person(template, about or entry, member.user, **given)


def to_jury(template: str, edition: Edition, **facts: Any) -> None:
    page = reverse("pitch:queue", args=[edition.slug])
    for juror in Juror.objects.filter(edition=edition).seated().select_related("user"):
        if juror.user:
            to_person(template, edition, juror.user, page=page, edition=edition, **facts)


def to_parts(
    template: str, edition: Edition, *roles: str, about: models.Model | None = None, **facts: Any
) -> None:
    """Each person once, also with two parts."""
    given = {"page": reverse("pitch:office", args=[edition.slug]), "edition": edition} | facts
    for person in User.objects.filter(
        pk__in=Part.objects.filter(edition=edition, role__in=roles).values("user")
    ):
        to_person(template, about or edition, person, **given)


def to_person(template: str, about: models.Model, person: User, **facts: Any) -> None:
    facts |= {"hello": visible(person.short_name)}
    send(template, about, to=person.email, language=person.language, **facts)


def send(
    template: str, about: models.Model, *, to: str, page: str, language: str = "nl", **facts: Any
) -> None:
    moment = getattr(about, "moved_at", "")
    with translation.override(language):
        link = mail.absolute(translated(page, language))
    facts |= {"page": link}
    subject = f"pitch {about._meta.model_name} {about.pk} {moment}"
    mail.send(f"pitch/email/{template}.txt", to=to, language=language, about=subject, context=facts)


def translated(page: str, language: str) -> str:
    """The page in the reader's language: Dutch at the root, English below /en/."""
    bare = page.removeprefix("/en/")
    bare = bare if bare.startswith("/") else f"/{bare}"
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


def plan_of(entry: Entry) -> str:
    return visible(str(entry))


def last_reason(entry: Entry) -> str:
    return quoted(history.timeline(entry)[-1].reason)


def quoted(text: str) -> str:
    """What somebody wrote, marked line by line."""
    return "\n".join(f"> {line}" for line in text.splitlines())
