"""Before the ballots are opened nobody learns a score: not from a page, a list, a header, a file, a log.

The pages are compared between two worlds that differ in nothing but the scores: whatever differs would tell.
"""

import io
import re
import zipfile
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from bwob.people.models import User
from bwob.privacy import exporting
from pitch import audience, secretariat
from pitch.models import Edition
from tests import make
from tests.pitch import editions

pytestmark = pytest.mark.django_db
CHANGING = re.compile(r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|\b\d{1,2}:\d\d\b')
OF_THE_REQUEST = {"X-Request-Id", "Set-Cookie", "Expires"}
CANARY = "Kanariewoordzq"
"""In the motivation: the one thing on a ballot that can be looked for everywhere."""

Seen = dict[tuple[str, str], tuple[int, dict[str, str], str]]


def addresses(round_: editions.Round) -> dict[str, list[str]]:
    """Where each of them looks: everywhere where something of the jury or its ballots might show."""
    slug, plan = round_.edition.slug, round_.plans[0]

    def pages(*names: str, key: object = slug) -> list[str]:
        return [reverse(f"pitch:{name}", args=[key]) for name in names]

    office = pages("office", "final", "result", "deliberation") + pages("admit", "outcome", key=plan.key)
    lists = ["edition", "rules", "part", "entry", "juror", "audienceround"]
    return {
        "visitor": [
            *pages("edition", "entries", "result", "result_table", "ballots", "hall", "vote"),
            *pages("entry", key=plan.key),
            *(reverse(name) for name in ("pitch:editions", "home")),
            *("/api/v1/pitch-editions", f"/api/v1/pitch-editions/{slug}", "/sitemap.xml"),
        ],
        "who cast": [*pages("queue", "result"), reverse("pitch:judge", args=[slug, 1]), reverse("dashboard")],
        "another member": [*pages("queue", "result"), *(reverse("pitch:judge", args=[slug, 1]),)],
        "team": [*pages("result"), *pages("entry", "outcome", key=plan.key), reverse("dashboard")],
        "secretary": [*office, reverse("dashboard")],
        "chair": [*office, *pages("result_table", "ballots"), reverse("dashboard")],
        "holder": [*pages("keys", "result", "edition"), reverse("dashboard")],
        "programme": [
            *office,
            *(reverse(f"admin:pitch_{name}_changelist") for name in lists),
            reverse("admin:pitch_entry_history", args=[plan.pk]),
            reverse("admin:pitch_edition_history", args=[round_.edition.pk]),
        ],
    }


def people(round_: editions.Round) -> dict[str, Client]:
    users = {
        "visitor": None,
        "who cast": round_.jury[0],
        "another member": round_.jury[1],
        "team": round_.plans[0].lead,
        "secretary": round_.secretary,
        "chair": round_.chair,
        "holder": round_.holders[2],
        "programme": make.staff("programme"),
    }
    made = {name: Client(headers={"accept-language": "en"}) for name in users}
    for name, user in users.items():
        if user:
            made[name].force_login(user)
    return made


def seen_after(
    round_: editions.Round, clients: dict[str, Client], scores: list[int], looks: dict[str, list[str]]
) -> Seen:
    """What everybody sees when a member gave these scores, and what may be taken along; then it is undone."""
    found: Seen = {}
    with transaction.atomic():
        for assignment, score in zip(round_.pile(round_.jury[0]), scores, strict=True):
            editions.vote(assignment, score, words=CANARY * score)
        for who, path in ((who, path) for who, paths in looks.items() for path in paths):
            answer: Any = clients[who].get(path)
            headers = {name: text for name, text in answer.items() if name not in OF_THE_REQUEST}
            body = b"".join(answer) if answer.streaming else answer.content
            found[who, path] = (answer.status_code, headers, CHANGING.sub("", body.decode()))
        for user in (round_.jury[0], round_.chair):
            found[str(user), "own data"] = (200, {}, own_data(user))
        transaction.set_rollback(True)
    return found


def own_data(user: User) -> str:
    """All files that this person can take along, but for moments and the numbers of rows."""
    with zipfile.ZipFile(io.BytesIO(exporting.archive(user))) as files:
        text = "".join(files.read(name).decode() for name in files.namelist())
    return re.sub(r'\d\d:\d\d(:\d\d)?[.\d]*|"ID": \d+', "", text)


def test_nothing_that_anybody_sees_depends_on_a_score(caplog):
    """Of ballots that are not sealed, so that the portal alone must hide them."""
    round_ = editions.up_to("judging", is_sealed=False)
    audience.prepare(round_.fresh(), finalists=round_.plans, codes=1)
    clients, looks = people(round_), addresses(round_)

    with caplog.at_level("INFO"):
        one, other = (seen_after(round_, clients, scores, looks) for scores in ([5, 1], [1, 5]))

    statuses = {facts[0] for facts in one.values()}
    assert statuses == {200, 403, 404, 409}
    assert [facts[0] for where, facts in one.items() if where[1] == "own data"] == [200, 200]
    assert {where: (one[where], other[where]) for where in one if one[where] != other[where]} == {}
    assert not [where for where, facts in one.items() if CANARY in facts[2]]
    assert CANARY not in caplog.text


def test_the_comparison_finds_a_page_that_tells_a_little(monkeypatch):
    """The test of the test: a number on one page grows with the scores."""

    def telling(edition: Edition) -> tuple[int, int]:
        return sum(b'"c1": 5' in bytes(one.content) for one in edition.ballots.all()[:1]), 9

    round_ = editions.up_to("judging", is_sealed=False)
    clients = people(round_)
    looks = {"secretary": [reverse("pitch:office", args=["pitch-2026"])]}
    monkeypatch.setattr(secretariat, "turnout", telling)

    one, other = (seen_after(round_, clients, scores, looks) for scores in ([5, 1], [1, 5]))

    assert [who for who, where in one if one[who, where] != other[who, where]] == ["secretary"]
