"""The role under which the portal runs: it reads and adds, and cannot change what is only ever added."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from bwob.people.models import User
from bwob.privacy import erasing, granting, reading
from bwob.privacy.forgetting import APPEND_ONLY, FORGETS
from bwob.privacy.models import AccessLog
from pitch.models import Ballot
from tests import make
from tests.pitch import editions

ADDED_ONLY = sorted(model._meta.db_table for model in granting.with_trigger(APPEND_ONLY))
FOREVER = ["pitch_audiencevote", "pitch_ballot", "pitch_receipt"]


@pytest.fixture
def role(settings) -> Iterator[str]:
    """Roles belong to the whole server, so each test database has one of its own, and takes it away again."""
    name = f"{settings.DATABASES['default']['NAME']}_web"
    yield name
    with connection.cursor() as cursor:
        for one in (name, name + FORGETS):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [one])
            if cursor.fetchone():
                cursor.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(one)))


def refused(db: psycopg.Connection, statement: str) -> bool:
    """Rights are looked at before the first row, so the tables may be empty."""
    try:
        with db.transaction(force_rollback=True):
            db.execute(statement.encode())
    except InsufficientPrivilege:
        return True
    return False


@pytest.mark.django_db(transaction=True)
def test_who_signs_in_as_this_role_changes_nothing_that_is_only_ever_added(role, monkeypatch, capsys):
    """Nor does lifting the triggers help, which any role may do; and ballots stay for the second role too."""
    monkeypatch.setenv("WEB_PASSWORD", "of this test")
    call_command("webrole", role)
    call_command("webrole", role)
    facts = connection.get_connection_params()
    address = {name: facts[name] for name in ("dbname", "host", "port") if name in facts}

    with psycopg.connect(**address, user=role, password="of this test") as db:
        db.execute("SELECT set_config('pgtrigger.ignore', '{}', false)")
        for table in [*ADDED_ONLY, "django_migrations"]:
            assert refused(db, f"DELETE FROM {table}"), table  # noqa: S608
        for table in ADDED_ONLY:
            column = "pgh_label" if table.endswith("event") else "id"
            assert refused(db, f"UPDATE {table} SET {column} = {column}"), table  # noqa: S608
        for table in [*ADDED_ONLY, "people_user", "pitch_edition"]:
            assert refused(db, f"TRUNCATE {table} CASCADE"), table
        assert refused(db, "ALTER TABLE pitch_ballot DISABLE TRIGGER ALL")
        assert refused(db, "CREATE TABLE mine (id int)")
        assert not refused(db, "UPDATE people_user SET language = language")
        assert not refused(db, "DELETE FROM people_user")
        db.execute(f"SET ROLE {role}{FORGETS}")
        for table in FOREVER:
            assert refused(db, f"DELETE FROM {table}"), table  # noqa: S608
            assert refused(db, f"UPDATE {table} SET id = id"), table  # noqa: S608
        assert not refused(db, "DELETE FROM people_userevent")
    assert set(FOREVER) < set(ADDED_ONLY)
    assert role in capsys.readouterr().out


@pytest.mark.django_db
def test_under_this_role_ballots_are_cast_reads_are_logged_and_a_person_is_erased(role):
    """And what is opened for the erasure is shut again behind it."""
    round_ = editions.up_to("judging")
    person, adviser = make.person(works_at=make.organisation()), make.staff()
    granting.grant(role)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(role)))

        editions.vote(round_.pile()[0])
        reading.record(adviser, [person], purpose="administration")
        erasing.erase(person)

        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (role,)
        cursor.execute("RESET SESSION AUTHORIZATION")
    assert Ballot.objects.count() == 1
    assert not User.objects.filter(pk=person.pk).exists()
    assert not AccessLog.objects.exists()
