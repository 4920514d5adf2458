"""*Mijn overzicht*: what in PITCH waits for this person, as turn cards."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.turns import Turn
from pitch import queueing, wording
from pitch.models import Conflict, Edition, Entry, Juror, Part

State = Edition.State


def concerns(user: Any) -> list[QuerySet[Any]]:
    """Without rows in one of these there is nothing to tell."""
    return [Juror.objects.of(user), Part.objects.filter(user=user), unfinished(user)]


def of(user: Any) -> dict[str, list[Turn]]:
    """The cards, in the order of who is held up most: jury, keys, secretariat, own plans."""
    return {"yours": [*judging(user), *invitations(user), *parts(user), *plans(user)]}


def card(title: str, url: str, text: str, **facts: Any) -> Turn:
    return Turn("PITCH", "pitch", title, url, text, **facts)


def judging(user: Any) -> list[Turn]:
    """Editions in which this person judges, with how many plans are left."""
    seats = Juror.objects.of(user).seated().filter(edition__state=State.JUDGING).select_related("edition")
    cards = []
    for seat in seats:
        left = queueing.left(user, seat.edition)
        if left:
            text = ngettext("You still judge %d plan.", "You still judge %d plans.", left) % left
            cards.append(card(seat.edition.name, queue(seat.edition), text, **until(seat.edition)))
    return cards


def until(edition: Edition) -> dict[str, Any]:
    days = wording.days_left(edition.judging_closes_at)
    moment = wording.moment_text(edition.judging_closes_at)
    return {"due_text": _("until %s") % moment, "is_urgent": days is not None and days < 7}


def queue(edition: Edition) -> str:
    return reverse("pitch:queue", args=[edition.slug])


def invitations(user: Any) -> list[Turn]:
    asked = Juror.objects.of(user).filter(state=Juror.State.INVITED).select_related("edition")
    text = _("You are asked into the jury. Say whether you take part.")
    return [card(one.edition.name, one.get_absolute_url(), text) for one in asked]


def parts(user: Any) -> list[Turn]:
    """What waits for a chair, secretary or key holder."""
    cards = []
    for part in Part.objects.filter(user=user).select_related("edition").prefetch_related("edition__lock"):
        if text := task_of(part):
            page = "pitch:keys" if part.role == Part.Role.KEY_HOLDER else "pitch:office"
            cards.append(card(part.edition.name, reverse(page, args=[part.edition.slug]), text))
    return cards


def task_of(part: Part) -> str:
    """One sentence on what this part must do now; "" when nothing."""
    edition = part.edition
    if part.role == Part.Role.KEY_HOLDER:
        return key_task(part)
    if part.role == Part.Role.CHAIR:
        return {
            State.REHEARSAL: _("Let the jury start when everything is ready."),
            State.OPENED: _("The ballots are open: start the deliberation."),
            State.DELIBERATION: _("Write down what the jury decides."),
            State.DECIDED: _("Publish the result."),
        }.get(State(edition.state), "")
    waiting = Entry.objects.filter(edition=edition).waiting().count()
    ties = Conflict.objects.filter(juror__edition=edition).open().count()
    if edition.state in (State.OPEN, State.ADMISSION) and waiting:
        return ngettext("%d plan waits for admission.", "%d plans wait for admission.", waiting) % waiting
    if ties and edition.state in (State.OPEN, State.ADMISSION, State.REHEARSAL, State.JUDGING):
        return ngettext("%d tie waits for a ruling.", "%d ties wait for a ruling.", ties) % ties
    return ""


def key_task(part: Part) -> str:
    has_lock = hasattr(part.edition, "lock")
    if part.edition.state == State.CLOSED and has_lock:
        return _("Judging has closed: open the ballots with your key.")
    if part.edition.state == State.REHEARSAL and has_lock and part.edition.lock.rehearsed_at is None:
        return _("Try your key, so that we know that opening works.")
    if not has_lock and part.edition.state in (State.OPEN, State.ADMISSION) and not hasattr(part, "share"):
        return _("Take your key.")
    return ""


def unfinished(user: Any) -> QuerySet[Entry]:
    return Entry.objects.of(user).filter(state__in=["draft", "mending"])


def plans(user: Any) -> list[Turn]:
    """Own drafts that can still be sent in, and plans that must be mended."""
    cards = []
    for entry in unfinished(user).select_related("edition"):
        if entry.can_be_edited:
            mends = entry.state == Entry.State.MENDING
            text = (
                _("Mend your plan and send it in again.") if mends else _("Finish your plan and send it in.")
            )
            last = entry.due_at if mends else entry.edition.entries_close_at
            due = {"due_text": _("until %s") % wording.moment_text(last), "is_urgent": mends}
            cards.append(card(str(entry), entry.get_absolute_url(), text, **due))
    return cards
