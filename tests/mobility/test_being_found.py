"""Being found: who sees which block of whom, asking for contact, and a yes that ends by itself."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from bwob.organisations.models import Tier
from bwob.people.models import Role, WorkAddress
from bwob.privacy import erasing, retention
from bwob.privacy.models import AccessLog
from bwob.workflow import Refused
from mobility import addresses, clock, contacting, finding
from mobility.models import ContactRequest, Profile
from mobility.models.profiles import BLOCKS, Step
from tests import make
from tests.bwob.test_people_post import deliver
from tests.racing import at_once

pytestmark = pytest.mark.django_db
URL = "/en/mensen/"
State = ContactRequest.State


@pytest.fixture
def places():
    """Three regions' worth of employers: the person's own, a neighbour, one far away, and a partner."""
    near, far = make.place(), make.place("Middelburg", region=make.region("Zeeland"))
    return {
        "own": make.organisation("Gemeente Amersfoort", place=near),
        "near": make.organisation("Gemeente Utrecht", place=near),
        "far": make.organisation("Gemeente Middelburg", place=far),
        "partner": make.organisation("Adviesbureau", place=far, tier=Tier.PRIVATE_PARTNER),
    }


def profile_of(employer, given_name="Petra", **facts) -> Profile:
    defaults = {"skills": ["Writing"], "skills_for": Step.GOVERNMENTS, "is_findable": True}
    return Profile.objects.create(
        user=make.person(given_name, works_at=employer, language="en"), **(defaults | facts)
    )


def found(user, **asked) -> list[Profile]:
    return [one.profile for one in finding.of(user, asked)["people"]]


def request_of(profile: Profile, hr, exchange=None, **facts) -> ContactRequest:
    exchange = exchange or make.exchange(organisation=hr.organisations(Role.HR)[0])
    asked = ContactRequest(exchange=exchange, message="We saw that you write well.", **facts)
    contacting.ask(asked, about=profile, by=hr)
    return asked


@pytest.mark.parametrize(
    ("step", "readers"),
    [
        (Step.ME, []),
        (Step.EMPLOYER, ["own"]),
        (Step.REGION, ["own", "near"]),
        (Step.GOVERNMENTS, ["own", "near", "far"]),
        (Step.PUBLIC, ["own", "near", "far", "partner"]),
    ],
)
@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_is_seen_by_its_circle_only(places, block, step, readers):
    filled = {
        "skills": ["Writing"],
        "work_fields": ["law"],
        "wishes": "Something else",
        "regions": ["midden-utrecht"],
        "hours_min": 8,
        "hours_max": 16,
        "scale": 10,
    }
    profile = profile_of(places["own"], **filled, skills_for=Step.ME)
    Profile.objects.update(**{f"{block}_for": step})

    seen = []
    for name, employer in places.items():
        rows = Profile.objects.visible_to(make.staff(at=employer)).with_opened(make.staff(at=employer))
        if row := rows.first():
            seen.append(name)
            assert [one.name for one in finding.shown(row).blocks] == [block]

    assert seen == readers
    visitor_sees = Client().get(f"/mensen/{profile.key}/").status_code
    assert visitor_sees == (200 if step == Step.PUBLIC else 404)


@pytest.mark.parametrize(
    "hide",
    [
        {"is_findable": False},
        {"confirmed_at": timezone.now() - datetime.timedelta(days=366)},
        {"skills": []},
    ],
)
def test_who_does_not_want_to_be_found_is_not_there(places, hide):
    profile_of(places["own"])
    hr = make.staff(at=places["near"])
    assert len(found(hr)) == 1

    Profile.objects.update(**hide)

    assert found(hr) == []


def test_who_has_not_shown_lately_where_he_works_is_not_there(places):
    profile_of(places["own"])
    WorkAddress.objects.update(verified_at=timezone.now() - WorkAddress.VALID)

    assert found(make.staff(at=places["near"])) == []


def test_a_search_looks_only_into_what_is_open_to_the_one_who_searches(places):
    open_one = profile_of(places["own"], work_fields=["law"], work_fields_for=Step.GOVERNMENTS)
    profile_of(places["own"], "Hidden", work_fields=["law"])
    hr = make.staff(at=places["near"])

    assert len(found(hr)) == 2
    assert found(hr, field="law") == [open_one]
    assert found(hr, field="finance") == []
    assert len(found(hr, skill="WRIT")) == 2
    assert found(hr, skill="%") == []


def test_small_numbers_are_not_told_and_the_order_says_nothing(places, monkeypatch):
    people = [profile_of(places["own"], f"P{number}") for number in range(7)]
    hr = make.staff(at=places["near"])
    monkeypatch.setattr(finding, "SIZE", 3)

    first = finding.of(hr, {})
    second = finding.of(hr, {"after": first["next_url"].rpartition("=")[2]})

    assert first["count_text"] == "7 people found"
    assert finding.count_text(4) == "<5 people found"
    assert len({one.profile.pk for one in first["people"] + second["people"]}) == 6
    assert {one.profile for one in first["people"]} <= set(people)


def test_only_who_offers_workplaces_searches_and_the_person_reads_that_they_looked(client: Client, places):
    profile = profile_of(places["own"])
    client.force_login(make.person())
    assert client.get(URL).status_code == 403
    hr = make.staff(at=places["near"], given_name="Robin")
    client.force_login(hr)

    page = client.get(URL)

    assert profile.user.given_name not in page.content.decode()
    assert str(places["own"]) not in page.content.decode()
    [view] = AccessLog.objects.all()
    assert (view.subject, view.viewer, view.purpose_text) == (
        profile.user,
        hr,
        "looking for people for an exchange",
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_looking_for_people(client: Client, places, rows, django_assert_num_queries):
    for number in range(rows):
        profile_of(places["own"], f"P{number}")
    client.force_login(make.staff(at=places["near"]))
    client.get(URL)

    with django_assert_num_queries(7):  # session, person, roles; count, list; work of the viewer, log
        client.get(URL)


@pytest.fixture
def asked(client: Client, places):
    """HR of another employer asked Petra for contact, on the site."""
    profile = profile_of(places["own"])
    exchange = make.exchange(organisation=places["near"])
    client.force_login(make.staff(at=places["near"], language="en"))
    url = f"{URL}{profile.key}/contact/"
    client.post(url, {"exchange": exchange.pk, "message": "We like how you write."})
    return ContactRequest.objects.with_names().get()


def page_of(client: Client, asked: ContactRequest) -> str:
    return client.get(f"/en/contact/verzoek/{asked.key}/").content.decode()


def test_a_request_is_answered_by_the_button_behind_the_mailed_link(client: Client, asked):
    assert "Petra" not in page_of(client, asked)
    deliver()
    [message] = mail.outbox
    assert message.to == [asked.person.email]
    assert "> We like how you write." in message.body
    link = addresses.contact(asked).removeprefix("http://localhost:8000")
    assert link in message.body

    stranger = Client(headers={"accept-language": "en"})
    assert stranger.get(link).status_code == 200
    assert ContactRequest.objects.get().state == State.ASKED
    stranger.post(link, {"yes": "1"})
    stranger.post(link, {"no": "1"})  # a second answer changes nothing

    assert ContactRequest.objects.get().state == State.AGREED
    deliver()
    assert mail.outbox[-1].to == [asked.asked_by.email]
    assert "Petra" not in mail.outbox[-1].body


def test_a_yes_shows_who_it_is_for_two_weeks_and_each_look_is_noted(client: Client, asked):
    contacting.agree(asked)
    page = page_of(client, asked)
    assert asked.person.email in page
    assert "Gemeente Amersfoort" in page
    views = AccessLog.objects.filter(subject=asked.person, what="mobility.contactrequest")
    assert [view.viewer for view in views] == [asked.asked_by]

    ContactRequest.objects.update(due_at=timezone.now() - datetime.timedelta(seconds=1))
    assert asked.person.email not in page_of(client, asked)
    clock.close_contacts(0)

    ended = ContactRequest.objects.get()
    assert ended.state == State.ENDED
    assert ended.keep_until == timezone.localdate() + datetime.timedelta(days=28)


def test_a_no_and_silence_name_nobody(client: Client, places):
    one, other = profile_of(places["own"], "Petra"), profile_of(places["own"], "Otto")
    hr = make.staff(at=places["near"])
    exchange = make.exchange(organisation=places["near"])
    refused, silent = request_of(one, hr, exchange), request_of(other, hr, exchange)
    contacting.refuse(ContactRequest.objects.get(pk=refused.pk))
    ContactRequest.objects.filter(pk=silent.pk).update(due_at=timezone.now())
    clock.close_contacts(0)
    deliver()
    client.force_login(hr)

    texts = [client.get(f"/en/contact/verzoek/{asked.key}/").content.decode() for asked in (refused, silent)]
    texts.append(client.get("/en/mensen/verzoeken/").content.decode())
    texts.append(client.post(f"/en/contact/verzoek/{refused.key}/intrekken/").content.decode())
    texts += [str(message.body) for message in mail.outbox if message.to == [hr.email]]

    assert len(texts) == 6
    assert not [text for text in texts for name in ("Petra", "Otto", "Amersfoort") if name in text]
    assert ContactRequest.objects.get(pk=silent.pk).state == State.LAPSED


def test_one_asks_once_and_only_about_an_open_exchange_of_ones_own(places):
    profile = profile_of(places["own"])
    hr = make.staff(at=places["near"])
    asked = request_of(profile, hr)

    with pytest.raises(Refused, match="asked about this exchange before"):
        request_of(profile, hr, asked.exchange)
    with pytest.raises(Refused, match="of your own only"):
        request_of(profile, hr, make.exchange(organisation=places["far"]))
    Profile.objects.update(skills_for=Step.EMPLOYER)
    with pytest.raises(Refused, match="no longer be found"):
        request_of(profile, hr)


def test_ten_questions_may_wait_for_one_exchange(places, monkeypatch):
    monkeypatch.setattr(ContactRequest, "AT_MOST", 1)
    hr = make.staff(at=places["near"])
    asked = request_of(profile_of(places["own"]), hr)

    with pytest.raises(Refused, match="1 people have not answered"):
        request_of(profile_of(places["own"], "Otto"), hr, asked.exchange)


def test_the_person_ends_a_yes_at_any_time(client: Client, places):
    profile = profile_of(places["own"])
    hr = make.staff(at=places["near"])
    asked = request_of(profile, hr)
    contacting.agree(asked)
    client.force_login(profile.user)
    assert "Stop this now" in client.get(f"/en/contact/verzoek/{asked.key}/").content.decode()

    client.post(f"/en/contact/verzoek/{asked.key}/stoppen/")

    client.force_login(hr)
    assert profile.user.email not in client.get(f"/en/contact/verzoek/{asked.key}/").content.decode()


def test_the_overview_says_that_somebody_asks(client: Client, places):
    profile = profile_of(places["own"])
    request_of(profile, make.staff(at=places["near"]))
    client.force_login(profile.user)

    page = client.get("/en/mijn/").context

    assert [turn.title for turn in page["yours"]] == ["Gemeente Utrecht would like to talk to you"]
    assert page["lead"] == "1 thing waits for you."


def test_erasing_the_person_or_the_asker_leaves_no_name(places):
    profile = profile_of(places["own"])
    hr = make.staff(at=places["near"])
    asked = request_of(profile, hr)

    erasing.erase(hr)
    assert ContactRequest.objects.get(pk=asked.pk).asked_by is None

    erasing.erase(profile.user)
    assert not ContactRequest.objects.exists()
    assert not Profile.objects.exists()


def test_an_ended_request_goes_after_its_term(places):
    asked = request_of(profile_of(places["own"]), make.staff(at=places["near"]))
    contacting.refuse(asked)

    retention.minimise(now=timezone.now() + datetime.timedelta(days=27))
    assert ContactRequest.objects.exists()
    retention.minimise(now=timezone.now() + datetime.timedelta(days=30))
    assert not ContactRequest.objects.exists()


def test_a_profile_of_nearly_a_year_is_asked_about_once_and_confirmed_by_a_button(client: Client, places):
    profile = profile_of(places["own"], confirmed_at=timezone.now() - datetime.timedelta(days=355))
    profile_of(places["own"], "Fresh")
    clock.ask_about_profiles(0)
    deliver()
    clock.ask_about_profiles(0)
    deliver()

    assert [message.to for message in mail.outbox] == [[profile.user.email]]
    link = addresses.still_right(profile).removeprefix("http://localhost:8000")
    before = profile.confirmed_at
    client.get(link)
    profile.refresh_from_db()
    assert profile.confirmed_at == before
    assert client.post(link).status_code == 200
    profile.refresh_from_db()
    assert profile.confirmed_at > before
    assert client.get(link).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_yes_and_taking_back_at_the_same_moment_one_wins(places):
    asked = request_of(profile_of(places["own"]), hr := make.staff(at=places["near"]))
    first, second = (ContactRequest.objects.with_names().get(pk=asked.pk) for _side in range(2))

    outcomes = at_once(lambda: contacting.agree(first), lambda: contacting.withdraw(second, by=hr))

    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Refused"]
    assert ContactRequest.objects.get().state in (State.AGREED, State.WITHDRAWN)
