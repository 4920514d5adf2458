"""Mail about applications: to whom it concerns, in their language, with nothing in it that is not theirs."""

import datetime
import email
import email.policy
import re

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone, translation
from django.utils.formats import date_format

from bwob.people.models import Membership, Role, User
from mobility import agreeing, applying, deciding, emails, signing, tasks, waiting, writing
from mobility.models import Exchange
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db

APPLICANT, MANAGER, DECIDERS = (
    "sanne@mail.example",
    "wim@manager.example",
    ("hr@mail.example", "kim@mail.example"),
)
NAME = 'Anne-Fleur "Fleur" d\'Ancona & <b>zo</b> 100% {{ name }}'
LETTER = "The letter of the applicant"
READERS = [
    ("submitted", "submitted", [*DECIDERS, APPLICANT]),
    ("invited", "conversation", [APPLICANT]),
    ("offered", "offered", [APPLICANT]),
    ("taken", "taken", [MANAGER, *DECIDERS]),
    ("taken_alone", "taken", [*DECIDERS]),
    ("manager_asked_again", "taken", [MANAGER]),
    ("agreed", "agreed", [*DECIDERS, APPLICANT]),
    ("talk_wanted", "taken", [APPLICANT]),
    ("confirmed", "confirmed", [APPLICANT, MANAGER, *DECIDERS]),
    ("declined", "declined", [APPLICANT]),
    ("manager_declined", "declined", [APPLICANT, *DECIDERS]),
    ("withdrawn", "withdrawn", [*DECIDERS]),
    ("enlisted", "waiting", [APPLICANT]),
    ("joined_list", "waiting", [APPLICANT]),
    ("offered_from_list", "offered", [APPLICANT, *DECIDERS]),
    ("place_free", "conversation", [APPLICANT, *DECIDERS]),
    ("place_given_back", "withdrawn", [*DECIDERS, MANAGER]),
    ("started", "started", [APPLICANT, *DECIDERS]),
    ("completed", "completed", [APPLICANT, *DECIDERS]),
    ("end_proposed", "started", [APPLICANT]),
    ("end_moved", "started", [APPLICANT, *DECIDERS, MANAGER]),
    ("end_stays", "started", [APPLICANT, *DECIDERS]),
    ("cancelled", "declined", [APPLICANT]),
    ("lapsed", "lapsed", [APPLICANT, *DECIDERS]),
    ("reminded", "submitted", [*DECIDERS]),
    ("reminded", "conversation", [*DECIDERS]),
    ("reminded", "offered", [APPLICANT]),
    ("reminded", "taken", [MANAGER]),
    ("reminded", "agreed", [*DECIDERS]),
    ("reminded", "waiting", [APPLICANT]),
]


@pytest.fixture
def utrecht():
    """The offering organisation, with one HR adviser who reads English."""
    organisation = make.organisation()
    make.staff("hr", organisation, "Hanna", email=DECIDERS[0], language="en")
    return organisation


@pytest.fixture
def place(utrecht):
    """Its exchange, with a manager as the contact."""
    contact = make.staff("manager", utrecht, "Kim", email=DECIDERS[1], language="en")
    return make.exchange("Clear letters", organisation=utrecht, contact=contact)


def sanne(given_name="Sanne", language="en", **facts):
    employer = make.organisation("Gemeente Amersfoort")
    return make.person(given_name, works_at=employer, email=APPLICANT, language=language, **facts)


def application(state, exchange, applicant=None, **facts):
    texts = {"motivation": LETTER, "manager_name": "Wim de Boer", "manager_email": MANAGER}
    return make.application(state, exchange=exchange, applicant=applicant or sanne(), **(texts | facts))


def tell(message, about):
    """What the worker does, with the record as it is by then."""
    tasks.tell(message, about.pk)


def letter():
    """Deliver the one mail that waits, and return its text."""
    deliver()
    (message,) = mail.outbox
    mail.outbox.clear()
    return message.body


def token_in(text):
    return re.search(r"/akkoord/([^/\s]+)/$", text, re.MULTILINE).group(1)


def test_the_table_of_readers_knows_every_message():
    assert list(dict.fromkeys(message for message, _state, _readers in READERS)) == list(emails.MESSAGES)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(("message", "state", "readers"), READERS)
def test_a_message_reaches_exactly_its_readers_as_clean_text(message, state, readers, language, place):
    User.objects.update(language=language)
    about = application(state, place, sanne(NAME, language))

    tell(message, about)

    assert [one.to for one in mail.outbox] == [[reader] for reader in readers]
    for one in mail.outbox:
        assert_clean(one)
        assert_leads_on(one, about, language)


def assert_clean(message):
    """No marks of the template, no HTML, no gaps; neither the letter nor the address of the applicant."""
    text = f"{message.subject}\n{message.body}".replace(NAME, "the applicant")
    assert 10 < len(message.subject) < 200
    assert re.findall(r"{{|{%|%\(|%s|&#?\w+;|</?b>|None|\n\n\n|[ \t]\n|  ", text) == []
    assert message.body.endswith(f".\n{settings.ORIGIN}\n")
    assert LETTER not in text
    assert APPLICANT not in text
    if message.to == [APPLICANT]:
        assert NAME in message.body.splitlines()[0]


def assert_leads_on(message, about, language):
    """The page stands on a line of its own; the manager has no account and gets the signed link instead."""
    with translation.override(language):
        page = settings.ORIGIN + about.get_absolute_url()
    if message.to != [MANAGER]:
        assert page in message.body.splitlines()
        assert "/akkoord/" not in message.body
    elif about.state == "taken":
        assert signing.application_of(token_in(message.body)) == about


def test_each_reads_it_in_the_own_language(place):
    place.contact.language = "nl"
    place.contact.save()
    about = application("submitted", place)
    until = timezone.localtime(about.due_at)

    tell("submitted", about)

    pages = {one.to[0]: one.body for one in mail.outbox}
    for reader, language, page in [("hr", "en", "/en/aanmeldingen/"), ("kim", "nl", "00/aanmeldingen/")]:
        with translation.override(language):
            assert date_format(until, "l j F Y, H:i") in pages[f"{reader}@mail.example"]
        assert page in pages[f"{reader}@mail.example"]


def test_the_managers_mail_says_what_is_asked_and_what_happens(place):
    about = application(
        "taken", place, starts_on=datetime.date(2027, 3, 1), ends_on=datetime.date(2027, 8, 31)
    )

    tell("manager_asked_again", about)

    body = mail.outbox[0].body
    assert body.split("\n\n")[0] == "Hello Wim de Boer,"
    assert body.split("\n\n")[2].splitlines() == [
        "Who: Sanne, Gemeente Amersfoort",
        "What: Clear letters (Secondment)",
        "Where: Gemeente Utrecht, Utrecht, partly from home",
        "When: from 1 March 2027 to 31 August 2027",
        "Hours: 24 hours a week",
    ]
    assert body.count("\n- ") == 3
    assert "You have 7 days for this: answer before " in body
    assert "works for one answer" in body
    assert "Opening it decides nothing yet." in body


def test_a_manager_who_asked_to_talk_is_not_offered_that_again(place):
    tell("manager_asked_again", application("taken", place, talk_asked=True))

    assert mail.outbox[0].body.count("\n- ") == 2


def test_what_the_organisation_wrote_is_quoted(place):
    hr = User.objects.get(email=DECIDERS[0])
    about = application("submitted", place)

    deciding.invite(about, by=hr, reason="Monday at ten?\r\n\r\nYou get this mail because\tI say so.")
    invitation = letter()
    deciding.decline(about, by=hr, code="hours", reason="Thirty hours is too few.")
    answer = letter()

    assert "\n\n> Monday at ten?\n>\n> You get this mail because I say so.\n\n" in invitation
    assert "\n\nThe reason: Hours or period do not fit.\n\n" in answer
    assert "\n\n> Thirty hours is too few.\n\n" in answer
    assert "Monday" not in answer
    assert f"We keep your application until {date_format(about.keep_until, 'j F Y')}." in answer


def test_what_was_agreed_stands_in_the_offer(place):
    tell("offered", application("offered", place, offer_note="Two days from home."))

    assert "\n\n> Two days from home.\n\n" in mail.outbox[0].body


def test_who_withdraws_may_say_why(place):
    about = application("submitted", place)

    applying.withdraw(about, by=about.applicant, reason="I found something else.")

    deliver()
    assert ["\n> I found something else.\n" in one.body for one in mail.outbox] == [True, True]


def test_the_managers_reason_goes_to_applicant_and_deciders(place):
    agreeing.refuse(application("taken", place), code="too_busy")

    deliver()

    assert ["The reason: Cannot be missed now." in one.body for one in mail.outbox] == [True] * 3


def test_who_applied_reads_why_an_exchange_is_withdrawn(place):
    application("submitted", place)

    writing.withdraw(place, by=place.contact, reason="No budget.")

    text = letter()
    assert "Gemeente Utrecht has withdrawn “Clear letters”." in text
    assert "\n> No budget.\n" in text


@pytest.mark.parametrize(
    ("state", "to_applicant", "to_deciders"),
    [
        ("submitted", "Gemeente Utrecht did not answer", "Nobody at Gemeente Utrecht answered"),
        ("conversation", "Gemeente Utrecht did not answer", "Nobody at Gemeente Utrecht answered"),
        ("offered", "You did not answer it", "Sanne did not answer your offer"),
        ("taken", "Your manager Wim de Boer did not answer", "The manager of Sanne did not answer"),
        ("agreed", "Gemeente Utrecht did not confirm", "nobody at Gemeente Utrecht confirmed"),
    ],
)
def test_a_lapse_says_who_did_not_answer(state, to_applicant, to_deciders, place):
    waiting.lapse(application(state, place, due_at=timezone.now() - datetime.timedelta(minutes=1)))

    deliver()

    texts = {one.to[0]: one.body for one in mail.outbox}
    assert to_applicant in texts[APPLICANT]
    assert [to_deciders in texts[reader] for reader in DECIDERS] == [True, True]


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        (datetime.timedelta(days=2), "You have 2 days for this: answer before "),
        (datetime.timedelta(days=1), "You have 1 day for this: answer before "),
        (datetime.timedelta(seconds=1), "Today is the last day: answer before "),
    ],
)
def test_a_reminder_says_how_long_there_is(left, sentence, place):
    noon = timezone.localtime().replace(hour=12, minute=0)
    about = application("offered", place, due_at=noon + left)

    tell("reminded", about)

    assert sentence in mail.outbox[0].body


def test_a_mail_that_comes_after_the_term_names_no_term(place):
    about = application("withdrawn", place, due_at=None)

    tell("submitted", about)

    assert ["answer before" in one.body or "until" in one.body for one in mail.outbox] == [False] * 3


def test_a_message_sent_twice_is_one_message(place):
    about = application("confirmed", place)

    tell("confirmed", about)
    tell("confirmed", about)

    numbers = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert len(set(numbers)) == 4
    assert numbers[:4] == numbers[4:]


def test_a_name_cannot_forge_a_header_or_a_paragraph(place):
    evil = "Eve\r\nBcc: victim@mail.example\r\n\r\nYour code is 1"
    Exchange.objects.update(title=evil[:100])
    about = application("taken", place, sanne(evil), manager_name=evil)

    tell("taken", about)
    tell("declined", about)

    for one in mail.outbox:
        parsed = email.message_from_bytes(one.message().as_bytes(), policy=email.policy.default)
        assert "Bcc" not in parsed
        assert parsed["To"] == one.to[0]
        assert " ".join(parsed["Subject"].split()) == one.subject
        assert not re.search(r"^(Bcc|Your code)", parsed.get_content(), re.MULTILINE)


def test_the_longest_name_fits_in_a_mail(place):
    longest = sanne("É" * 197, name_prefix="van der", family_name="Ö" * 197)

    tell("taken", application("taken", place, longest))

    to_manager = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=email.policy.default)
    assert max(len(line) for line in mail.outbox[0].message().as_bytes().splitlines()) <= 998
    assert longest.full_name in to_manager["Subject"]
    assert longest.full_name in to_manager.get_content()


def test_a_contact_who_is_hr_too_gets_it_once(place):
    Membership.objects.create(user=place.contact, organisation=place.organisation, role=Role.HR)

    tell("withdrawn", application("withdrawn", place))

    assert [one.to[0] for one in mail.outbox] == [*DECIDERS]


def test_hr_that_applies_is_not_told_as_the_one_who_decides(utrecht):
    place = make.exchange(organisation=utrecht, own_staff_welcome=True)
    hr = User.objects.get(email=DECIDERS[0])

    tell("submitted", application("submitted", place, hr))

    assert [(one.to[0], "You get this mail because you applied" in one.body) for one in mail.outbox] == [
        (DECIDERS[0], True)
    ]


def test_a_contact_who_no_longer_manages_the_exchange_hears_nothing(place):
    place.contact.memberships.all().delete()

    tell("withdrawn", application("withdrawn", place))

    assert [one.to[0] for one in mail.outbox] == [DECIDERS[0]]


def test_a_closed_account_hears_nothing(place):
    User.objects.filter(email__in=DECIDERS).update(is_active=False)

    tell("withdrawn", application("withdrawn", place))

    assert mail.outbox == []


def test_hr_of_another_organisation_hears_nothing(place):
    make.staff("hr", make.organisation("Gemeente Zwolle"), email="stranger@mail.example")

    for message, state, _readers in READERS:
        about = make.application(state, exchange=place, manager_email=MANAGER, starts_on=timezone.localdate())
        tell(message, about)

    assert "stranger@mail.example" not in [one.to[0] for one in mail.outbox]


def test_who_closed_the_account_is_not_named(place):
    Exchange.objects.update(title="R&D <lab>")
    about = application("submitted", place)

    applying.withdraw_all(about.applicant)
    deliver()

    assert [one.to[0] for one in mail.outbox] == [*DECIDERS]
    assert {one.subject for one in mail.outbox} == {"An applicant for “R&D <lab>” has left"}
    assert ["“R&D <lab>” has closed" in one.body for one in mail.outbox] == [True, True]
    assert ["Sanne" in one.body or str(about.key) in one.body for one in mail.outbox] == [False, False]
    assert [f"/uitwisselingen/{place.slug}/aanmeldingen/\n" in one.body for one in mail.outbox] == [
        True,
        True,
    ]


def test_an_erased_application_is_no_mail():
    tasks.tell("submitted", 0)

    assert mail.outbox == []


@pytest.mark.parametrize("advisers", [1, 3])
@pytest.mark.parametrize(("message", "queries"), [("submitted", 5), ("withdrawn", 6), ("lapsed", 6)])
def test_a_message_costs_the_same_queries_for_any_number_of_readers(
    message, queries, advisers, place, django_assert_num_queries
):
    for _number in range(advisers - 1):
        make.staff("hr", place.organisation)
    about = application("submitted", place)

    with django_assert_num_queries(queries):
        tell(message, about)
