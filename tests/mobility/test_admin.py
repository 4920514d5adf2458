"""HR in the Django admin: own rows only, and actions that go through the same acts as the site."""

import pytest
from django.urls import reverse

from bwob.people.models import Role
from bwob.privacy.models import AccessLog
from mobility import contracting, ringing
from mobility.models import AnswerText, Application, CoOwner, Exchange, RingPlace, SwapRing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    hr = make.staff()
    client.force_login(hr)
    return hr


def act(client, model, action, *records, **fields):
    url = reverse(f"admin:mobility_{model}_changelist")
    chosen = [record.pk for record in records]
    return client.post(url, {"action": action, "_selected_action": chosen, **fields}, follow=True)


def test_hr_sees_the_applications_for_the_own_organisation_only(client, hr):
    make.application(applicant=make.person("Bilal", works_at=make.organisation("Gemeente Breda")))
    elsewhere = make.exchange(organisation=make.organisation("Gemeente Zwolle"))
    make.application(
        exchange=elsewhere, applicant=make.person("Stranger", works_at=make.organisation("Gemeente Breda"))
    )

    page = client.get(reverse("admin:mobility_application_changelist")).content.decode()

    assert "Bilal" in page
    assert "Stranger" not in page


def test_a_draft_is_nobody_elses_business(client, hr):
    draft = make.application("draft")

    response = client.get(reverse("admin:mobility_application_change", args=[draft.pk]))

    assert response.status_code == 302
    assert Application.objects.visible_to(hr).count() == 0


def test_opening_an_application_is_logged_for_the_applicant(client, hr):
    application = make.application()

    client.get(reverse("admin:mobility_application_change", args=[application.pk]))

    seen = AccessLog.objects.get(subject=application.applicant, what="mobility.application")
    assert (seen.viewer, seen.employer) == (hr, "Gemeente Utrecht")


def test_declining_asks_the_reason_first_and_then_goes_through_the_workflow(client, hr):
    first = make.application(applicant=make.person(works_at=make.organisation("Gemeente Breda")))
    second = make.application(exchange=first.exchange)

    asked = act(client, "application", "decline", first, second)
    done = act(client, "application", "decline", first, second, code="hours", reason="We need 32 hours.")

    first.refresh_from_db()
    assert "Decline 2 applications" in asked.content.decode()
    assert "2 applications declined." in done.content.decode()
    assert (first.state, first.code, first.keep_until is None) == ("declined", "hours", False)


def test_confirming_what_cannot_be_confirmed_says_why_and_changes_nothing(client, hr):
    application = make.application("submitted")

    page = act(client, "application", "confirm", application).content.decode()

    application.refresh_from_db()
    assert "no longer possible" in page
    assert application.state == "submitted"


def test_a_strange_organisation_cannot_be_reached_by_an_action(client, hr):
    theirs = make.exchange(
        organisation=make.organisation("Gemeente Zwolle"), state=Exchange.State.DRAFT, published_at=None
    )

    act(client, "exchange", "publish", theirs)

    theirs.refresh_from_db()
    assert theirs.state == "draft"


def test_publishing_and_closing_from_the_list(client, hr):
    draft = make.exchange(state=Exchange.State.DRAFT, published_at=None)

    published = act(client, "exchange", "publish", draft).content.decode()
    closed = act(client, "exchange", "close", draft).content.decode()

    draft.refresh_from_db()
    assert "1 exchange published." in published
    assert "1 exchange closed." in closed
    assert draft.is_past_closing


def test_an_export_cannot_carry_a_formula_and_is_logged(client, hr):
    application = make.application(
        applicant=make.person("=cmd|' /C calc'!A0", works_at=make.organisation("Gemeente Breda"))
    )

    response = act(client, "application", "export", application)

    text = response.content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("\"'=cmd|' /C calc'!A0") or text.splitlines()[1].startswith(
        "'=cmd"
    )
    assert AccessLog.objects.filter(subject=application.applicant, purpose="export by HR").count() == 1


@pytest.mark.parametrize("model", ["exchange", "application"])
def test_nothing_is_added_changed_or_deleted_past_the_workflow(client, hr, model):
    record = make.application()
    record = record if model == "application" else record.exchange

    add = client.get(reverse(f"admin:mobility_{model}_add"))
    delete = client.get(reverse(f"admin:mobility_{model}_delete", args=[record.pk]))
    change = client.post(
        reverse(f"admin:mobility_{model}_change", args=[record.pk]), {"title": "x", "state": "filled"}
    )

    assert (add.status_code, delete.status_code, change.status_code) == (403, 403, 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_applications_costs_the_same_at_any_length(client, hr, rows, django_assert_num_queries):
    for name in ["Gemeente Breda", "Gemeente Zwolle", "Gemeente Ede"][:rows]:
        make.application(applicant=make.person(works_at=make.organisation(name)))

    with django_assert_num_queries(8):
        client.get(reverse("admin:mobility_application_changelist"))


def test_hr_puts_an_agreement_before_the_parties_and_reads_who_is_missing(client, hr):
    application = make.application("confirmed")
    draft = contracting.begun_for(application, "en")
    contracting.write(draft, by=hr, clauses=draft.clauses)

    asked = act(client, "agreement", "ask", draft).content.decode()
    again = act(client, "agreement", "ask", draft).content.decode()

    draft.refresh_from_db()
    assert "1 agreement put before the parties." in asked
    assert "put before the parties already" in again
    assert draft.state == "asked"
    assert "the person, the lender, the borrower" in again


def test_a_ring_is_in_the_list_once_it_is_confirmed_without_anybody_s_function(client, hr):
    ours = make.swap_wish(make.person("Bilal", works_at=hr.employer), title="Brievenschrijver")
    ring = ringed(ours, make.swap_wish(title="Dijkwacht"))
    ringed(make.swap_wish(hr), make.swap_wish(make.swapper("Kees")))  # her own stays on the site
    page = reverse("admin:mobility_ringplace_changelist")
    before = client.get(page).content.decode()

    assert ringing.confirm(ring)
    after = client.get(page).content.decode()

    assert "Kees" not in after
    assert "Bilal" not in before
    assert "Bilal" in after
    assert "Gemeente Ruilstad" in after
    assert "Dijkwacht" not in after
    assert AccessLog.objects.filter(viewer=hr, what="mobility.ringplace").count() == 2


def ringed(*wishes):
    ring = SwapRing.objects.create(
        state="managers",
        signature="-".join(str(wish.pk) for wish in wishes),
        starts_on=wishes[0].starts_from,
        ends_on=wishes[0].starts_until,
    )
    for number, wish in enumerate(wishes):
        RingPlace.objects.create(ring=ring, number=number, wish=wish, person=wish.person)
    return ring


def test_co_owners_are_removed_by_the_act_of_the_site_and_texts_written_by_its_form(client, hr):
    owner = CoOwner.objects.create(exchange=make.exchange(), person=make.staff(Role.MANAGER, hr.employer))
    facts = {"organisation": hr.employer.pk, "act": "invite", "title": "Koffie", "language": "nl"}
    page = reverse("admin:mobility_answertext_add")

    removed = act(client, "coowner", "remove", owner).content.decode()
    refused = client.post(page, facts | {"text": "Dag [naame]"})
    strange = client.post(page, facts | {"text": "Dag", "organisation": make.organisation("Gemeente Ede").pk})
    client.post(page, facts | {"text": "Dag [naam]"})

    assert "1 co-owner removed." in removed
    assert not CoOwner.objects.exists()
    assert "cannot be filled in" in refused.content.decode()
    assert "Select a valid choice" in strange.content.decode()
    assert AnswerText.objects.get().organisation == hr.employer


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_of_rings_and_agreements_cost_the_same_at_any_length(
    client, hr, rows, django_assert_num_queries
):
    for number in range(rows):
        ours = make.swap_wish(make.person(f"Bilal{number}", works_at=hr.employer))
        ringing.confirm(ringed(ours, make.swap_wish()))
        draft = contracting.begun_for(make.application("confirmed", exchange=make.exchange()), "en")
        contracting.write(draft, by=hr, clauses=draft.clauses)
    client.get(reverse("admin:mobility_ringplace_changelist"))

    with django_assert_num_queries(10):
        client.get(reverse("admin:mobility_ringplace_changelist"))
    with django_assert_num_queries(8):
        client.get(reverse("admin:mobility_agreement_changelist"))
