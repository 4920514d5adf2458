"""`/.well-known/security.txt` as RFC 9116 wants it."""

import datetime

from django.utils import timezone


def fields(client) -> list[list[str]]:
    response = client.get("/.well-known/security.txt")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return [line.split(": ", 1) for line in response.content.decode().splitlines()]


def test_it_says_whom_to_tell_in_which_languages_and_where_it_stands(client, settings):
    settings.ORIGIN = "https://bwob.example"

    contents = dict(fields(client))

    assert contents.pop("Expires")
    assert contents == {
        "Contact": "mailto:security@bwob.example",
        "Preferred-Languages": "nl, en",
        "Canonical": "https://bwob.example/.well-known/security.txt",
    }


def test_each_field_stands_once(client):
    names = [name for name, _value in fields(client)]

    assert len(names) == len(set(names))


def test_it_expires_within_a_year_and_not_soon(client):
    expires = datetime.datetime.fromisoformat(dict(fields(client))["Expires"])

    left = expires - timezone.now()

    assert datetime.timedelta(days=90) < left < datetime.timedelta(days=365)
