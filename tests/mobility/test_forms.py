"""What people may type about exchanges and applications: a clear sentence at its place, no more is taken."""

import datetime
import time

import pytest
from django.utils import timezone

from bwob.people.models import Role
from mobility.forms import (
    ApplicationForm,
    DeclineForm,
    DraftForm,
    ExchangeForm,
    ManagerForm,
    OfferForm,
    ReasonForm,
)
from mobility.models import Application, Exchange
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


@pytest.mark.parametrize("name", sorted(set(ExchangeForm.Meta.fields) - {"own_staff_welcome", "skills"}))
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


@pytest.mark.parametrize("form_class", [ApplicationForm, DraftForm])
@pytest.mark.parametrize(("text", "fits"), [("x" * 1500, True), ("x" * 1501, False), (HUNDRED_KB, False)])
def test_a_letter_has_at_most_1500_characters(form_class, text, fits):
    form = form_class({"motivation": text}, instance=Application())

    assert form.is_valid() is fits


def test_a_draft_may_be_empty_and_an_application_may_not():
    nothing = {"motivation": "  "}

    assert DraftForm(nothing, instance=Application()).is_valid()
    assert not ApplicationForm(nothing, instance=Application()).is_valid()


def test_an_application_takes_the_letter_only():
    application = make.application("draft")
    extra = {"state": "confirmed", "applicant": 1, "exchange": 1, "employer": 1, "hours": 1, "key": "x"}

    form = ApplicationForm({"motivation": "A letter"} | extra, instance=application)
    form.save()

    names = ("state", "applicant", "exchange", "employer", "hours", "key", "motivation")
    before = {name: getattr(application, f"{name}_id", getattr(application, name)) for name in names}
    assert Application.objects.values(*names).get() == before | {"motivation": "A letter"}


def offer(**changes):
    application = make.application("conversation")
    facts = {"hours": "24", "starts_on": "2030-03-01", "ends_on": "2030-08-31", "offer_note": ""}
    form = OfferForm(facts | changes, instance=application)
    return {name: " ".join(found) for name, found in form.errors.items()}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"starts_on": "2030-08-31"}, {}),
        ({"hours": ""}, {"hours": "This field is required."}),
        ({"hours": "0"}, {"hours": "Ensure this value is greater than or equal to 1."}),
        ({"hours": "41"}, {"hours": "Ensure this value is less than or equal to 40."}),
        ({"starts_on": ""}, {"starts_on": "This field is required."}),
        ({"starts_on": "2020-01-01"}, {"starts_on": "This day has passed. Choose today or later."}),
        ({"ends_on": "2030-02-28"}, {"ends_on": "The last day lies before the first."}),
        ({"ends_on": ""}, {"ends_on": "Fill in the last day: only a vacancy is for good."}),
        ({"ends_on": "soon"}, {"ends_on": "Enter a valid date."}),
    ],
)
def test_an_offer_says_hours_and_a_period_the_right_way_round(changes, expected):
    assert offer(**changes) == expected


def test_a_note_to_an_offer_is_not_longer_than_it_may_be():
    assert set(offer(offer_note="x" * 2001)) == {"offer_note"}
    assert set(offer(offer_note=HUNDRED_KB)) == {"offer_note"}


def test_only_a_vacancy_is_offered_for_good():
    application = make.application("conversation", exchange=make.exchange(kind="vacancy", duration=None))

    form = OfferForm({"hours": "36", "starts_on": "2030-03-01", "ends_on": ""}, instance=application)

    assert form.is_valid(), form.errors


def test_an_offer_begins_with_what_the_exchange_says():
    exchange = make.exchange(starts_on=datetime.date(2030, 1, 31), duration=1)

    form = OfferForm(instance=make.application("conversation", exchange=exchange))

    assert {name: form[name].value() for name in ("hours", "starts_on", "ends_on")} == {
        "hours": 32,
        "starts_on": datetime.date(2030, 1, 31),
        "ends_on": datetime.date(2030, 2, 27),
    }


def manager(application, **changes):
    domain = application.employer.email_domains.get().name
    facts = {"manager_name": "Wim de Boer", "manager_email": f"Wim@{domain.upper()}"}
    return ManagerForm(facts | changes, instance=application)


def sentences(form):
    return {name: " ".join(found) for name, found in form.errors.items()}


def test_a_manager_works_at_the_own_employer():
    application = make.application("offered")
    domain = application.employer.email_domains.get().name

    form = manager(application)

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"manager_name": "Wim de Boer", "manager_email": f"wim@{domain}"}


@pytest.mark.parametrize("email", ["wim@gmail.com", "wim@org-of-nobody.example", "wim@sub.{domain}"])
def test_an_address_elsewhere_is_not_of_the_manager(email):
    application = make.application("offered")
    domain = application.employer.email_domains.get().name

    form = manager(application, manager_email=email.format(domain=domain))

    assert sentences(form) == {"manager_email": "This is not a work address at Gemeente Amersfoort."}


def test_nobody_is_the_own_manager():
    application = make.application("offered")
    own = application.applicant.work.email

    form = manager(application, manager_email=own.upper())

    assert sentences(form) == {
        "manager_email": "This is your own address. Fill in the address of your manager."
    }


def test_who_no_longer_has_a_work_address_can_still_name_the_manager():
    application = make.application("offered")
    application.applicant.work_address.delete()
    application = Application.objects.get()

    assert manager(application).is_valid()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("manager_name", ""),
        ("manager_name", "x" * 201),
        ("manager_name", "Wim\u202egreB"),
        ("manager_name", "Wim\x00"),
        ("manager_name", "Win now at evil.example/now"),
        ("manager_email", ""),
        ("manager_email", "wim"),
        ("manager_email", "wim@a\r\nBcc: x@y.example"),
        ("manager_email", f"{HUNDRED_KB}@x.example"),
    ],
)
def test_what_is_no_name_or_address_is_refused(name, value):
    form = manager(make.application("offered"), **{name: value})

    assert list(form.errors) == [name]


def test_a_no_has_a_reason_from_the_list_of_hr():
    codes = {"profile", "hours", "scale", "chosen", "filled", "cancelled", "rules"}

    assert {value for value, _label in DeclineForm().fields["code"].choices} == codes
    assert set(DeclineForm({"code": "too_busy"}).errors) == {"code"}
    assert set(DeclineForm({}).errors) == {"code"}
    assert DeclineForm({"code": "profile", "reason": ""}).is_valid()


@pytest.mark.parametrize(
    ("text", "fits"), [("Tuesday", True), ("x" * 1001, False), ("a\x00b", False), ("", False)]
)
def test_a_message_has_at_most_a_thousand_characters(text, fits):
    assert ReasonForm({"reason": text}).is_valid() is fits


def test_a_message_can_be_left_out_where_that_is_allowed():
    assert ReasonForm({"reason": ""}, required=False).is_valid()
