"""The data that is measured on: the demo's sample content and many synthetic exchanges."""

import datetime
import itertools

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bwob import assets
from bwob.organisations.models import Place
from bwob.people.models import User
from mobility.models import Exchange
from mobility.sample import loading, synthetic
from networks.models import Network, Partnership

FEW_NETWORKS, MANY_NETWORKS = 60, 1_000
LONG_AGO, RECENTLY = datetime.date(1990, 1, 1), datetime.date(2020, 1, 1)


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
    fill_networks()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_networks(few: int = FEW_NETWORKS, many: int = MANY_NETWORKS) -> None:
    """So many networks of today, of which a few stood on the map in `LONG_AGO` already, and their ties."""
    if Network.objects.filter(source=synthetic.SOURCE).count() == many:
        return
    places, kinds = list(Place.objects.order_by("code")), Network.Kind.values
    made = Network.objects.bulk_create(
        Network(
            name=f"Netwerk {number}",
            sort_name=f"netwerk {number}",
            slug=f"netwerk-{number}",
            kind=kinds[number % len(kinds)],
            summary="Voorbeeld",
            themes=["learning"],
            place=(place := places[number % len(places)]),
            latitude=place.latitude + number % 7 * 0.004,
            longitude=place.longitude + number % 5 * 0.005,
            source=synthetic.SOURCE,
            starts_on=LONG_AGO if number % (many // few) == 0 else RECENTLY,
        )
        for number in range(many)
    )
    now = timezone.now()
    Partnership.objects.bulk_create(
        Partnership(network=one, other=other, confirmed_by_network_at=now, starts_on=one.starts_on)
        for one, other in itertools.pairwise(made[:: many // few])
    )
