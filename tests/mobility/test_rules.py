"""Who may do what with exchanges and applications, and which moves there are (rules R1, R2)."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, transaction
from django.utils import timezone

from bwob.people.models import Role
from bwob.workflow import Refused
from mobility import rules
from mobility.models import Application, Exchange
from tests import make

pytestmark = pytest.mark.django_db

ENDS = {"declined", "withdrawn", "lapsed"}
MOVES = {
    Application: {
        "draft": {"submitted", "waiting", "lapsed"},
        "submitted": {"conversation", "offered", "waiting", *ENDS},
        "conversation": {"offered", "waiting", *ENDS},
        "offered": {"taken", "waiting", *ENDS},
        "taken": {"agreed", "waiting", *ENDS},
        "agreed": {"confirmed", "waiting", *ENDS},
        "waiting": {"conversation", "offered", *ENDS},
        "confirmed": {"started", "withdrawn"},
        "started": {"completed"},
        "completed": {"evaluated"},
        "evaluated": set(),
        "declined": set(),
        "withdrawn": set(),
        "lapsed": set(),
    },
    Exchange: {
        "draft": {"published", "withdrawn"},
        "published": {"filled", "withdrawn"},
        "filled": {"published"},
        "withdrawn": set(),
        "arranged": set(),
    },
}
EVERY_STATE = [(model, state) for model, states in MOVES.items() for state in states]
PERIOD = {"starts_on": datetime.date(2030, 1, 1), "ends_on": datetime.date(2030, 6, 30), "hours": 24}
PERIOD |= {"waiting_number": 1}


def record_in(model, state):
    if model is Application:
        return make.application(state, **PERIOD)
    return make.exchange(state=state)


def in_a_savepoint(act):
    """Try it, and take it back; the exception, or None."""
    try:
        with transaction.atomic():
            act()
            raise transaction.TransactionManagementError
    except transaction.TransactionManagementError:
        return None
    except (Refused, ProgrammingError) as problem:
        return problem


@pytest.mark.parametrize(("model", "state"), EVERY_STATE)
def test_from_every_state_only_the_drawn_moves_are_possible(model, state):
    possible, possible_in_the_database = set(), set()
    record = record_in(model, state)

    for target in MOVES[model]:
        here = model.objects.get(pk=record.pk)
        if not in_a_savepoint(lambda here=here, target=target: here.move_to(target, by=None)):
            possible.add(target)
        rows = model.objects.filter(pk=record.pk)
        if not in_a_savepoint(lambda rows=rows, target=target: rows.update(state=target)):
            possible_in_the_database.add(target)

    assert possible == MOVES[model][state]
    assert possible_in_the_database - {state} == MOVES[model][state]


@pytest.mark.parametrize(("model", "state"), EVERY_STATE)
def test_a_refused_move_names_the_record_and_leaves_it_as_it_was(model, state):
    record = record_in(model, state)
    before = model.objects.filter(pk=record.pk).values().get()
    impossible = next(target for target in MOVES[model] if target not in MOVES[model][state])

    with pytest.raises(Refused) as refused:
        record.move_to(impossible, by=None, reason="because")

    assert refused.value.record == record
    assert refused.value.reason == "This has changed in the meantime, so that is no longer possible."
    assert model.objects.filter(pk=record.pk).values().get() == before


def test_every_state_in_which_somebody_must_act_has_a_term_and_no_other_has_one():
    now = timezone.now()

    with_a_term = {state for state in MOVES[Application] if Application().due_in(state, now)}

    assert with_a_term == {
        "draft",
        "submitted",
        "conversation",
        "offered",
        "taken",
        "agreed",
        "waiting",
        "completed",
    }


def test_hr_and_managers_of_an_organisation_write_exchanges_and_nobody_else():
    may = {
        "visitor": rules.may_write(AnonymousUser()),
        "participant": rules.may_write(make.person(works_at=make.organisation())),
        **{role: rules.may_write(make.staff(role)) for role in Role.values},
    }

    assert may == {
        "visitor": False,
        "participant": False,
        "hr": True,
        "manager": True,
        "programme": False,
        "privacy_officer": False,
    }


def test_hr_of_the_organisation_and_the_manager_who_is_the_contact_manage_an_exchange():
    here, elsewhere = make.organisation(), make.organisation("Gemeente Zwolle")
    contact = make.staff(Role.MANAGER, here)
    exchange = make.exchange(organisation=here, contact=contact)
    people = {
        "hr here": make.staff(Role.HR, here),
        "contact": contact,
        "another manager here": make.staff(Role.MANAGER, here),
        "hr elsewhere": make.staff(Role.HR, elsewhere),
        "colleague": make.person(works_at=here),
        "programme": make.staff(Role.PROGRAMME, here),
        "privacy officer": make.staff(Role.PRIVACY_OFFICER, here),
        "visitor": AnonymousUser(),
    }

    managing = {name for name, person in people.items() if rules.may_manage(person, exchange)}

    assert managing == {"hr here", "contact"}


def test_a_contact_whose_role_was_taken_away_manages_no_more():
    contact = make.staff(Role.MANAGER)
    exchange = make.exchange(contact=contact)
    contact.memberships.all().delete()

    assert not rules.may_manage(type(contact).objects.get(pk=contact.pk), exchange)


@pytest.mark.parametrize(
    ("state", "may"), [("draft", True), ("published", True), ("filled", False), ("withdrawn", False)]
)
def test_an_exchange_that_is_filled_or_withdrawn_stays_as_it_was(state, may):
    hr = make.staff()
    exchange = make.exchange(state=state)

    assert rules.may_edit(hr, exchange) is may


def test_nobody_decides_on_the_own_application():
    hr = make.staff()
    exchange = make.exchange(organisation=hr.employer, own_staff_welcome=True)
    own = make.application(exchange=exchange, applicant=hr)
    other = make.application(exchange=exchange)

    assert (rules.may_decide(hr, own), rules.may_decide(hr, other)) == (False, True)


def obstacle(person, **facts):
    return rules.obstacle(person, make.exchange(**facts))


def test_nothing_stands_in_the_way_of_a_civil_servant_of_another_employer():
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    exchange = make.exchange(closes_on=timezone.localdate())

    assert rules.obstacle(person, exchange) == ""
    assert rules.may_apply(person, exchange)


def test_one_applies_only_with_a_work_address_that_was_verified():
    unproven = make.person()
    waiting = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    waiting.work_address.verified_at = None
    waiting.work_address.save()

    sentences = {obstacle(person) for person in (unproven, waiting)}

    assert sentences == {"First show where you work: verify your work address in your profile."}


@pytest.mark.parametrize(("days", "counts"), [(179, True), (181, False)])
def test_a_work_address_counts_for_180_days(days, counts):
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))
    person.work_address.verified_at = timezone.now() - datetime.timedelta(days=days)
    person.work_address.save()

    sentence = obstacle(person)

    expected = "You verified your work address more than 180 days ago. Verify it again first."
    assert sentence == ("" if counts else expected)


def test_own_staff_is_refused_with_the_reason_unless_welcome():
    person = make.person(works_at=make.organisation())

    assert obstacle(person) == (
        "This is for people of other employers. You work at Gemeente Utrecht yourself."
    )
    assert obstacle(person, own_staff_welcome=True) == ""


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "This has not been published yet."),
        ("filled", "All places have been given."),
        ("withdrawn", "The organisation has withdrawn this."),
    ],
)
def test_what_is_not_open_says_why(state, sentence):
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))

    assert obstacle(person, state=state) == sentence


def test_after_the_last_day_the_day_is_named():
    person = make.person(works_at=make.organisation("Gemeente Amersfoort"))

    assert obstacle(person, closes_on=datetime.date(2026, 3, 8)) == "One could apply until 8 March 2026."


def test_an_application_is_seen_by_the_applicant_and_who_manages_the_exchange_and_never_by_strangers():
    here, lender = make.organisation(), make.organisation("Gemeente Amersfoort")
    contact = make.staff(Role.MANAGER, here)
    applicant = make.person(works_at=lender)
    application = make.application(
        exchange=make.exchange(organisation=here, contact=contact), applicant=applicant
    )
    people = {
        "applicant": applicant,
        "hr here": make.staff(Role.HR, here),
        "contact": contact,
        "programme": make.staff(Role.PROGRAMME, lender),
        "another manager here": make.staff(Role.MANAGER, here),
        "hr of the own employer": make.staff(Role.HR, lender),
        "manager of the own employer": make.staff(Role.MANAGER, lender),
        "privacy officer": make.staff(Role.PRIVACY_OFFICER, here),
        "colleague": make.person(works_at=lender),
    }

    def seeing():
        return {name for name, person in people.items() if Application.objects.visible_to(person).exists()}

    assert seeing() == {"applicant", "hr here", "contact", "programme"}
    Application.objects.all().delete()
    make.application("draft", exchange=application.exchange, applicant=applicant)
    assert seeing() == {"applicant"}
