"""What people may type about an exchange: a clear sentence at its place, and no more is taken."""

import datetime
import time

import pytest
from django.utils import timezone

from bwob.people.models import Role
from mobility.forms import (
    ExchangeForm,
)
from mobility.models import Exchange
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HUNDRED_KB = "x" * 100_000


@pytest.fixture
def hr():
    return make.staff()


def typed(hr, **changes):
    """What a person types for an exchange that is right, with what the test changes; None leaves it out."""
    facts = {
        "organisation": hr.roles[0].organisation.pk if hr.roles else "",
        "kind": "secondment",
        "title": "Project leader for clear letters",
        "summary": "Help twelve teams to write so that everybody understands.",
        "tasks": "- You rewrite letters",
        "requirements": "",
        "benefits": "",
        "field": "communication",
        "skills": "writing, training",
        "hours_min": "24",
        "hours_max": "32",
        "starts_on": "",
        "duration": "6",
        "duration_unit": "month",
        "scale_min": "10",
        "scale_max": "11",
        "place": make.place().pk,
        "remote": "partly",
        "places": "1",
        "closes_on": "",
        "language": "nl",
    }
    return {name: value for name, value in (facts | changes).items() if value is not None}


def errors(hr, instance=None, **changes):
    """The errors by field, as text."""
    form = ExchangeForm(typed(hr, **changes), user=hr, instance=instance or Exchange())
    return {name: " ".join(found) for name, found in form.errors.items()}


def test_what_is_right_is_stored_as_a_draft(hr):
    form = ExchangeForm(typed(hr, skills="writing,  Training , writing\nlaw"), user=hr, instance=Exchange())

    stored = form.save()

    assert (stored.state, stored.published_at) == ("draft", None)
    assert stored.skills == ["writing", "Training", "law"]
    assert (stored.hours_min, stored.hours_max, stored.organisation) == (24, 32, hr.employer)


def test_a_vacancy_may_be_for_good_and_nothing_else(hr):
    sentence = "Only a vacancy is for good. Say how long this takes."

    assert errors(hr, kind="vacancy", duration="") == {}
    for kind in ("secondment", "assignment", "gig", "swap", "shadowing"):
        assert errors(hr, kind=kind, duration="") == {"duration": sentence}


HOURS = "The hours run from low to high, between 1 and 40."
SCALES = "Scales run from low to high, between 1 and 18. Fill in both, or neither."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": ""}, {"title": "This field is required."}),
        ({"title": "   "}, {"title": "This field is required."}),
        ({"summary": "x" * 301}, {"summary": "at most 300 characters"}),
        ({"title": "x" * 121}, {"title": "at most 120 characters"}),
        ({"tasks": "x" * 6001}, {"tasks": "at most 6000 characters"}),
        ({"hours_min": "33"}, {"hours_max": HOURS}),
        ({"hours_min": "0"}, {"hours_min": "greater than or equal to 1"}),
        ({"hours_max": "41"}, {"hours_max": "less than or equal to 40"}),
        ({"hours_max": "99999999999999999999"}, {"hours_max": "less than or equal to 40"}),
        ({"hours_max": "-8"}, {"hours_max": "greater than or equal to"}),
        ({"hours_max": "veel"}, {"hours_max": "Enter a whole number."}),
        ({"hours_max": "24,5"}, {"hours_max": "Enter a whole number."}),
        ({"scale_min": "0"}, {"scale_min": "greater than or equal to 1"}),
        ({"scale_max": "99"}, {"scale_max": "less than or equal to 18"}),
        ({"scale_min": "12"}, {"scale_max": SCALES}),
        ({"scale_min": ""}, {"scale_max": SCALES}),
        ({"scale_max": ""}, {"scale_max": SCALES}),
        ({"duration": "0"}, {"duration": "greater than or equal to 1"}),
        ({"duration": "121"}, {"duration": "less than or equal to 120"}),
        ({"places": "0"}, {"places": "greater than or equal to 1"}),
        ({"places": "201"}, {"places": "less than or equal to 200"}),
        ({"kind": "marriage"}, {"kind": "Select a valid choice."}),
        ({"field": "magic"}, {"field": "Select a valid choice."}),
        ({"language": "tlh"}, {"language": "Select a valid choice."}),
        ({"place": "999999"}, {"place": "Select a valid choice."}),
        ({"place": "9" * 40}, {"place": "Select a valid choice."}),
        ({"place": "Utrecht"}, {"place": "Select a valid choice."}),
        ({"starts_on": "31-02-2030"}, {"starts_on": "Enter a valid date."}),
        ({"starts_on": "next week"}, {"starts_on": "Enter a valid date."}),
        (
            {"skills": ",".join(f"skill {n}" for n in range(11))},
            {"skills": "at most ten skills; you typed 11"},
        ),
        ({"skills": "x" * 61}, {"skills": "at most 60 characters"}),
        ({"hours_min": "33", "scale_min": "12"}, {"hours_max": HOURS, "scale_max": SCALES}),
    ],
)
def test_what_is_wrong_is_told_at_its_field(hr, changes, expected):
    found = errors(hr, **changes)

    assert set(found) == set(expected)
    for name, sentence in expected.items():
        assert sentence in found[name]


def test_a_last_day_to_apply_lies_between_today_and_the_first_day_of_work(hr):
    today = timezone.localdate()

    assert errors(hr, closes_on=str(today)) == {}
    assert errors(hr, closes_on=str(today - DAY)) == {
        "closes_on": "This day has passed. Choose today or later."
    }
    assert errors(hr, closes_on=str(today + 9 * DAY), starts_on=str(today + 9 * DAY)) == {}
    assert errors(hr, closes_on=str(today + 9 * DAY), starts_on=str(today + 8 * DAY)) == {
        "closes_on": "The work begins before the last day to apply."
    }


def test_the_text_of_a_closed_exchange_can_be_mended_without_opening_it_again(hr):
    yesterday = timezone.localdate() - DAY
    closed = make.exchange(closes_on=yesterday)

    assert errors(hr, instance=closed, closes_on=str(yesterday)) == {}
    assert "closes_on" in errors(hr, instance=closed, closes_on=str(yesterday - DAY))


@pytest.mark.parametrize("role", ["hr", "manager"])
def test_one_writes_for_the_own_organisation_only_and_a_strange_one_does_not_exist(role):
    writer = make.staff(role)
    strange = make.organisation("Gemeente Zwolle")

    foreign, unknown = (errors(writer, organisation=key) for key in (strange.pk, 987654321))

    assert foreign == unknown
    assert "Select a valid choice." in foreign["organisation"]


@pytest.mark.parametrize("role", [Role.PROGRAMME, Role.PRIVACY_OFFICER])
def test_another_role_writes_for_no_organisation(role):
    person = make.staff(role)

    assert "organisation" in errors(person, organisation=person.employer.pk)


def test_the_only_organisation_is_chosen_beforehand(hr):
    form = ExchangeForm(user=hr, instance=Exchange())

    assert form.fields["organisation"].initial == hr.employer.pk


def test_what_is_published_stays_with_its_organisation(hr):
    """Who applied chose this organisation; another one would read the letters."""
    other = make.organisation("Gemeente Zwolle")
    hr.memberships.create(organisation=other, role=Role.HR)
    published = make.exchange(organisation=hr.employer)
    make.application(exchange=published)

    form = ExchangeForm(typed(hr, organisation=other.pk), user=hr, instance=published)

    assert form.is_valid()
    assert form.save().organisation == hr.employer


def test_fewer_places_than_were_given_are_not_possible(hr):
    exchange = make.exchange(places=3)
    for day in (10, 20):
        make.application("confirmed", exchange=exchange, starts_on=datetime.date(2030, 1, day), ends_on=None)

    assert errors(hr, instance=exchange, places="2") == {
        "places": "2 places have been given. Offer more, or close it for new applications."
    }
    assert errors(hr, instance=exchange, places="3") == {}


EXTRA = {
    "state": "published",
    "slug": "taken-over",
    "published_at": "2020-01-01",
    "contact": 1,
    "source": "x",
    "external_id": "x",
    "tier": "state",
    "region": 1,
    "moved_at": "2020-01-01",
    "id": 1,
    "pk": 1,
    "is_staff": "1",
}


def test_more_than_the_form_asks_is_not_taken(hr):
    exchange = make.exchange(state="draft", published_at=None)
    names = ["state", "slug", "published_at", "contact", "source", "external_id", "tier", "region", "id"]
    before = Exchange.objects.values(*names).get()

    form = ExchangeForm(typed(hr) | EXTRA, user=hr, instance=exchange)
    form.save()

    assert Exchange.objects.values(*names).get() == before


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\xad", "\x00", "\x07", "\ufeff"])
def test_signs_that_cannot_be_seen_are_left_out_of_a_line(hr, sign):
    """A sign that turns the direction of writing makes one text look like another."""
    text = f" Adviser{sign}reciffo  of \n letters "

    form = ExchangeForm(typed(hr, title=text, summary=text, skills=text), user=hr, instance=Exchange())
    stored = form.save()

    line = "Adviserreciffo of letters"
    assert (stored.title, stored.summary) == (line, line)
    assert stored.skills == ["Adviserreciffo of", "letters"]


def test_a_line_of_nothing_to_see_is_empty(hr):
    assert errors(hr, title="\u200b\u202e ") == {"title": "This field is required."}


@pytest.mark.parametrize("name", ["tasks", "requirements", "benefits"])
def test_a_text_with_a_null_sign_is_refused(hr, name):
    assert errors(hr, **{name: "You write\x00letters"}) == {name: "Null characters are not allowed."}


def test_letters_of_all_languages_and_smileys_are_letters(hr):
    title = "Adviseur crème brûlée in Súdwest-Fryslân 👩‍💻 – 你好 مرحبا"

    form = ExchangeForm(typed(hr, title=title), user=hr, instance=Exchange())

    assert form.is_valid(), form.errors
    assert form.save().title == title


@pytest.mark.parametrize(
    "name", sorted(set(ExchangeForm.Meta.fields) - {"own_staff_welcome", "alumni_welcome", "skills"})
)
def test_a_hundred_kilobytes_in_a_field_are_refused_at_once(hr, name):
    facts = typed(hr, **{name: HUNDRED_KB})
    start = time.process_time()

    form = ExchangeForm(facts, user=hr, instance=Exchange())

    assert name in form.errors
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", [HUNDRED_KB, ",".join("ab" * 25_000), "9" * 100_000, "\n" * 100_000 + "x"])
def test_a_hundred_kilobytes_of_skills_are_read_at_once(hr, text):
    start = time.process_time()

    errors(hr, skills=text)

    assert time.process_time() - start < 1
