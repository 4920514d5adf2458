"""What the clock does with exchanges, without anybody asking."""

from procrastinate.contrib.django import app

from mobility import waiting


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="lapse_overdue")
def lapse_overdue(timestamp: int) -> None:
    waiting.lapse_overdue()


@app.periodic(cron="0 7 * * *")
@app.task(queueing_lock="remind_of_terms")
def remind_of_terms(timestamp: int) -> None:
    waiting.remind()
