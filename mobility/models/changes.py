import datetime
from typing import ClassVar

import pgtrigger
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import PublicQuerySet
from bwob.privacy.labels import Impersonal

KEPT = datetime.timedelta(days=90)
"""How long others can still learn that something has changed or gone."""


def is_offered(row: str) -> str:
    """The condition, as SQL, that anybody may apply for the exchange in this row today."""
    today = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
    return f"({row}.state = 'published' AND coalesce({row}.closes_on >= {today}, true))"


SHOWN = (
    *("title", "kind", "summary", "tasks", "requirements", "benefits", "field", "skills", "hours_min"),
    *("hours_max", "starts_on", "duration", "duration_unit", "scale_min", "scale_max", "pay_min", "pay_max"),
    *("pay_period", "places", "place_id", "remote", "closes_on", "own_staff_welcome"),
    *("alumni_welcome", "language"),
)


def row(name: str) -> str:
    return ", ".join(f"{name}.{column}" for column in SHOWN)


# Notes each change of what is on offer beside the change itself, whoever makes it and by whatever road.
NOTED = pgtrigger.Trigger(
    name="noted",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.After,
    declare=[("was", "boolean"), ("stays", "boolean"), ("act", "text")],
    func=f"""
        was = TG_OP <> 'INSERT' AND {is_offered("OLD")};
        stays = TG_OP <> 'DELETE' AND {is_offered("NEW")};
        act = CASE
            WHEN was AND NOT stays THEN 'removed'
            WHEN stays AND NOT was THEN 'published'
            WHEN stays AND ({row("OLD")}) IS DISTINCT FROM ({row("NEW")}) THEN 'changed'
        END;
        IF act IS NOT NULL THEN
            INSERT INTO mobility_exchangechange (transaction, act, slug, at)
            VALUES (pg_current_xact_id()::text::bigint, act, coalesce(NEW.slug, OLD.slug), now());
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - only words of our own
)

# An exchange that closes by its date is written by nobody.
CLOSED = f"""
    INSERT INTO mobility_exchangechange (transaction, act, slug, at)
    SELECT pg_current_xact_id()::text::bigint, 'removed', exchange.slug, now()
    FROM mobility_exchange AS exchange
    WHERE exchange.state = 'published' AND exchange.listed AND NOT {is_offered("exchange")} AND 'removed' <> (
        SELECT act FROM mobility_exchangechange AS note WHERE note.slug = exchange.slug
        ORDER BY transaction DESC, id DESC LIMIT 1
    )
"""  # noqa: S608 - only words of our own


# The number below which every transaction of this database has ended. Locks know only the last 32 bits of a
# number. (`pg_snapshot_xmin` would also wait for transactions of other databases on the same server.)
HORIZON = """
    WITH snapshot AS (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next)
    SELECT least(next, (
        SELECT min(next - ((next - transactionid::text::bigint) % 4294967296 + 4294967296) % 4294967296)
        FROM pg_locks LEFT JOIN pg_stat_activity AS session USING (pid)
        WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted
            AND (session.pid IS NULL OR session.datname = current_database())
    )) FROM snapshot
"""


class ExchangeChangeQuerySet(PublicQuerySet):
    def settled(self) -> "ExchangeChangeQuerySet":
        """Those of transactions older than all that still run, so that no later change can slip in between.

        The numbers of rows alone would not do: a smaller number may be committed later than a larger one.
        """
        with connection.cursor() as cursor:
            cursor.execute(HORIZON)
            return self.filter(transaction__lt=cursor.fetchone()[0]).order_by("transaction", "id")

    def after(self, transaction: int, number: int) -> "ExchangeChangeQuerySet":
        later = models.Q(transaction__gt=transaction) | models.Q(transaction=transaction, pk__gt=number)
        return self.filter(later)

    def kept(self) -> "ExchangeChangeQuerySet":
        return self.filter(at__gte=timezone.now() - KEPT)

    def note_closed(self) -> None:
        """Note the removal of what has closed by its date; for the nightly task."""
        with connection.cursor() as cursor:
            cursor.execute(CLOSED)

    def forget_old(self) -> None:
        self.filter(at__lt=timezone.now() - KEPT).delete()


class ExchangeChange(models.Model):
    """That an exchange came on offer, changed or went, for systems that follow along. A trigger writes it."""

    class Act(models.TextChoices):
        PUBLISHED = "published", _("Published")
        CHANGED = "changed", _("Changed")
        REMOVED = "removed", _("Removed")

    privacy = Impersonal("addresses of public offers")

    transaction = models.BigIntegerField()
    act = models.CharField(max_length=10, choices=Act)
    slug = models.SlugField(max_length=110)
    at = models.DateTimeField()

    objects = ExchangeChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["transaction", "id"]
        indexes: ClassVar = [models.Index(fields=["transaction", "id"], name="exchange_change_order")]

    def __str__(self) -> str:
        return f"{self.slug}: {self.act}"
