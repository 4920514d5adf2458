"""Who answers for a network: asked by mail, only by a yes; and whoever leaves, leaves nothing behind."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from bwob.privacy import erasing
from bwob.workflow import Refused
from networks import appointing, turns
from networks.models import Coordinator, PartnerCall
from networks.tasks import tell_network, tell_region
from tests import make

pytestmark = pytest.mark.django_db


def address(network, name="name_contact"):
    return reverse(f"networks:{name}", args=[network.slug])


def test_the_coordinator_asks_and_only_a_yes_makes_somebody_the_contact(client):
    network, coordinator = make.network(), make.coordinator(make.place().province)
    person = make.person("Kim", works_at=make.organisation())
    client.force_login(coordinator)
    client.post(address(network), {"email": person.work.email.upper()})
    network.refresh_from_db()
    before = network.contact

    tell_network(message="contact_asked", network_id=network.pk)
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert [turn.title for turn in turns.of(person)["yours"]] == [f"Be the contact of {network}?"]
    client.force_login(person)
    client.post(address(network, "be_contact"), {"answer": "yes"})

    network.refresh_from_db()
    assert (before, network.contact, network.invited, network.invited_at) == (None, person, None, None)


def test_asking_an_unknown_address_looks_the_same(client):
    network = make.network()
    known = make.person("Kim", works_at=make.organisation())
    client.force_login(make.coordinator(make.place().province))

    said = set()
    for email in (known.work.email, "nobody@nowhere.example"):
        page = client.post(address(network), {"email": email}, follow=True)
        said.add((str(next(iter(page.context["messages"]))), "somebody was asked" in page.content.decode()))

    assert len(said) == 1
    network.refresh_from_db()
    assert network.invited is None
    with pytest.raises(Refused, match="Somebody else"):
        appointing.answer(network, accepts=True, by=known)


def test_hr_of_a_member_names_a_contact_only_while_there_is_none(client):
    hr, stranger = make.staff(), make.staff(at=make.organisation("B"))
    network = make.network()
    make.tie(network, hr.organisations("hr")[0])
    make.tie(network, stranger.organisations("hr")[0], confirmed=False)

    seen = []
    for contact in (None, make.person("Kim")):
        network.contact = contact
        network.save()
        for user in (hr, stranger):
            client.force_login(user)
            seen.append(client.get(address(network)).status_code)

    assert seen == [200, 403, 403, 403]


def test_a_question_that_nobody_answers_lapses_after_a_month():
    network = make.network(invited=make.person(), invited_at=timezone.now() - datetime.timedelta(days=31))
    make.network("Asked today", invited=make.person(), invited_at=timezone.now())

    assert appointing.lapse_questions(timezone.now()) == 1
    network.refresh_from_db()
    assert network.invited is None


def test_a_coordinator_who_leaves_hands_everything_over_to_the_others_or_else_to_the_office(client):
    province = make.place().province
    one, other, office = make.coordinator(province), make.coordinator(province), make.staff(role="programme")
    network = make.network()
    make.proposal()
    call = make.call(network=network, written_by=one)
    network.contact = None
    network.save()
    client.force_login(one)

    client.post(reverse("networks:stop_coordinating", args=[one.coordinates.get().pk]))
    tell_region(region_id=province.pk)
    assert PartnerCall.objects.get(pk=call.pk).written_by == other
    appointing.leave(other.coordinates.get(), by=office)
    tell_region(region_id=province.pk)

    assert Coordinator.objects.count() == 0
    assert PartnerCall.objects.get(pk=call.pk).written_by == office
    assert [message.to for message in mail.outbox] == [[other.email], [office.email]]
    assert "Netwerken: 1. Voorstellen die wachten: 1." in mail.outbox[0].body


def test_a_contact_who_erases_the_account_leaves_no_name_and_the_coordinator_hears_it():
    call = make.call()
    network, coordinator = call.network, make.coordinator(make.place().province)

    erasing.erase(network.contact)

    network.refresh_from_db()
    tell_network(message="contact_left", network_id=network.pk)
    call.refresh_from_db()
    assert (network.contact, call.written_by) == (None, coordinator)
    assert [message.to for message in mail.outbox if "Geen contact" in message.subject] == [
        [coordinator.email]
    ]
