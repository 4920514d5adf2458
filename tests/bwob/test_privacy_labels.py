"""Rule R5: every table and every field says what it holds about people."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.test.utils import isolate_apps
from procrastinate.contrib.django import app as procrastinate_app

from bwob.privacy import labels
from bwob.privacy.labels import Impersonal, Keep, Personal
from mobility.models import Application, Exchange


def personal(**facts):
    return Personal(person=facts.pop("person", "user"), purpose="test", keep=Keep.ACCOUNT, **facts)


def record_about_somebody(privacy, key=None):
    """A model made for one test, with the fields id, user and note."""
    key = key or models.ForeignKey(get_user_model(), models.CASCADE, related_name="+")
    attributes = {
        "__module__": "bwob.privacy.models",
        "privacy": privacy,
        "user": key,
        "note": models.TextField(),
        "Meta": type("Meta", (), {"app_label": "privacy"}),
    }
    return type("Record", (models.Model,), attributes)


def problems(model):
    return [problem.id for problem in labels.problems_of(model)]


def test_every_model_of_the_portal_and_of_its_packages_is_labelled():
    assert labels.unlabelled_fields() == []


@pytest.mark.django_db
def test_every_table_and_column_of_the_database_is_labelled_or_declared_impersonal():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        there = set(cursor.fetchall())
    known = {
        (model._meta.db_table, field.column)
        for model in (*labels.all_models(), *labels.history_models())
        for field in model._meta.concrete_fields
        if labels.labels_of(model)
    }

    unknown = {pair for pair in there if pair not in known and pair[0] not in labels.TABLES}

    assert unknown == set()


@isolate_apps("bwob.privacy")
@pytest.mark.parametrize(
    ("privacy", "expected"),
    [
        (None, ["privacy.E001", "privacy.E006"]),
        (personal(technical={"id", "user"}), ["privacy.E002"]),
        (personal(technical={"id", "user"}, words={"note", "nota"}), ["privacy.E003"]),
        (personal(technical={"id", "user"}, words={"note"}, trail={"note"}), ["privacy.E004"]),
        (
            personal(person="note", technical={"id"}, words={"note"}, work={"user"}),
            ["privacy.E006", "privacy.E005"],
        ),
        (
            personal(person="nobody", technical={"id", "user"}, words={"note"}),
            ["privacy.E006", "privacy.E005"],
        ),
        (Impersonal("names somebody, and cannot forget"), ["privacy.E006"]),
        (personal(technical={"id", "user"}, words={"note"}), []),
    ],
)
def test_the_check_names_what_is_wrong(privacy, expected):
    assert problems(record_about_somebody(privacy)) == expected


@isolate_apps("bwob.privacy")
def test_a_field_with_many_records_needs_a_label_and_its_table_has_the_same_person():
    record = record_about_somebody(personal(technical={"id", "user"}, words={"note"}))
    attributes = {
        "__module__": "bwob.privacy.models",
        "privacy": personal(technical={"id", "user"}),
        "user": models.ForeignKey(get_user_model(), models.CASCADE, related_name="+"),
        "records": models.ManyToManyField(record, related_name="+"),
        "Meta": type("Meta", (), {"app_label": "privacy"}),
    }
    owner = type("Owner", (models.Model,), attributes)

    link = labels.labels_of(owner.records.through)

    assert problems(owner) == ["privacy.E002"]
    assert link.person == "owner__user"
    assert problems(owner.records.through) == []


def test_history_has_the_labels_of_what_it_keeps():
    assert labels.labels_of(Application.pgh_event_model) is Application.privacy


def test_an_exchange_only_mentions_its_contact_and_an_application_is_about_its_applicant():
    assert [key.name for key in labels.mentions(Exchange)] == ["contact"]
    assert labels.mentions(Application) == []


def test_tasks_are_given_numbers_only():
    """A job keeps what it was given, so no address or name may be handed to a task."""
    ours = [
        task for task in procrastinate_app.tasks.values() if task.func.__module__.startswith(labels.OWN_APPS)
    ]
    given = {
        (task.name, name): kind
        for task in ours
        for name, kind in task.func.__annotations__.items()
        if name not in ("context", "return", "message")
    }

    assert len(ours) >= 3
    assert {pair: kind for pair, kind in given.items() if kind is not int} == {}


def test_the_packages_that_are_labelled_are_really_there():
    assert [
        name
        for name in labels.PACKAGES
        if name not in {m._meta.label for m in apps.get_models(include_auto_created=True)}
    ] == []
