"""The outbox: every mail has a subject and a body, says why one gets it, and no job holds an address."""

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


class BrokenBackend(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages):
        raise OSError("no mail server")


def deliver():
    """Carry out every job that waits, as the worker would, jobs that these enqueue included. Return the names."""
    done = []
    while job := ProcrastinateJob.objects.filter(status="todo").exclude(pk__in=done).order_by("pk").first():
        done.append(job.pk)
        app.tasks[job.task_name].func(**job.args)
    return [job.task_name for job in ProcrastinateJob.objects.filter(pk__in=done).order_by("pk")]
