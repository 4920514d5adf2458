"""Is the portal alive, and is it ready for visitors? For balancers and watchmen, without sign-in
(`/gezond/`).
"""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob


@login_not_required
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks no database: a process must not be restarted because PostgreSQL is away."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """What every page needs is there; otherwise 503, with the first thing that is missing."""
    missing = next((name for name, is_there in NEEDS.items() if not answers(is_there)), None)
    if missing:
        content = {"status": "not ready", "missing": missing}
        return JsonResponse(content, status=503, headers={"Retry-After": "5"})
    return JsonResponse({"status": "ok"})


def answers(is_there: Callable[[], bool]) -> bool:
    try:
        return is_there()
    except Error:
        return False


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def migrations_are_applied() -> bool:
    """False while a release still migrates, or when the code is newer than the database."""
    return newest_migrations() <= MigrationRecorder(connection).applied_migrations().keys()


@functools.cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app in this release; each rests on all before it."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def queue_takes_tasks() -> bool:
    ProcrastinateJob.objects.exists()
    return True


NEEDS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "queue": queue_takes_tasks,
}
