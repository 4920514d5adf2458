"""Career days: a place is given once, the list is served in order, what people say stays without names."""

import datetime
import functools

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bwob.privacy import erasing, retention
from bwob.privacy.models import AccessLog
from bwob.workflow import Refused
from mobility import clock, day_turns, enrolling, hosting, reviewing, sharing
from mobility.models import CareerDay, DayFeedback, Script, ScriptStep, Signup
from tests import make
from tests.bwob.test_people_post import deliver
from tests.racing import at_once

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def somebody(name="Sanne", **facts):
    return make.person(name, works_at=make.organisation("Gemeente Amersfoort"), language="en", **facts)


def states(day):
    return list(day.signups.order_by("number").values_list("state", flat=True))


def subjects(user=None):
    deliver()
    return [message.subject for message in mail.outbox if user is None or message.to == [user.email]]


def page(day, name="career_day"):
    return reverse(f"mobility:{name}", args=[day.slug])


def signed_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def full_day(places=1, waiting=2):
    """A day of which all places are given, and people who wait, in order."""
    day = make.career_day(capacity=places)
    signups = [enrolling.sign_up(day, by=somebody(f"P{n}")) for n in range(places + waiting)]
    return day, signups[:places], signups[places:]


def test_places_are_given_while_there_are_any_and_then_the_list_grows_in_order():
    day, _seated, waiting = full_day(places=2)

    assert states(day) == ["seated", "seated", "waiting", "waiting"]
    assert [one.position for one in waiting] == [1, 2]
    assert (
        subjects()
        == ["You have a place: “Look into the water”"] * 2
        + ["You are on the waiting list: “Look into the water”"] * 2
    )


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_sign_up_at_once_exactly_the_capacity_gets_a_place_and_the_rest_stands_in_order():
    day = make.career_day(capacity=7)
    people = [somebody(f"P{number}") for number in range(50)]

    outcomes = at_once(*(functools.partial(enrolling.sign_up, day, by=person) for person in people))

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert states(day) == ["seated"] * 7 + ["waiting"] * 43
    assert list(day.signups.order_by("number").values_list("number", flat=True)) == list(range(1, 51))
    waiting = day.signups.queued()
    assert [one.position for one in waiting] == list(range(1, 44))


@pytest.mark.django_db(transaction=True)
def test_a_double_sign_up_at_once_becomes_one():
    day, person = make.career_day(), somebody()

    outcomes = at_once(*(functools.partial(enrolling.sign_up, day, by=person) for _ in range(2)))

    assert sorted(type(one).__name__ for one in outcomes) == ["Refused", "Signup"]
    assert states(day) == ["seated"]


@pytest.mark.django_db(transaction=True)
def test_places_given_back_at_once_go_to_the_first_in_line_and_nobody_gets_two():
    day, seated, waiting = full_day(places=3, waiting=3)

    at_once(*(functools.partial(enrolling.sign_off, one, by=one.person) for one in seated[:2]))

    assert states(day) == ["withdrawn", "withdrawn", "seated", "offered", "offered", "waiting"]
    assert [one.pk for one in day.signups.filter(state="offered").order_by("number")] == [
        one.pk for one in waiting[:2]
    ]


def test_an_offer_not_taken_in_two_days_goes_to_the_next():
    day, seated, waiting = full_day()
    enrolling.sign_off(seated[0], by=seated[0].person)
    assert states(day) == ["withdrawn", "offered", "waiting"]

    Signup.objects.filter(pk=waiting[0].pk).update(due_at=timezone.now() - HOUR)
    clock.serve_career_days(0)

    assert states(day) == ["withdrawn", "lapsed", "offered"]
    assert subjects(waiting[0].person)[-1] == "You have no place: “Look into the water”"
    assert "gone to the next" in mail.outbox[-2].body + mail.outbox[-1].body
    assert subjects(waiting[1].person)[-1] == "A place came free: “Look into the water”"


def test_an_offer_is_taken_while_it_stands_and_not_after():
    day, seated, waiting = full_day()
    enrolling.sign_off(seated[0], by=seated[0].person)
    first = Signup.objects.select_related("day").get(pk=waiting[0].pk)

    first.due_at = timezone.now() - HOUR
    with pytest.raises(Refused, match="no longer on offer"):
        enrolling.take(first, by=first.person)
    first.refresh_from_db()
    enrolling.take(first, by=first.person)

    assert states(day) == ["withdrawn", "seated", "waiting"]


def test_an_offer_never_stands_longer_than_until_the_day_begins():
    day = make.career_day(ahead=1)

    offered = make.signup("offered", day=day)

    assert offered.due_at == min(day.begins, offered.moved_at + 48 * HOUR)
    assert make.signup("waiting", day=day).due_at == day.begins


def test_who_closes_the_account_makes_room():
    day, seated, _waiting = full_day()

    erasing.erase(seated[0].person, farewell=False)
    clock.serve_career_days(0)

    assert states(day) == ["offered", "waiting"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"state": "draft", "published_at": None}, "not been published"),
        ({"state": "cancelled"}, "was cancelled"),
        ({"ahead": -1}, "is over"),
    ],
)
def test_one_cannot_sign_up_for_what_is_not_open(facts, reason):
    day = make.career_day(**facts)

    with pytest.raises(Refused, match=reason):
        enrolling.sign_up(day, by=somebody())


def test_one_signs_up_with_a_verified_work_address_only():
    day = make.career_day()

    with pytest.raises(Refused, match="First show where you work"):
        enrolling.sign_up(day, by=make.person())


def test_more_places_serve_the_list_and_fewer_than_given_are_refused():
    day, _seated, _waiting = full_day(places=2, waiting=2)
    hr = make.staff()

    day.capacity = 3
    hosting.change(day, [], by=hr)
    assert states(day) == ["seated", "seated", "offered", "waiting"]

    day.capacity = 1
    with pytest.raises(Refused, match="3 places have been given"):
        hosting.change(day, [], by=hr)


def test_who_signed_up_hears_of_another_date_but_not_of_another_text():
    day, seated, _waiting = full_day(waiting=0)
    subjects()

    day.about = "Other words."
    hosting.change(day, [], by=make.staff())
    assert len(subjects()) == 1
    day.held_on += datetime.timedelta(days=7)
    hosting.change(day, [], by=make.staff())

    assert subjects(seated[0].person)[-1] == "Changed: “Look into the water”"
    seated[0].refresh_from_db()
    assert seated[0].keep_until == day.held_on + datetime.timedelta(days=28)


def test_everybody_hears_of_a_cancelled_day_with_its_reason():
    day, seated, waiting = full_day()

    hosting.cancel(day, by=make.staff(), reason="The pump is being mended.")

    assert states(day) == ["cancelled"] * 3
    for signup in [*seated, *waiting]:
        assert subjects(signup.person)[-1] == "Cancelled: “Look into the water”"
    assert "> The pump is being mended." in mail.outbox[-1].body
    with pytest.raises(Refused):
        hosting.publish(day, by=make.staff())


def test_the_day_before_each_is_told_once_where_to_be():
    day = make.career_day(ahead=1, is_online=True, online_url="https://meet.example/day")
    signup = make.signup(day=day, person=somebody())
    make.signup("waiting", day=day)

    clock.remind_of_career_days(0)
    clock.remind_of_career_days(0)

    assert subjects() == ["Tomorrow: “Look into the water”"]
    assert mail.outbox[0].to == [signup.person.email]
    assert "https://meet.example/day" in mail.outbox[0].body


@pytest.fixture
def today(monkeypatch):
    """A day that is going on right now, whatever the time is."""
    day = make.career_day(ahead=0, starts_at=datetime.time(0, 0), ends_at=datetime.time(23, 59, 59))
    return day


def test_attendance_is_noted_on_the_day_by_its_code(today):
    signup = make.signup(day=today)
    client = signed_in(signup.person)

    wrong = client.post(page(today, "attend_day"), {"code": "nonono"})
    right = client.post(page(today, "attend_day"), {"code": today.code.lower()})
    again = client.post(page(today, "attend_day"), {"code": today.code})

    assert [wrong.status_code, right.status_code, again.status_code] == [422, 302, 409]
    signup.refresh_from_db()
    assert signup.attended_at is not None


def test_without_a_place_or_on_another_day_nobody_attends(today):
    for signup in (make.signup("waiting", day=today), make.signup()):
        with pytest.raises(Refused):
            enrolling.attend(signup, code=signup.day.code)


def test_the_code_is_shown_to_who_organises_only(today):
    make.signup(day=today, person=(guest := somebody()))
    hr = make.staff(at=today.organisation)

    assert today.code in signed_in(hr).get(page(today)).text
    assert today.code not in signed_in(guest).get(page(today)).text


def past_day(answers):
    day = make.career_day(ahead=-1)
    for number in range(answers):
        signup = make.signup(day=day, attended_at=day.begins, person=somebody(f"P{number}"))
        signup.day = day
        reviewing.give(signup, DayFeedback(grade=8, learned=f"Lesson {number}"))
    return day


def test_below_five_answers_there_is_no_grade_and_no_words():
    few, enough = reviewing.review(past_day(4)), reviewing.review(past_day(5))

    assert few is not None
    assert (few.came_text, few.answers_text, few.grade, few.words) == ("<5", "<5", None, [])
    assert enough is not None
    assert (enough.came_text, enough.answers_text, enough.grade, len(enough.words)) == ("5", "5", 8, 5)


def test_feedback_is_given_once_by_who_was_there_and_leads_back_to_nobody():
    day = make.career_day(ahead=-1)
    there, absent = make.signup(day=day, attended_at=day.begins), make.signup(day=day, person=somebody())
    client = signed_in(there.person)

    first = client.post(page(day, "day_feedback"), {"grade": "11"})
    second = client.post(page(day, "day_feedback"), {"grade": "7", "learned": "Go out more."})
    third = client.post(page(day, "day_feedback"), {"grade": "1"})

    assert [first.status_code, second.status_code, third.status_code] == [422, 302, 409]
    assert signed_in(absent.person).get(page(day, "day_feedback")).status_code == 409
    assert DayFeedback.objects.values_list("grade", "learned").get() == (7, "Go out more.")
    keys = {field.name for field in DayFeedback._meta.concrete_fields if field.is_relation}
    assert keys == {"day"}


def test_who_was_there_is_asked_once_what_it_was_like():
    day = make.career_day(ahead=-1)
    there = make.signup(day=day, attended_at=day.begins, person=somebody())
    make.signup(day=day, person=somebody())

    clock.remind_of_career_days(0)
    clock.remind_of_career_days(0)

    deliver()
    assert [message.to for message in mail.outbox] == [[there.person.email]]
    assert page(day, "day_feedback") in mail.outbox[0].body


def test_what_is_past_its_term_goes():
    day = past_day(1)
    later = timezone.now() + datetime.timedelta(days=40)

    retention.minimise(now=later)

    assert (Signup.objects.count(), DayFeedback.objects.count(), CareerDay.objects.count()) == (0, 0, 1)
    assert day.state == "published"


def test_the_overview_tells_of_offers_places_and_questions():
    person = somebody()
    make.signup("offered", person=person, day=make.career_day("A"))
    make.signup("waiting", person=person, day=make.career_day("B"))
    make.signup("seated", person=person, day=make.career_day("C"))
    past = make.career_day("D", ahead=-2)
    make.signup("seated", person=person, day=past, attended_at=past.begins)

    turns = day_turns.of(person)

    titles = {name: [turn.title for turn in rows] for name, rows in turns.items()}
    assert titles == {
        "yours": ["A", "What did you think of “D”?"],
        "others": ["B"],
        "agreed": ["C"],
    }
    text = signed_in(person).get(reverse("dashboard")).text
    assert all(title in text for title in ["See the place", "Say what you think"])


def test_who_organises_sees_who_comes_and_they_can_see_that():
    day = make.career_day()
    signup = make.signup(day=day)
    hr = make.staff(at=day.organisation)

    text = signed_in(hr).get(page(day, "day_signups")).text

    assert str(signup.person) in text
    assert AccessLog.objects.get(subject=signup.person).viewer == hr


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(client, rows, django_assert_num_queries):
    for number in range(rows):
        make.career_day(f"Day {number}")
        make.career_day(f"Past {number}", ahead=-9)

    with django_assert_num_queries(2):  # coming, past
        client.get(reverse("mobility:career_days"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_who_comes(rows, django_assert_num_queries):
    day = make.career_day()
    for number in range(rows):
        make.signup(day=day, person=somebody(f"P{number}"))
    client = signed_in(make.staff(at=day.organisation))

    with django_assert_num_queries(7):  # session, person, roles, day, sign-ups, work of the viewer, log
        client.get(page(day, "day_signups"))


def test_the_calendar_has_the_day_in_the_right_hour_and_no_link_to_take_part():
    day = make.career_day(
        held_on=datetime.date(2030, 7, 1), is_online=True, online_url="https://meet.example/secret"
    )

    raw = Client().get(page(day, "day_calendar")).content
    event = Calendar.from_ical(raw).walk("VEVENT")[0]

    assert event.decoded("dtstart") == datetime.datetime(2030, 7, 1, 7, 30, tzinfo=datetime.UTC)
    assert event.decoded("dtend") == datetime.datetime(2030, 7, 1, 14, 0, tzinfo=datetime.UTC)
    assert b"secret" not in raw


def test_a_day_is_written_published_and_found():
    hr = make.staff()
    make.place()
    client = signed_in(hr)
    typed = {
        "organisation": hr.employer.pk,
        "kind": "contact",
        "title": "A day on the dike",
        "summary": "Walk along.",
        "about": "You walk.",
        "held_on": (timezone.localdate() + datetime.timedelta(days=9)).isoformat(),
        "starts_at": "09:00",
        "ends_at": "16:00",
        "capacity": "12",
        "programme": "9.30 - 10:30 Welcome\nlunch",
    }

    refused = client.post(reverse("mobility:write_day"), typed)
    saved = client.post(
        reverse("mobility:write_day"),
        typed | {"programme": "9.30 - 10:30 Welcome\n11:00-12:00 Walk", "is_online": "on"},
    )

    assert refused.status_code == 422
    assert {"programme", "place"} == set(refused.context["form"].errors)
    day = CareerDay.objects.get()
    assert saved["Location"] == page(day)
    assert [str(one) for one in day.sessions.all()] == ["09:30–10:30 Welcome", "11:00–12:00 Walk"]
    assert Client().get(page(day)).status_code == 404
    client.post(page(day, "publish_day"))
    campaign = Client().get(reverse("mobility:day_campaign", args=["maak-contact"]))
    assert "A day on the dike" in campaign.text


def test_a_campaign_shows_the_places_that_belong_to_it():
    agency = make.organisation("Dienst Uitvoering", tier="agency")
    make.exchange(
        "Along at the counter", kind="shadowing", organisation=agency, duration=1, duration_unit="day"
    )
    make.exchange("Along at the town hall", kind="shadowing", duration=1, duration_unit="day")
    make.exchange("Half a year", organisation=agency)

    def shown(name):
        context = Client().get(reverse("mobility:day_campaign", args=[name])).context
        return {exchange.title for exchange in context["exchanges"]}

    assert shown("maak-contact") == {"Along at the counter"}
    assert shown("andermans-keuken") == {"Along at the counter", "Along at the town hall"}


def test_a_script_is_taken_over_with_its_origin_and_lessons():
    first, second = make.staff(), make.staff(at=make.organisation("Gemeente Zeist"))
    script = Script(organisation=first.employer, title="A day", lessons="Begin earlier.")
    sharing.save(script, [(8, "Reserve a room"), (-1, "Thank everybody")], by=first)
    address = reverse("mobility:copy_script", args=[script.key])
    assert signed_in(second).post(address).status_code == 404
    sharing.share(script, by=first)
    sharing.tick(ScriptStep.objects.get(text="Reserve a room"))

    signed_in(second).post(address)

    copy = Script.objects.get(organisation=second.employer)
    assert copy.origin == script
    assert list(copy.steps.values_list("weeks", "text", "done_at")) == [
        (8, "Reserve a room", None),
        (-1, "Thank everybody", None),
    ]
    text = signed_in(second).get(copy.get_absolute_url()).text
    assert "Taken over from Gemeente Utrecht" in text
    assert "Begin earlier." in text


def test_a_step_stays_ticked_off_when_the_script_changes():
    hr = make.staff()
    script = Script(organisation=hr.employer, title="A day")
    sharing.save(script, [(8, "Reserve a room")], by=hr)
    sharing.tick(script.steps.get())

    typed = {"title": "A day", "steps": "6: Reserve a room\n2: Order lunch"}
    signed_in(hr).post(reverse("mobility:edit_day_script", args=[script.key]), typed)

    steps = script.steps.all()
    assert [(step.weeks, step.done_at is not None) for step in steps] == [(6, True), (2, False)]


def test_the_api_tells_days_page_by_page_without_who_comes():
    day = make.career_day(capacity=1, online_url="https://meet.example/secret")
    make.signup(day=day)
    make.career_day("Later", ahead=40)
    gone = make.career_day("Gone", state="cancelled")
    client = Client()

    first = client.get("/api/v1/career-days?limit=1").json()
    second = client.get(first["next"].removeprefix("http://localhost:8000")).json()

    assert [first["items"][0]["id"], first["items"][0]["hasPlaces"]] == [day.slug, False]
    assert [item["title"] for item in second["items"]] == ["Later"]
    assert second["next"] is None
    assert "secret" not in client.get(f"/api/v1/career-days/{day.slug}").text
    assert client.get(f"/api/v1/career-days/{gone.slug}").status_code == 410
    assert client.get("/api/v1/career-days?after=nonsense").status_code == 400
