"""From the count to the result: the jury talks, decides with its reasons, and everybody may read both."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import dutch, history
from bwob.workflow import Refused
from pitch import rules as may
from pitch.leading import locked
from pitch.models import Edition, Entry, Objection, Result, Standing
from pitch.tasks import announce

State = Edition.State
Prize = Standing.Prize


@transaction.atomic
def begin(edition: Edition, *, by: Any) -> None:
    """The jury sees the count and meets."""
    edition.move_to(State.DELIBERATION, by=by)


def counted_winner(result: Result) -> Entry | None:
    first = result.standings.filter(rank=1).select_related("entry").first()
    return first.entry if first else None


@transaction.atomic
def decide(
    edition: Edition, *, winner: Entry, honourable: list[Entry], words: str, deviation: str, by: Any
) -> None:
    """Fix who wins. Another winner than the count gave needs a reason, which stands beside the count."""
    now = locked(edition)
    result = Result.objects.get(edition=now)
    if winner != counted_winner(result) and not deviation.strip():
        raise Refused(_("The jury chooses another winner than the count. Say why."), now)
    if winner in honourable:
        raise Refused(_("The winner does not get an honourable mention as well."), now)
    with history.because(by=by, reason=deviation):
        result.standings.update(prize=Prize.NONE)
        result.standings.filter(entry__in=honourable).update(prize=Prize.HONOURABLE)
        result.standings.filter(entry=winner).update(prize=Prize.WINNER)
        result.words, result.deviation = words, deviation
        result.save(update_fields=["words", "deviation"])
    edition.move_to(State.DECIDED, by=by)


@transaction.atomic
def publish(edition: Edition, *, by: Any) -> None:
    """The result, the count, the ballots and the rules are public from here on; teams may object."""
    now = locked(edition)
    moment = timezone.now()
    until = dutch.working_days_after(moment, now.rules.objection_days)
    edition.move_to(State.PUBLISHED, by=by, objections_until=timezone.localtime(until).date())
    Result.objects.filter(edition=now, published_at=None).update(published_at=moment)
    announce("published", edition)


@transaction.atomic
def take_objection(objection: Objection, *, by: Any) -> None:
    """A team objects: in time, and once at a time."""
    now = locked(objection.entry.edition)
    if not may.may_object(by, objection.entry) or objection.entry.objections.open().exists():
        raise Refused(_("You cannot object any more, or have an objection already."), now)
    objection.raised_by = by
    objection.due_at = timezone.now() + Objection.TERMS[Objection.State.OPEN]
    objection.save()
    announce("objection_raised", objection)


@transaction.atomic
def answer(objection: Objection, *, upheld: bool, text: str, by: Any) -> None:
    """The chair answers. What is upheld brings the jury together again: the result is fixed anew."""
    edition = locked(objection.entry.edition)
    state = Objection.State.UPHELD if upheld else Objection.State.DISMISSED
    objection.move_to(state, by=by, reason=text, answer=text)
    announce("objection_answered", objection)
    if upheld and edition.state == State.PUBLISHED:
        edition.move_to(State.DELIBERATION, by=by, reason=gettext_lazy("An objection was upheld."))


def may_be_settled(edition: Edition) -> bool:
    """Have all objections been answered, and can no new one come?"""
    is_over = edition.objections_until is not None and edition.objections_until < timezone.localdate()
    return is_over and not Objection.objects.filter(entry__edition=edition).open().exists()
