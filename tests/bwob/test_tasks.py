"""A worker that dies leaves its job to another."""

from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.tasks import retry_stalled
from mobility import deciding
from tests import make

pytestmark = pytest.mark.django_db


def begun(job: ProcrastinateJob, *, seconds_ago: int) -> None:
    """A worker took this job, and was last heard of so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
            " RETURNING id",
            [seconds_ago],
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job.pk]
        )


@pytest.mark.parametrize(("seconds_ago", "status"), [(120, "todo"), (2, "doing")])
def test_the_job_of_a_worker_that_died_waits_for_another_and_that_of_a_live_one_is_left(seconds_ago, status):
    deciding.invite(make.application(), by=make.staff())
    job = ProcrastinateJob.objects.get()
    begun(job, seconds_ago=seconds_ago)

    async_to_sync(retry_stalled.func)(SimpleNamespace(app=app), 0)

    assert ProcrastinateJob.objects.get(pk=job.pk).status == status
