"""What the clock does with networks, without anybody asking."""

from django.utils import timezone
from procrastinate.contrib.django import app

from networks import calling, linking, waiting


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="end_unanswered_ties")
def end_unanswered_ties(timestamp: int) -> None:
    linking.end_unanswered(timezone.now())


@app.periodic(cron="40 4 * * *")
@app.task(queueing_lock="age_networks")
def age_networks(timestamp: int) -> None:
    waiting.age_all(timezone.now())


@app.periodic(cron="50 4 * * *")
@app.task(queueing_lock="pass_on_proposals")
def pass_on_proposals(timestamp: int) -> None:
    waiting.pass_on_all(timezone.now())


@app.periodic(cron="5 4 * * *")
@app.task(queueing_lock="end_partner_calls")
def end_partner_calls(timestamp: int) -> None:
    calling.end_overdue(timezone.now())
