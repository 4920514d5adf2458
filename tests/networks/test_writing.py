"""Whoever showed a work address writes to a network; its contact, or who answers instead, gets it by mail."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from bwob.privacy import retention
from networks.models import Message
from networks.tasks import tell_message
from tests import make

pytestmark = pytest.mark.django_db


def test_the_contact_gets_the_message_and_no_page_shows_an_address(client):
    keeper, writer = (
        make.person("Karin"),
        make.person("Willem", works_at=make.organisation("Gemeente Elders")),
    )
    network = make.network(contact=keeper)
    client.force_login(writer)

    client.post(reverse("networks:write_to", args=[network.slug]), {"text": "Can we join?\nBest, Willem"})
    tell_message(message_id=Message.objects.get().pk)

    assert mail.outbox[0].to == [keeper.email]
    assert "> Can we join?\n> Best, Willem" in mail.outbox[0].body
    assert writer.work_address.email in mail.outbox[0].body
    assert keeper.email not in client.get(network.get_absolute_url()).content.decode()


def test_without_a_work_address_nobody_writes(client):
    client.force_login(make.person())

    assert client.get(reverse("networks:write_to", args=[make.network().slug])).status_code == 403


def test_nobody_writes_to_what_has_ended(client):
    client.force_login(make.person(works_at=make.organisation()))
    network = make.network(state="archived")

    page = client.post(reverse("networks:write_to", args=[network.slug]), {"text": "Hello?"})

    assert page.status_code == 409


def test_a_message_is_gone_after_a_week():
    old = timezone.now() - datetime.timedelta(days=8)
    for sent_at in (old, timezone.now()):
        Message.objects.create(network=make.network(), sender=make.person(), text="Hello", sent_at=sent_at)

    retention.minimise()

    assert Message.objects.count() == 1
