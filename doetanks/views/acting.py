"""Fetching what an act in a Doetank is about, if this person may see it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from bwob.acting import Page
from bwob.people.models import SignedInRequest
from bwob.privacy import reading
from doetanks.models import Challenge, Participation

BOARD = Page("Doetanks", "doetanks:board")


def visible(request: HttpRequest, slug: str) -> Challenge:
    """The challenge, if this person may see it; 404 otherwise."""
    return get_object_or_404(Challenge.objects.visible_to(request.user).with_names(), slug=slug)


def visible_participation(request: SignedInRequest, key: str) -> Participation:
    """The participation, if this person may see it; who it is about sees later who looked."""
    shown = get_object_or_404(Participation.objects.visible_to(request.user).with_names(), key=key)
    reading.record(request.user, [shown], purpose=gettext_lazy("putting a Doetank together"))
    return shown
