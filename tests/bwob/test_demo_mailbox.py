"""The demo's mail: newest first, by its own names only, and nowhere but in the demo."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from bwob.demo import mailbox
from bwob.mail import Message


@pytest.fixture
def letters(tmp_path, monkeypatch):
    """Three letters, the last of them the newest."""
    monkeypatch.setattr(mailbox, "FOLDER", tmp_path)
    backend = mailbox.MailboxBackend()
    for subject in ("first", "second", "Zoë schrijft: “dag”"):
        backend.send_messages([Message(subject=subject, body=f"Dear {subject}", to=["sanne@mail.example"])])
    return mailbox.letters()


def test_the_newest_letter_stands_on_top_and_has_its_text(letters):
    newest = mailbox.read(letters[0].name)

    assert [letter.subject for letter in letters] == ["Zoë schrijft: “dag”", "second", "first"]
    assert (newest.to, newest.body.strip()) == ("sanne@mail.example", "Dear Zoë schrijft: “dag”")


@pytest.mark.parametrize(
    "name", ["../secret-key", "1-0", "1795516359022737030-0", "1795516359022737030-0.eml"]
)
def test_no_other_file_is_shown(letters, rf, name):
    request = rf.get("/demo/post/")
    request.user = AnonymousUser()

    with pytest.raises(Http404):
        mailbox.demo_message(request, name)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/demo/post/", "/en/demo/post/", "/demo/post/1795516359022737030-0/"])
def test_outside_the_demo_there_is_no_such_page(client, address):
    assert client.get(address).status_code == 404
