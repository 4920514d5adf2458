"""What people may type about an application: the letter, the offer, the manager, and messages."""

import datetime

import pytest

from bwob.forms import ReasonForm
from bwob.people.models import User
from mobility.answer_forms import DeclineForm
from mobility.forms import (
    ApplicationForm,
    DraftForm,
    ManagerForm,
    OfferForm,
)
from mobility.models import Application
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HUNDRED_KB = "x" * 100_000


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
    form = OfferForm(facts | changes, by=User(), instance=application)
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

    form = OfferForm(
        {"hours": "36", "starts_on": "2030-03-01", "ends_on": ""}, by=User(), instance=application
    )

    assert form.is_valid(), form.errors


def test_an_offer_begins_with_what_the_exchange_says():
    exchange = make.exchange(starts_on=datetime.date(2030, 1, 31), duration=1)

    form = OfferForm(by=User(), instance=make.application("conversation", exchange=exchange))

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

    def form(*data: object) -> DeclineForm:
        return DeclineForm(*data, by=User())

    assert {value for value, _label in form().fields["code"].choices} == codes
    assert set(form({"code": "too_busy"}).errors) == {"code"}
    assert set(form({}).errors) == {"code"}
    assert form({"code": "profile", "reason": ""}).is_valid()


@pytest.mark.parametrize(
    ("text", "fits"), [("Tuesday", True), ("x" * 1001, False), ("a\x00b", False), ("", False)]
)
def test_a_message_has_at_most_a_thousand_characters(text, fits):
    assert ReasonForm({"reason": text}).is_valid() is fits


def test_a_message_can_be_left_out_where_that_is_allowed():
    assert ReasonForm({"reason": ""}, required=False).is_valid()
