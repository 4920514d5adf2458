"""Settings come from the environment alone: what is missing, unknown or misspelt stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from bwob import environment


def test_an_unknown_name_stops_the_start_and_the_known_ones_are_listed(monkeypatch):
    monkeypatch.setenv("BWOB_HOST", "bwob.example")

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.refuse_unknown_names()

    assert str(refusal.value) == f"Unknown setting BWOB_HOST. Known are: {', '.join(environment.KNOWN)}."


def test_known_names_and_those_of_others_are_accepted(monkeypatch):
    monkeypatch.setenv("BWOB_HOSTS", "bwob.example")
    monkeypatch.setenv("HOME", "/nowhere")

    environment.refuse_unknown_names()


def test_a_missing_value_is_named_with_its_meaning(monkeypatch):
    monkeypatch.delenv("BWOB_SMTP_HOST", raising=False)

    with pytest.raises(
        ImproperlyConfigured, match=r"^The environment must set BWOB_SMTP_HOST \(mail server\)\.$"
    ):
        environment.text("BWOB_SMTP_HOST")


@pytest.mark.parametrize(("given", "read"), [("yes", True), ("no", False)])
def test_a_flag_is_yes_or_no(monkeypatch, given, read):
    monkeypatch.setenv("BWOB_SMTP_TLS", given)

    assert environment.flag("BWOB_SMTP_TLS", default=True) is read


@pytest.mark.parametrize("given", ["true", "1", "", "Yes"])
def test_any_other_flag_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("BWOB_SMTP_TLS", given)

    with pytest.raises(ImproperlyConfigured, match="it must be one of: yes, no"):
        environment.flag("BWOB_SMTP_TLS", default=True)


@pytest.mark.parametrize("given", ["many", "-1", "1.5", ""])
def test_a_number_is_whole(monkeypatch, given):
    monkeypatch.setenv("BWOB_PROXIES", given)

    with pytest.raises(ImproperlyConfigured, match=r"it must be a whole number\.$"):
        environment.number("BWOB_PROXIES", 0)


def test_words_are_separated_by_commas_and_trimmed(monkeypatch):
    monkeypatch.setenv("BWOB_HOSTS", "bwob.example, www.bwob.example,")

    assert environment.words("BWOB_HOSTS") == ["bwob.example", "www.bwob.example"]


def test_the_database_address_may_name_several_hosts(monkeypatch):
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://portal:secret@one,two:5433/bwob?target_session_attrs=read-write"
    )

    assert environment.database() == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "bwob",
        "USER": "portal",
        "PASSWORD": "secret",
        "HOST": "one,two",
        "PORT": ",5433",
        "OPTIONS": {"target_session_attrs": "read-write"},
    }


def test_an_address_that_is_no_postgresql_stops_the_start(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://portal@one/bwob")

    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL is not a PostgreSQL address"):
        environment.database()
