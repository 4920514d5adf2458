"""Mail about Doetanks: to whom it concerns, with nothing in it that is not theirs."""

import pytest
from django.core import mail

from bwob.privacy import erasing
from doetanks import emails, joining, tasks
from doetanks.models import Challenge
from tests import make
from tests.bwob.test_people_post import deliver
from tests.doetanks import making

pytestmark = pytest.mark.django_db
READERS = [
    ("submitted", "submitted", ["coach", "commissioner"]),
    ("taken", "intake", ["commissioner"]),
    ("opened", "open", ["commissioner"]),
    ("surfaced", "open", ["commissioner", "member", "coach"]),
    ("stopped", "stopped", ["commissioner", "member", "coach"]),
    ("complete", "complete", ["commissioner", "member", "coach"]),
    ("advanced", "ideas", ["member", "coach"]),
    ("delivered", "decision", ["commissioner", "member", "coach"]),
    ("unanswered", "unanswered", ["commissioner", "member", "coach"]),
    ("decided", "effect", ["member", "coach"]),
    ("measured", "closed", ["member", "coach"]),
    ("reminded", "submitted", ["coach"]),
    ("reminded", "decision", ["commissioner"]),
    ("reminded", "effect", ["commissioner"]),
    ("reminded", "trying", ["coach"]),
    ("somebody_left", "open", ["coach"]),
    ("orphaned", "open", ["office"]),
]


@pytest.fixture
def people():
    """One of each, with a telling address."""
    utrecht = make.organisation()
    named = {"office": make.staff("programme", email="office@mail.example")}
    named["commissioner"] = make.person("Olga", works_at=utrecht, email="commissioner@mail.example")
    named["coach"] = making.coach(email="coach@mail.example")
    named["member"] = make.person("Mila", works_at=make.organisation("Breda"), email="member@mail.example")
    return named


def standing(people, state, **facts):
    facts |= {"commissioner": people["commissioner"], "coach": people["coach"]}
    challenge = making.challenge(state, **facts)
    making.participation("member", challenge=challenge, person=people["member"])
    return challenge


@pytest.mark.parametrize(("message", "state", "readers"), READERS)
def test_each_message_goes_to_whom_it_concerns(people, message, state, readers):
    challenge = standing(people, state)

    tasks.tell(message, challenge.pk)

    assert [one.to[0].partition("@")[0] for one in mail.outbox] == readers
    assert ["Fewer letters" in one.subject for one in mail.outbox] == [True] * len(readers)
    assert [word for one in mail.outbox for word in ("{{", "{%", "None") if word in one.body] == []


@pytest.mark.parametrize("message", sorted(emails.ABOUT_JOINING))
def test_the_motivation_is_in_no_mail(people, message):
    challenge = standing(people, "open")
    asking = making.participation(challenge=challenge, motivation="Kanarie")

    tasks.tell_participation(message, asking.pk)

    assert ["Kanarie" in one.body for one in mail.outbox] == [False] * len(mail.outbox)
    assert mail.outbox


def test_what_one_wrote_is_quoted_to_the_other(people):
    challenge = standing(people, "open")
    asking = making.participation(challenge=challenge)
    joining.refuse(asking, by=challenge.coach, reason="We need a lawyer.\nHello {{ name }}")
    deliver()

    assert "> We need a lawyer.\n> Hello {{ name }}" in mail.outbox[-1].body


@pytest.mark.parametrize("hidden", [True, False])
def test_when_the_coach_closes_the_account_the_office_hears_of_public_ones_only(people, hidden):
    challenge = standing(people, "open", is_hidden=hidden)

    erasing.erase(people["coach"], farewell=False)
    deliver()

    assert Challenge.objects.get().coach is None
    expected = {"commissioner@mail.example", "member@mail.example"} if hidden else {"office@mail.example"}
    assert {one.to[0] for one in mail.outbox if challenge.title in one.subject} == expected
