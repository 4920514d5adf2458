"""Deciding: invite, offer, decline and confirm; the last place is given once, and periods stay apart."""

import contextlib
import datetime
import functools
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bwob import history
from bwob.workflow import Refused
from mobility import applying, deciding, rules, writing
from mobility.models import Application, Exchange
from tests import make
from tests.racing import at_once, while_waiting
from tests.telling import told

pytestmark = pytest.mark.django_db
LIVE = ["submitted", "conversation", "offered", "taken", "agreed"]
DAY = datetime.date
TERM = datetime.timedelta(days=28)


@pytest.fixture
def hr():
    return make.staff()


def of_people(*states, exchange=None, **facts):
    """Applications of as many people for one exchange."""
    exchange = exchange or make.exchange()
    return [make.application(state, exchange=exchange, **facts) for state in states]


def states_of(*records):
    return [type(one).objects.get(pk=one.pk).state for one in records]


def offer(application, hr, **facts):
    period = {"hours": 24, "starts_on": DAY(2030, 3, 1), "ends_on": DAY(2030, 8, 31)}
    deciding.offer(application, by=hr, **(period | facts))


def test_an_invitation_says_when_and_where_and_gives_six_weeks(hr):
    application = make.application()

    deciding.invite(application, by=hr, reason="Tuesday at ten, in the town hall.")

    last = history.timeline(application)[-1]
    assert (last.state, last.by, last.reason) == ("conversation", hr, "Tuesday at ten, in the town hall.")
    assert (
        application.due_at.date()
        == (timezone.localtime(application.moved_at) + datetime.timedelta(days=42)).date()
    )
    assert told(application) == ["invited"]


@pytest.mark.parametrize("state", ["draft", "conversation", "offered", "taken", "agreed", "declined"])
def test_only_who_has_just_applied_is_invited(hr, state):
    application = make.application(state)

    with pytest.raises(Refused):
        deciding.invite(application, by=hr)

    assert told(application) == []


@pytest.mark.parametrize("state", ["submitted", "conversation"])
def test_an_offer_holds_hours_period_and_what_was_agreed(hr, state):
    application = make.application(state)

    offer(application, hr, hours=32, note="Wednesdays free.")

    application.refresh_from_db()
    facts = (application.state, application.hours, application.offer_note, application.period_text)
    assert facts == ("offered", 32, "Wednesdays free.", "from 1 March 2030 until 31 August 2030")
    assert told(application) == ["offered"]


def test_an_offer_stands_for_five_working_days_and_easter_does_not_count(hr, monkeypatch):
    amsterdam = ZoneInfo("Europe/Amsterdam")
    wednesday = datetime.datetime(2026, 4, 1, 9, 30, tzinfo=amsterdam)
    application = make.application()
    monkeypatch.setattr(timezone, "now", lambda: wednesday)

    offer(application, hr)

    assert application.due_at == datetime.datetime(2026, 4, 10, 23, 59, tzinfo=amsterdam)


@pytest.mark.parametrize("state", ["draft", "offered", "taken", "agreed", "confirmed", "withdrawn"])
def test_who_is_further_or_gone_gets_no_offer(hr, state):
    application = make.application(state)

    with pytest.raises(Refused):
        offer(application, hr)

    assert told(application) == []


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("withdrawn", "This exchange was withdrawn."), ("filled", "All places have been given.")],
)
def test_without_a_place_there_is_no_offer_and_no_confirmation(hr, state, sentence):
    exchange = make.exchange()
    make.application("confirmed", exchange=exchange)
    waiting, agreed = of_people("submitted", "agreed", exchange=exchange)
    Exchange.objects.update(state=state)
    waiting = Application.objects.get(pk=waiting.pk)

    for act in (
        functools.partial(offer, waiting, hr),
        functools.partial(deciding.confirm, agreed, by=hr),
    ):
        with pytest.raises(Refused, match=sentence):
            act()

    assert states_of(waiting, agreed) == ["submitted", "agreed"]


@pytest.mark.parametrize("state", LIVE)
def test_a_no_has_a_code_and_ends_it(hr, state):
    application = make.application(state)

    deciding.decline(application, by=hr, code="profile", reason="We look for a lawyer.")

    application.refresh_from_db()
    assert (application.state, application.code, application.due_at) == ("declined", "profile", None)
    assert application.keep_until == timezone.localdate() + TERM
    last = history.timeline(application)[-1]
    assert (last.by, last.reason) == (hr, "We look for a lawyer.")
    assert told(application) == ["declined"]


@pytest.mark.parametrize("state", ["draft", "confirmed", "withdrawn", "lapsed"])
def test_what_is_not_running_cannot_be_declined(hr, state):
    application = make.application(state)

    with pytest.raises(Refused):
        deciding.decline(application, by=hr, code="profile")

    assert told(application) == []


@pytest.mark.parametrize("state", ["draft", "submitted", "conversation", "offered", "taken", "declined"])
def test_no_place_is_given_before_applicant_and_manager_have_agreed(hr, state):
    application = make.application(state)

    with pytest.raises(Refused):
        deciding.confirm(application, by=hr)

    assert states_of(application, application.exchange) == [state, "published"]


def test_the_last_place_fills_the_exchange_and_who_hoped_for_one_waits_for_another(hr):
    chosen, *others = of_people("agreed", "submitted", "conversation", "offered", "taken", "agreed")
    draft, withdrawn = of_people("draft", "withdrawn", exchange=chosen.exchange)

    deciding.confirm(chosen, by=hr)

    assert states_of(chosen.exchange, chosen, draft, withdrawn) == [
        "filled",
        "confirmed",
        "draft",
        "withdrawn",
    ]
    for other in others:
        other.refresh_from_db()
        assert other.state == "waiting"
        assert told(other) == ["enlisted"]
    assert [other.position for other in others] == [5, 4, 3, 2, 1]
    assert (told(chosen), told(draft), told(withdrawn)) == (["confirmed"], [], [])


def test_while_places_are_left_the_exchange_stays_open(hr):
    first, second, waiting = of_people("agreed", "agreed", "submitted", exchange=make.exchange(places=2))

    deciding.confirm(first, by=hr)
    between = states_of(first.exchange, waiting)
    deciding.confirm(second, by=hr)

    assert between == ["published", "submitted"]
    assert states_of(first.exchange, waiting) == ["filled", "waiting"]


def test_a_confirmed_application_is_kept_until_its_period_and_the_term_have_passed(hr):
    chosen, for_good = of_people("agreed", "agreed", exchange=make.exchange(places=2))
    Application.objects.filter(pk=for_good.pk).update(ends_on=None)
    for_good.refresh_from_db()

    deciding.confirm(chosen, by=hr)
    deciding.confirm(for_good, by=hr)

    assert chosen.keep_until == chosen.ends_on + TERM
    assert for_good.keep_until == timezone.localdate() + TERM


def periods(first, second):
    """Two agreed applications of one person, at two organisations, in these periods."""
    one = make.application("agreed", starts_on=first[0], ends_on=first[1])
    elsewhere = make.exchange("Another one", organisation=make.organisation("Provincie Zeeland"))
    other = make.application(
        "agreed", exchange=elsewhere, applicant=one.applicant, starts_on=second[0], ends_on=second[1]
    )
    return one, other


@pytest.mark.parametrize(
    "second",
    [
        (DAY(2030, 8, 31), DAY(2030, 12, 31)),
        (DAY(2030, 1, 1), DAY(2030, 3, 1)),
        (DAY(2030, 4, 1), DAY(2030, 4, 1)),
        (DAY(2030, 4, 1), None),
        (DAY(2020, 1, 1), None),
    ],
)
def test_two_confirmed_periods_of_one_person_share_no_day(hr, second):
    one, other = periods((DAY(2030, 3, 1), DAY(2030, 8, 31)), second)
    deciding.confirm(one, by=hr)

    with pytest.raises(Refused) as refused:
        deciding.confirm(other, by=make.staff(at=other.exchange.organisation))

    assert refused.value.record == other
    assert states_of(other, other.exchange) == ["agreed", "published"]
    assert told(other) == []


@pytest.mark.parametrize(
    "second",
    [(DAY(2030, 9, 1), None), (DAY(2030, 1, 1), DAY(2030, 2, 28)), (DAY(2031, 1, 1), DAY(2031, 2, 1))],
)
def test_periods_that_only_touch_are_no_clash(hr, second):
    one, other = periods((DAY(2030, 3, 1), DAY(2030, 8, 31)), second)

    deciding.confirm(one, by=hr)
    deciding.confirm(other, by=hr)

    assert states_of(one, other) == ["confirmed", "confirmed"]


@pytest.mark.parametrize(
    ("kinds", "states"),
    [
        (("secondment", "gig"), ["confirmed", "confirmed"]),
        (("gig", "gig"), ["confirmed", "confirmed"]),
        (("swap", "shadowing"), ["confirmed", "confirmed"]),
        (("shadowing", "shadowing"), ["confirmed", "agreed"]),
        (("assignment", "vacancy"), ["confirmed", "agreed"]),
    ],
)
def test_a_gig_or_a_shadowing_day_goes_beside_a_job_and_no_job_beside_another(hr, kinds, states):
    one, other = periods((DAY(2030, 3, 1), DAY(2030, 8, 31)), (DAY(2030, 4, 1), DAY(2030, 4, 1)))
    for application, kind in zip((one, other), kinds, strict=True):
        Exchange.objects.filter(pk=application.exchange_id).update(kind=kind)
    deciding.confirm(one, by=hr)
    in_the_way = rules.clash(one.applicant, kinds[1], DAY(2030, 4, 1), DAY(2030, 4, 1))

    with contextlib.suppress(Refused):
        deciding.confirm(other, by=hr)

    assert states_of(one, other) == states
    assert bool(in_the_way) == (states[1] == "agreed")


def test_the_database_itself_keeps_confirmed_periods_apart():
    one, other = periods((DAY(2030, 3, 1), DAY(2030, 8, 31)), (DAY(2030, 8, 1), None))
    Application.objects.filter(pk=one.pk).update(state="confirmed")

    with pytest.raises(IntegrityError, match="application_confirmed_periods_apart"), transaction.atomic():
        Application.objects.filter(pk=other.pk).update(state="confirmed")


def test_the_clash_names_the_period_and_never_an_employer_that_is_a_stranger(hr):
    one, other = periods((DAY(2030, 3, 1), DAY(2030, 8, 31)), (DAY(2030, 8, 1), DAY(2030, 9, 30)))
    deciding.confirm(one, by=hr)

    with pytest.raises(Refused) as refused:
        deciding.confirm(other, by=make.staff(at=other.exchange.organisation))

    assert refused.value.reason == (
        "Sanne already has a confirmed place from 1 March 2030 until 31 August 2030, somewhere else."
    )


def test_who_sees_both_applications_reads_where_the_clash_is(hr):
    one, other = periods((DAY(2030, 3, 1), DAY(2030, 8, 31)), (DAY(2030, 8, 1), DAY(2030, 9, 30)))
    deciding.confirm(one, by=hr)
    hr.memberships.create(organisation=other.exchange.organisation, role="hr")

    with pytest.raises(Refused, match=r"from 1 March 2030 until 31 August 2030, at Gemeente Utrecht\."):
        deciding.confirm(other, by=hr)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_confirmed_by_two_at_once_is_given_once():
    one, other = of_people("agreed", "agreed")
    officers = [make.staff(given_name="Robin"), make.staff(given_name="Noor")]

    outcomes = at_once(
        functools.partial(deciding.confirm, one, by=officers[0]),
        functools.partial(deciding.confirm, other, by=officers[1]),
    )

    assert sorted(states_of(one, other)) == ["confirmed", "waiting"]
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "Refused"]
    assert Exchange.objects.get().state == "filled"
    assert sorted(told(one) + told(other)) == ["confirmed", "enlisted"]


@pytest.mark.django_db(transaction=True)
def test_of_withdrawing_and_confirming_at_once_one_wins():
    for _round in range(5):
        application = make.application("agreed")
        twin = Application.objects.get(pk=application.pk)
        hr = make.staff()

        outcomes = at_once(
            functools.partial(applying.withdraw, application, by=application.applicant),
            functools.partial(deciding.confirm, twin, by=hr),
        )

        state, of_exchange = states_of(application, application.exchange)
        assert (state, of_exchange) in {("withdrawn", "published"), ("confirmed", "filled")}
        assert [type(outcome).__name__ for outcome in outcomes].count("Refused") == 1
        assert told(application) == [state]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [deciding.confirm, writing.withdraw])
def test_an_applicant_who_withdraws_at_that_moment_stops_nobody_elses_answer(act):
    """The slow act is held up just before it answers the others, and one of them withdraws."""
    chosen, other, third = of_people("agreed", "submitted", "submitted")
    hr = make.staff()
    subject = chosen if act is deciding.confirm else chosen.exchange
    words = {} if act is deciding.confirm else {"reason": "No budget."}

    with transaction.atomic():
        applying.withdraw(other, by=other.applicant)
        running = while_waiting(functools.partial(act, subject, by=hr, **words))
    outcome = running()

    assert outcome is None
    ends = ["confirmed", "waiting"] if act is deciding.confirm else ["declined", "declined"]
    assert states_of(chosen, other, third) == [ends[0], "withdrawn", ends[1]]


@pytest.mark.django_db(transaction=True)
def test_one_person_confirmed_at_two_organisations_at_once_gets_one_place():
    for _round in range(5):
        one, other = periods((DAY(2030, 3, 1), DAY(2030, 8, 31)), (DAY(2030, 8, 1), None))
        officers = [make.staff(at=each.exchange.organisation) for each in (one, other)]

        outcomes = at_once(
            functools.partial(deciding.confirm, one, by=officers[0]),
            functools.partial(deciding.confirm, other, by=officers[1]),
        )

        assert sorted(states_of(one, other)) == ["agreed", "confirmed"]
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "Refused"]
        Application.objects.all().delete()
