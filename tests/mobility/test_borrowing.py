"""A role that a Doetank looks for goes on the market as an exchange, once, by those who may offer it."""

import pytest
from django.urls import reverse

from mobility.models import Exchange
from tests import make
from tests.doetanks import making

pytestmark = pytest.mark.django_db


def offer(client, user, challenge):
    client.force_login(user)
    return client.post(reverse("mobility:from_role", args=[challenge.roles.get().key]))


def test_hr_of_the_organisation_makes_a_draft_of_it_once(client):
    challenge = making.challenge()
    hr = make.staff("hr", challenge.organisation)
    page = client.get(challenge.get_absolute_url()).content.decode()
    assert "Offer this place as an exchange" not in page

    offer(client, hr, challenge)
    offer(client, hr, challenge)

    made = Exchange.objects.get()
    assert (made.state, made.kind, made.hours_max, made.contact) == ("draft", "gig", challenge.hours, hr)
    assert challenge.get_absolute_url() in made.tasks
    assert "Offer this place as an exchange" in client.get(challenge.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("facts", "status"), [({}, 403), ({"is_hidden": True}, 404), ({"state": "explore"}, 404)]
)
def test_others_cannot_and_what_is_hidden_or_begun_is_not_on_the_market(client, facts, status):
    challenge = making.challenge(**facts)
    stranger = make.staff("hr", make.organisation("Gemeente Breda"))

    assert offer(client, stranger, challenge).status_code == status
    assert not Exchange.objects.exists()
