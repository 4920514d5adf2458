"""A plan that did not win is offered on, and a Doetank begins with it: each page names the other."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from bwob import onward
from doetanks.models import Challenge
from pitch import deliberating, realising
from pitch.models import Edition, Entry
from tests import make
from tests.pitch import editions

pytestmark = pytest.mark.django_db
TEXTS = {
    "title": "Three rules fewer",
    "question": "Rules only ever come in.",
    "gain": "Fewer rules.",
    "hours": 4,
    "places": 6,
    "roles": "Lawyer: knows the law",
    "decides": "on",
}


@pytest.fixture
def second() -> Entry:
    """The plan that did not win, of an edition whose result is final."""
    round_ = editions.up_to("opened", is_sealed=False)
    edition, chair = round_.fresh(), round_.chair
    deliberating.begin(edition, by=chair)
    deliberating.decide(edition, winner=round_.plans[0], honourable=[], words="Well.", deviation="", by=chair)
    deliberating.publish(edition, by=chair)
    Edition.objects.update(objections_until=timezone.localdate() - datetime.timedelta(days=1))
    realising.settle(edition, by=chair)
    return Entry.objects.get(number=2)


def challenge_from(client, entry: Entry) -> Challenge:
    client.force_login(make.person("Olga", works_at=make.organisation("Gemeente Elders")))
    day = timezone.localdate() + datetime.timedelta(days=200)
    page = f"{reverse('doetanks:submit')}?van={onward.path_of(entry)}"
    assert client.post(page, TEXTS | {"decide_on": day.isoformat()}).status_code == 302
    return Challenge.objects.get()


def test_a_doetank_begins_with_a_plan_that_its_team_offers(client, second):
    page = reverse("pitch:entry", args=[second.key])
    client.force_login(second.lead)
    assert "Offer our plan on" in client.get(page).content.decode()
    client.post(reverse("pitch:offer_on", args=[second.key]))
    client.logout()
    assert f"van={onward.path_of(second)}" in client.get(page).content.decode()

    began = challenge_from(client, second)
    began.move_to("intake", by=None)
    began.move_to("open", by=None, opened_at=timezone.now())

    assert began.came_from == f"/pitch/plan/{second.key}/"
    shown = client.get(began.get_absolute_url()).content.decode()
    assert f'<a href="/pitch/plan/{second.key}/">A plan of PITCH 2026</a>: Plan 2' in shown
    assert began.get_absolute_url() in client.get(page).content.decode()


def test_the_form_begins_with_the_text_of_the_plan(client, second):
    realising.offer_on(second, by=second.lead)
    client.force_login(make.person("Olga", works_at=make.organisation("Gemeente Elders")))

    form = client.get(reverse("doetanks:submit"), {"van": onward.path_of(second)}).context["form"]

    assert form.initial["title"] == "Plan 2"
    assert form.initial["question"].startswith(second.problem)


def test_without_an_offer_or_after_it_was_taken_back_nothing_begins(client, second):
    assert challenge_from(client, second).came_from == ""
    Challenge.objects.all().delete()
    realising.offer_on(second, by=second.lead)
    began = challenge_from(client, second)
    realising.take_back(second, by=second.lead)

    assert onward.origin(began.commissioner, began.came_from).is_offered is False
    assert "Begin a Doetank" not in client.get(reverse("pitch:entry", args=[second.key])).content.decode()


@pytest.mark.parametrize("path", ["", "x", "/pitch/", "//evil.example/", "/pitch/plan/x/", "/beheer/"])
def test_any_other_address_is_nothing_to_begin_with(client, second, path):
    client.force_login(make.person("Olga", works_at=make.organisation("Gemeente Elders")))

    assert onward.origin(second.lead, path) is None
    assert client.get(reverse("doetanks:submit"), {"van": path}).status_code == 200


def test_only_the_team_offers_and_only_what_did_not_win(client, second):
    winner = Entry.objects.get(number=1)
    for plan, user in ((winner, winner.lead), (second, winner.lead)):
        client.force_login(user)
        assert client.post(reverse("pitch:offer_on", args=[plan.key])).status_code == 403
    assert not Entry.objects.exclude(offered_at=None).exists()
