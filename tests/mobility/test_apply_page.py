"""The page to apply on: what is kept, what is refused with which words, and hostile input."""

import datetime
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from mobility.models import Application, Exchange
from tests import make
from tests.on_screen import apply_page, bare, form_key_of, text_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def state_of(application):
    return Application.objects.get(pk=application.pk).state


@pytest.fixture
def applicant(client):
    person = make.person("Sanne", works_at=make.organisation("Gemeente Amersfoort"))
    client.force_login(person)
    return person


@pytest.fixture
def hr(client):
    person = make.staff(given_name="Robin")
    client.force_login(person)
    return person


def test_from_the_page_to_a_sent_application(client, applicant):
    exchange = make.exchange()

    opened = client.get(apply_page(exchange))
    sent = client.post(apply_page(exchange), {"motivation": "I would like to learn from you."}, follow=True)

    application = Application.objects.get()
    assert opened.status_code == 200
    assert sent.redirect_chain == [(application.get_absolute_url(), 302)]
    assert "Your application has been sent to Gemeente Utrecht." in text_of(sent)
    assert (application.state, application.applicant) == ("submitted", applicant)


def test_a_draft_is_kept_and_found_again(client, applicant):
    exchange = make.exchange()

    kept = client.post(apply_page(exchange), {"motivation": "Half a sen", "save": "1"})
    back = client.get(apply_page(exchange))

    assert (kept.status_code, kept["Location"]) == (302, reverse("dashboard"))
    assert back.context["form"]["motivation"].value() == "Half a sen"
    assert state_of(Application.objects.get()) == "draft"


def test_an_empty_letter_is_asked_again(client, applicant):
    response = client.post(apply_page(make.exchange()), {"motivation": " "})

    assert response.status_code == 422
    assert "This field is required." in text_of(response)
    assert Application.objects.count() == 0


@pytest.mark.parametrize("save", [{}, {"save": "1"}])
def test_a_letter_that_is_too_long_comes_back_whole(client, applicant, save):
    response = client.post(apply_page(make.exchange()), {"motivation": "word " * 301} | save)

    assert response.status_code == 422
    assert "Ensure this value has at most 1500 characters (it has 1504)." in text_of(response)
    assert response.context["form"]["motivation"].value() == "word " * 301


def test_own_staff_reads_why_not_and_gets_no_button(client):
    person = make.person(works_at=make.organisation())
    client.force_login(person)

    page_shown = text_of(client.get(apply_page(make.exchange())))

    assert "This is for people of other employers. You work at Gemeente Utrecht yourself." in page_shown
    assert "Send your application" not in page_shown


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"closes_on": datetime.date(2026, 3, 8)}, "One could apply until 8 March 2026."),
        ({"state": "withdrawn"}, "The organisation has withdrawn this."),
    ],
)
def test_what_closed_while_somebody_typed_gives_the_text_back(client, applicant, facts, sentence):
    exchange = make.exchange()
    Exchange.objects.update(**facts)

    response = client.post(apply_page(exchange), {"motivation": "An hour of careful work"})

    assert response.status_code == 409
    assert sentence in text_of(response)
    assert "An hour of careful work" in text_of(response)


def test_what_closed_while_somebody_typed_keeps_the_draft(client, applicant):
    exchange = make.exchange()
    key = form_key_of(client.get(apply_page(exchange)))
    Exchange.objects.update(closes_on=timezone.localdate() - DAY)

    client.post(apply_page(exchange), {"motivation": "An hour of careful work", "form_key": key})

    draft = Application.objects.get()
    assert (draft.state, draft.motivation) == ("draft", "An hour of careful work")


def test_a_withdrawn_exchange_stays_hidden_from_who_never_applied(client, applicant):
    exchange = make.exchange(state="withdrawn")

    client.post(apply_page(exchange), {"motivation": "An hour of careful work"})

    assert Application.objects.count() == 0
    assert client.get(apply_page(exchange)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_draft_of_an_organisation_is_for_strangers_as_if_it_were_not_there(client, applicant, method):
    hidden = make.exchange(state="draft", published_at=None)
    unknown = "x" * len(hidden.slug)

    bodies = []
    for slug in (hidden.slug, unknown):
        response = getattr(client, method)(reverse("mobility:apply", args=[slug]), {"motivation": "Any text"})
        assert response.status_code == 404
        bodies.append(bare(response, slug))

    assert bodies[0] == bodies[1]


def test_a_second_window_reads_that_it_was_sent_and_keeps_its_text(client, applicant):
    application = make.application(applicant=applicant)

    opened = client.get(apply_page(application.exchange))
    posted = client.post(apply_page(application.exchange), {"motivation": "Another hour of work"})

    assert (opened.status_code, opened["Location"]) == (302, application.get_absolute_url())
    assert posted.status_code == 409
    assert "You have applied here already." in text_of(posted)
    assert "Another hour of work" in text_of(posted)


def test_the_page_of_a_draft_is_where_one_writes_it(client, applicant):
    draft = make.application("draft", applicant=applicant)

    response = client.get(draft.get_absolute_url())

    assert (response.status_code, response["Location"]) == (302, apply_page(draft.exchange))


def test_more_than_a_letter_cannot_be_sent_along(client, applicant):
    exchange = make.exchange()
    other = make.person(works_at=make.organisation("Gemeente Breda"))
    extra = {
        "state": "confirmed",
        "applicant": other.pk,
        "exchange": make.exchange("Another one").pk,
        "organisation": other.employer.pk,
        "employer": other.employer.pk,
        "is_staff": "1",
        "hours": "40",
        "code": "rules",
        "keep_until": "2099-01-01",
        "submitted_at": "2020-01-01",
    }

    client.post(apply_page(exchange), {"motivation": "A letter"} | extra)

    stored = Application.objects.values("state", "applicant", "exchange", "employer", "hours", "code").get()
    assert stored == {
        "state": "submitted",
        "applicant": applicant.pk,
        "exchange": exchange.pk,
        "employer": applicant.employer.pk,
        "hours": None,
        "code": "",
    }
    assert Application.objects.get().keep_until is None


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ request.user.password }}{% debug %}",
    "Adviser\u202egnp.exe",
    "مرحبا",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_letter_is_shown_as_it_was_typed_and_does_nothing(client, hr, text):
    application = make.application(motivation=text)

    shown = client.get(application.get_absolute_url()).content.decode()
    listed = client.get(reverse("mobility:inbox", args=[application.exchange.slug])).content.decode()

    for html in (shown, listed):
        assert escape(text) in html
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize(
    ("text", "status", "stored"),
    [
        (b"a%00b", 422, None),
        (b"%ED%A0%80%ED%B0%80", 302, "\ufffd" * 6),
        (b"%FF%FE", 302, "\ufffd" * 2),
        (b"na%C3%AFef", 302, "naïef"),
    ],
)
def test_bytes_that_are_no_text_do_no_harm(client, applicant, text, status, stored):
    response = client.post(
        apply_page(make.exchange()), b"motivation=" + text, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == status
    assert list(Application.objects.values_list("motivation", flat=True)) == ([stored] if stored else [])


def test_a_hundred_kilobytes_are_answered_at_once(client, applicant):
    start = time.process_time()

    response = client.post(apply_page(make.exchange()), {"motivation": "x" * 100_000, "other": "y" * 100_000})

    assert response.status_code == 422
    assert time.process_time() - start < 1


def test_three_megabytes_are_too_large(client, applicant):
    response = client.post(
        apply_page(make.exchange()),
        "motivation=" + "x" * 3_000_000,
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 413


def test_queries_of_applying(client, applicant, django_assert_num_queries):
    exchange = make.exchange()

    with django_assert_num_queries(6):
        client.get(apply_page(exchange))
    with django_assert_num_queries(21):
        client.post(apply_page(exchange), {"motivation": "A letter"})
