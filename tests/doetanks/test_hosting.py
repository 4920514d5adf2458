"""Cafés: the last place once, a waiting list that moves, the code on the wall, questions that go on."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bwob.workflow import Refused
from doetanks import hosting
from doetanks.models import Cafe, CafeQuestion, Challenge, Signup
from tests import make
from tests.bwob.test_people_post import deliver
from tests.doetanks import making
from tests.racing import at_once

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def planned(**facts):
    starts_at = facts.pop("starts_at", timezone.now() + 24 * HOUR)
    defaults = {"title": "Café of forms", "text": "Soup.", "where": "Town hall", "organiser": making.coach()}
    return Cafe.objects.create(starts_at=starts_at, ends_at=starts_at + 3 * HOUR, **(defaults | facts))


def guest(name="Gast"):
    return make.person(name, works_at=make.organisation("Gemeente Breda"))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_the_last_place():
    cafe = planned(capacity=1)
    two = [guest("Een"), guest("Twee")]

    at_once(*(lambda one=one: hosting.sign_up(cafe, person=one) for one in two))

    assert sorted(cafe.signups.values_list("state", flat=True)) == ["coming", "waiting"]


def test_who_waits_longest_gets_the_place_that_comes_free_and_a_mail():
    cafe = planned(capacity=1)
    first, second, third = guest("Een"), guest("Twee"), guest("Drie")
    for one in (first, second, third):
        hosting.sign_up(cafe, person=one)
    deliver()
    mail.outbox.clear()

    hosting.sign_off(cafe, person=first)
    deliver()

    assert [message.to for message in mail.outbox] == [[second.email]]
    assert list(cafe.signups.expected().values_list("person", flat=True)) == [second.pk]


def test_the_code_counts_around_the_cafe_also_for_who_just_walks_in():
    now = planned(starts_at=timezone.now() - HOUR)
    walker = guest()
    with pytest.raises(Refused, match="not the code"):
        hosting.attend(now, person=walker, code="wrong1")

    hosting.attend(now, person=walker, code=f" {now.code.upper()} ")

    assert [one.attended_at is not None for one in now.signups.all()] == [True]
    with pytest.raises(Refused, match="half an hour"):
        hosting.attend(planned(), person=walker, code=now.code)


def test_cancelling_tells_everybody_on_the_list_why():
    cafe = planned()
    hosting.sign_up(cafe, person=guest())
    deliver()
    mail.outbox.clear()

    hosting.cancel(cafe, by=cafe.organiser, reason="No soup.")
    deliver()

    assert ["> No soup." in message.body for message in mail.outbox] == [True]
    with pytest.raises(Refused):
        hosting.sign_up(cafe, person=guest())


def test_who_still_waits_when_it_begins_has_no_place():
    cafe = planned(capacity=1)
    for name in ("Een", "Twee"):
        hosting.sign_up(cafe, person=guest(name))
    Signup.objects.filter(state="waiting").update(due_at=timezone.now() - HOUR)

    assert (hosting.lapse_waiting(), hosting.lapse_waiting()) == (1, 0)


def test_the_address_of_the_call_is_for_who_is_on_the_list(client):
    cafe = planned(where="", call="https://call.example/secret")
    page, ics = cafe.get_absolute_url(), reverse("doetanks:cafe_calendar", args=[cafe.slug])
    coming = guest()
    for told in (False, True):
        if told:
            hosting.sign_up(cafe, person=coming)
            client.force_login(coming)
        (event,) = Calendar.from_ical(client.get(ics).content).walk("VEVENT")
        assert (
            ("secret" in client.get(page).content.decode()),
            "secret" in str(event.get("description")),
        ) == (
            told,
            told,
        )


def test_a_question_becomes_a_challenge_and_names_no_hidden_one(client):
    question = CafeQuestion.objects.create(cafe=planned(), text="Who decides on the pier?")
    decider = guest()
    client.force_login(decider)
    form = reverse("doetanks:submit") + f"?vraag={question.key}"
    assert "Who decides on the pier?" in client.get(form).content.decode()

    typed = {
        "title": "One map for the pier",
        "question": "Two maps.",
        "gain": "One map.",
        "roles": "Cartographer",
        "hours": 4,
        "places": 5,
        "decides": "on",
        "decide_on": (timezone.localdate() + datetime.timedelta(days=200)).isoformat(),
    }
    client.post(form, typed)

    question.refresh_from_db()
    assert question.challenge == Challenge.objects.get()
    client.logout()
    assert question.challenge.slug not in client.get(question.cafe.get_absolute_url()).content.decode()


def test_the_code_cannot_be_guessed_by_trying(client):
    now = planned(starts_at=timezone.now() - HOUR)
    client.force_login(guest())

    answers = [
        client.post(reverse("doetanks:attend", args=[now.slug]), {"code": f"wrong{number}"}).status_code
        for number in range(11)
    ]

    assert answers == [409] * 10 + [429]
    assert client.post(reverse("doetanks:attend", args=[now.slug]), {"code": now.code}).status_code == 429


def test_the_organiser_ticks_by_hand_who_was_there_and_nobody_else_can(client):
    now = planned(starts_at=timezone.now() + HOUR / 4)
    first, second = (hosting.sign_up(now, person=guest(name)) for name in ("Een", "Twee"))
    hosting.attend(now, person=second.person, code=now.code)
    elsewhere = hosting.sign_up(planned(), person=guest("Drie"))
    address = reverse("doetanks:tick_guests", args=[now.slug])

    client.force_login(guest())
    refused = client.post(address, {"present": [first.pk]})
    client.force_login(now.organiser)
    client.post(address, {"present": [first.pk, elsewhere.pk, "x"]})

    there = {one.pk for one in Signup.objects.exclude(attended_at=None)}
    assert (refused.status_code, there) == (403, {first.pk})
    with pytest.raises(Refused, match="half an hour"):
        hosting.tick(planned(), set(), by=now.organiser)
