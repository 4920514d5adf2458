"""The outbox: every mail has a subject and a body, says why one gets it, and names the portal's address."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.template.loader import render_to_string
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

FOLDERS = [settings.BASE_DIR / "templates" / name / "email" for name in ("people", "privacy")]
TEMPLATES = [path for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]


class BrokenBackend(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages):
        raise OSError("no mail server")


def deliver(*, again=False):
    """Carry out every job that waits, as the worker would; `again` also the done ones, as after a crash."""
    if again:
        mark("todo", "succeeded")
    while job := ProcrastinateJob.objects.filter(status="todo").order_by("pk").first():
        app.tasks[job.task_name].func(**job.args)
        mark("succeeded", "todo", job.pk)


def mark(status, before, number=None):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status"
            " WHERE status = %s::procrastinate_job_status AND (%s::bigint IS NULL OR id = %s)",
            [status, before, number, number],
        )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_mail_has_a_subject_and_says_why_one_gets_it(path: Path):
    template = str(path.relative_to(settings.BASE_DIR / "templates"))
    context = {
        "name": "Anne-Fleur d'Ancona & co",
        "change": "c",
        "origin": "ORIGIN",
        "organisation": "d'Office",
    }

    subject = render_to_string(f"{template}#subject", context)
    body = render_to_string(f"{template}#body", context)

    assert 5 < len(subject.strip()) < 80
    assert "You get this mail because" in body
    assert "ORIGIN" in body
    assert "&#x27;" not in body + subject
    assert "&amp;" not in body + subject


def test_there_are_mails_to_test():
    assert len(TEMPLATES) >= 9
