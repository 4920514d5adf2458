"""What the page of a request for contact shows to each side, and what the links in its mails open."""

from typing import Any

from django.utils.translation import gettext_lazy

from bwob.privacy import reading
from mobility import addresses, finding, rules
from mobility.models import ContactRequest, Profile

PURPOSE = gettext_lazy("contact that you agreed to")


def asked_by(user: Any) -> list[ContactRequest]:
    """The requests about exchanges that this person manages, without who was asked."""
    rows = ContactRequest.objects.visible_to(user).exclude(person=user).with_names()
    return list(rows.order_by("-moved_at")[:100])


def page_of(asked: ContactRequest, user: Any) -> dict[str, Any]:
    """The context of the page. Those who asked see the person only while a yes counts, and that is logged."""
    is_person = asked.person_id == user.pk
    shows = asked.shows_person and not is_person
    profile = Profile.objects.filter(user=asked.person_id).first() if shows else None
    if shows:
        reading.record(user, [asked], purpose=PURPOSE)
    return {
        "asked": asked,
        "exchange": asked.exchange,
        "is_person": is_person,
        "may_withdraw": not is_person and asked.waits_for_person,
        "person": asked.person if shows else None,
        "found": finding.shown(profile, everything=True) if profile else None,
        "closed_because": closed_because(asked),
    }


def closed_because(asked: ContactRequest) -> str:
    """Why a yes is no longer possible, "" while it is."""
    return "" if asked.exchange.is_open else rules.closed_because(asked.exchange)


def request_of(token: str) -> ContactRequest | None:
    """The request that a mailed link belongs to; None for one that was never made, or is gone."""
    found = addresses.read("contact", token)
    if found is None:
        return None
    rows = ContactRequest.objects.with_names().filter(person__is_active=True)
    asked = rows.filter(pk=found[0]).first()
    return asked if asked and addresses.opens(found[1], asked.asked_at) else None


def profile_of(token: str) -> Profile | None:
    """The profile of the yearly question; None once it was answered, or when the profile is gone."""
    found = addresses.read("profile", token)
    if found is None:
        return None
    profile = Profile.objects.select_related("user").filter(pk=found[0], user__is_active=True).first()
    return profile if profile and addresses.opens(found[1], profile.confirmed_at) else None
