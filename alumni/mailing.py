"""Mailings: written by one, approved by another, sent in batches to who agrees at that very moment."""

from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni import emails
from alumni.models import Alumnus, Campaign, Delivery
from alumni.tasks import begin_sending, tell_checkers
from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused

State = Campaign.State


@transaction.atomic
def write(campaign: Campaign, *, by: User) -> None:
    """Store a draft; what a colleague looks at or approved is no longer changed."""
    if campaign.pk:
        stored = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
        if stored.state != State.DRAFT:
            raise Refused(_("A colleague looks at this already. Take it back first."), stored)
    campaign.written_by = by
    with history.because(by=by):
        campaign.save()


@transaction.atomic
def ask_check(campaign: Campaign, *, by: User) -> None:
    """Ask colleagues to look; whoever asks counts as the writer, and cannot approve."""
    campaign.move_to(State.CHECKING, by=by, written_by_id=by.pk)
    tell_checkers.defer(campaign_id=campaign.pk)


@transaction.atomic
def approve(campaign: Campaign, *, by: User) -> None:
    """The second pair of eyes. From here the clock sends it at the planned moment."""
    if campaign.written_by_id == by.pk:
        raise Refused(_("You wrote this yourself. A colleague has to approve it."), campaign)
    if not campaign.audience().exists():
        raise Refused(_("Nobody agreed to this purpose, so nobody would get it."), campaign)
    campaign.move_to(State.APPROVED, by=by, approved_by_id=by.pk)


@transaction.atomic
def take_back(campaign: Campaign, *, by: User | None) -> None:
    """To a draft again, which needs a new approval."""
    campaign.move_to(State.DRAFT, by=by, approved_by_id=None)


@transaction.atomic
def stop(campaign: Campaign, *, by: User | None) -> None:
    """Stop for good, also in the middle of sending: the batch at hand still goes."""
    campaign.move_to(State.STOPPED, by=by)


def start_due() -> int:
    """Start what is approved and due, and end what waited too long; how many were started."""
    now, started = timezone.now(), 0
    for campaign in Campaign.objects.to_start(now):
        with transaction.atomic():
            campaign.move_to(State.SENDING, by=None)
            begin_sending(campaign.pk)
            started += 1
    for campaign in Campaign.objects.overdue(now):
        act = take_back if campaign.state == State.CHECKING else stop
        act(campaign, by=None)
    return started


def send(campaign_id: int) -> None:
    """Send to everybody who waits, one by one. Run again after a crash, it goes on where it was."""
    campaign = Campaign.objects.select_related("network__organisation").filter(pk=campaign_id).first()
    while campaign and Campaign.objects.filter(pk=campaign_id, state=State.SENDING).exists():
        batch = list(campaign.waiting().values_list("pk", flat=True)[:50])
        if not batch:
            campaign.move_to(State.SENT, by=None)
            return
        for number in batch:
            send_to(campaign, number)


@transaction.atomic
def send_to(campaign: Campaign, number: int) -> None:
    """Send to one, unless the consent was withdrawn a moment ago; the record is held until the mail has gone.

    An address that refuses gets nothing more: the record becomes dormant.
    """
    everyone = Alumnus.objects.select_for_update(of=("self",)).filter(pk=number)
    alumnus = everyone.select_related("network__organisation").first()
    if alumnus is None or not campaign.waiting().filter(pk=number).exists():
        return
    delivery = Delivery.objects.create(campaign=campaign, alumnus=alumnus)
    try:
        emails.campaign(campaign, alumnus)
    except SMTPRecipientsRefused:
        Delivery.objects.filter(pk=delivery.pk).update(is_refused=True)
        come_back(alumnus, by=None)


@transaction.atomic
def come_back(alumnus: Alumnus, *, by: User | None) -> None:
    """Mail to this address came back: nothing is sent there any more, and the term of dormancy begins."""
    alumnus.move_to(Alumnus.State.DORMANT, by=by, reason=gettext_lazy("Mail to this address came back."))
