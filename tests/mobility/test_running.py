"""A given place starts and ends by the calendar; both sides move its last day together, and look back."""

import datetime
import functools

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from bwob.workflow import Refused
from mobility import applying, clock, running
from mobility.models import Application, Evaluation, Exchange, Gain
from tests import make
from tests.bwob.test_people_post import deliver
from tests.racing import at_once
from tests.telling import told

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def today():
    return timezone.localdate()


def place(state="started", **facts):
    """A place of Anne, under way for a month and for another two, with HR of the organisation."""
    applicant = make.person("Anne", works_at=make.organisation("Gemeente Amersfoort"), language="en")
    period = {"starts_on": today() - 30 * DAY, "ends_on": today() + 60 * DAY}
    application = make.application(state, applicant=applicant, **(period | facts))
    return application, make.staff(at=application.exchange.organisation, given_name="Bo", language="en")


def fresh(application):
    return Application.objects.with_names().get(pk=application.pk)


def evaluation(application, side, outcomes=("learned",), **facts):
    return Evaluation(application=application, side=side, outcomes=list(outcomes), **facts)


def test_it_starts_on_its_first_day_and_is_done_after_its_last():
    begins, _hr = place("confirmed", starts_on=today())
    later, _hr = place("confirmed", starts_on=today() + DAY, exchange=begins.exchange)
    over, _hr = place(ends_on=today() - DAY, exchange=begins.exchange)
    last_day, _hr = place(ends_on=today(), exchange=begins.exchange)

    clock.lapse_overdue(0)
    clock.lapse_overdue(0)

    states = [fresh(one).state for one in (begins, later, over, last_day)]
    assert states == ["started", "confirmed", "completed", "started"]
    assert [told(one) for one in (begins, later, over)] == [["started"], [], ["completed"]]
    assert fresh(over).keep_until >= fresh(over).due_at.date() + 28 * DAY


def test_what_has_begun_still_keeps_its_place_and_its_period():
    application, _hr = place()

    assert application.exchange.places_left == 0
    with pytest.raises(Refused, match="no longer possible"):
        applying.withdraw(application, by=application.applicant)


@pytest.mark.parametrize("side", ["person", "borrower"])
@pytest.mark.parametrize("days", [10, 90])
def test_a_longer_stay_or_an_earlier_end_counts_when_the_other_side_agrees(side, days):
    application, hr = place()
    proposer, other = (application.applicant, hr) if side == "person" else (hr, application.applicant)
    day = today() + days * DAY

    running.propose_end(application, side=side, by=proposer, ends_on=day)
    asked = fresh(application)
    may = [running.may_answer_end(user, asked) for user in (proposer, other)]
    running.accept_end(asked, by=other)

    assert may == [False, True]
    moved = fresh(application)
    assert (moved.ends_on, moved.proposed_ends_on, moved.keep_until) == (day, None, day + 28 * DAY)
    deliver()
    asked_by_mail = [one.to[0] for one in mail.outbox if one.subject.startswith("Another last day")]
    told_all = {one.to[0] for one in mail.outbox if "has moved" in one.subject}
    assert asked_by_mail == [other.email]
    assert told_all == {application.applicant.email, hr.email, application.manager_email}


def test_a_longer_stay_does_not_run_into_another_confirmed_place():
    application, hr = place()
    elsewhere = make.exchange("Elsewhere", organisation=make.organisation("Provincie Zeeland"))
    make.application(
        "confirmed",
        exchange=elsewhere,
        applicant=application.applicant,
        starts_on=today() + 70 * DAY,
        ends_on=today() + 90 * DAY,
    )
    running.propose_end(application, side="borrower", by=hr, ends_on=today() + 80 * DAY)

    with pytest.raises(Refused, match=r"You already have a confirmed place .* at Provincie Zeeland"):
        running.accept_end(application, by=application.applicant)

    assert fresh(application).ends_on == today() + 60 * DAY
    running.decline_end(application, by=application.applicant)
    with pytest.raises(Refused, match="at Provincie Zeeland"):
        running.propose_end(application, side="person", by=application.applicant, ends_on=today() + 80 * DAY)


def test_the_organisation_is_not_told_where_else_somebody_has_a_place():
    application, hr = place()
    elsewhere = make.exchange("Elsewhere", organisation=make.organisation("Provincie Zeeland"))
    running.propose_end(application, side="person", by=application.applicant, ends_on=today() + 80 * DAY)
    make.application(
        "confirmed",
        exchange=elsewhere,
        applicant=application.applicant,
        starts_on=today() + 70 * DAY,
        ends_on=today() + 90 * DAY,
    )

    with pytest.raises(Refused) as refused:
        running.accept_end(application, by=hr)

    assert refused.value.reason == "There is another confirmed place in that period."


def test_silence_and_a_no_leave_the_last_day_as_it_is():
    application, hr = place()
    for end in (lambda: running.decline_end(application, by=application.applicant), lapse):
        running.propose_end(application, side="borrower", by=hr, ends_on=today() + 80 * DAY)
        end()

    stays = fresh(application)
    assert (stays.state, stays.ends_on, stays.proposed_ends_on) == ("started", today() + 60 * DAY, None)
    assert told(application).count("end_stays") == 2


def lapse():
    Application.objects.update(proposal_due_at=timezone.now() - DAY)
    running.lapse_overdue()


@pytest.mark.parametrize("days", [-1, 60])
def test_no_day_that_has_passed_and_not_the_same_day_again(days):
    application, hr = place()

    with pytest.raises(Refused, match="Choose another day"):
        running.propose_end(application, side="borrower", by=hr, ends_on=today() + days * DAY)


def test_when_both_sides_have_looked_back_it_is_finished_and_counted_without_them():
    application, hr = place("completed")

    running.evaluate(evaluation(application, "person", ["learned", "network"]), by=application.applicant)
    between = fresh(application).state
    running.evaluate(evaluation(application, "borrower", ["learned"]), by=hr)

    assert (between, fresh(application).state) == ("completed", "evaluated")
    assert dict(Gain.objects.values_list("outcome", "number")) == {"learned": 2, "network": 1}
    with pytest.raises(Refused, match="evaluated"):
        running.evaluate(evaluation(application, "borrower"), by=hr)


def test_after_three_weeks_it_is_finished_with_what_there_is():
    application, _hr = place("completed")
    running.evaluate(evaluation(application, "person"), by=application.applicant)
    Application.objects.update(due_at=timezone.now() - DAY)

    clock.lapse_overdue(0)
    clock.lapse_overdue(0)

    assert fresh(application).state == "evaluated"
    assert Gain.objects.get().number == 1


def test_below_five_the_page_shows_no_number():
    exchange = make.exchange()
    for outcome, number in {"learned": 5, "idea": 4}.items():
        Gain.objects.create(
            organisation=exchange.organisation, kind=exchange.kind, outcome=outcome, number=number
        )

    shown = running.with_looking_back(Exchange.objects.all()).get()
    assert [number for _outcome, number in running.brought_text(shown.brought)] == ["5", "<5"]


@pytest.mark.parametrize(
    ("person", "borrower", "shown"), [(True, True, 2), (True, False, 0), (False, True, 0)]
)
def test_words_are_shown_only_if_both_agree_and_without_a_name(client, person, borrower, shown):
    application, _hr = place("evaluated")
    for side, may_publish in {"person": person, "borrower": borrower}.items():
        evaluation(application, side, words=f"Words of {side}", may_publish=may_publish).save()

    page = client.get(application.exchange.get_absolute_url()).content.decode()

    assert page.count("Words of") == shown
    assert "Anne" not in page


def test_words_taken_back_are_gone_at_once(client):
    application, _hr = place("evaluated")
    for side in ("person", "borrower"):
        evaluation(application, side, words=f"Words of {side}", may_publish=True).save()
    client.force_login(application.applicant)

    client.post(reverse("mobility:take_words_back", args=[application.key]))

    client.logout()
    assert "Words of" not in client.get(application.exchange.get_absolute_url()).content.decode()


def test_both_sides_do_all_this_on_the_pages(client):
    application, hr = place()
    client.force_login(hr)
    day = today() + 90 * DAY
    assert (
        client.post(reverse("mobility:propose_end", args=[application.key]), {"ends_on": day}).status_code
        == 302
    )
    answer = reverse("mobility:answer_end", args=[application.key])
    assert client.post(answer, {"answer": "agree"}).status_code == 403
    client.force_login(application.applicant)
    assert "Answer the proposal" in client.get(application.get_absolute_url()).content.decode()
    assert client.post(answer, {"answer": "agree"}).status_code == 302
    assert fresh(application).ends_on == day
    Application.objects.update(ends_on=today() - DAY)
    clock.lapse_overdue(0)

    page = reverse("mobility:evaluate", args=[application.key])
    assert client.post(page, {"outcomes": ["nothing", "idea"]}).status_code == 422
    assert client.post(page, {"outcomes": ["idea"], "words": "A good time."}).status_code == 302
    assert client.get(page).status_code == 409
    client.force_login(hr)
    assert "A good time." in client.get(application.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_both_sides_looking_back_at_once_finish_it_once():
    application, hr = place("completed")
    people = {"person": application.applicant, "borrower": hr}

    outcomes = at_once(
        *(
            functools.partial(running.evaluate, evaluation(application, side), by=user)
            for side, user in people.items()
        )
    )

    assert outcomes == [None, None]
    assert fresh(application).state == "evaluated"
    assert Gain.objects.get().number == 2
