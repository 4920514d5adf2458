"""What the clock does with PITCH, without anybody asking."""

from django.utils import timezone
from procrastinate.contrib.django import app

from bwob.workflow import Refused
from pitch import audience, closing, entering, inviting, leading, realising, recusing
from pitch.models import AudienceRound, Edition
from pitch.tasks import announce, announce_receipts


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="pitch_keep_time")
def pitch_keep_time(timestamp: int) -> None:
    """Close for plans and close the judging at the announced moment; what lapses, lapses."""
    moment = timezone.now()
    for edition in Edition.objects.closed_for_entries(moment):
        leading.close_entries(edition, by=None)
    entering.lapse_drafts(moment)
    recusing.lapse_unruled(moment)
    inviting.lapse_invitations(moment)
    for edition in Edition.objects.done_judging(moment):
        try:
            closing.close(edition, by=None)
        except Refused:  # no quorum: chair and secretary hear it each morning
            continue
    for audience_round in AudienceRound.objects.to_count(moment):
        audience.count(audience_round)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="pitch_mail_receipts")
def pitch_mail_receipts(timestamp: int) -> None:
    """A receipt goes by mail within the minute: on screen it was shown at once."""
    announce_receipts()


@app.periodic(cron="0 8 * * *")
@app.task(queueing_lock="pitch_remind")
def pitch_remind(timestamp: int) -> None:
    """Each morning: an edition that waits for a quorum, and plans of which nothing was heard."""
    moment = timezone.now()
    for edition in Edition.objects.done_judging(moment):
        announce("no_quorum", edition)
    realising.remind_silent(moment)
