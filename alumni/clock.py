"""What the clock does with alumni networks, without anybody asking."""

from procrastinate.contrib.django import app

from alumni import ageing, departing


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="age_alumni")
def age_alumni(timestamp: int) -> None:
    """Each hour, so that who leaves is gone within the day."""
    ageing.age_overdue()
    ageing.erase_ended()


@app.periodic(cron="15 1 * * *")
@app.task(queueing_lock="move_departures")
def move_departures(timestamp: int) -> None:
    departing.move_due()


@app.periodic(cron="10 7 * * *")
@app.task(queueing_lock="remind_alumni")
def remind_alumni(timestamp: int) -> None:
    ageing.remind()
