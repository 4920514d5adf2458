"""The day itself and what comes after: the code, feedback without names, pages, scripts, calendar and API."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bwob.privacy import retention
from bwob.privacy.models import AccessLog
from bwob.workflow import Refused
from mobility import calendars, clock, day_turns, enrolling, reviewing, sharing
from mobility.models import CareerDay, DayFeedback, Reader, Script, ScriptStep, Signup
from tests import make
from tests.bwob.test_people_post import deliver
from tests.mobility.test_career_days import somebody

pytestmark = pytest.mark.django_db


def page(day, name="career_day"):
    return reverse(f"mobility:{name}", args=[day.slug])


def signed_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def today():
    """A day that is going on right now, whatever the time is."""
    return make.career_day(ahead=0, starts_at=datetime.time(0, 0), ends_at=datetime.time(23, 59, 59))


def test_attendance_is_noted_on_the_day_by_its_code(today):
    signup = make.signup(day=today)
    client = signed_in(signup.person)

    wrong = client.post(page(today, "attend_day"), {"code": "nonono"})
    right = client.post(page(today, "attend_day"), {"code": today.code.lower()})
    again = client.post(page(today, "attend_day"), {"code": today.code})

    assert [wrong.status_code, right.status_code, again.status_code] == [422, 302, 409]
    signup.refresh_from_db()
    assert signup.attended_at is not None


def test_the_code_of_the_day_cannot_be_guessed_by_trying(today):
    client = signed_in(make.signup(day=today).person)

    wrong = [
        client.post(page(today, "attend_day"), {"code": f"wrong{number}"}).status_code for number in range(11)
    ]
    right = client.post(page(today, "attend_day"), {"code": today.code})

    assert wrong == [422] * 10 + [429]
    assert (right.status_code, Signup.objects.attended().count()) == (429, 0)


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


def test_the_own_calendar_has_the_days_on_which_one_has_a_place_with_the_link():
    person = somebody()
    make.signup(
        person=person, day=make.career_day("Seated", is_online=True, online_url="https://meet.example/")
    )
    make.signup("waiting", person=person, day=make.career_day("Waiting"))

    events = Calendar.from_ical(calendars.of(Reader(user=person))).walk("VEVENT")

    assert [(str(event["summary"]), str(event["description"])) for event in events] == [
        ("Seated, Gemeente Utrecht", "https://meet.example/")
    ]


def test_days_to_come_stand_in_the_sitemap(client):
    coming, past = make.career_day(), make.career_day(ahead=-1)

    text = client.get("/sitemap-career-days.xml").text

    assert (coming.slug in text, past.slug in text) == (True, False)


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


def test_who_organises_ticks_by_hand_who_was_there():
    hr = make.staff()
    day = make.career_day(organisation=hr.organisations("hr")[0], ahead=0)
    there, absent = make.signup(day=day), make.signup(day=day, attended_at=timezone.now())
    later = make.career_day("Later", organisation=day.organisation)

    answer = signed_in(hr).post(page(day, "tick_day"), {"present": [there.pk]})

    assert (answer.status_code, list(Signup.objects.attended())) == (302, [there])
    assert signed_in(absent.person).post(page(day, "tick_day")).status_code == 403
    assert signed_in(hr).post(page(later, "tick_day")).status_code == 409
