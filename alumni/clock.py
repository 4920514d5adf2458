"""What runs beside the pages of alumni networks: by the clock, or because it takes long."""

from procrastinate.contrib.django import app

from alumni import ageing, answering, departing, gathering, importing, mailing, returning
from alumni.tasks import PATIENCE, begin_telling


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
    gathering.remind()


@app.task(retry=PATIENCE)
def store_file(file_id: int) -> None:
    """Store the rows of an import; run again after a crash, it goes on."""
    importing.store(file_id)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="start_campaigns")
def start_campaigns(timestamp: int) -> None:
    mailing.start_due()
    answering.close_overdue()
    gathering.keep_lists()


@app.task(retry=PATIENCE, lock="alumni_campaigns")
def send_campaign(campaign_id: int) -> None:
    """Send a mailing; run again after a crash, it goes on."""
    mailing.send(campaign_id)


@app.periodic(cron="30 7 * * 1")
@app.task(queueing_lock="tell_places")
def tell_places(timestamp: int) -> None:
    """Each Monday, a task for everybody who may want to hear of a place."""
    for number in returning.listeners():
        begin_telling(number)


@app.task(retry=PATIENCE)
def tell_places_to(alumnus_id: int) -> None:
    returning.tell(alumnus_id)
