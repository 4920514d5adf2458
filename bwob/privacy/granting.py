"""What the role under which the portal runs may do in the database: less than the owner of the tables.

It reads and adds rows everywhere, and empties no table. Rows that are only ever added (history, reads,
consents, ballots) it cannot change or remove, whatever the code says. To erase what tells of a person
`forgetting` takes a second role, within one transaction. Ballots have no such road.
"""

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.db import connection, models, transaction
from psycopg import sql

from bwob.privacy.forgetting import APPEND_ONLY, FORGETS

FOREVER = "no_truncate"
"""The trigger on tables from which nothing is ever removed, not even to forget somebody."""


def with_trigger(name: str) -> set[type[models.Model]]:
    """The models that have a trigger of this name."""
    registered: Any = pgtrigger.registered()
    return {model for model, trigger in registered if trigger.name == name}


def statements(role: str) -> Iterator[sql.Composed]:
    """All that makes the rights of this role what they should be; it may run again after each migration."""
    names = {"web": sql.Identifier(role), "forgets": sql.Identifier(role + FORGETS)}
    for text in (
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {web}, {forgets}",
        "GRANT USAGE ON SCHEMA public TO {web}, {forgets}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}, {forgets}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}, {forgets}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {web}, {forgets}",
    ):
        yield sql.SQL(text).format(**names)
    for trigger, text in (
        (APPEND_ONLY, "REVOKE UPDATE, DELETE ON {table} FROM {web}"),
        (FOREVER, "REVOKE UPDATE, DELETE ON {table} FROM {forgets}"),
    ):
        for model in with_trigger(trigger):
            yield sql.SQL(text).format(table=sql.Identifier(model._meta.db_table), **names)


@transaction.atomic
def grant(role: str, password: str = "") -> None:
    """Make both roles if they are not there, and give them their rights, no more and no less.

    NOINHERIT: the rights of the second role count only for who takes it on purpose.
    """
    with connection.cursor() as cursor:
        for name in (role, role + FORGETS):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOINHERIT").format(sql.Identifier(name)))
        web, forgets = sql.Identifier(role), sql.Identifier(role + FORGETS)
        cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [role, role + FORGETS])
        if not cursor.fetchone()[0]:
            cursor.execute(sql.SQL("GRANT {} TO {}").format(forgets, web))
        if password:
            text = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(web, sql.Literal(password))
            cursor.execute(text)
        for statement in statements(role):
            cursor.execute(statement)
