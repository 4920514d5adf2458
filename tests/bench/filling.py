"""The data that is measured on: the demo's sample content and many synthetic exchanges."""

from django.core.management import call_command
from django.db import connection

from bwob import assets
from bwob.people.models import User
from mobility.models import Exchange
from mobility.sample import loading, synthetic


def fill(rows: int, open_percent: int) -> None:
    """Bring the database of the bench to so many exchanges; what is there from a run before is used again."""
    assets.build_if_stale()
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    if not User._base_manager.exists():
        loading.load()
    there = Exchange.objects.filter(source=synthetic.SOURCE)
    is_as_asked = there.count() == rows and abs(there.open().count() * 100 / rows - open_percent) < 5
    if not is_as_asked:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM mobility_exchange WHERE source = %s", [synthetic.SOURCE])
        synthetic.make_rows(rows, open_percent=open_percent)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
