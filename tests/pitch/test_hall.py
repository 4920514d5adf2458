"""The screen in the hall: never a tally before the result, then the result scene by scene."""

import datetime
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from pitch import audience, deliberating, revealing
from pitch.models import AudienceRound, BlindVersion, Edition, Standing
from tests.pitch.editions import Round, up_to, vote

pytestmark = pytest.mark.django_db


def screen(client, round_: Round, **query: object):
    return client.get(reverse("pitch:hall", args=[round_.edition.slug]), query)


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def told(scores: dict[int, list[int]], **rules: object) -> Round:
    """A published edition in which the members gave these scores; per plan, in the order of the places."""
    round_ = up_to("judging", plans=len(scores), jurors=3, **rules)
    seen: dict[int, int] = {}
    for assignment in round_.pile():
        number = assignment.entry.number
        vote(assignment, scores[number][seen.get(number, 0)])
        seen[number] = seen.get(number, 0) + 1
    close(round_)
    return round_


def close(round_: Round) -> None:
    from tests.pitch.editions import STEPS

    STEPS["closed"](round_, 0, 0)
    STEPS["opened"](round_, 0, 0)
    edition = round_.fresh()
    deliberating.begin(edition, by=round_.chair)


def publish(round_: Round, *, winner: int = 1, deviation: str = "") -> Edition:
    edition = round_.fresh()
    plan = edition.entries.get(number=winner)
    deliberating.decide(
        edition, winner=plan, honourable=[], words="Well done.", deviation=deviation, by=round_.chair
    )
    deliberating.publish(edition, by=round_.chair)
    return round_.fresh()


def test_before_the_plans_are_public_there_is_no_screen(client):
    assert screen(client, up_to("rehearsal")).status_code == 404


def test_it_waits_and_asks_again_without_a_script(client):
    round_ = up_to("judging")

    response = screen(client, round_)

    assert "Soon the audience votes" in text_of(response)
    assert response["Refresh"] == f"5; url=/en/pitch/{round_.edition.slug}/zaal/"
    assert "Refresh" not in screen(client, round_, stil=1)
    assert "<script" not in response.content.decode()


def test_while_the_audience_votes_it_tells_how_many_and_how_long_but_not_for_whom(client):
    round_ = up_to("judging")
    for number, title in enumerate(("The first", "The second"), 1):
        BlindVersion.objects.filter(entry__number=number).update(title=title)
    voting = audience.prepare(round_.fresh(), finalists=round_.plans, codes=3)
    audience.open_for(round_.fresh(), datetime.timedelta(minutes=5))
    pages = []
    for plan in (round_.plans[0], round_.plans[1]):
        code = audience.code_of(voting, voting.codes.free().first().number)
        audience.vote(voting, plan, by=AnonymousUser(), code=code)
        pages.append(text_of(screen(client, round_)))

    assert "Votes received 1 " in pages[0]
    assert "Votes received 2 " in pages[1]
    assert re.search(r"You can still vote 4:5\d 4 minutes and 5\d seconds", pages[0])
    assert pages[0].count("The first") == pages[0].count("The second") == 1
    assert "Plan 1" not in pages[0]
    assert screen(client, round_)["Refresh"].startswith("2;")


def test_after_the_close_it_waits_for_the_result(client):
    round_ = up_to("judging")
    audience.prepare(round_.fresh(), finalists=round_.plans, ticket="account")
    audience.open_for(round_.fresh(), datetime.timedelta(minutes=5))
    earlier = timezone.now() - datetime.timedelta(hours=1)
    AudienceRound.objects.update(opens_at=earlier, closes_at=earlier + datetime.timedelta(minutes=5))

    assert "Closed" in text_of(screen(client, round_))


def test_no_scene_can_be_guessed_before_the_result_is_public(client):
    round_ = told({1: [5, 5, 4], 2: [2, 2, 2]})

    page = text_of(screen(client, round_, stap=3))

    assert revealing.scenes(round_.fresh()) == []
    assert "Soon" in page
    assert "winner" not in page


def test_without_a_tie_the_places_come_from_the_last_up(client):
    round_ = told({1: [5, 5, 4], 2: [2, 2, 2], 3: [3, 3, 4]})
    publish(round_)

    scenes = revealing.scenes(round_.fresh())

    assert [(scene.kind, scene.heading) for scene in scenes] == [
        ("counted", "9 of 9 ballots opened and counted"),
        ("place", "Plan 2"),
        ("place", "Plan 3"),
        ("winner", "Plan 1"),
    ]
    assert [(row.title, row.ballots, row.total, row.is_winner) for row in scenes[-1].rows] == [
        ("Plan 1", "3 of 3", "4.667", True),
        ("Plan 3", "3 of 3", "3.333", False),
        ("Plan 2", "3 of 3", "2.000", False),
    ]
    assert scenes[-1].ties == []


def test_a_tie_is_told_step_by_step(client):
    """Equal totals, equal on the heaviest criterion; two of three members have the first plan higher."""
    round_ = told({1: [5, 5, 1], 2: [4, 4, 3], 3: [1, 1, 1]})
    publish(round_)

    scenes = revealing.scenes(round_.fresh())

    assert [(scene.kind, len(scene.ties)) for scene in scenes] == [
        ("counted", 0),
        ("place", 0),
        ("tie", 0),
        ("tie", 1),
        ("tie", 2),
        ("winner", 3),
    ]
    assert [(tie.title, tie.text, tie.state) for tie in scenes[-1].ties] == [
        ("Heaviest criterion: still equal", "Plan 1 3.667, Plan 2 3.667", "equal"),
        ("Head to head: Plan 1 wins", "2 against 1 members of the jury", "won"),
        ("Not needed: smallest spread, draw", "", "spared"),
    ]
    assert [row.title for row in scenes[2].rows] == ["Plan 1", "Plan 2"]
    assert not any(row.is_winner for scene in scenes[:-1] for row in scene.rows)


def test_when_the_jury_decides_otherwise_the_screen_says_so(client):
    round_ = told({1: [5, 5, 4], 2: [2, 2, 2]})
    publish(round_, winner=2, deviation="Plan 1 is carried out already.")

    last = revealing.scenes(round_.fresh())[-1]

    assert (last.heading, Standing.objects.get(prize="winner").entry.number) == ("Plan 2", 2)
    assert last.note.startswith("The jury decided otherwise")


def test_scenes_have_addresses_that_go_on_back_and_by_themselves(client):
    round_ = told({1: [5, 5, 4], 2: [2, 2, 2]})
    publish(round_)
    path = f"/en/pitch/{round_.edition.slug}/zaal/"

    first, running = screen(client, round_), screen(client, round_, stap=2, vanzelf=1)
    last = screen(client, round_, stap=3, vanzelf=1)

    assert "Refresh" not in first
    assert f'href="{path}?stap=2"' in first.content.decode()
    assert running["Refresh"] == f"10; url={path}?stap=3&vanzelf=1"
    assert f'href="{path}?stap=1"' in running.content.decode()
    assert "Refresh" not in last
    assert "The winner of" in text_of(last)


@pytest.mark.parametrize("step", ["0", "-1", "99", "x", "²", "9" * 5000])
def test_any_other_number_is_the_nearest_scene(client, step):
    round_ = told({1: [5, 5, 4], 2: [2, 2, 2]})
    publish(round_)

    assert screen(client, round_, stap=step).status_code == 200


@pytest.mark.parametrize(("plans", "queries"), [(2, 5), (4, 5)])
def test_a_scene_costs_the_same_with_more_plans(client, django_assert_num_queries, plans, queries):
    round_ = told({number: [number, 5, 4] for number in range(1, plans + 1)})
    publish(round_, winner=plans)
    client.get("/en/pitch/")

    with django_assert_num_queries(queries):
        screen(client, round_)
