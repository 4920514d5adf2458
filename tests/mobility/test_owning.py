"""Co-owners: who may work an exchange beside its contact, and who gets its mails."""

import pytest
from django.core import mail
from django.urls import reverse

from bwob.people.models import Membership, Role, User
from bwob.privacy import erasing
from mobility import emails, owning, rules
from mobility.models import Application, CoOwner, Exchange
from tests import make
from tests.bwob.test_people_post import deliver
from tests.on_screen import text_of

pytestmark = pytest.mark.django_db


def again(user):
    """As another request sees this person: roles are kept for a request."""
    return User.objects.get(pk=user.pk)


def page(exchange, *keys, act="owners"):
    return reverse(f"mobility:{act}", args=[exchange.slug, *keys])


@pytest.fixture
def hr(client):
    person = make.staff(given_name="Robin")
    client.force_login(person)
    return person


def test_a_manager_who_is_added_works_the_exchange_and_hears_of_it(client, hr):
    exchange, other = make.exchange(contact=hr), make.exchange("Another")
    application = make.application(exchange=exchange)
    milou = make.staff(Role.MANAGER, hr.employer, "Milou", language="en")

    before = rules.may_manage(milou, exchange)
    told = client.post(page(exchange), {"person": milou.pk}, follow=True)
    deliver()

    milou = again(milou)
    assert (before, rules.may_manage(milou, exchange), rules.may_manage(milou, other)) == (False, True, False)
    assert "Milou may work this exchange now" in text_of(told)
    assert [*Exchange.objects.manageable_by(milou)] == [exchange]
    assert [*Application.objects.visible_to(milou)] == [application]
    assert [message.to for message in mail.outbox] == [[milou.email]]


def test_mails_go_to_contact_and_co_owners_once_there_are_some(hr):
    contact = make.staff(Role.MANAGER, hr.employer, "Carla")
    exchange = make.exchange(contact=contact)
    milou = make.staff(Role.MANAGER, hr.employer, "Milou")

    alone = emails.deciders(exchange)
    owning.add(exchange, milou, by=hr)
    together = emails.deciders(exchange)
    without_applicant = emails.deciders(exchange, but=milou)

    assert alone == [hr, contact]
    assert together == [contact, milou]
    assert without_applicant == [hr, contact]


@pytest.mark.parametrize("change", ["role", "account"])
def test_who_no_longer_acts_for_the_organisation_has_no_part(hr, change):
    exchange = make.exchange()
    milou = make.staff(Role.MANAGER, hr.employer, "Milou")
    owning.add(exchange, milou, by=hr)

    if change == "role":
        Membership.objects.filter(user=milou).delete()
        Membership.objects.create(
            user=milou, organisation=make.organisation("Gemeente Zwolle"), role="manager"
        )
    else:
        User.objects.filter(pk=milou.pk).update(is_active=False)

    assert emails.deciders(exchange) == [hr]
    if change == "role":
        assert not rules.may_manage(again(milou), exchange)


def test_only_people_who_act_for_the_organisation_can_be_added(client, hr):
    exchange = make.exchange(contact=hr)
    there = make.staff(Role.MANAGER, hr.employer, "Milou")
    others = [
        make.person("Pim", works_at=hr.employer),
        make.staff(Role.HR, make.organisation("Gemeente Zwolle"), "Zoë"),
        hr,
    ]

    answers = [client.post(page(exchange), {"person": one.pk}).status_code for one in others]

    assert owning.candidates(exchange) == [there]
    assert answers == [422, 422, 422]
    assert not CoOwner.objects.exists()


def test_a_co_owner_takes_herself_off(client, hr):
    exchange = make.exchange(contact=hr)
    milou = make.staff(Role.MANAGER, hr.employer, "Milou")
    owning.add(exchange, milou, by=hr)
    owner = CoOwner.objects.get()
    client.force_login(milou)

    shown = text_of(client.get(page(exchange)))
    response = client.post(page(exchange, owner.pk, act="remove_owner"))

    assert "Milou" in shown
    assert response["Location"] == reverse("mobility:own_exchanges")
    assert client.get(page(exchange)).status_code == 403
    assert client.post(page(exchange, owner.pk, act="remove_owner")).status_code == 403


def test_a_co_owner_of_another_exchange_cannot_be_taken_off_here(client, hr):
    strange = make.exchange(organisation=make.organisation("Gemeente Zwolle"))
    theirs = make.staff(Role.MANAGER, strange.organisation, "Zoë")
    owner = CoOwner.objects.create(exchange=strange, person=theirs)

    response = client.post(page(make.exchange(), owner.pk, act="remove_owner"))

    assert response.status_code == 404
    assert CoOwner.objects.count() == 1


def test_with_the_account_goes_the_co_ownership(hr):
    exchange = make.exchange()
    milou = make.staff(Role.MANAGER, hr.employer, "Milou")
    owning.add(exchange, milou, by=hr)

    erasing.erase(milou, farewell=False)

    assert (CoOwner.objects.count(), Exchange.objects.count()) == (0, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_owners(client, hr, django_assert_num_queries, rows):
    exchange = make.exchange(contact=hr)
    for number in range(rows):
        owning.add(exchange, make.staff(Role.MANAGER, hr.employer, f"Milou{number}"), by=hr)

    with django_assert_num_queries(8):
        response = client.get(page(exchange))

    assert response.status_code == 200
