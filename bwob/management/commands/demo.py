"""`./portal demo`: assets, database, demo data, a task worker and gunicorn, until Ctrl-C."""

import shutil
import socket
import sys
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.wsgiapp import run as gunicorn

from bwob import assets
from bwob.demo import accounts, machine, mailbox, running
from bwob.people.models import User


class Command(BaseCommand):
    help = "Run the portal with demo data. Everything it keeps stands in .data/; --fresh begins anew."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's name and shape

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=machine.PORT)
        parser.add_argument("--rows", type=int, default=0, help="add this many synthetic exchanges, for load")
        parser.add_argument("--fresh", action="store_true", help="throw away the demo's data first")

    def handle(self, *, port: int, rows: int, fresh: bool, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("BWOB_MODE is not demo, so this would write demo data into a real portal.")
        if _is_taken(port):
            raise CommandError(f"Port {port} is in use. Choose another one with --port.")
        if _is_a_real_portal():
            raise CommandError("DATABASE_URL names a database with people in it that are not the demo's.")
        assets.build_if_stale()
        _collect_static()
        if fresh:
            _forget_everything()
        _migrate()
        _fill(rows)
        run(port, self.stdout.write)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_a_real_portal() -> bool:
    """Has this database accounts, but not the demo's? Then nothing here may touch it."""
    if User._meta.db_table not in connection.introspection.table_names():
        return False
    people = User._base_manager.all()
    return people.exists() and not people.filter(email=accounts.ACCOUNTS[0].email).exists()


def _collect_static() -> None:
    """Collect again only when a source is newer than the manifest: it takes seconds."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists() or manifest.stat().st_mtime < assets.BUILT.stat().st_mtime:
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        call_command("collectstatic", interactive=False, verbosity=0)


def _forget_everything() -> None:
    mailbox.clear()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
        call_command("createcachetable")


def _fill(rows: int) -> None:
    """Each line that has a `sample` package fills its own part, once."""
    if not User._base_manager.exists():
        for app in apps.get_app_configs():
            if (settings.BASE_DIR / app.label / "sample" / "loading.py").exists():
                import_module(f"{app.name}.sample.loading").load()
    if rows:
        import_module("mobility.sample.synthetic").make_rows(rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def run(port: int, say: Any) -> None:
    """Keep the web server and the task worker alive as children, until Ctrl-C."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # its threads would not survive the fork
    say(f"\nThe portal runs at {settings.ORIGIN}/  (English: /en/). Stop it with Ctrl-C.")
    say(f"Sign in with one of these, password {accounts.PASSWORD}:")
    for account in accounts.ACCOUNTS:
        say(f"  {account.email:30} {account.description}")
    say(f"All mail that it sends: {settings.ORIGIN}/demo/post/\n")
    if not running.keep_alive([lambda: _serve(port), _work]):
        raise CommandError("A part of the portal ended at once; what it said stands above.")


def _serve(port: int) -> None:
    words = [f"--bind=127.0.0.1:{port}", "--preload", "--workers=2", "--worker-class=gthread", "--threads=4"]
    sys.argv = ["gunicorn", "bwob.wsgi", *words, "--log-level=warning", "--graceful-timeout=5"]
    gunicorn()


def _work() -> None:
    call_command("procrastinate", "worker", "--concurrency=2")
