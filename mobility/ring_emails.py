"""The messages about swap wishes and rings; each docstring says to whom it goes and when.

Before all have agreed no mail names another member; of a ring that ends none says who ended it.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from bwob import mail
from mobility import signing
from mobility.emails import deciders, one_line
from mobility.models import RingPlace, SwapRing, SwapWish


def ring_proposed(ring: SwapRing) -> None:
    """To each member, when the search found a ring."""
    for place in places_of(ring):
        tell_member("ring_proposed", place)


def ring_managers_asked(ring: SwapRing) -> None:
    """To each member with the names, and to each one's manager with the signed link, when all have agreed."""
    for place in places_of(ring):
        tell_member("ring_agreed", place)
        tell_manager("ring_manager_asked", place)


def ring_confirmed(ring: SwapRing) -> None:
    """To members, managers, and HR of who receives, when the last manager has agreed."""
    for place in places_of(ring):
        tell_member("ring_confirmed", place)
        tell_manager("ring_confirmed_to_manager", place)
        tell_hr("ring_confirmed_to_hr", place)


def ring_lapsed(ring: SwapRing) -> None:
    """To each member alike, and to managers who had been asked, when the ring ended; never by whom."""
    for place in places_of(ring):
        tell_member("ring_lapsed", place)
        if place.asked_manager_at:
            tell_manager("ring_lapsed_to_manager", place)


def ring_reminded(ring: SwapRing) -> None:
    """To whoever has not answered, two days before the term ends."""
    for place in places_of(ring):
        if ring.state == SwapRing.State.PROPOSED and not place.agreed_at:
            tell_member("ring_reminded", place)
        if ring.state == SwapRing.State.MANAGERS and not place.manager_agreed_at:
            tell_manager("ring_manager_asked", place)


def wish_reminded(wish: SwapWish) -> None:
    """To who has a swap wish, two weeks before its term ends: is it still right?"""
    tell_wisher("wish_reminded", wish)


def wish_lapsed(wish: SwapWish) -> None:
    """To who has a swap wish, when it ended because it was not confirmed."""
    tell_wisher("wish_lapsed", wish)


RING_MESSAGES: dict[str, Callable[[SwapRing], None]] = {
    message.__name__: message
    for message in (ring_proposed, ring_managers_asked, ring_confirmed, ring_lapsed, ring_reminded)
}
WISH_MESSAGES: dict[str, Callable[[SwapWish], None]] = {
    message.__name__: message for message in (wish_reminded, wish_lapsed)
}


def places_of(ring: SwapRing) -> list[RingPlace]:
    return list(ring.places.with_names().order_by("number"))


def tell_member(template: str, place: RingPlace) -> None:
    person = place.person
    with translation.override(person.language):
        page = mail.absolute(place.get_absolute_url())
    _send(template, place, to=person.email, language=person.language, hello=person.short_name, page=page)


def tell_manager(template: str, place: RingPlace) -> None:
    """The manager has no account: the link is the key, and the language is the member's."""
    language = place.person.language
    with translation.override(language):
        link = mail.absolute(reverse("mobility:ring_manager", args=[signing.place_token(place)]))
    _send(template, place, to=place.manager_email, language=language, hello=place.manager_name, page=link)


def tell_hr(template: str, place: RingPlace) -> None:
    """Those who decide at the employer that receives this member; they find the place among theirs."""
    application = place.application
    if application is None:
        return
    for person in deciders(application.exchange):
        with translation.override(person.language):
            page = mail.absolute(application.get_absolute_url())
        _send(template, place, to=person.email, language=person.language, hello=person.short_name, page=page)


def tell_wisher(template: str, wish: SwapWish) -> None:
    person = wish.person
    with translation.override(person.language):
        page = mail.absolute(wish.get_absolute_url())
    mail.send(
        f"mobility/email/{template}.txt",
        to=person.email,
        language=person.language,
        about=f"wish {wish.pk} {wish.renewed_at.isoformat()}",
        context={"hello": one_line(person.short_name), "page": page, "wish": wish},
    )


def _send(template: str, place: RingPlace, *, to: str, language: str, hello: str, page: str) -> None:
    ring, target = place.ring, target_of(place)
    facts: dict[str, Any] = {
        "ring": ring,
        "count": ring.places.count(),
        "page": page,
        "hello": one_line(hello),
        "name": one_line(place.person),
        "employer": place.wish.employer,
        "organisation": target.employer,
        "title": one_line(target.title),
    }
    about = f"ring {ring.pk} {place.pk} {ring.moved_at.isoformat()} {ring.reminded_at}"
    mail.send(f"mobility/email/{template}.txt", to=to, language=language, about=about, context=facts)


def target_of(place: RingPlace) -> SwapWish:
    """The workplace this member goes to: that of the next, and after the last comes the first."""
    places = places_of(place.ring)
    numbers = [one.pk for one in places]
    return places[(numbers.index(place.pk) + 1) % len(places)].wish
