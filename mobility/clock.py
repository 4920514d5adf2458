"""What the clock does with exchanges, without anybody asking."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mobility import (
    contacting,
    contracting,
    digesting,
    enrolling,
    hosting,
    queueing,
    ringing,
    running,
    waiting,
    wishing,
)
from mobility.models import Exchange, ExchangeChange, Profile, Reader, SearchWord
from mobility.tasks import PATIENCE, ask_still_right


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="lapse_overdue")
def lapse_overdue(timestamp: int) -> None:
    waiting.lapse_overdue()
    queueing.serve_all()
    ringing.lapse_overdue()
    wishing.lapse_overdue()
    contracting.lapse_overdue()
    running.start_and_complete()
    running.lapse_overdue()


@app.periodic(cron="0 7 * * *")
@app.task(queueing_lock="remind_of_terms")
def remind_of_terms(timestamp: int) -> None:
    waiting.remind()
    ringing.remind()
    wishing.remind()
    contracting.remind()


@app.periodic(cron="30 5 * * *")
@app.task(queueing_lock="find_rings")
def find_rings(timestamp: int) -> None:
    ringing.propose_all()


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="tidy_search")
def tidy_search(timestamp: int) -> None:
    """Keep the indexes of search as small as what is open, and its words as new; no page waits for this."""
    Exchange.objects.unlist_closed()
    SearchWord.objects.refresh()


@app.periodic(cron="0 6 * * *")
@app.task(queueing_lock="send_digests")
def send_digests(timestamp: int) -> None:
    """Each morning, a task for everybody whose mail with news is due."""
    for reader in Reader.objects.due_for_digest(timezone.localdate()).values_list("pk", flat=True):
        send_digest.defer(reader_id=reader)


@app.task(retry=PATIENCE)
def send_digest(reader_id: int) -> None:
    digesting.send(reader_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="close_contacts")
def close_contacts(timestamp: int) -> None:
    contacting.close_overdue()


@app.periodic(cron="30 6 * * *")
@app.task(queueing_lock="ask_about_profiles")
def ask_about_profiles(timestamp: int) -> None:
    """Each morning, a task for every work profile that is nearly a year old."""
    for profile in Profile.objects.ageing().values_list("pk", flat=True):
        ask_still_right.defer(profile_id=profile)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="serve_career_days")
def serve_career_days(timestamp: int) -> None:
    enrolling.lapse_overdue()
    enrolling.serve_all()


@app.periodic(cron="15 7 * * *")
@app.task(queueing_lock="remind_of_career_days")
def remind_of_career_days(timestamp: int) -> None:
    hosting.remind()
    hosting.ask_feedback()


@app.periodic(cron="1 22,23 * * *")  # one of these is just past midnight, in summer as in winter
@app.task(queueing_lock="note_closed")
def note_closed(timestamp: int) -> None:
    """Tell those who follow the open data what closed at midnight, and forget what is long past."""
    ExchangeChange.objects.note_closed()
    ExchangeChange.objects.forget_old()
