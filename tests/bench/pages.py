"""The pages that are measured, each with the page of the floor it stands against and how much it may cost."""

import dataclasses
import itertools

from django.test import Client
from django.urls import reverse
from django.utils import translation

from bwob.people.models import User
from mobility.models import Exchange

WORDS = ["adviseur", "project", "beleid", "vergunning", "data", "water", "jeugd", "communicatie"]
FILTERS = ["", "&kind=secondment", "&tier=municipality", "&hours=25-32&duration=year"]
THEN = "?month=1990-06"  # `filling` gives it 60 networks, and 1,000 to today
SEARCHES = [f"?q={word}{chosen}" for word, chosen in itertools.product(WORDS, FILTERS)]


@dataclasses.dataclass(frozen=True)
class Page:
    """`app` and `database` say how many times the processor time of the floor's page it may use at most;
    `queries` how many statements. None: no target was set. With `base` it stands against these pages of the
    portal instead, which `floor` then only names.
    """

    name: str
    addresses: list[str]
    floor: str
    account: str = ""
    app: float | None = None
    database: float | None = None
    queries: int | None = None
    base: list[str] = dataclasses.field(default_factory=list)

    def floor_addresses(self) -> list[str]:
        return self.base or [f"/{self.floor}?q={word}" for word in WORDS]


def pages() -> list[Page]:
    with translation.override("nl"):
        search, shown = reverse("mobility:exchanges"), an_exchange()
        networks = reverse("networks:networks")
        office = reverse("admin:mobility_exchange_changelist")
        searches = [search + query for query in SEARCHES]
        return [
            Page("search", searches, "facets", app=1.5, database=1.25, queries=4),
            Page("search, signed in", searches, "facets", "deelnemer@demo.example", app=1.8, queries=6),
            Page("search without words", [search], "facets", queries=4),
            Page("front page", [reverse("home")], "search", queries=4),
            Page("exchange", [shown.get_absolute_url()], "search", queries=4),
            Page("overview", [reverse("dashboard")], "search", "deelnemer@demo.example", queries=8),
            Page("HR inbox", [inbox()], "search", "hr-a@demo.example", app=8, queries=8),
            Page("admin list", [office], "search", "programma@demo.example", app=8),
            Page("networks map", [networks], "60 networks", app=1.5, queries=4, base=[f"{networks}{THEN}"]),
            Page("API list", [f"/api/v1/exchanges?q={word}" for word in WORDS], "search", queries=2),
        ]


def an_exchange() -> Exchange:
    return Exchange.objects.open().order_by("pk")[0]


def inbox() -> str:
    """Of the exchange of hr-a's organisation with the most applications."""
    hr = User.objects.get(email="hr-a@demo.example")
    rows = Exchange.objects.manageable_by(hr).filter(applications__submitted_at__isnull=False)
    return reverse("mobility:inbox", args=[rows.order_by("pk")[0].slug])


def cookie_of(account: str) -> str:
    if not account:
        return ""
    client = Client()
    client.force_login(User.objects.get(email=account))
    return f"session={client.cookies['session'].value}"
