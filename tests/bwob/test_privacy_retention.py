"""Rule R5: terms are data per organisation; the nightly job removes what is due, and can say so first."""

import datetime
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.people.models import AddressClaim, Submission, User
from bwob.privacy import erasing, forgetting, labels, reading, retention, tasks
from bwob.privacy.labels import Keep
from bwob.privacy.models import AccessLog, Farewell, KeepingTerm
from tests import make

pytestmark = pytest.mark.django_db


def days(number):
    return datetime.timedelta(days=number)


def found(name, findings):
    return next((finding.count, finding.oldest) for finding in findings if finding.name == name)


def one_of_everything(then):
    """A row of each kind that the kernel removes by itself, all of this moment."""
    user = make.person()
    User.objects.filter(pk=make.person("Never").pk).update(joined_at=then)
    User.objects.get(given_name="Never").emailaddress_set.update(verified=False)
    Submission.objects.create(user=user, made_at=then)
    AddressClaim.objects.create(
        user=user, email="a@b.example", organisation=make.organisation(), asked_at=then
    )
    Farewell.objects.create(email="a@b.example", language="nl", made_at=then)
    Session.objects.create(session_key="old", session_data="", expire_date=then)
    reading.record(make.staff(), [user], purpose="administration")
    forgetting.overwrite(AccessLog.objects.all(), seen_at=then)
    LogEntry.objects.create(user=user, action_flag=CHANGE, object_repr="x")
    LogEntry.objects.update(action_time=then)
    role = make.staff("manager").memberships.get()
    role.delete()
    forgetting.overwrite(forgetting.rows(type(role).pgh_event_model), pgh_created_at=then)


def what_is_left():
    models = [Submission, AddressClaim, Farewell, Session, AccessLog, LogEntry]
    left = {model.__name__: model.objects.count() for model in models}
    return left | {"Never": User.objects.filter(given_name="Never").count()}


def test_the_organisations_own_term_goes_before_the_default():
    utrecht, zwolle = make.organisation(), make.organisation("Gemeente Zwolle")
    KeepingTerm.objects.create(kind=Keep.APPLICATION, organisation=utrecht, days=14, source="own decision")
    assert retention.term(Keep.APPLICATION, zwolle) == days(28)

    KeepingTerm.objects.create(kind=Keep.APPLICATION, days=21, source="decision of the programme")

    assert retention.term(Keep.APPLICATION, utrecht) == days(14)
    assert retention.term(Keep.APPLICATION, zwolle) == days(21)
    assert retention.term(Keep.APPLICATION) == days(21)


def test_a_default_that_somebody_changed_is_kept_when_the_defaults_are_loaded():
    KeepingTerm.objects.create(kind=Keep.APPLICATION, days=35, source="decision of the programme")

    retention.load_default_terms()
    retention.load_default_terms()

    assert retention.term(Keep.APPLICATION, make.organisation()) == days(35)
    assert set(KeepingTerm.objects.values_list("kind", flat=True)) == set(retention.DEFAULTS)


def test_what_is_past_its_term_goes_with_its_history():
    one_of_everything(timezone.now() - days(400))

    retention.minimise()

    assert what_is_left() == dict.fromkeys(what_is_left(), 0)
    assert sum(finding.count for finding in retention.minimise(dry_run=True)) == 0


def test_what_is_within_its_term_stays():
    one_of_everything(timezone.now() + days(1))
    before = what_is_left()

    retention.minimise()

    assert what_is_left() == before == dict.fromkeys(before, 1)


def test_the_nightly_task_removes_too():
    one_of_everything(timezone.now() - days(400))

    tasks.minimise.func(timestamp=0)

    assert what_is_left() == dict.fromkeys(what_is_left(), 0)


def test_a_dry_run_counts_and_removes_nothing(capsys):
    then = timezone.now() - days(400)
    one_of_everything(then)
    before = what_is_left()

    call_command("minimise", "--dry-run")

    assert what_is_left() == before
    lines = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    assert ["1", f"{then:%Y-%m-%d}", "Views of personal data"] in lines
    assert ["2", f"{then:%Y-%m-%d}", "History of removed records: roles"] in lines
    assert lines[-1] == ["9", "would", "be removed"]


def test_an_account_in_which_somebody_signed_in_or_has_a_role_is_no_unconfirmed_account():
    long_ago = timezone.now() - days(400)
    for user in (make.person(last_login=long_ago), make.staff("programme")):
        user.emailaddress_set.all().delete()
    User.objects.update(joined_at=long_ago)

    assert found("Accounts never confirmed", retention.minimise()) == (0, None)


def test_history_of_a_record_that_is_there_stays():
    make.person()
    later = timezone.now() + days(4000)

    assert found("History of removed records: people", retention.minimise(now=later, dry_run=True)) == (
        0,
        None,
    )


def test_old_jobs_go_and_running_ones_stay():
    erasing.erase(make.person())
    erasing.erase(make.person("Kim"))
    first = ProcrastinateJob.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [first.pk])
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '8 days'")

    retention.minimise()

    assert not ProcrastinateJob.objects.filter(pk=first.pk).exists()
    assert ProcrastinateJob.objects.count() == 1


def goes_with(model: Any, ruled: set[Any]) -> bool:
    """Is it removed by a rule of its own, or with the record that it belongs to?"""
    owners = [
        field.related_model
        for field in model._meta.get_fields()
        if field.many_to_one and field.remote_field.on_delete is models.CASCADE
    ]
    return model in ruled or any(owner in ruled for owner in owners)


def test_every_kind_with_a_term_has_a_rule_that_removes_it():
    """What is kept as long as the account goes with the account; all else must go by itself."""
    ruled = {rule.due(timezone.now()).model for rule in retention.rules()}
    personal = [
        (model, of)
        for model in labels.all_models()
        if isinstance(of := labels.labels_of(model), labels.Personal)
    ]

    due = {model for model, of in personal if of.keep != Keep.ACCOUNT}
    assert {model for model in due if not goes_with(model, ruled)} == set()
    assert {of.keep for _model, of in personal} - {Keep.ACCOUNT} <= set(retention.DEFAULTS)


def test_a_rule_that_fails_stops_no_other_and_is_told(monkeypatch):
    def fail(moment):
        raise RuntimeError("no luck")

    broken = retention.Rule("broken", fail, "pk")
    monkeypatch.setattr(retention, "registered", [broken, *retention.registered])
    one_of_everything(timezone.now() - days(400))

    with pytest.raises(ExceptionGroup) as failed:
        retention.minimise()

    assert [str(one) for one in failed.value.exceptions] == ["no luck"]
    assert what_is_left() == dict.fromkeys(what_is_left(), 0)


def test_many_rows_go_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    user = make.person()
    Submission.objects.bulk_create(Submission(user=user, made_at=timezone.now() - days(60)) for _ in range(5))

    retention.minimise()

    assert not Submission.objects.exists()
