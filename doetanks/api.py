"""Doetanks in the open API: public questions with their trials and answers. Nobody is named."""

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query

from bwob import api
from bwob.api import Listing, Paged, Resource, Unknown, answers, paged
from bwob.organisations.api import BodyShown
from doetanks.models import Challenge, ChallengeQuerySet, Trial

router = api.router("challenges")


class Asked(Paged):
    state: list[Challenge.State] = Field([], description="How far it is")
    region: list[str] = Field([], description="Code of a labour-market region")


class ChallengeShown(Resource):
    """A question with the promise that belongs to it, as lists show it."""

    id: str = Field(alias="slug", serialization_alias="id")
    url: str = Field(description="Its page on the site")
    title: str
    gain: str = Field(description="What would be better; Markdown")
    organisation: BodyShown
    region: str | None = Field(description="Code of the labour-market region; null: the whole country")
    roles: list[str] = Field(description="Whom the team looks for")
    hours: int = Field(description="Hours a week of each member")
    places: int
    state: Challenge.State
    decide_on: datetime.date = Field(description="The day the commissioner promised beforehand")
    opened_at: datetime.datetime
    delivered_at: datetime.datetime | None
    answer_due_at: datetime.datetime | None = Field(description="Six weeks after the delivery")
    verdict: str = Field(description="adopt, adapted, no, or empty while there is no answer")
    decided_at: datetime.datetime | None

    @staticmethod
    def resolve_url(challenge: Challenge) -> str:
        return api.page_of(challenge)

    @staticmethod
    def resolve_region(challenge: Challenge) -> str | None:
        return challenge.region.code if challenge.region else None

    @staticmethod
    def resolve_roles(challenge: Challenge) -> list[str]:
        return [role.title for role in challenge.roles.all()]


class TrialShown(Resource):
    """An idea that was tried out, also when it failed."""

    title: str
    hypothesis: str
    smallest_test: str
    stop_rule: str
    ends_on: datetime.date
    outcome: str = Field(description="worked, partly, failed, stopped, or empty when nobody told it")
    result: str
    learned: str


class ChallengeInFull(ChallengeShown):
    """With its long texts, which are Markdown, and its trials."""

    question: str
    bounds: str
    yields: str
    verdict_text: str
    effect: str
    trials: list[TrialShown]

    @staticmethod
    def resolve_trials(challenge: Challenge) -> list[Trial]:
        return list(challenge.trials.visible_to(AnonymousUser()))


def public() -> ChallengeQuerySet:
    """What a stranger can find on the site; who signs in sees no more here."""
    rows = Challenge.objects.visible_to(AnonymousUser())
    return rows.select_related("organisation", "region").prefetch_related("roles")


@router.get("/challenges", response=answers(Listing[ChallengeShown]), operation_id="listChallenges")
def challenges(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Public questions, the newest first."""
    api.only(request, list(Asked.model_fields))
    rows = public().order_by("-pk")
    if asked.state:
        rows = rows.filter(state__in=asked.state)
    if asked.region:
        rows = rows.filter(region__code__in=asked.region)
    if asked.after:
        rows = rows.filter(pk__lt=position(asked.after))
    return paged(request, asked, rows, shown=ChallengeShown, place=lambda challenge: str(challenge.pk))


def position(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise Unknown([("after", _("This is no place in the list. Use the address that `next` gave."))])
    return int(text)


@router.get("/challenges/{slug}", response=answers(ChallengeInFull, 404), operation_id="readChallenge")
def challenge(request: HttpRequest, slug: str) -> Any:
    """One public question, with its trials and its answer."""
    api.only(request, [])
    return get_object_or_404(public(), slug=slug)
