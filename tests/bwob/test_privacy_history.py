"""Rules R3 and R4: history and read log take additions only, and history catches every kind of write."""

import pytest
from django.db import ProgrammingError, connection, transaction

from bwob.people.models import Membership, User, WorkAddress
from bwob.privacy import reading
from bwob.privacy.models import AccessLog
from mobility.models import Application, Exchange
from tests import make

pytestmark = pytest.mark.django_db


def record_of(model):
    makers = {
        User: make.person,
        Application: make.application,
        Exchange: make.exchange,
        Membership: lambda: make.staff().memberships.get(),
        WorkAddress: lambda: make.person(works_at=make.organisation()).work_address,
    }
    return makers[model]()


TEXTS = {
    User: "given_name",
    Application: "motivation",
    Exchange: "summary",
    Membership: "role",
    WorkAddress: "email",
}


def by_save(record, name):
    setattr(record, name, "manager")
    record.save()


def by_update(record, name):
    type(record).objects.filter(pk=record.pk).update(**{name: "manager"})


def in_bulk(record, name):
    setattr(record, name, "manager")
    type(record).objects.bulk_update([record], [name])


def by_raw_sql(record, name):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {name} = 'manager'")  # noqa: S608


def by_delete(record, name):
    type(record).objects.filter(pk=record.pk).delete()


@pytest.mark.parametrize("write", [by_save, by_update, in_bulk, by_raw_sql])
@pytest.mark.parametrize("model", TEXTS)
def test_history_catches_every_kind_of_change(model, write):
    record = record_of(model)
    name = TEXTS[model]
    before = getattr(record, name)

    write(record, name)

    kept = record.events.order_by("pgh_id").values_list("pgh_label", name)
    assert list(kept) == [("insert", before), ("update", "manager")]


@pytest.mark.parametrize(
    "model",
    [
        User,
        Membership,
        WorkAddress,
        Application,
        Exchange,
    ],
)
def test_history_catches_deletion(model):
    record = record_of(model)
    events = model.pgh_event_model.objects.filter(pgh_obj=record.pk)

    by_delete(record, "")

    assert list(events.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete"]


def view_of_somebody():
    reading.record(make.staff(), [make.person()], purpose="administration")
    return AccessLog.objects.get()


def event_of_somebody():
    return make.person().events.get()


TEXT_OF = {AccessLog: "what", User.pgh_event_model: "email"}


def by_raw_delete(record, name):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {record._meta.db_table}")  # noqa: S608


def by_raw_update(record, name):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {name} = 'x'")  # noqa: S608


@pytest.mark.parametrize(
    "write",
    [by_save, by_update, in_bulk, by_raw_update, by_delete, by_raw_delete, lambda row, name: row.delete()],
)
@pytest.mark.parametrize("made", [view_of_somebody, event_of_somebody])
def test_history_and_read_log_take_additions_only(made, write):
    row = made()

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        write(row, TEXT_OF[type(row)])
