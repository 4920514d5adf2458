"""Removing records with all that the database keeps of them: history, lines of the admin's log, dependants.

Only this module opens the append-only triggers, and only those of the tables at hand. Where the portal runs
under a role that may not touch such rows (see `granting`), only this module takes the role that may.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pgtrigger
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models.deletion import Collector

from bwob.privacy import labels

APPEND_ONLY = "append_only"
FORGETS = "_forgets"
"""Behind the name of the portal's role: the role that may change what is only ever added."""
FORGET_USER = models.Func(
    models.F("pgh_context"),
    template="jsonb_set(%(expressions)s, '{user}', 'null')",
    output_field=models.JSONField(),
)
TAKE_ROLE = """
    SELECT set_config('role', rolname, true) FROM pg_roles
    WHERE rolname = session_user || %s AND pg_has_role(session_user, oid, 'MEMBER')
"""
Model = type[models.Model]


@transaction.atomic
def forget(records: models.QuerySet) -> int:
    """Delete these records, what cascades from them, and every trace of both; the number of records."""
    collector = Collector(using=records.db, origin=records)
    collector.collect(records)
    gone = _keys_by_model(collector)
    with open_to_change(gone):
        collector.delete()
    for model, keys in gone.items():
        _forget_traces(model, keys)
    return sum(len(keys) for keys in gone.values())


def _keys_by_model(collector: Collector) -> dict[Model, list[Any]]:
    gone: dict[Model, list[Any]] = {}
    for model, instances in collector.data.items():
        gone.setdefault(model, []).extend(one.pk for one in instances)
    for queryset in collector.fast_deletes:
        gone.setdefault(queryset.model, []).extend(queryset.values_list("pk", flat=True))
    return gone


def _forget_traces(model: Model, keys: Collection[Any]) -> None:
    kind = ContentType.objects.get_for_model(model)
    LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).delete()
    for history in histories_of(model):
        drop(rows(history).filter(pgh_obj__in=keys))


def histories_of(model: Model) -> Iterator[Model]:
    return (one for one in labels.history_models() if one.pgh_tracked_model is model)  # type: ignore[attr-defined]


def rows(model: Model) -> models.QuerySet:
    """All rows of a table, also of one whose usual manager would join or leave out something."""
    return models.QuerySet(model)


def drop(protected: models.QuerySet) -> int:
    """Delete rows of an append-only table."""
    with open_to_change([protected.model]):
        return protected.delete()[0]


def overwrite(protected: models.QuerySet, **values: Any) -> int:
    """Change rows of an append-only table."""
    with open_to_change([protected.model]):
        return protected.update(**values)


@contextlib.contextmanager
def open_to_change(tables: Iterable[Model]) -> Iterator[None]:
    """Lift the append-only triggers of these tables, and no other trigger, for this connection.

    Whatever goes wrong inside ends the transaction, and the role with it.
    """
    wanted = set(tables)
    uris = [
        f"{model._meta.label}:{APPEND_ONLY}"
        for model, trigger in pgtrigger.registered()
        if model in wanted and trigger.name == APPEND_ONLY
    ]
    if not uris:  # without names pgtrigger would lift every trigger there is
        yield
        return
    with transaction.atomic(), pgtrigger.ignore(*uris), connection.cursor() as cursor:
        cursor.execute(TAKE_ROLE, [FORGETS])
        yield
        cursor.execute("SELECT set_config('role', 'none', true)")
