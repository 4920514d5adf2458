"""What the clock does with Doetanks, without anybody asking."""

from procrastinate.contrib.django import app

from doetanks import hosting, offering, waiting


@app.periodic(cron="5-59/10 * * * *")
@app.task(queueing_lock="doetanks_end_terms")
def end_terms(timestamp: int) -> None:
    waiting.lapse_overdue()
    hosting.lapse_waiting()
    offering.lapse_overdue()


@app.periodic(cron="15 7 * * *")
@app.task(queueing_lock="doetanks_remind")
def remind_of_terms(timestamp: int) -> None:
    waiting.remind()
