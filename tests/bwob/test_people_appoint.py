"""The command that appoints the first programme office person."""

import pytest
from django.core.management import CommandError, call_command

from tests import make

pytestmark = pytest.mark.django_db


def test_appoint_gives_a_role_once(capsys):
    person, office = make.person(email="first@mail.example"), make.organisation("Programme", code="bwob")

    for _time in range(2):
        call_command("appoint", "First@mail.example", "programme", "bwob")

    assert [(one.role, one.organisation) for one in person.memberships.all()] == [("programme", office)]
    assert capsys.readouterr().out.splitlines() == [
        "first@mail.example is now Programme office of Programme.",
        "first@mail.example already was Programme office of Programme.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody@mail.example", "hr", "bwob"), "There is no account with the address nobody@mail.example"),
        (("first@mail.example", "hr", "gm9999"), "There is no organisation with the code gm9999"),
        (("first@mail.example", "boss", "bwob"), "invalid choice: 'boss'"),
    ],
)
def test_what_is_not_there_is_named(words, sentence):
    make.person(email="first@mail.example")
    make.organisation(code="bwob")

    with pytest.raises(CommandError, match=sentence):
        call_command("appoint", *words)
