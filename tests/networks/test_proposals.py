"""Anybody who showed a work address proposes; the coordinator decides, and after three weeks the office."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from bwob.organisations.models import Organisation
from bwob.people.models import Role
from bwob.workflow import Refused
from networks import alike, confirming, emails, judging, signing, turns, waiting
from networks.models import Network, Proposal
from tests import make
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def typed(**changed: Any) -> dict[str, Any]:
    facts = {
        "name": "Alumninetwerk Eemland",
        "kind": "alumni",
        "summary": "Former colleagues help each other.",
        "place": make.place().pk,
        "latitude": "52.3",
        "longitude": "5.3",
        "area": "Utrecht",
        "themes": ["career"],
        "language": "nl",
        "source": "I am a member",
        "starts_on": "2026-01-01",
    }
    return facts | changed


@pytest.fixture
def proposer(client):
    person = make.person("Pien", works_at=make.organisation())
    client.force_login(person)
    return person


def test_a_proposal_changes_nothing_until_it_is_decided_on(client, proposer):
    coordinator = make.coordinator(make.place().region)

    client.post(reverse("networks:propose"), typed())

    proposal = Proposal.objects.get()
    assert (proposal.proposer, proposal.changes["name"]) == (proposer, "Alumninetwerk Eemland")
    assert list(Network.objects.all()) == []
    assert [turn.title for turn in turns.of(coordinator)["yours"]] == ["Decide on 1 proposal"]
    emails.proposed(proposal)
    assert [message.to for message in mail.outbox] == [[coordinator.email]]


def test_without_a_work_address_nobody_proposes(client):
    client.force_login(make.person())

    assert client.get(reverse("networks:propose")).status_code == 403


@pytest.mark.parametrize(
    ("existing", "reason"),
    [
        ({"name": "Alumninetwerk Eemlant"}, "has nearly the same name"),
        ({"name": "Something else", "latitude": 52.3008, "longitude": 5.3}, "stands on the same spot"),
    ],
)
def test_what_looks_like_an_existing_network_is_shown_before_anything_is_stored(
    client, proposer, existing, reason
):
    make.network(**existing)

    page = client.post(reverse("networks:propose"), typed())

    assert [one.reason for one in page.context["same"]] == [reason]
    assert list(Proposal.objects.all()) == []

    client.post(reverse("networks:propose"), typed(is_other="on"))

    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "spot"),
    [("Alumninetwerk Drenthe", (52.1, 5.1)), ("Kring van griffiers", (52.3015, 5.3))],
)
def test_another_region_or_spot_is_another_network(name, spot):
    make.network(name, latitude=spot[0], longitude=spot[1])
    mine = Network(name="Alumninetwerk Twente", latitude=52.3, longitude=5.3, kind="alumni")

    assert alike.alike(mine) == []


def test_the_same_municipalities_make_a_likeness():
    area = [make.place("One"), make.place("Two")]
    same = make.network("Kring van griffiers", area=area)
    mine = Network(name="Zoiets", latitude=51.5, longitude=5.3, kind=same.kind)

    assert [one.reason for one in alike.alike(mine, [place.pk for place in area])] == [
        "works in the same municipalities"
    ]


@pytest.mark.parametrize(
    ("bad", "field", "sentence"),
    [
        ({"latitude": "40.7", "longitude": "-74"}, "latitude", "This lies outside the Netherlands."),
        ({"area": "Atlantis"}, "area", "We do not know a municipality “Atlantis”."),
        ({"area": "Ooststellingwerf"}, "area", "“Ooststellingwerf” was abolished. Use “Utrecht”."),
        ({"ends_on": "2025-01-01"}, "ends_on", "The last day lies before the first."),
        ({"name": "x" * 500}, "name", "Ensure this value has at most 150 characters (it has 500)."),
        ({"starts_on": "2999-01-01"}, "starts_on", "Choose a day within a year from now."),
    ],
)
def test_what_cannot_be_is_named_at_its_field(client, proposer, bad, field, sentence):
    heir = make.organisation("Gemeente Utrecht")
    Organisation.objects.create(
        uri="urn:test:old",
        code="gm0085x",
        name="Gemeente Ooststellingwerf",
        tier="municipality",
        valid_from=datetime.date(2000, 1, 1),
        valid_until=datetime.date(2020, 1, 1),
        successor=heir,
    )

    page = client.post(reverse("networks:propose"), typed(**bad))

    assert page.status_code == 422
    assert page.context["form"].errors[field] == [sentence]


def test_a_change_holds_only_what_differs(client, proposer):
    network = make.network(latitude=52.3, longitude=5.3)
    same = {"name": network.name, "kind": network.kind, "themes": [], "source": network.source}
    same |= {"starts_on": network.starts_on.isoformat(), "accepts_partners": "on"}

    client.post(reverse("networks:propose_change", args=[network.slug]), typed(**same))

    assert Proposal.objects.get().changes == {"summary": "Former colleagues help each other."}


def test_a_change_of_nothing_is_no_proposal(client, proposer):
    network = make.network(latitude=52.3, longitude=5.3, summary="Former colleagues help each other.")
    same = {"name": network.name, "kind": network.kind, "themes": [], "source": network.source}
    same |= {"starts_on": network.starts_on.isoformat(), "accepts_partners": "on"}

    page = client.post(reverse("networks:propose_change", args=[network.slug]), typed(**same))

    assert (page.status_code, page.headers["Location"]) == (302, network.get_absolute_url())
    assert list(Proposal.objects.all()) == []


def test_accepted_as_it_is_it_becomes_a_network(client):
    coordinator = make.coordinator(make.place().province)
    proposal = make.proposal()
    client.force_login(coordinator)
    form = client.get(reverse("networks:accept", args=[proposal.key])).context["form"]

    client.post(reverse("networks:accept", args=[proposal.key]), sent(form))

    proposal.refresh_from_db()
    network = Network.objects.get()
    assert (network.name, network.state, network.confirmed_on) == (
        "Alumninetwerk Utrecht",
        "published",
        timezone.localdate(),
    )
    assert proposal.network == network


def sent(form: Any) -> dict[str, Any]:
    """What a browser would send of a form that somebody leaves as it is."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_accepted_with_changes_says_so():
    network, hr = make.network("Old"), make.person()
    proposal = make.proposal(network)

    judging.accept(proposal, by=hr, changes={"name": "Newer"})

    network.refresh_from_db()
    assert (network.name, proposal.state) == ("Newer", "adapted")


def test_a_rejection_tells_the_reason(client):
    proposal = make.proposal()
    client.force_login(make.coordinator(proposal.place.region))

    client.post(reverse("networks:reject", args=[proposal.key]), {"reason": "Ask the members first."})

    proposal.refresh_from_db()
    emails.rejected(proposal)
    assert proposal.state == "rejected"
    assert "> Ask the members first." in mail.outbox[0].body


def test_the_coordinator_of_another_region_sees_nothing_of_it(client):
    proposal = make.proposal()
    client.force_login(make.coordinator(make.region("Elders")))

    assert client.get(proposal.get_absolute_url()).status_code == 404
    assert client.post(reverse("networks:accept", args=[proposal.key])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_refused():
    proposal, judge = make.proposal(), make.person()
    rows = [Proposal.objects.get(pk=proposal.pk) for _ in range(2)]

    outcomes = at_once(*(lambda row=row: judging.accept(row, by=judge) for row in rows))

    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert Network.objects.count() == 1


def test_after_three_weeks_the_office_decides_and_after_six_more_it_lapses():
    office = make.staff(Role.PROGRAMME)
    proposal = make.proposal(due_at=timezone.now() - datetime.timedelta(minutes=1))

    waiting.pass_on_all(timezone.now())
    proposal.refresh_from_db()
    first = proposal.state
    emails.passed_on(proposal)
    waiting.pass_on_all(proposal.due_at + datetime.timedelta(minutes=1))
    proposal.refresh_from_db()

    assert (first, proposal.state) == ("office", "lapsed")
    assert proposal.keep_until is not None
    assert [message.to for message in mail.outbox] == [[office.email]]


def test_when_the_coordinator_leaves_the_office_hears_of_proposals():
    office, coordinator = make.staff(Role.PROGRAMME), make.coordinator(make.place().region)
    coordinator.is_active = False
    coordinator.save()

    emails.proposed(make.proposal())

    assert [message.to for message in mail.outbox] == [[office.email]]


def test_a_network_is_asked_once_a_year_then_hidden_then_ended():
    past = timezone.now() - datetime.timedelta(minutes=1)
    network = make.network(due_at=past)

    states = []
    for _ in range(3):
        waiting.age_all(timezone.now())
        network.refresh_from_db()
        states.append(network.state)
        Network.objects.filter(pk=network.pk).update(due_at=past)

    assert states == ["unconfirmed", "stale", "archived"]
    assert network.ends_on == network.confirmed_on


def test_opening_the_mailed_link_confirms_nothing_and_the_button_does(client):
    keeper = make.person()
    year_ago = timezone.localdate() - datetime.timedelta(days=366)
    network = make.network(state="stale", contact=keeper, confirmed_on=year_ago)
    link = reverse("networks:confirm", args=[signing.token(network)])

    opened = client.get(link)
    before = Network.objects.get().state
    client.post(link)
    after = Network.objects.get()

    assert (opened.status_code, before, after.state) == (200, "stale", "published")
    assert after.confirmed_on == timezone.localdate()
    assert client.get(link).status_code == 404


def test_the_yearly_mail_goes_to_the_contact_with_the_link():
    keeper = make.person()
    network = make.network(state="unconfirmed", contact=keeper)

    emails.network_unconfirmed(network)

    assert mail.outbox[0].to == [keeper.email]
    assert signing.token(network) in mail.outbox[0].body


def test_who_confirms_what_is_confirmed_already_is_refused():
    with pytest.raises(Refused):
        confirming.confirm(make.network())


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_proposals_costs_the_same_at_any_length(client, count, django_assert_num_queries):
    coordinator = make.coordinator(make.place().region)
    for _ in range(count):
        make.proposal()
    client.force_login(coordinator)

    with django_assert_num_queries(8):
        client.get(reverse("networks:proposals"))
