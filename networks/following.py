"""Following an area by mail: asked, confirmed from the mailbox itself, told once a week, and a way out."""

import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation

from bwob.people.models import User, WorkAddress
from networks import follow_emails, news
from networks.filters import Selection, understood
from networks.models import Subscription
from networks.tasks import ask_to_confirm

AGAIN = datetime.timedelta(hours=20)
"""Whoever types an address of somebody else brings that mailbox one mail a day at most."""


@transaction.atomic
def ask(email: str, selection: Selection, *, language: str) -> None:
    """Nothing is sent about the area before the mailbox has confirmed. Who asks learns nothing from it."""
    found, is_new = Subscription.objects.select_for_update().get_or_create(
        email=email.lower(), query=selection.query, defaults={"language": language}
    )
    if is_new or (found.confirmed_at is None and found.asked_at < timezone.now() - AGAIN):
        Subscription.objects.filter(pk=found.pk).update(asked_at=timezone.now(), language=language)
        ask_to_confirm.defer(subscription_id=found.pk)


def of(token: str) -> Subscription | None:
    """The subscription that a link from a mail belongs to; None for a forged link, or when it was stopped."""
    try:
        key = signing.loads(token, salt=follow_emails.SALT)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(key=key).first()


def confirm(subscription: Subscription) -> None:
    now = timezone.now()
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(
        confirmed_at=now, told_until=now
    )


def stop(subscription: Subscription) -> None:
    subscription.delete()


def stop_all(user: User) -> None:
    """Before an account is erased: what its addresses follow goes along."""
    work = WorkAddress.objects.filter(user=user).values_list("email", flat=True)
    Subscription.objects.of_addresses([address.lower() for address in (user.email, *work)]).delete()


@transaction.atomic
def tell(subscription_id: int) -> bool:
    """Send the mail if it is due and something is new; whether it was sent. Noted after the mail has gone."""
    due = Subscription.objects.due(timezone.localdate()).select_for_update()
    found = due.filter(pk=subscription_id).first()
    if found is None:
        return False
    moment, selection = timezone.now(), understood(QueryDict(found.query))
    with translation.override(found.language):
        items = [*changed(selection, found), *asked(selection, found)]
    if items:
        follow_emails.news(found, items)
        found.told_until, found.mailed_on = moment, timezone.localdate()
        found.save(update_fields=["told_until", "mailed_on"])
    return bool(items)


def changed(selection: Selection, found: Subscription) -> list[tuple[str, Any]]:
    rows = news.changes(selection, since=found.told_until)
    return [(f"{change.network} {change.what}", change.network) for change in rows]


def asked(selection: Selection, found: Subscription) -> list[tuple[str, Any]]:
    return [(f"{call.asker}: {call.title}", call) for call in news.calls(selection, since=found.told_until)]
