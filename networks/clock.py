"""What the clock does with networks, without anybody asking."""

from django.utils import timezone
from procrastinate.contrib.django import app

from networks import linking


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="end_unanswered_ties")
def end_unanswered_ties(timestamp: int) -> None:
    linking.end_unanswered(timezone.now())
