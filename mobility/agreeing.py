"""The manager's answer, by a signed link and without an account: agree, not now, or let's talk."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bwob import history
from bwob.workflow import Refused
from mobility import queueing
from mobility.ending import keep_until
from mobility.models import Application
from mobility.tasks import announce

State = Application.State
TALK = datetime.timedelta(days=7)


@transaction.atomic
def answer(application: Application, *, choice: str, code: str) -> None:
    """Carry out what the manager chose. The second of two clicks waits for the first, and changes nothing."""
    exchange = queueing.hold(application)
    asked = Application.objects.with_names().locked().get(pk=application.pk)
    if is_said(asked, choice, code):
        return
    if choice == "agree":
        agree(asked)
    elif choice == "not_now":
        refuse(asked, code=code)
        queueing.serve(exchange)
    else:
        talk(asked)


def is_said(application: Application, choice: str, code: str) -> bool:
    """Is this the answer that the manager gave before?"""
    said_yes = application.state == State.AGREED or application.has_a_place
    said_no = application.state == State.DECLINED and application.code == code
    return said_yes if choice == "agree" else choice == "not_now" and said_no


@transaction.atomic
def agree(application: Application) -> None:
    """The manager agrees; the organisation can confirm now."""
    application.move_to(State.AGREED, by=None, reason=said_by(application))
    announce("agreed", application)


@transaction.atomic
def refuse(application: Application, *, code: str) -> None:
    """ "Not now": the application ends with the manager's reason."""
    if not application.waits_for_manager:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), application)
    application.move_to(
        State.DECLINED, by=None, reason=said_by(application), code=code, keep_until=keep_until(application)
    )
    announce("manager_declined", application)


@transaction.atomic
def talk(application: Application) -> None:
    """The manager wants to talk first: the applicant hears it, and the term is seven days longer, once."""
    first_time = Application.objects.filter(pk=application.pk, state=State.TAKEN, talk_asked=False)
    with history.because(by=None, reason=said_by(application)):
        asked = first_time.update(talk_asked=True, due_at=F("due_at") + TALK, reminded_at=None)
    if not asked:
        raise Refused(_("You already asked to talk. Now say yes or no."), application)
    announce("talk_wanted", application)


def said_by(application: Application) -> str:
    """The name alone, so that the history reads in any language."""
    return application.manager_name
