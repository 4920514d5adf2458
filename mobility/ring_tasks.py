"""Background work of swap rings: telling people."""

from procrastinate.contrib.django import app

from bwob import mail
from mobility import ring_emails
from mobility.models import SwapRing, SwapWish
from mobility.tasks import PATIENCE


@app.task(retry=PATIENCE)
def tell_ring(message: str, ring_id: int) -> None:
    """Send one of the messages about a ring; nothing when it is gone."""
    ring = SwapRing.objects.filter(pk=ring_id).first()
    if ring:
        with mail.to_everybody():
            ring_emails.RING_MESSAGES[message](ring)


@app.task(retry=PATIENCE)
def tell_wish(message: str, wish_id: int) -> None:
    """Send one of the messages about a swap wish; nothing when it is gone."""
    wish = SwapWish.objects.with_names().filter(pk=wish_id).first()
    if wish:
        ring_emails.WISH_MESSAGES[message](wish)


def announce_ring(message: str, ring: SwapRing) -> None:
    """Have a worker send it, once the transaction at hand is done."""
    tell_ring.defer(message=message, ring_id=ring.pk)


def announce_wish(message: str, wish: SwapWish) -> None:
    tell_wish.defer(message=message, wish_id=wish.pk)
