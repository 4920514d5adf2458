"""What the clock does with networks, without anybody asking."""

from django.utils import timezone
from procrastinate.contrib.django import app

from networks import appointing, calling, following, linking, waiting
from networks.models import Subscription
from networks.tasks import PATIENCE


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


@app.periodic(cron="15 6 * * *")
@app.task(queueing_lock="tell_followers")
def tell_followers(timestamp: int) -> None:
    """Each morning, a task for every address whose weekly mail is due."""
    for pk in Subscription.objects.due(timezone.localdate()).values_list("pk", flat=True):
        tell_follower.defer(subscription_id=pk)


@app.task(retry=PATIENCE)
def tell_follower(subscription_id: int) -> None:
    following.tell(subscription_id)


@app.periodic(cron="10 4 * * *")
@app.task(queueing_lock="lapse_contact_questions")
def lapse_contact_questions(timestamp: int) -> None:
    appointing.lapse_questions(timezone.now())
