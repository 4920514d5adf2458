"""The board of asks and offers: posting, answering once, closing; after sixty days a notice lapses."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.privacy import retention
from bwob.privacy.labels import Keep
from bwob.workflow import Refused
from doetanks.models import Notice, NoticeReply
from doetanks.tasks import announce_reply

State = Notice.State


def post(notice: Notice, *, by: User) -> None:
    """Put it on the board; only the employer is shown with it."""
    if by.employer is None:
        raise Refused(_("First show where you work: verify your work address in your profile."))
    notice.author, notice.employer = by, by.employer
    notice.due_at = notice.due_in(State.OPEN, timezone.now())
    notice.save()


@transaction.atomic
def answer(reply: NoticeReply) -> None:
    """Answer once, while it is open; the writer gets a mail."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=reply.notice_id)
    if notice.state != State.OPEN:
        raise Refused(_("This notice is off the board."), notice)
    if notice.author_id == reply.person_id:
        raise Refused(_("This is your own notice."), notice)
    if notice.replies.filter(person=reply.person_id).exists():
        raise Refused(_("You have answered this already."), notice)
    reply.save()
    announce_reply(reply)


def kept_until(notice: Notice) -> datetime.date:
    return timezone.localdate() + retention.term(Keep.APPLICATION, notice.employer)


def close(notice: Notice, *, by: User) -> None:
    notice.move_to(State.CLOSED, by=by, keep_until=kept_until(notice))


def lapse_overdue() -> int:
    """Take off the board what stood there for sixty days."""
    late = Notice.objects.overdue(timezone.now()).select_related("employer")
    for notice in late:
        notice.move_to(State.LAPSED, by=None, keep_until=kept_until(notice))
    return len(late)
