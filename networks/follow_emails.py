"""The messages to who follows an area: a function for each, whose docstring says to whom and when."""

from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import translation

from bwob import mail
from networks.emails import one_line
from networks.models import Subscription

SALT = "networks.subscription"


def please_confirm(subscription: Subscription) -> None:
    """To the address that somebody typed: is it yours, and do you want this?"""
    _send("follow_confirm", subscription, f"asked {subscription.asked_at}")


def news(subscription: Subscription, items: list[tuple[str, Any]]) -> None:
    """To who follows an area, once a week at most: what changed, and who looks for partners there."""
    with translation.override(subscription.language):
        rows = [
            {"text": one_line(text), "url": mail.absolute(thing.get_absolute_url())} for text, thing in items
        ]
    _send("follow_news", subscription, f"after {subscription.told_until}", items=rows)


def _send(template: str, subscription: Subscription, about: str, **facts: Any) -> None:
    token = signing.dumps(str(subscription.key), salt=SALT)
    with translation.override(subscription.language):
        page = mail.absolute(reverse("networks:confirm_following", args=[token]))
        stop = mail.absolute(reverse("networks:stop_following", args=[token]))
        area = mail.absolute(f"{reverse('networks:networks')}?{subscription.query}")
    mail.send(
        f"networks/email/{template}.txt",
        to=subscription.email,
        language=subscription.language,
        about=f"subscription {subscription.pk} {about}",
        context={"page": page, "stop": stop, "area": area} | facts,
        unsubscribe=stop,
    )
