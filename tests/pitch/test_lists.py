"""Every list of PITCH takes as many statements with three rows as with one."""

import datetime

import pgtrigger
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pitch import audience, deliberating
from pitch.models import Edition
from tests import make
from tests.pitch import editions

pytestmark = pytest.mark.django_db
STATEMENTS = {
    "editions visitor": 3,
    "edition visitor": 11,
    "entries visitor": 2,
    "result visitor": 7,
    "result_table visitor": 4,
    "hall visitor": 4,
    "vote visitor": 4,
    "queue juror": 7,
    "judge juror": 7,
    "office secretary": 19,
    "final secretary": 10,
    "vote_cards secretary": 8,
    "outcome team": 10,
    "admin edition": 6,
    "admin rules": 5,
    "admin part": 8,
    "admin entry": 6,
    "admin juror": 8,
    "admin audienceround": 5,
    "API": 1,
    "API edition": 4,
}


def statements(client: Client, path: str) -> int:
    """Of the second time, when the process knows what it keeps."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len([one for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]])


def test_a_ballot_takes_four_statements_and_no_task(client):
    """Session, account, place on the pile, and all that is written; in a transaction of its own."""
    round_ = editions.up_to("judging")
    page = reverse("pitch:judge", args=["pitch-2026", round_.pile(round_.jury[0])[0].entry.number])
    client.force_login(round_.jury[0])
    facts = {"interest": "no", "score_c1": 4, "score_c2": 4, "motivation": "Well.", "after": 0}
    client.post(page, facts)

    with CaptureQueriesContext(connection) as captured:
        assert client.post(page, facts | {"after": 1}).status_code == 302

    taken = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(taken) == 4
    assert not any("procrastinate" in one for one in taken)


def signed_in(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.mark.parametrize("rows", [1, 3])
def test_every_list_takes_as_many_statements(rows):
    cache.clear()
    for number in range(rows):
        editions.bare(f"pitch-19{number}").move_to("fixed", by=None)
        ended(editions.bare(f"pitch-18{number}"))
    judged = editions.up_to("judging", plans=rows, jurors=3, is_sealed=False)
    audience.prepare(judged.fresh(), finalists=judged.plans, codes=rows)
    audience.open_for(judged.fresh(), datetime.timedelta(minutes=5))
    counted = editions.up_to("opened", plans=rows, jurors=3, slug="pitch-2025")
    publish(counted)

    found = on_the_site(judged, counted) | elsewhere()

    assert found == STATEMENTS


def ended(edition: Edition) -> None:
    with pgtrigger.ignore("pitch.Edition:moves"):
        Edition.objects.filter(pk=edition.pk).update(state="ended")


def publish(round_: editions.Round) -> None:
    edition, chair = round_.fresh(), round_.chair
    deliberating.begin(edition, by=chair)
    winner = round_.plans[0]
    deliberating.decide(edition, winner=winner, honourable=[], words="Well.", deviation="", by=chair)
    deliberating.publish(edition, by=chair)


def on_the_site(judged: editions.Round, counted: editions.Round) -> dict[str, int]:
    clients = {
        "visitor": Client(headers={"accept-language": "en"}),
        "juror": signed_in(judged.jury[0]),
        "secretary": signed_in(judged.secretary),
        "team": signed_in(counted.plans[0].lead),
    }
    return {
        f"{name} {who}": statements(clients[who], reverse(f"pitch:{name}", args=keys))
        for who, name, keys in (
            ("visitor", "editions", []),
            ("visitor", "edition", ["pitch-2026"]),
            ("visitor", "entries", ["pitch-2026"]),
            ("visitor", "result", ["pitch-2025"]),
            ("visitor", "result_table", ["pitch-2025"]),
            ("visitor", "hall", ["pitch-2026"]),
            ("visitor", "vote", ["pitch-2026"]),
            ("juror", "queue", ["pitch-2026"]),
            ("juror", "judge", ["pitch-2026", 1]),
            ("secretary", "office", ["pitch-2026"]),
            ("secretary", "final", ["pitch-2026"]),
            ("secretary", "vote_cards", ["pitch-2026"]),
            ("team", "outcome", [counted.plans[0].key]),
        )
    }


def elsewhere() -> dict[str, int]:
    """In the administration and the open API."""
    office, visitor = signed_in(make.staff("programme")), Client()
    lists = ("edition", "rules", "part", "entry", "juror", "audienceround")
    found = {f"admin {name}": statements(office, reverse(f"admin:pitch_{name}_changelist")) for name in lists}
    found["API"] = statements(visitor, "/api/v1/pitch-editions")
    found["API edition"] = statements(visitor, "/api/v1/pitch-editions/pitch-2025")
    return found
