"""Meetings of alumni: invited by consent, places given once and in order, and seen by HR of the employer."""

import datetime
import functools
import re

import pytest
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from alumni import ageing, clock, consenting, gathering, links, staying
from alumni.models import Alumnus, Gathering, Guest, Look
from bwob.workflow import Refused
from tests import make
from tests.bwob.test_people_post import deliver
from tests.bwob.test_privacy_erasing import tables_with
from tests.racing import at_once

pytestmark = pytest.mark.django_db
LIST = "admin:alumni_gathering_changelist"


@pytest.fixture
def network():
    return make.alumni_network()


@pytest.fixture
def hr(client, network):
    hr = make.staff("hr", network.organisation, "Hanna")
    client.force_login(hr)
    return hr


def alumnus(name, *purposes, **facts):
    defaults = {"email": f"{name.lower()}@home.example", "language": "en"}
    return make.alumnus(name, *(purposes or ("meeting",)), **(defaults | facts))


def states(meeting):
    return list(meeting.signups.order_by("number").values_list("state", flat=True))


def subjects(name):
    deliver()
    return [message.subject for message in mail.outbox if message.to == [f"{name.lower()}@home.example"]]


def page(who, meeting, name="gathering"):
    return reverse(f"alumni:{name}", args=[links.gathering(who, meeting)])


def fields(network, **changes):
    held_on = timezone.localdate() + datetime.timedelta(days=20)
    typed = {"network": network.pk, "title": "Soup", "about": "Come.", "held_on": held_on, "capacity": 2}
    return typed | {"starts_at": "16:00", "ends_at": "18:00", "place": make.place().name} | changes


def test_hr_writes_opens_and_invites_only_who_agreed_to_meetings(client, network, hr):
    anna, _bart = alumnus("Anna", network=network), alumnus("Bart", "news", network=network)
    alumnus("Cor", network=make.alumni_network(make.organisation("Gemeente Breda")))
    comes, doubts = alumnus("Dora", network=network), alumnus("Els", network=network)
    staying.pause(alumnus("Fien", network=network))
    client.post(reverse("admin:alumni_gathering_add"), fields(network))
    meeting = Gathering.objects.get()
    client.post(reverse(LIST), {"action": "publish", "_selected_action": [meeting.pk], "confirmed": "1"})
    gathering.come(meeting, comes)
    invite = {"action": "invite", "_selected_action": [meeting.pk]}

    asked = client.post(reverse(LIST), invite).content.decode()
    client.post(reverse(LIST), invite | {"confirmed": "1"})
    client.post(reverse(LIST), invite | {"confirmed": "1"})
    consenting.withdraw(doubts, "meeting", how="page")
    deliver()

    assert "2 people will get it." in asked
    invitations = [message for message in mail.outbox if "invites you" in message.subject]
    assert [message.to for message in invitations] == [[anna.email]]
    assert invitations[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "because you agreed to: Meetings." in invitations[0].body


def test_without_an_account_one_signs_up_waits_is_offered_a_place_and_takes_it(client, network):
    meeting = make.gathering(network=network, capacity=1)
    anna, bart = (alumnus(name, network=network) for name in ("Anna", "Bart"))

    for who in (anna, bart, bart):
        client.post(page(who, meeting, "come"))
    before = states(meeting)
    client.post(page(anna, meeting, "stay_away"))
    offered = client.get(page(bart, meeting)).content.decode()
    client.post(page(bart, meeting, "come"))

    assert before == ["seated", "waiting"]
    assert "A place is free for you" in offered
    assert states(meeting) == ["withdrawn", "seated"]
    assert subjects("Bart") == [
        "You are on the waiting list: “Soup and stories”",
        "A place came free: “Soup and stories”",
        "You have a place: “Soup and stories”",
    ]


def test_an_offer_lapses_after_two_days_and_goes_to_the_next(network):
    meeting = make.gathering(network=network, capacity=1)
    anna, bart, cor = (alumnus(name, network=network) for name in ("Anna", "Bart", "Cor"))
    first = gathering.come(meeting, anna)
    for who in (bart, cor):
        gathering.come(meeting, who)
    gathering.stay_away(first)
    Guest.objects.filter(alumnus=bart).update(due_at=timezone.now() - datetime.timedelta(minutes=1))

    clock.start_campaigns(0)

    assert states(meeting) == ["withdrawn", "lapsed", "offered"]


@pytest.mark.django_db(transaction=True)
def test_of_twelve_at_once_each_place_is_given_once():
    meeting = make.gathering(capacity=5)
    everybody = [make.alumnus(f"P{number}", "meeting") for number in range(12)]

    at_once(*(functools.partial(gathering.come, meeting, who) for who in [*everybody, *everybody[:3]]))

    assert states(meeting) == ["seated"] * 5 + ["waiting"] * 7


def test_who_leaves_takes_the_sign_up_along_and_the_place_goes_to_the_next(network):
    meeting = make.gathering(network=network, capacity=1)
    anna = alumnus("Qzkanarie", network=network)
    bart = alumnus("Bart", network=network)
    gathering.come(meeting, anna)
    gathering.come(meeting, bart)

    staying.leave(anna)
    ageing.erase_ended()
    gathering.keep_lists()

    assert tables_with("qzkanarie") == set()
    assert states(meeting) == ["offered"]


def test_who_was_there_is_noted_by_code_and_by_hand(client, network, hr):
    meeting = make.gathering(network=network, ahead=0, code="QZXVKW")
    anna, bart = (alumnus(name, network=network) for name in ("Anna", "Bart"))
    for who in (anna, bart):
        Guest.objects.create(gathering=meeting, alumnus=who, state="seated", number=who.pk)
    seats = {guest.alumnus.given_name: guest for guest in Guest.objects.all()}

    wrong = client.post(page(anna, meeting), {"code": "AAAAAA"})
    client.post(page(anna, meeting), {"code": "qzxvkw "})
    by_code = list(Guest.objects.attended())
    client.post(
        reverse("admin:alumni_gathering_guests", args=[meeting.pk]),
        {"present": [seats["Bart"].pk, 999999, "x"]},
    )

    assert wrong.status_code == 422
    assert by_code == [seats["Anna"]]
    assert list(Guest.objects.attended()) == [seats["Bart"]]
    with pytest.raises(Refused):
        gathering.note_present(make.gathering(network=network), [], by=hr)


def test_the_code_of_a_meeting_cannot_be_guessed_by_trying(client, network):
    meeting = make.gathering(network=network, ahead=0, starts_at=datetime.time(0), code="QZXVKW")
    anna, bart = (alumnus(name, network=network) for name in ("Anna", "Bart"))
    Guest.objects.create(gathering=meeting, alumnus=anna, state="seated", number=1)
    Guest.objects.create(gathering=meeting, alumnus=bart, state="seated", number=2)

    wrong = [client.post(page(anna, meeting), {"code": "AAAAAA"}).status_code for _ in range(11)]
    right = client.post(page(anna, meeting), {"code": meeting.code})
    other = client.post(page(bart, meeting), {"code": meeting.code})

    assert wrong == [422] * 10 + [429]
    assert (right.status_code, other.status_code) == (429, 302)


def test_hr_sees_who_comes_is_noted_for_that_and_another_employer_sees_nothing(client, network, hr):
    meeting = make.gathering(network=network)
    anna = alumnus("Annabel", network=network)
    gathering.come(meeting, anna)
    address = reverse("admin:alumni_gathering_guests", args=[meeting.pk])

    seen = client.get(address).content.decode()
    client.force_login(make.staff("hr", make.organisation("Gemeente Breda"), "Bram"))

    assert "Annabel" in seen
    assert [look.viewer for look in Look.objects.filter(alumnus=anna)] == [hr]
    assert client.get(address).status_code == 404


def test_a_place_is_typed_by_its_name(client, network, hr):
    for name in ("Bergen (NH.)", "Bergen (L.)"):
        make.place(name)
    add = reverse("admin:alumni_gathering_add")

    def errors(typed):
        answer = client.post(add, fields(network, place=typed))
        return answer.context_data["adminform"].form.errors["place"][0]

    told = [errors(typed) for typed in ("Bergen", "Utrechd", "")]
    client.post(add, fields(network, place=" bergen (nh.)"))
    meeting = Gathering.objects.get()
    form = client.get(reverse("admin:alumni_gathering_change", args=[meeting.pk])).content.decode()

    assert told == [
        "There are more of that name. Do you mean Bergen (L.) or Bergen (NH.)?",
        "We do not know a municipality “Utrechd”. Did you mean Utrecht?",
        "Choose a place, or say that it is online.",
    ]
    assert meeting.place.name == "Bergen (NH.)"
    assert 'value="Bergen (NH.)"' in form


def test_a_changed_day_is_told_and_two_colleagues_do_not_write_over_each_other(client, network, hr):
    meeting = make.gathering(
        network=network, capacity=1, starts_at=datetime.time(16), ends_at=datetime.time(18)
    )
    for name in ("Anna", "Bart"):
        gathering.come(meeting, alumnus(name, network=network))
    address = reverse("admin:alumni_gathering_change", args=[meeting.pk])
    seen = client.get(address).context_data["adminform"].form["seen"].value()
    Gathering.objects.filter(pk=meeting.pk).update(title="Soup and bread")

    typed = fields(network, title=meeting.title, starts_at="17:00", capacity=2, seen=seen)
    refused = client.post(address, typed)
    client.post(address, typed | {"seen": refused.context_data["adminform"].form["seen"].value()})

    assert "“Soup and bread”, and you typed “Soup and stories”" in refused.content.decode()
    assert states(meeting) == ["seated", "offered"]
    assert "Changed: “Soup and stories”" in subjects("Anna")


def test_a_cancelled_meeting_is_told_with_the_reason(client, network, hr):
    meeting = make.gathering(network=network)
    gathering.come(meeting, alumnus("Anna", network=network))
    act = {"action": "cancel", "_selected_action": [meeting.pk], "confirmed": "1"}

    client.post(reverse(LIST), act)
    before = states(meeting)
    client.post(reverse(LIST), act | {"reason": "The roof leaks."})

    assert (before, states(meeting)) == (["seated"], ["cancelled"])
    assert "Cancelled: “Soup and stories”" in subjects("Anna")
    assert "The roof leaks." in mail.outbox[-1].body


def test_the_day_before_who_comes_is_told_where_to_be_once(network):
    meeting = make.gathering(network=network, ahead=1, is_online=True, online_url="https://meet.example/x")
    gathering.come(meeting, alumnus("Anna", network=network))

    gathering.remind()
    gathering.remind()

    assert subjects("Anna")[1:] == ["Tomorrow: “Soup and stories”"]
    assert "https://meet.example/x" in mail.outbox[-1].body


def test_the_calendar_file_has_the_link_only_for_who_has_a_place(client, network):
    meeting = make.gathering(network=network, is_online=True, online_url="https://meet.example/secret")
    anna = alumnus("Anna", network=network)

    before = client.get(page(anna, meeting, "gathering_calendar")).content
    gathering.come(meeting, anna)
    after = client.get(page(anna, meeting, "gathering_calendar")).content

    (event,) = Calendar.from_ical(after).walk("VEVENT")
    assert (b"secret" in before, str(event["description"])) == (False, "https://meet.example/secret")


def test_links_that_do_not_count_all_lead_to_the_one_page(client, network):
    meeting, anna = make.gathering(network=network), alumnus("Anna", network=network)
    gone = alumnus("Bart", network=network)
    left = page(gone, meeting)
    staying.leave(gone)
    forged = f"{page(anna, meeting)[:-3]}xy/"
    other = reverse("alumni:gathering", args=[signing.dumps([anna.pk, meeting.pk], salt="alumni.answer")])
    addresses = [
        left,
        forged,
        other,
        page(alumnus("Cor", state="invited", network=network), meeting),
        page(anna, make.gathering(network=network, state="draft", published_at=None)),
        page(anna, make.gathering(network=network, ahead=-2)),
        f"/en/alumni/antwoord/{links.gathering(anna, meeting)}/",
        f"/en/alumni/stop/{links.entrance(anna)}/",
        f"/en/alumni/deelname/{links.stop(anna, 'meeting')}/",
    ]

    answers = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [404] * 9
    mains = {answer.content.partition(b"<main")[2].partition(b"</main")[0] for answer in answers}
    assert len(mains) == 1


def test_the_meetings_stand_on_the_own_page_and_the_network_page_tells_no_way_in(client, network):
    meeting, anna = make.gathering(network=network), alumnus("Anna", network=network)
    gathering.come(meeting, anna)

    own = client.get(reverse("alumni:membership", args=[links.entrance(anna)])).content.decode()
    public = client.get(network.get_absolute_url()).content.decode()

    assert re.search(r"/alumni/bijeenkomst/[^/]+/\"[^<]*>Soup and stories", own)
    assert "Has a place" in own
    assert "Soup and stories" in public
    assert "/bijeenkomst/" not in public


def test_merging_keeps_answers_and_sign_ups_of_both(client, network, hr):
    first, second = (alumnus("Anna", network=network, email=f"{n}@home.example") for n in "ab")
    question = network.questions.create(title="Who?", text="Tell.", state="open")
    other = network.questions.create(title="Where?", text="Tell.", state="open")
    first.answers.create(question=question, text="I do.", is_named=True)
    second.answers.create(question=question, text="So do I.")
    second.answers.create(question=other, text="Here.", is_named=True)
    full, free = make.gathering(network=network, capacity=1), make.gathering("Walk", network=network)
    gathering.come(full, second)
    gathering.come(full, first)
    gathering.come(free, second)
    sent = network.campaigns.create(purpose="meeting", subject="Soup", text="Come.", state="sending")
    second.deliveries.create(campaign=sent)

    chosen = [first.pk, second.pk]
    act = {"action": "merge", "_selected_action": chosen, "confirmed": "1", "email": first.email}
    client.post(reverse("admin:alumni_alumnus_changelist"), act)

    merged = Alumnus.objects.get()
    answers = merged.answers.order_by("text").values_list("text", "is_named")
    assert [answers[0], answers[1][1]] == [("Here.", True), False]
    assert sorted(answers[1][0].split("\n\n")) == ["I do.", "So do I."]
    seats = merged.signups.order_by("gathering").values_list("gathering__title", "state")
    assert list(seats) == [("Soup and stories", "seated"), ("Walk", "seated")]
    assert merged.deliveries.get().campaign == sent


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_length(client, network, hr, rows, django_assert_num_queries):
    for number in range(rows):
        gathering.come(make.gathering(network=network), alumnus(f"P{number}", network=network))
    client.get(reverse(LIST))

    with django_assert_num_queries(5):
        client.get(reverse(LIST))
