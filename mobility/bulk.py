"""One answer to several applicants: each through its own process; a refusal of one keeps no other from it."""

import copy
import dataclasses
from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.workflow import Refused
from mobility import emails, rules
from mobility.ending import keep_until
from mobility.models import AnswerText, Application

Act = AnswerText.Act
TARGETS = {Act.INVITE: Application.State.CONVERSATION, Act.DECLINE: Application.State.DECLINED}
MESSAGES = {Act.INVITE: "invited", Act.DECLINE: "declined"}


@dataclasses.dataclass(frozen=True)
class Result:
    """Who got the answer, and who did not, with the reason."""

    done: list[Application]
    refused: list[tuple[Application, str]]


@dataclasses.dataclass(frozen=True)
class Mail:
    """What one applicant would read."""

    application: Application
    subject: str
    body: str


def answer(applications: Iterable[Application], act: Callable[[Application], object], *, by: User) -> Result:
    """Carry out the act on each; it asks for the same rights and the same state as one at a time."""
    result = Result([], [])
    for application in applications:
        if not rules.may_decide(by, application):
            result.refused.append((application, _("You do not decide on your own application.")))
            continue
        try:
            act(application)
        except Refused as refused:
            result.refused.append((application, refused.reason))
        else:
            result.done.append(application)
    return result


def can_get(application: Application, kind: Act, *, by: User) -> bool:
    """Would this answer go through as things stand?"""
    is_possible = application.can_move_to(TARGETS[kind]) and rules.may_decide(by, application)
    return is_possible and not (kind == Act.INVITE and application.is_queued)


def mail_for(application: Application, kind: Act, *, words: str, code: str = "") -> Mail:
    """The mail as it would be sent now; of the application only a copy is changed."""
    then = copy.copy(application)
    then.state, then.code = TARGETS[kind], code
    then.due_at = then.due_in(then.state, timezone.now())
    then.keep_until = keep_until(application) if kind == Act.DECLINE else None
    subject, body = emails.preview(MESSAGES[kind], then, words=words)
    return Mail(application, subject, body)
