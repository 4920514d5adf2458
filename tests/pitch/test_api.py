"""The open API of PITCH: what is public, and no score before its time."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from pitch import audience, deliberating
from pitch.models import AudienceRound, Entry, Result
from tests.pitch import editions

pytestmark = pytest.mark.django_db


def test_editions_are_listed_once_their_rules_are_fixed(client):
    editions.bare("pitch-2030")
    editions.up_to("fixed")

    items = client.get("/api/v1/pitch-editions").json()["items"]

    assert [(one["id"], one["state"]) for one in items] == [("pitch-2026", "fixed")]
    assert client.get("/api/v1/pitch-editions/pitch-2030").status_code == 404


def test_places_are_told_when_they_are_published_and_not_before(client):
    round_ = editions.up_to("judging")
    audience_chooses(round_, round_.plans[1])
    for step in ("closed", "opened"):
        editions.STEPS[step](round_, 0, 0)
    before = client.get("/api/v1/pitch-editions/pitch-2026").json()
    edition, chair = round_.fresh(), round_.chair
    deliberating.begin(edition, by=chair)
    winner = deliberating.counted_winner(Result.objects.get())
    deliberating.decide(edition, winner=winner, honourable=[], words="Well.", deviation="", by=chair)
    deliberating.publish(edition, by=chair)

    after = client.get("/api/v1/pitch-editions/pitch-2026").json()

    assert (before["standings"], before["ballotsSha256"], before["audience"]) == ([], None, None)
    assert after["audience"] == {"plans": ["Plan 2"], "votes": 1, "total": 1}
    assert after["standings"][0] == {
        "rank": 1,
        "number": 1,
        "title": "Plan 1",
        "total": "5",
        "prize": "winner",
    }
    assert client.get(after["ballotsUrl"].partition("8000")[2]).status_code == 200


def audience_chooses(round_: editions.Round, plan: Entry) -> None:
    """One vote, and the time for it is over."""
    audience.prepare(round_.fresh(), finalists=round_.plans, codes=1)
    voting = audience.open_for(round_.fresh(), datetime.timedelta(minutes=5))
    audience.vote(voting, plan, by=AnonymousUser(), code=audience.code_of(voting, 1))
    earlier = timezone.now() - datetime.timedelta(hours=1)
    AudienceRound.objects.update(opens_at=earlier, closes_at=earlier + datetime.timedelta(minutes=5))
    audience.count(voting)


def test_before_the_publication_every_road_to_a_score_is_a_page_that_does_not_exist(client):
    """The body is that of an address that never existed, and nothing in the headers tells more."""
    editions.up_to("opened")
    nothing = client.get("/en/pitch/nothing/uitslag/")

    for page in ("uitslag/", "uitslag.csv", "stembiljetten.json"):
        answer = client.get(f"/en/pitch/pitch-2026/{page}")
        assert (answer.status_code, answer.headers.get("ETag")) == (404, None)
        assert len(answer.content) - len(nothing.content) in range(-80, 80)
