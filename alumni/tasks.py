"""Background work of alumni networks: telling people."""

from collections.abc import Iterable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from alumni import emails, gathering_emails
from alumni.links import present
from alumni.models import Alumnus, Campaign, Gathering, Guest, Question
from bwob import mail
from bwob.people.models import User

PATIENCE = RetryStrategy(max_attempts=60, linear_wait=60)


@app.task(retry=PATIENCE)
def tell_alumnus(message: str, alumnus_id: int) -> None:
    """Send one of the messages of `emails.py`; nothing when the record ended meanwhile."""
    alumnus = present().filter(pk=alumnus_id).first()
    if alumnus:
        with mail.to_everybody():
            emails.MESSAGES[message](alumnus)


def begin_storing(file_id: int) -> None:
    """Have a worker store an import that HR confirmed."""
    app.configure_task("alumni.clock.store_file").defer(file_id=file_id)


@app.task(retry=PATIENCE)
def tell_checkers(campaign_id: int) -> None:
    """Ask the colleagues of who wrote a mailing to look at it."""
    campaign = Campaign.objects.select_related("network__organisation").filter(pk=campaign_id).first()
    if campaign:
        with mail.to_everybody():
            emails.check_asked(campaign)


@app.task(retry=PATIENCE)
def tell_proof(campaign_id: int, user_id: int) -> None:
    """Mail a mailing to the one of HR who wants to see it."""
    campaign = Campaign.objects.select_related("network__organisation").filter(pk=campaign_id).first()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if campaign and user:
        emails.proof(campaign, user)


@app.task(retry=PATIENCE)
def tell_question(question_id: int, alumnus_id: int) -> None:
    """Mail a question to somebody who still wants that when it is sent."""
    question = Question.objects.filter(pk=question_id, state=Question.State.OPEN).first()
    alumnus = (
        question and question.audience().select_related("network__organisation").filter(pk=alumnus_id).first()
    )
    if question and alumnus:
        emails.question(question, alumnus)


def ask_all(question: Question) -> None:
    """Have a question mailed to everybody whom it concerns."""
    numbers = question.audience().values_list("pk", flat=True)
    jobs: list[dict[str, Any]] = [{"question_id": question.pk, "alumnus_id": number} for number in numbers]
    tell_question.batch_defer(*jobs)


@app.task(retry=PATIENCE)
def tell_invitation(gathering_id: int, alumnus_id: int) -> None:
    """Invite to a meeting somebody who still wants that, and does not come yet, when it is sent."""
    meeting = Gathering.objects.select_related("network__organisation", "place").filter(pk=gathering_id)
    gathering = meeting.first()
    if gathering is None or not gathering.is_open:
        return
    found = gathering.audience().select_related("network__organisation").filter(pk=alumnus_id)
    for alumnus in found:
        gathering_emails.invited(gathering, alumnus)


def invite_all(gathering: Gathering) -> None:
    """Have everybody invited who agreed to that."""
    numbers = gathering.audience().values_list("pk", flat=True)
    jobs: list[dict[str, Any]] = [{"gathering_id": gathering.pk, "alumnus_id": number} for number in numbers]
    tell_invitation.batch_defer(*jobs)


@app.task(retry=PATIENCE)
def tell_guest(message: str, guest_id: int) -> None:
    """Send one of the messages about a sign-up; nothing when it is gone, or nobody answers there any more."""
    guest = Guest.objects.with_names().filter(pk=guest_id).first()
    if guest and guest.alumnus.state in (Alumnus.State.ACTIVE, Alumnus.State.PAUSED):
        gathering_emails.MESSAGES[message](guest)


def announce_guest(message: str, guest: Guest) -> None:
    """Have a worker send it, once the transaction at hand is done."""
    tell_guest.defer(message=message, guest_id=guest.pk)


def begin_sending(campaign_id: int) -> None:
    """Have a worker send a mailing that was approved."""
    app.configure_task("alumni.clock.send_campaign").defer(campaign_id=campaign_id)


def begin_telling(alumnus_id: int) -> None:
    """Have a worker tell somebody of new places."""
    app.configure_task("alumni.clock.tell_places_to").defer(alumnus_id=alumnus_id)


def announce_all(messages: Iterable[tuple[str, Alumnus]]) -> None:
    """As `announce`, in one statement for many."""
    jobs: list[dict[str, Any]] = [
        {"message": message, "alumnus_id": alumnus.pk} for message, alumnus in messages
    ]
    tell_alumnus.batch_defer(*jobs)


def announce(message: str, alumnus: Alumnus) -> None:
    """Have a worker send one of the messages of `emails.py`, once the transaction at hand is done."""
    tell_alumnus.defer(message=message, alumnus_id=alumnus.pk)
