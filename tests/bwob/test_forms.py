"""Forms that lose nothing (rule R7): whole constraints, kept text, one record of a double click."""

import functools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from bwob import forms
from bwob.people.models import Submission, User
from bwob.people.submitting import once
from bwob.workflow import Refused
from mobility.models import Application, Exchange
from tests import make
from tests.racing import at_once

pytestmark = pytest.mark.django_db


class WholeForm(forms.RecordForm):
    class Meta:
        model = Exchange
        fields = ("hours_max", "scale_max", "places")


class PeriodForm(forms.RecordForm):
    class Meta:
        model = Application
        fields = ("ends_on",)


def request_of(user=None, *, path="/here/", session=None, **posted):
    """A request as it reaches a view; a POST when anything was posted."""
    request = RequestFactory().post(path, posted) if posted else RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request.session = session if session is not None else SessionStore()
    return request


def whole(**changes):
    exchange = make.exchange()
    stored = {"hours_max": exchange.hours_max, "scale_max": exchange.scale_max, "places": 1}
    return WholeForm(stored | changes, instance=exchange)


def test_a_constraint_with_a_field_that_is_not_on_the_form_is_checked_and_told_at_its_field():
    form = whole(hours_max=20)

    assert not form.is_valid()
    assert form.errors == {"hours_max": ["The hours run from low to high, between 1 and 40."]}


def test_every_constraint_that_is_broken_is_told_at_once():
    form = whole(hours_max=20, scale_max=9)

    assert set(form.errors) == {"hours_max", "scale_max"}


def test_a_field_in_error_hides_no_constraint_of_other_fields_and_breaks_none_itself():
    form = whole(hours_max=99, scale_max=9)

    assert {name: len(errors) for name, errors in form.errors.items()} == {"hours_max": 1, "scale_max": 1}


def test_a_constraint_that_the_form_cannot_repair_is_told_above_it():
    application = make.application("submitted")
    application.state = "offered"

    form = PeriodForm({"ends_on": ""}, instance=application)

    assert not form.is_valid()
    assert list(form.errors) == ["__all__"]


@pytest.mark.parametrize("scales", [{"scale_max": ""}, {"scale_min": None}])
def test_half_a_range_of_scales_is_no_range(scales):
    exchange = make.exchange(scale_min=10, scale_max=11)
    exchange.scale_min = scales.get("scale_min", 10)

    form = WholeForm(
        {"hours_max": 32, "places": 1, "scale_max": scales.get("scale_max", 11)}, instance=exchange
    )

    assert form.errors == {
        "scale_max": ["Scales run from low to high, between 1 and 18. Fill in both, or neither."]
    }


def test_what_fits_is_stored():
    form = whole(hours_max=24, scale_max=12, places=3)

    form.save()

    assert Exchange.objects.values_list("hours_max", "scale_max", "places").get() == (24, 12, 3)


def test_lines_of_a_text_count_as_the_browser_counts_them():
    """A browser counts a line end as one character and sends two."""
    text = "\r\n".join("x" * 9 for _line in range(150))

    request = request_of(make.person(), motivation=text)
    form = forms.fill(functools.partial(MotivationForm, instance=Application()), request)

    assert form.errors == {}
    assert form.cleaned_data["motivation"] == text.replace("\r\n", "\n")


class MotivationForm(forms.RecordForm):
    class Meta:
        model = Application
        fields = ("motivation",)

    def validate_constraints(self):
        """The record is not complete here."""


def kept(session, user, path="/here/"):
    return forms.kept_text(request_of(user, path=path, session=session))


def keep(user=None, path="/here/", **fields):
    """The session in which a post of this person was kept when the sign-in had ended."""
    key = {"form_key": forms.key_for(user)} if user else {}
    request = request_of(path=path, csrfmiddlewaretoken="secret", **key, **fields)
    forms.keep_text(request)
    return request.session


def test_text_typed_before_the_session_ended_comes_back_once_to_who_typed_it():
    person = make.person()
    session = keep(person, motivation="Two hours of work", days=["mo", "tu"])

    first, second = kept(session, person), kept(session, person)

    assert first == {"motivation": "Two hours of work", "days": ["mo", "tu"]}
    assert second == {}


def test_somebody_else_on_the_same_computer_never_reads_it():
    person, other = make.person(), make.person()
    session = keep(person, motivation="mine")

    assert kept(session, other) == {}
    assert kept(session, AnonymousUser()) == {}
    assert kept(session, person) == {"motivation": "mine"}


def test_text_without_a_key_belongs_to_nobody():
    session = keep(None, motivation="whose?")

    assert kept(session, make.person()) == {}
    assert forms.KEPT not in session


def test_text_comes_back_on_its_own_page_only():
    person = make.person()
    session = keep(person, path="/here/", motivation="mine")

    assert kept(session, person, path="/elsewhere/") == {}
    assert kept(session, person, path="/here/") == {"motivation": "mine"}


def test_neither_keys_nor_more_than_a_book_are_kept():
    person = make.person()

    assert "form_key" not in keep(person, motivation="mine")[forms.KEPT]["fields"]
    assert "csrfmiddlewaretoken" not in keep(person, motivation="mine")[forms.KEPT]["fields"]
    assert forms.KEPT not in keep(person, motivation="x" * 100_001)
    assert forms.KEPT not in keep(person, one="x" * 60_000, two="x" * 60_000)


@pytest.mark.parametrize("key", ["", "x", "a:b:c", "\x00", "W10:1tq:zz", "é" * 3000])
def test_a_forged_key_is_no_key(key):
    assert forms.read_key(key) is None


def test_a_session_that_ends_while_typing_loses_no_text_and_others_do_not_read_it(client):
    """From the page, over the sign-in page and the sign-in, back to the page with the text."""
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    url = reverse("mobility:apply", args=[make.exchange().slug])
    client.force_login(person)
    key = client.get(url).content.decode().split('name="form_key" value="')[1].split('"')[0]
    client.logout()

    sent = client.post(url, {"motivation": "Typed for an hour", "form_key": key})
    sign_in = client.post(sent["Location"], {"login": person.email, "password": make.PASSWORD})
    back = client.get(url)

    assert sent.status_code == 302
    assert sent["Location"].startswith(reverse("account_login"))
    assert sign_in["Location"] == url
    assert back.context["form"]["motivation"].value() == "Typed for an hour"
    assert Application.objects.count() == 0


@once
def note(request, name="note"):
    """A view that stores an organisation, and refuses what it is told to refuse."""
    make.organisation(request.POST["name"])
    if request.POST.get("refuse"):
        raise Refused("Too late.")
    if request.POST.get("wrong"):
        return HttpResponse("wrong", status=422)
    return redirect(f"/noted/{request.POST['name']}/")


def notes():
    return set(make.organisation("x").__class__.objects.exclude(name="x").values_list("name", flat=True))


def test_a_form_that_is_posted_twice_is_carried_out_once_and_leads_to_the_same_page():
    person = make.person()
    key = forms.key_for(person)

    answers = [note(request_of(person, name=name, form_key=key)) for name in ("one", "two")]

    assert [answer["Location"] for answer in answers] == ["/noted/one/", "/noted/one/"]
    assert notes() == {"one"}


def test_each_showing_of_a_form_is_a_submission_of_its_own():
    person = make.person()

    for name in ("one", "two"):
        note(request_of(person, name=name, form_key=forms.key_for(person)))

    assert notes() == {"one", "two"}


def test_a_form_that_was_not_right_can_be_posted_again_with_the_same_key():
    person = make.person()
    key = forms.key_for(person)

    first = note(request_of(person, name="one", wrong="1", form_key=key))
    again = note(request_of(person, name="one", form_key=key))

    assert (first.status_code, again.status_code) == (422, 302)


def test_what_was_stored_before_a_refusal_stays_and_the_form_can_be_posted_again():
    person = make.person()
    key = forms.key_for(person)

    with pytest.raises(Refused):
        note(request_of(person, name="one", refuse="1", form_key=key))
    again = note(request_of(person, name="two", form_key=key))

    assert again["Location"] == "/noted/two/"
    assert notes() == {"one", "two"}


def test_the_key_of_somebody_else_opens_nothing():
    person, thief = make.person(), make.person()
    key = forms.key_for(person)
    note(request_of(person, name="one", form_key=key))

    answer = note(request_of(thief, name="two", form_key=key))

    assert answer["Location"] == "/noted/two/"
    assert Submission.objects.get().user == person


@pytest.mark.parametrize("key", ["", "forged", "a5763b2f-dcb6-4639-8503-16d3e474f718"])
def test_without_a_key_a_form_still_works(key):
    person = make.person()

    answer = note(request_of(person, name="one", form_key=key))

    assert answer["Location"] == "/noted/one/"
    assert Submission.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_at_once_make_one_record_and_all_lead_there():
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    exchange = make.exchange()
    facts = {"motivation": "I click fast.", "form_key": forms.key_for(person)}
    url = reverse("mobility:apply", args=[exchange.slug])
    session = Client(headers={"accept-language": "en"})
    session.force_login(person)

    def click():
        browser = Client(headers={"accept-language": "en"})
        browser.cookies = session.cookies
        return browser.post(url, facts)

    answers = at_once(*[click] * 50)

    application = Application.objects.get()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, application.get_absolute_url())
    }
    assert application.state == "submitted"


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_without_a_key_make_one_record_too():
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    url = reverse("mobility:apply", args=[make.exchange().slug])
    session = Client(headers={"accept-language": "en"})
    session.force_login(person)

    def click():
        browser = Client(headers={"accept-language": "en"})
        browser.cookies = session.cookies
        return browser.post(url, {"motivation": "I click fast."}).status_code

    statuses = set(at_once(*[click] * 10))

    assert statuses <= {302, 409}
    assert Application.objects.get().state == "submitted"


def test_the_work_address_may_lapse_while_somebody_types(client):
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    client.force_login(person)
    User.objects.get(pk=person.pk).work_address.__class__.objects.update(
        verified_at=timezone.now() - timezone.timedelta(days=181)
    )

    response = client.post(reverse("mobility:apply", args=[make.exchange().slug]), {"motivation": "Typed"})

    assert response.status_code == 409
    assert Application.objects.get().motivation == "Typed"
