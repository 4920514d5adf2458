"""Mailings: two pairs of eyes, only who agrees at that moment, one click to stop, and numbers only."""

import datetime
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alumni import consenting, mailing, staying
from alumni.models import Alumnus, Campaign
from bwob.workflow import Refused
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return make.alumni_network()


@pytest.fixture
def writer(network):
    return make.staff("hr", network.organisation, "Hanna", email="hanna@mail.example")


@pytest.fixture
def colleague(network):
    return make.staff("hr", network.organisation, "Wim", email="wim@mail.example")


def campaign(network, writer, **facts):
    made = Campaign(network=network, purpose="news", subject="Soep", text="Kom **eten**.", **facts)
    mailing.write(made, by=writer)
    return made


def approved(network, writer, colleague, **facts):
    made = campaign(network, writer, **facts)
    mailing.ask_check(made, by=writer)
    mailing.approve(made, by=colleague)
    return made


def to_alumni():
    return sorted(message.to[0] for message in mail.outbox if message.to[0].endswith("@home.example"))


def test_only_who_agreed_to_the_purpose_gets_it_and_each_once(network, writer, colleague):
    make.alumnus("Anna", "news", network=network, email="anna@home.example")
    make.alumnus("Bart", "gig", network=network, email="bart@home.example")
    staying.pause(make.alumnus("Cor", "news", network=network))
    other = make.alumni_network(make.organisation("Gemeente Breda"))
    make.alumnus("Dirk", "news", network=other, email="dirk@home.example")
    made = approved(network, writer, colleague)

    mailing.start_due()
    deliver()
    mailing.send(made.pk)

    made.refresh_from_db()
    assert (to_alumni(), made.state) == (["anna@home.example"], "sent")


def test_nobody_approves_the_own_mailing(network, writer, colleague):
    make.alumnus("Anna", "news", network=network)
    made = campaign(network, writer)
    mailing.ask_check(made, by=writer)

    with pytest.raises(Refused, match="You wrote this yourself"):
        mailing.approve(made, by=writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=made.pk).update(approved_by=writer)


def test_who_asks_for_the_check_counts_as_the_writer(network, writer, colleague):
    make.alumnus("Anna", "news", network=network)
    made = campaign(network, writer)
    mailing.ask_check(made, by=colleague)

    with pytest.raises(Refused, match="You wrote this yourself"):
        mailing.approve(made, by=colleague)


def test_what_was_approved_is_no_longer_changed(client, network, writer, colleague):
    make.alumnus("Anna", "news", network=network)
    made = approved(network, writer, colleague)
    client.force_login(writer)

    response = client.post(reverse("admin:alumni_campaign_change", args=[made.pk]), {"subject": "Other"})

    assert response.status_code == 403
    with pytest.raises(Refused):
        mailing.write(made, by=writer)


def test_a_consent_withdrawn_during_sending_counts(network, writer, colleague):
    anna = make.alumnus("Anna", "news", "gig", network=network)
    made = approved(network, writer, colleague)
    made.move_to("sending", by=None)
    waiting = list(made.waiting())

    consenting.withdraw(anna, "news", how="unsubscribed")
    mailing.send_to(made, anna.pk)

    assert waiting == [anna]
    assert to_alumni() == []


def test_the_mail_says_why_and_stops_with_one_click(client, network, writer, colleague):
    anna = make.alumnus("Anna", "news", "gig", network=network, email="anna@home.example", language="en")
    approved(network, writer, colleague)
    mailing.start_due()
    deliver()
    (message,) = [one for one in mail.outbox if one.to == ["anna@home.example"]]
    link = re.fullmatch(r"<https?://[^/]+(/.+)>", message.extra_headers["List-Unsubscribe"])[1]

    client.post(link, {"List-Unsubscribe": "One-Click"})

    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "because you agreed to: News." in message.body
    assert consenting.chosen_by(anna) == {"gig"}


def test_a_planned_mailing_waits_for_its_moment(network, writer, colleague):
    make.alumnus("Anna", "news", network=network)
    approved(network, writer, colleague, planned_for=timezone.now() + datetime.timedelta(hours=1))

    assert mailing.start_due() == 0


def test_without_a_colleagues_answer_it_becomes_a_draft_again(network, writer):
    made = campaign(network, writer)
    mailing.ask_check(made, by=writer)
    Campaign.objects.filter(pk=made.pk).update(due_at=timezone.now() - datetime.timedelta(minutes=1))

    mailing.start_due()

    made.refresh_from_db()
    assert made.state == "draft"


class RefusingBackend(EmailBackend):
    def send_messages(self, email_messages):
        raise SMTPRecipientsRefused({message.to[0]: (550, b"no such user") for message in email_messages})


def test_an_address_that_refuses_gets_nothing_more_and_the_report_counts_it(
    network, writer, colleague, settings
):
    anna = make.alumnus("Anna", "news", network=network)
    made = approved(network, writer, colleague)
    made.move_to("sending", by=None)
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.RefusingBackend"}}

    mailing.send(made.pk)

    anna.refresh_from_db()
    made.refresh_from_db()
    assert (anna.state, made.state, made.deliveries.get().is_refused) == ("dormant", "sent", True)


def test_hr_writes_has_it_checked_and_approved_in_the_administration(client, network, writer, colleague):
    for number in range(6):
        make.alumnus(f"Anna{number}", "news", network=network)
    page = reverse("admin:alumni_campaign_changelist")
    client.force_login(writer)
    client.post(
        reverse("admin:alumni_campaign_add"),
        {"network": network.pk, "purpose": "news", "subject": "Soep", "text": "Kom eten."},
    )
    made = Campaign.objects.get()
    client.post(page, {"action": "ask_check", "_selected_action": [made.pk], "confirmed": "1"})
    client.force_login(colleague)

    question = client.post(page, {"action": "approve", "_selected_action": [made.pk]}).content.decode()
    client.post(page, {"action": "approve", "_selected_action": [made.pk], "confirmed": "1"})
    mailing.start_due()
    deliver()
    report = client.get(reverse("admin:alumni_campaign_change", args=[made.pk])).content.decode()

    assert ("6 people will get it." in question, "This reaches" in question) == (True, False)
    assert "Sent: 6. Address refused: &lt;5." in report
    assert Alumnus.objects.filter(deliveries__campaign=made).count() == 6


def test_a_proof_goes_to_who_asked_and_to_nobody_else(client, network, writer):
    make.alumnus("Anna", "news", network=network)
    made = campaign(network, writer)
    client.force_login(writer)

    client.post(
        reverse("admin:alumni_campaign_changelist"), {"action": "proof", "_selected_action": [made.pk]}
    )
    deliver()

    assert [message.to for message in mail.outbox] == [["hanna@mail.example"]]
