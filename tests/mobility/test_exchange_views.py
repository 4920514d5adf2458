"""The pages of an exchange for who offers it: write, change, publish, close, copy, withdraw, and who may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from bwob.people.models import Role, User
from bwob.workflow import Refused
from mobility import writing
from mobility.models import Application, Exchange
from tests import make
from tests.on_screen import bare, form_key_of, text_of
from tests.telling import told

pytestmark = pytest.mark.django_db
GET_PAGES = ["edit", "withdraw", "inbox"]
POST_PAGES = ["publish", "close", "duplicate"]


def page(act, exchange):
    return reverse(f"mobility:{act}", args=[exchange.slug])


@pytest.fixture
def hr(client):
    person = make.staff(given_name="Robin")
    client.force_login(person)
    return person


def typed(hr, **changes):
    return {
        "organisation": hr.employer.pk,
        "kind": "secondment",
        "title": "Project leader for clear letters",
        "summary": "Help twelve teams to write so that everybody understands.",
        "tasks": "- You rewrite letters",
        "field": "communication",
        "hours_min": "24",
        "hours_max": "32",
        "duration": "6",
        "duration_unit": "month",
        "place": make.place().pk,
        "remote": "partly",
        "places": "1",
        "language": "nl",
    } | changes


def answer_to(act, person, exchange):
    """What the view itself answers to opening its page."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    request.session = {}
    try:
        return resolve(page(act, exchange)).func(request, slug=exchange.slug).status_code
    except (Http404, PermissionDenied, Refused) as problem:
        return type(problem)


def expected_of(role, act, state):
    if role in ("stranger", "another manager") and state in ("draft", "withdrawn"):
        return Http404
    if role != "manages":
        return PermissionDenied
    return Refused if act == "edit" and state in ("filled", "withdrawn") else 200


@pytest.mark.parametrize("state", ["draft", "published", "filled", "withdrawn"])
def test_in_every_state_the_pages_are_open_to_who_manages_the_exchange(state):
    here = make.organisation()
    contact = make.staff(Role.MANAGER, here)
    exchange = make.exchange(organisation=here, contact=contact, state=state)
    people = {
        "manages": [make.staff(Role.HR, here), contact],
        "programme": [make.staff(Role.PROGRAMME, here)],
        "another manager": [make.staff(Role.MANAGER, here)],
        "stranger": [
            make.staff(Role.HR, make.organisation("Gemeente Zwolle")),
            make.staff(Role.PRIVACY_OFFICER, here),
            make.person(works_at=here),
        ],
    }
    table = [(role, person, act) for role in people for person in people[role] for act in GET_PAGES]

    found = {(role, person.pk, act): answer_to(act, person, exchange) for role, person, act in table}

    assert found == {(role, person.pk, act): expected_of(role, act, state) for role, person, act in table}


@pytest.mark.parametrize("act", [*GET_PAGES, *POST_PAGES])
def test_a_visitor_signs_in_first(client, act):
    url = page(act, make.exchange())

    response = client.post(url) if act in POST_PAGES else client.get(url)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("act", POST_PAGES)
def test_an_act_is_never_done_by_opening_an_address(client, hr, act):
    exchange = make.exchange(state="draft", published_at=None)

    response = client.get(page(act, exchange))

    assert response.status_code == 405
    assert list(Exchange.objects.values_list("state", flat=True)) == ["draft"]


@pytest.mark.parametrize("act", [*GET_PAGES, *POST_PAGES])
def test_who_does_not_manage_it_changes_nothing(client, hr, act):
    strange = make.exchange(organisation=make.organisation("Gemeente Zwolle"))
    before = Exchange.objects.values().get()

    response = client.post(page(act, strange), typed(hr) | {"reason": "Mine now."})

    assert response.status_code in (403, 405)
    assert Exchange.objects.values().get() == before


@pytest.mark.parametrize("act", ["exchange", *GET_PAGES])
def test_a_draft_of_another_organisation_looks_like_none(client, hr, act):
    hidden = make.exchange(
        state="draft", published_at=None, organisation=make.organisation("Gemeente Zwolle")
    )
    unknown = Exchange(slug="x" * len(hidden.slug))

    answers = [client.get(page(act, exchange)) for exchange in (hidden, unknown)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert bare(answers[0], hidden.slug) == bare(answers[1], unknown.slug)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.HR, 200), (Role.MANAGER, 200), (Role.PROGRAMME, 403), (Role.PRIVACY_OFFICER, 403), (None, 403)],
)
@pytest.mark.parametrize("name", ["write", "own_exchanges"])
def test_only_hr_and_managers_offer_workplaces(client, name, role, status):
    client.force_login(make.staff(role) if role else make.person(works_at=make.organisation()))

    response = client.get(reverse(f"mobility:{name}"))

    assert response.status_code == status
    assert ("Only HR and managers of an organisation offer workplaces." in text_of(response)) is (
        status == 403
    )


def test_from_a_text_to_a_public_exchange(client, hr):
    written = client.post(reverse("mobility:write"), typed(hr), follow=True)
    exchange = Exchange.objects.get()
    published = client.post(page("publish", exchange), follow=True)

    assert written.redirect_chain == [(exchange.get_absolute_url(), 302)]
    assert "Saved as a draft." in text_of(written)
    assert exchange.contact == hr
    assert "It is public now" in text_of(published)
    client.logout()
    assert client.get(exchange.get_absolute_url()).status_code == 200


def test_what_is_not_right_comes_back_with_all_that_was_typed(client, hr):
    facts = typed(hr, hours_min="33", title="Ördög & Co <b>", closes_on="31-02-2030")

    response = client.post(reverse("mobility:write"), facts)

    assert response.status_code == 422
    assert "The hours run from low to high, between 1 and 40." in text_of(response)
    assert "Enter a valid date." in text_of(response)
    for name in ("title", "hours_min", "closes_on", "tasks"):
        assert response.context["form"][name].value() == facts[name]
    assert Exchange.objects.count() == 0


def test_a_strange_organisation_is_answered_like_one_that_does_not_exist(client, hr):
    strange = make.organisation("Gemeente Zwolle")

    foreign, unknown = (
        client.post(reverse("mobility:write"), typed(hr, organisation=key)) for key in (strange.pk, 10**9)
    )

    assert (foreign.status_code, unknown.status_code) == (422, 422)
    assert "Zwolle" not in text_of(foreign)
    assert foreign.context["form"].errors == unknown.context["form"].errors


def test_more_than_the_form_asks_cannot_be_sent_along(client, hr):
    extra = {"state": "published", "contact": make.person().pk, "slug": "mine", "source": "x", "id": "1"}

    client.post(reverse("mobility:write"), typed(hr) | extra)

    exchange = Exchange.objects.get()
    assert (exchange.state, exchange.contact, exchange.source) == ("draft", hr, "")
    assert exchange.slug.startswith("project-leader")


def test_a_double_click_writes_one_exchange(client, hr):
    key = form_key_of(client.get(reverse("mobility:write")))

    first, second = (client.post(reverse("mobility:write"), typed(hr, form_key=key)) for _click in range(2))

    assert first["Location"] == second["Location"] == Exchange.objects.get().get_absolute_url()


def test_a_double_click_makes_one_copy(client, hr):
    exchange = make.exchange()
    key = form_key_of(client.get(exchange.get_absolute_url()))

    first, second = (client.post(page("duplicate", exchange), {"form_key": key}) for _click in range(2))

    copy = Exchange.objects.get(state="draft")
    assert first["Location"] == second["Location"] == page("edit", copy)


@pytest.mark.parametrize(("act", "state"), [("publish", "draft"), ("close", "published")])
def test_a_double_click_on_a_button_is_no_conflict(client, hr, act, state):
    exchange = make.exchange(state=state)
    key = form_key_of(client.get(exchange.get_absolute_url()))

    answers = [client.post(page(act, exchange), {"form_key": key}) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def as_shown(response, **changes):
    """What the browser would post from this page, with what the person changes."""
    form = response.context["form"]
    shown = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    return shown | changes


def test_a_change_is_stored_and_moves_nothing(client, hr):
    exchange = make.exchange(contact=hr)
    opened = client.get(page("edit", exchange))

    response = client.post(page("edit", exchange), as_shown(opened, title="Another title"))

    changed = Exchange.objects.get()
    assert (response.status_code, response["Location"]) == (302, exchange.get_absolute_url())
    assert (changed.title, changed.state, changed.slug) == ("Another title", "published", exchange.slug)
    assert changed.moved_at == exchange.moved_at


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("filled", "All places have been given."), ("withdrawn", "The organisation has withdrawn this.")],
)
def test_what_ended_while_somebody_typed_stays_ended_and_gives_the_text_back(client, hr, state, sentence):
    exchange = make.exchange()
    late = Exchange.objects.get()
    facts = as_shown(client.get(page("edit", exchange)), tasks="An hour of careful work")
    Exchange.objects.update(state=state)

    with pytest.raises(Refused) as refused:
        writing.change(late, by=hr)
    response = client.post(page("edit", exchange), facts)

    assert refused.value.reason == sentence
    assert response.status_code == 409
    assert "An hour of careful work" in text_of(response)
    assert Exchange.objects.values_list("state", "tasks").get() == (state, exchange.tasks)


def test_what_was_published_while_somebody_typed_stays_published_with_the_new_text(hr):
    late = make.exchange(state="draft", published_at=None, contact=hr)
    writing.publish(Exchange.objects.get(), by=hr)
    late.title = "Another title"

    writing.change(late, by=hr)

    assert Exchange.objects.values_list("state", "title").get() == ("published", "Another title")


def test_of_two_who_change_the_text_the_second_reads_who_was_first(client, hr):
    exchange = make.exchange()
    colleague = make.staff(given_name="Noor")
    mine = as_shown(client.get(page("edit", exchange)), tasks="My hour of careful work")
    theirs = as_shown(client.get(page("edit", exchange)), title="The title of Noor")
    client.force_login(colleague)
    client.post(page("edit", exchange), theirs)
    client.force_login(hr)

    response = client.post(page("edit", exchange), mine)

    assert response.status_code == 409
    assert "Noor changed this" in text_of(response)
    assert "My hour of careful work" in text_of(response)
    assert Exchange.objects.values_list("title", "tasks").get() == ("The title of Noor", exchange.tasks)


def test_after_an_error_a_change_can_still_be_stored(client, hr):
    exchange = make.exchange()
    facts = as_shown(client.get(page("edit", exchange)), title="")
    wrong = client.post(page("edit", exchange), facts)

    again = client.post(page("edit", exchange), as_shown(wrong, title="Right this time"))

    assert (wrong.status_code, again.status_code) == (422, 302)
    assert Exchange.objects.get().title == "Right this time"


def test_closing_and_withdrawing_do_what_they_say(client, hr):
    exchange = make.exchange()
    application = make.application(exchange=exchange)

    closed = client.post(page("close", exchange), follow=True)
    asked = client.get(page("withdraw", exchange))
    withdrawn = client.post(page("withdraw", exchange), {"reason": "No budget this year."}, follow=True)

    assert "Closed: nobody can apply any more." in text_of(closed)
    assert "Withdraw this exchange" in text_of(asked)
    assert "Withdrawn. Everybody who had applied gets a mail." in text_of(withdrawn)
    assert Exchange.objects.get().state == "withdrawn"
    assert told(application) == ["cancelled"]


def test_withdrawing_needs_a_reason(client, hr):
    exchange = make.exchange()

    response = client.post(page("withdraw", exchange), {"reason": ""})

    assert (response.status_code, Exchange.objects.get().state) == (422, "published")


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_too_late_is_told_with_what_happened(client, hr, act):
    exchange = make.exchange()
    writing.withdraw(exchange, by=make.staff(given_name="Noor"), reason="No budget this year.")

    response = client.post(page(act, exchange), {"reason": "We have found nobody."})

    shown = text_of(response)
    assert response.status_code == 409
    assert ", Noor" in shown
    assert "No budget this year." in shown


def test_who_applied_still_sees_a_withdrawn_exchange_and_others_do_not(client, hr):
    application = make.application()
    writing.withdraw(application.exchange, by=hr, reason="No budget this year.")
    statuses = []

    for person in (application.applicant, make.person(), hr):
        client.force_login(person)
        statuses.append(client.get(application.exchange.get_absolute_url()).status_code)

    assert statuses == [200, 404, 200]


def test_publishing_a_past_last_day_is_refused_with_what_to_do(client, hr):
    exchange = make.exchange(
        state="draft", published_at=None, closes_on=timezone.localdate() - timezone.timedelta(days=1)
    )

    response = client.post(page("publish", exchange))

    assert response.status_code == 409
    assert "Choose a later one first." in text_of(response)
    assert Application.objects.count() == 0
