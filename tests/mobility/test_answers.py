"""HR at work: side by side, texts for answers, one answer to several people, throwing drafts away."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from bwob import history
from bwob.people.models import Role
from bwob.privacy.models import AccessLog
from mobility import bulk, deciding, inbox, own_list, sentences
from mobility.models import AnswerText, Application, ContactRequest, Exchange, Profile
from tests import make
from tests.bwob.test_people_post import deliver
from tests.on_screen import page, text_of

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def hr(client):
    person = make.staff(given_name="Robin")
    client.force_login(person)
    return person


def applicants(exchange, *names, state="submitted", **facts):
    """One application each, of people of as many employers."""
    return [
        make.application(
            state,
            exchange=exchange,
            applicant=make.person(name, works_at=make.organisation(f"Gemeente {name}"), language="en"),
            motivation=f"I am {name} and I write.",
            **facts,
        )
        for name in names
    ]


def many(act, exchange):
    return reverse(f"mobility:{act}", args=[exchange.slug])


def ticked(*applications):
    return {"who": [str(one.key) for one in applications]}


def test_two_to_four_people_stand_side_by_side_and_can_see_who_looked(client, hr):
    exchange = make.exchange()
    first, _second, third = applicants(exchange, "Aad", "Bea", "Cor")

    response = client.get(many("compare", exchange), ticked(first, third))

    shown = text_of(response)
    assert [row for row in shown.split('role="columnheader"') if "Aad" in row or "Cor" in row]
    assert ("I am Aad" in shown, "I am Bea" in shown, "I am Cor" in shown) == (True, False, True)
    assert shown.count('<th scope="row"') >= 5
    seen = {log.subject for log in AccessLog.objects.all()}
    assert seen == {first.applicant, third.applicant}


@pytest.mark.parametrize("count", [0, 1, 5])
def test_another_number_of_people_is_not_compared(client, hr, count):
    exchange = make.exchange()
    rows = applicants(exchange, *("Aad", "Bea", "Cor", "Dik", "Eef")[:count])

    response = client.get(many("compare", exchange), ticked(*rows), follow=True)

    assert response.redirect_chain[-1][0] == many("inbox", exchange)
    assert "Tick two, three or four people" in text_of(response)


def test_only_own_applicants_are_shown_whatever_is_asked(hr):
    exchange = make.exchange()
    rows = applicants(exchange, "Aad", "Bea")
    draft = make.application("draft", exchange=exchange)
    other = make.application(exchange=make.exchange(organisation=make.organisation("Gemeente Zwolle")))

    found = inbox.chosen(exchange, hr, [*ticked(*rows, draft, other)["who"], "no key", "\0"])

    assert found == rows


def test_a_page_of_the_inbox_continues_in_the_next(hr):
    exchange = make.exchange()
    names = [f"Naam{number}" for number in range(23)]
    rows = applicants(exchange, *names[:21]) + applicants(exchange, *names[21:], state="waiting")

    first = inbox.of(exchange, hr)
    second = inbox.of(exchange, hr, first.after)

    assert [len(one.groups[0].rows) for one in (first, second)] == [20, 1]
    assert {one.groups[0].count for one in (first, second)} == {21}
    assert [one.place_in_line for one in second.groups[1].rows] == [1, 2]
    assert {one.pk for page in (first, second) for group in page.groups for one in group.rows} == {
        one.pk for one in rows
    }
    assert second.after == ""
    assert inbox.of(exchange, hr, "9_9_9_9").is_first
    assert inbox.of(exchange, hr, "99999999999999999999_1_1").is_first


def text_for(hr, act="decline", **facts):
    defaults = {"title": "Short", "text": "Dear [naam], no for “[exchange]”. [afzender]"}
    return AnswerText.objects.create(organisation=hr.employer, act=act, **(defaults | facts))


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("[name] of [Werkgever]: [PLEK]", "Aad of Gemeente Aad: A [name] place"),
        ("[organisatie] / [sender]", "Gemeente Utrecht / Robin"),
        ("[unknown] [] {name} %(name)s", "[unknown] [] {name} %(name)s"),
    ],
)
def test_words_in_brackets_are_filled_in_once(hr, text, filled):
    [application] = applicants(make.exchange("A [name] place"), "Aad")

    assert sentences.fill_in(text, application, by=hr) == filled


def test_the_form_begins_with_the_chosen_text_filled_in(client, hr):
    [application] = applicants(make.exchange(), "Aad")
    text = text_for(hr)
    strange = text_for(make.staff(Role.HR, make.organisation("Gemeente Zwolle")), title="Of others")

    shown = text_of(client.get(page("decline", application), {"text": text.pk}))
    model = text_of(client.get(page("decline", application), {"text": "m-many"}))
    others = text_of(client.get(page("decline", application), {"text": strange.pk}))

    assert "Dear Aad, no for “Project leader for clear letters”. Robin" in shown
    assert "Many people applied for “Project leader for clear letters”" in model
    assert "Of others" not in others
    assert "Dear" not in others


def test_withdrawing_begins_with_a_text_and_knows_nothing_of_one_applicant(client, hr):
    exchange = make.exchange(language="en")
    [application] = applicants(exchange, "Aad")
    text_for(hr, "withdraw", title="Of our own", text="No “[plek]” any more. [sender]")
    address = reverse("mobility:withdraw", args=[exchange.slug])

    shown = text_of(client.get(address, {"text": "m-plans"}))
    refused = client.post(address, {"reason": "Dear [name], no."})
    client.post(address, {"reason": "No “[exchange]” any more. [sender]"})

    application.refresh_from_db()
    assert "Of our own" in shown
    assert "Many people applied" not in shown
    assert "We withdraw “Project leader for clear letters”. Our plans have changed" in shown
    assert refused.status_code == 422
    assert "[name] cannot be filled in. You can use [exchange], [organisation], [sender]." in text_of(refused)
    assert application.state == State.DECLINED
    assert history.timeline(exchange)[-1].reason == "No “Project leader for clear letters” any more. Robin"


def test_asking_for_contact_begins_with_a_text_that_is_filled_in_when_the_exchange_is_chosen(client, hr):
    own, other = make.exchange("Clear letters"), make.exchange("Dike warden")
    petra = make.person("Petra", works_at=make.organisation("Waterschap"), language="en")
    profile = Profile.objects.create(
        user=petra, skills=["Writing"], skills_for=Profile.Step.GOVERNMENTS, is_findable=True
    )
    text = text_for(hr, "contact", title="Of our own", text="Come and see “[exchange]”, says [sender].")
    address = reverse("mobility:ask_contact", args=[profile.key])

    shown = text_of(client.get(address, {"text": text.pk}))
    typed = {"exchange": own.pk, "message": text.text}
    long = client.post(address, typed | {"message": "[exchange]" * 59})
    client.post(address, typed)

    assert other.title in shown
    assert "Come and see “[exchange]”, says [sender]." in shown
    assert "longer than 600 characters" in text_of(long)
    assert ContactRequest.objects.get().message == "Come and see “Clear letters”, says Robin."


@pytest.mark.parametrize(
    ("act", "field"), [("invite", "reason"), ("offer", "offer_note"), ("decline", "reason")]
)
def test_what_cannot_be_filled_in_is_named_and_nothing_is_sent(client, hr, act, field):
    [application] = applicants(make.exchange(), "Aad")
    day = timezone.localdate()
    facts = {"code": "profile", "hours": 24, "starts_on": day, "ends_on": day}

    response = client.post(page(act, application), facts | {field: "Dear [naame]"})

    application.refresh_from_db()
    assert response.status_code == 422
    assert "[naame] cannot be filled in." in text_of(response)
    assert application.state == State.SUBMITTED


def test_several_people_get_one_answer_after_their_mails_were_shown(client, hr):
    exchange = make.exchange()
    rows = applicants(exchange, "Aad", "Bea")
    gone = applicants(exchange, "Cor", state="withdrawn")[0]
    address, typed = many("decline_many", exchange), {"code": "chosen", "reason": "Dear [name], no."}

    asked = text_of(client.get(address, ticked(*rows, gone)))
    shown = text_of(client.post(address, ticked(*rows, gone) | typed))
    before = set(Application.objects.values_list("state", flat=True))
    told = text_of(client.post(address, ticked(*rows, gone) | typed | {"send": "yes"}, follow=True))
    deliver()

    assert "Cor: Withdrawn" in asked
    assert "2 people get this mail" in shown
    assert ("&gt; Dear Aad, no." in shown, "&gt; Dear Bea, no." in shown) == (True, True)
    assert "The reason: Somebody else was chosen." in shown
    assert before == {"submitted", "withdrawn"}
    assert "2 people get your answer by mail." in told
    assert "Cor got no answer. This has changed in the meantime" in told
    mails = {message.to[0]: message for message in mail.outbox}
    assert "> Dear Bea, no." in mails[rows[1].applicant.email].body
    preview = bulk.mail_for(rows[0], "decline", words="Dear Aad, no.", code="chosen")
    assert mails[rows[0].applicant.email].body == preview.body
    assert mails[rows[0].applicant.email].subject == preview.subject


def test_one_who_moved_meanwhile_is_named_and_the_others_go_through(hr):
    exchange = make.exchange()
    rows = applicants(exchange, "Aad", "Bea", "Cor")
    Application.objects.filter(pk=rows[1].pk).update(state="withdrawn")

    result = bulk.answer(rows, lambda one: bulk_decline(one, hr), by=hr)

    assert [one.applicant.given_name for one in result.done] == ["Aad", "Cor"]
    assert [one.applicant.given_name for one, _reason in result.refused] == ["Bea"]
    assert history.timeline(rows[0])[-1].by == hr


def bulk_decline(application, hr):
    deciding.decline(application, by=hr, code="chosen")


def test_hr_does_not_answer_its_own_application_together_with_others(client, hr):
    exchange = make.exchange(own_staff_welcome=True)
    own = make.application(exchange=exchange, applicant=hr)

    told = client.post(
        many("invite_many", exchange), ticked(own) | {"reason": "Come.", "send": "yes"}, follow=True
    )

    own.refresh_from_db()
    assert "You do not decide on your own application." in text_of(told)
    assert own.state == State.SUBMITTED


def test_hr_writes_the_texts_and_a_manager_only_uses_them(client, hr):
    facts = {
        "organisation": hr.employer.pk,
        "act": "invite",
        "title": "Come by",
        "text": "Dear [name], come by.",
        "language": "en",
    }
    manager = make.staff(Role.MANAGER, hr.employer)

    wrong = client.post(reverse("mobility:write_answer_text"), facts | {"text": "Dear [nobody]"})
    client.post(reverse("mobility:write_answer_text"), facts)
    double = client.post(reverse("mobility:write_answer_text"), facts)
    text = AnswerText.objects.get()
    client.post(reverse("mobility:edit_answer_text", args=[text.pk]), facts | {"title": "Come along"})
    client.force_login(manager)

    assert (wrong.status_code, double.status_code) == (422, 422)
    assert "There is a text of this name" in text_of(double)
    assert "Come along" in text_of(client.get(reverse("mobility:answer_texts")))
    assert client.get(reverse("mobility:edit_answer_text", args=[text.pk])).status_code == 403
    assert client.post(reverse("mobility:remove_answer_text", args=[text.pk])).status_code == 403
    client.force_login(hr)
    client.post(reverse("mobility:remove_answer_text", args=[text.pk]))
    assert not AnswerText.objects.exists()


def test_a_model_text_can_become_ones_own(client, hr):
    shown = text_of(client.get(reverse("mobility:write_answer_text"), {"van": "m-talk"}))

    assert "Your letter made us curious." in shown


def test_the_archive_is_searched_in_pages(hr):
    for number in range(22):
        make.exchange(f"Dike warden {number}", state="withdrawn")
    make.exchange("Clear letters", state="withdrawn")
    make.exchange("Dike warden now")

    first = own_list.of(hr, typed="dike", archive=True)
    second = own_list.of(hr, typed="dike", archive=True, cursor=first.after)

    titles = {one.title for page in (first, second) for one in page.rows}
    assert titles == {f"Dike warden {number}" for number in range(22)}
    assert (first.active, first.archived) == (1, 22)
    assert [len(first.rows), len(second.rows)] == [20, 2]


@pytest.mark.parametrize("state", ["submitted", "confirmed", "waiting"])
def test_a_filled_exchange_stays_active_while_something_runs(hr, state):
    exchange = make.exchange(state="filled")
    make.application(state, exchange=exchange)

    assert (own_list.of(hr).rows, own_list.of(hr, archive=True).rows) == ([exchange], [])


def test_a_draft_can_be_thrown_away_for_good(client, hr):
    exchange = make.exchange(state="draft", published_at=None)
    address = reverse("mobility:throw_away", args=[exchange.slug])

    before = Exchange.objects.count()
    client.get(address)
    response = client.post(address)

    assert (before, Exchange.objects.count()) == (1, 0)
    assert not history.events_of(Exchange).objects.exists()
    assert response["Location"] == reverse("mobility:own_exchanges")


def test_what_was_public_cannot_be_thrown_away(client, hr):
    exchange = make.exchange()

    response = client.post(reverse("mobility:throw_away", args=[exchange.slug]))

    assert response.status_code == 409
    assert Exchange.objects.count() == 1


def test_an_applicant_throws_away_a_draft_and_nobody_hears_of_it(client):
    draft = make.application("draft")
    sent = make.application("submitted", applicant=draft.applicant, exchange=make.exchange("Another"))
    client.force_login(draft.applicant)

    response = client.post(page("throw_draft", draft))
    refused = client.post(page("throw_draft", sent))
    deliver()

    assert response["Location"] == draft.exchange.get_absolute_url()
    assert refused.status_code == 409
    assert list(Application.objects.all()) == [sent]
    assert mail.outbox == []


def test_a_draft_is_no_place_to_apply_for_its_writer(client, hr):
    shown = text_of(client.get(make.exchange(state="draft", published_at=None).get_absolute_url()))

    assert "This is a draft" in shown
    assert "Look for another exchange" not in shown


def test_hr_with_applications_that_wait_is_not_told_that_nothing_does(client, hr):
    make.application()

    shown = text_of(client.get(reverse("dashboard")))

    assert "Applications that wait for an answer:" in shown
    assert "Nothing waits for you" not in shown


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("compare", 7), ("answer_texts", 4), ("decline_many", 8)])
def test_queries_of_the_pages_of_hr(client, hr, django_assert_num_queries, rows, name, queries):
    exchange = make.exchange()
    names = ("Aad", "Bea", "Cor", "Dik")[: rows + 1]
    people = applicants(exchange, *names)
    for number in range(rows):
        text_for(hr, title=f"Text {number}")
    address = reverse("mobility:answer_texts") if name == "answer_texts" else many(name, exchange)

    with django_assert_num_queries(queries):
        response = client.get(address, ticked(*people))

    assert response.status_code == 200
