"""Which messages of `mobility/emails.py` wait in the outbox."""

from procrastinate.contrib.django.models import ProcrastinateJob

from mobility.models import Application


def told(application: Application) -> list[str]:
    """The messages about this application that a worker will send, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name="mobility.tasks.tell").order_by("pk")
    return [job.args["message"] for job in jobs if job.args["application_id"] == application.pk]
