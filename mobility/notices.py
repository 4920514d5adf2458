"""The messages to people who keep up: a function for each, whose docstring says to whom it goes and when."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from bwob import mail
from bwob.people.models import User
from mobility import addresses
from mobility.emails import one_line, quoted
from mobility.models import ContactRequest, Profile


def digest(user: User, *, items: Sequence[dict[str, Any]], broken: Sequence[str], about: str) -> None:
    """To whoever saved a search, at most once in seven days: what is new in all of them together.

    `items` are the searches with news: name, url, exchanges (title, who, url, deadline), more. `broken` names
    the searches of which a part no longer exists.
    """
    with translation.override(user.language):
        stop = addresses.unsubscribe(user)
        manage = mail.absolute(reverse("mobility:kept"))
    facts = {"hello": one_line(user.short_name), "items": items, "broken": broken}
    mail.send(
        "mobility/email/digest.txt",
        to=user.email,
        language=user.language,
        about=about,
        context=facts | {"stop": stop, "manage": manage},
        unsubscribe=stop,
    )


def contact_asked(asked: ContactRequest) -> None:
    """To somebody who wants to be found, when an organisation asks for contact: with the link to answer."""
    person = asked.person
    with translation.override(person.language):
        link = addresses.contact(asked)
    _about("contact_asked", asked, person, link=link, message=quoted(asked.message))


def contact_agreed(asked: ContactRequest) -> None:
    """To who asked, when the answer is yes: where to see whom, not who it is."""
    _answered("contact_agreed", asked)


def contact_refused(asked: ContactRequest) -> None:
    """To who asked, when the answer is no."""
    _answered("contact_refused", asked)


def contact_lapsed(asked: ContactRequest) -> None:
    """To who asked, when there was no answer in two weeks."""
    _answered("contact_lapsed", asked)


ABOUT_CONTACT: dict[str, Callable[[ContactRequest], None]] = {
    message.__name__: message for message in (contact_asked, contact_agreed, contact_refused, contact_lapsed)
}


def profile_ageing(profile: Profile) -> None:
    """To somebody who wants to be found, two weeks before the profile is a year old: is it still right?"""
    person = profile.user
    with translation.override(person.language):
        link = addresses.still_right(profile)
        page = mail.absolute(reverse("mobility:work_profile"))
    mail.send(
        "mobility/email/profile_ageing.txt",
        to=person.email,
        language=person.language,
        about=f"profile {profile.pk} {profile.confirmed_at.isoformat()}",
        context={"hello": one_line(person.short_name), "link": link, "page": page, "profile": profile},
    )


def _answered(template: str, asked: ContactRequest) -> None:
    if asked.asked_by and asked.asked_by.is_active:
        _about(template, asked, asked.asked_by)


def _about(template: str, asked: ContactRequest, to: User, **more: Any) -> None:
    with translation.override(to.language):
        page = mail.absolute(asked.get_absolute_url())
        about = mail.absolute(asked.exchange.get_absolute_url())
    facts = {
        "asked": asked,
        "hello": one_line(to.short_name),
        "organisation": asked.exchange.organisation,
        "title": one_line(asked.exchange.title),
        "page": page,
        "about": about,
    }
    mail.send(
        f"mobility/email/{template}.txt",
        to=to.email,
        language=to.language,
        about=f"contact {asked.pk} {asked.moved_at.isoformat()}",
        context=facts | more,
    )
