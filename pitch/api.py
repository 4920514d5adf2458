"""PITCH in the open API: editions whose rules are public, and the results of those that were published."""

import datetime
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from ninja import Field

from bwob import api
from bwob.api import Listing, Resource, answers
from pitch import audience
from pitch.models import Edition, Result, Standing

router = api.router("pitch")


class EditionShown(Resource):
    """An edition as the list shows it."""

    id: str = Field(alias="slug", serialization_alias="id")
    url: str = Field(description="Its page on the site")
    name: str
    year: int
    state: Edition.State
    summary: str
    entries_close_at: datetime.datetime | None
    judging_closes_at: datetime.datetime | None

    @staticmethod
    def resolve_url(edition: Edition) -> str:
        return api.page_of(edition)


class StandingShown(Resource):
    """The place of one plan. The total is exact: a fraction as text, on the scale of the rules."""

    rank: int
    number: int
    title: str
    total: str
    prize: Standing.Prize

    @staticmethod
    def resolve_number(standing: Standing) -> int | None:
        return standing.entry.number

    @staticmethod
    def resolve_title(standing: Standing) -> str:
        return standing.entry.title

    @staticmethod
    def resolve_total(standing: Standing) -> str:
        return str(standing.total)


class AudienceShown(Resource):
    """What the audience chose: the plans with the most votes, how many those had, and how many came in."""

    plans: list[str]
    votes: int
    total: int

    @staticmethod
    def resolve_plans(outcome: audience.Outcome) -> list[str]:
        return [plan.title for plan in outcome.plans]


class EditionInFull(EditionShown):
    """With its result once that is public; before that the list is empty and the rest is null."""

    rules_sha256: str
    standings: list[StandingShown]
    ballots_sha256: str | None
    ballots_url: str | None = Field(description="The file that telling.py recounts")
    audience: AudienceShown | None = Field(
        alias="chosen",
        serialization_alias="audience",
        description="The prize of the audience. Other plans are not counted out",
    )


@router.get("/pitch-editions", response=answers(Listing[EditionShown]), operation_id="listPitchEditions")
def pitch_editions(request: HttpRequest, format: Literal["json", "csv"] = "json") -> Any:
    """All editions, the newest first; there are few, so all stand on one page."""
    api.only(request, ["format"])
    editions = list(Edition.objects.visible_to(AnonymousUser()))
    if format == "csv":
        return api.as_csv("pitch-editions", [EditionShown.from_orm(one) for one in editions], None)
    return {"items": editions, "next": None}


@router.get("/pitch-editions/{slug}", response=answers(EditionInFull, 404), operation_id="readPitchEdition")
def pitch_edition(request: HttpRequest, slug: str) -> Any:
    """One edition, with places and totals once they were published."""
    api.only(request, [])
    rows = Edition.objects.visible_to(AnonymousUser()).select_related("rules")
    edition: Any = get_object_or_404(rows, slug=slug)
    results = Result.objects.visible_to(AnonymousUser()).defer("ballots_file")
    result = results.filter(edition=edition).first()
    standings = Standing.objects.visible_to(AnonymousUser()).filter(result=result)
    edition.rules_sha256 = edition.rules.sha256 if hasattr(edition, "rules") else ""
    edition.standings = list(standings.select_related("entry")) if result else []
    edition.ballots_sha256 = result.sha256 if result else None
    edition.ballots_url = ballots_url(edition) if result else None
    edition.chosen = audience.outcome(edition)
    return edition


def ballots_url(edition: Edition) -> str:
    with translation.override("nl"):
        return api.absolute(reverse("pitch:ballots", args=[edition.slug]))
