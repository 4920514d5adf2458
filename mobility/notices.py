"""The messages to people who keep up: a function for each, whose docstring says to whom it goes and when."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from bwob import mail
from bwob.people.models import User
from mobility import addresses
from mobility.emails import one_line


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
