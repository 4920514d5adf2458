"""How mail leaves: whole subjects, whatever letters they hold."""

import email.policy
from email.parser import BytesParser

import pytest

from bwob.mail import Message

SUBJECTS = [
    "“Teamleider burgerzaken die zelf ook aan de balie staat” gaat niet door",
    "De leidinggevende is akkoord. Bevestig “Proef met één overheidsbrief per week”",
    "Ga je akkoord? Zoë Çelik-Wâldman wil werken bij Gemeente Súdwest-Fryslân en bij ’s-Hertogenbosch",
    "é" * 300,
    "Only plain letters, and so many of them that they do not fit on one line of a message at all",
]


@pytest.mark.parametrize("policy", [email.policy.default, email.policy.SMTP])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_arrives_as_it_was_sent(subject, policy):
    sent = Message(subject=subject, body="Hello", to=["sanne@mail.example"]).message(policy=policy).as_bytes()

    read = BytesParser(policy=email.policy.default).parsebytes(sent)
    head = sent.partition(b"\n\n" if policy is email.policy.default else b"\r\n\r\n")[0].decode("ascii")
    assert read["Subject"] == subject
    assert max(map(len, head.splitlines())) <= 78
    assert "?==?" not in head
