"""What is kept for how long, and the nightly removal of what is past its term (rule R5).

Terms are data: a `KeepingTerm` of the organisation, else the default one, else the sample in `DEFAULTS`. Each
app registers what it removes in a module `retention` of its own, which is imported when the portal starts.
"""

import datetime
import itertools
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.privacy import forgetting, labels
from bwob.privacy.labels import Keep
from bwob.privacy.models import AccessLog, Farewell, KeepingTerm

logger = logging.getLogger(__name__)
BATCH = 500
JOBS_KEPT = datetime.timedelta(days=7)
FINISHED = ["succeeded", "failed", "cancelled", "aborted"]

DEFAULTS: dict[Keep, tuple[int, str]] = {
    Keep.APPLICATION: (28, "Sample: four weeks after the procedure (VNG selection list 2020)"),
    Keep.ALUMNUS: (730, "Sample: two years without confirmation, own choice"),
    Keep.ACCESS_LOG: (183, "Sample: half a year at hand (BIO2, security log)"),
    Keep.HISTORY: (183, "Sample: half a year at hand (BIO2, security log)"),
    Keep.TEAMWORK: (183, "Sample: own choice, half a year to look things up"),
    Keep.UNVERIFIED: (30, "Sample: own choice, nobody can sign in with such an account"),
    Keep.BRIEF: (7, "Sample: own choice, a second click comes within days"),
}


@dataclass(frozen=True)
class Rule:
    """One kind of record that goes: which are due at a moment, what dates them, and how they are removed."""

    name: str | Promise
    due: Callable[[datetime.datetime], models.QuerySet]
    dated_by: str
    remove: Callable[[models.QuerySet], object] = forgetting.forget


@dataclass(frozen=True)
class Finding:
    """What one rule found due, as the dry run lists it."""

    name: str
    count: int
    oldest: datetime.datetime | datetime.date | None


registered: list[Rule] = []


def register(rule: Rule) -> None:
    registered.append(rule)


def rules() -> Iterator[Rule]:
    """What the lines and the kernel registered, then the history of whatever was removed."""
    yield from registered
    for history in labels.history_models():
        name = _("History of removed records: %s") % history.pgh_tracked_model._meta.verbose_name_plural  # type: ignore[attr-defined]
        yield Rule(name, partial(history_of_removed, history), "pgh_created_at", forgetting.drop)


def term(kind: str, organisation: Any = None) -> datetime.timedelta:
    """How long a record of this kind is kept after it ended; the organisation's own term goes first."""
    found = (
        KeepingTerm.objects.filter(Q(organisation=None) | Q(organisation=organisation), kind=kind)
        .order_by(F("organisation").asc(nulls_last=True))
        .values_list("days", flat=True)
        .first()
    )
    return datetime.timedelta(days=DEFAULTS[Keep(kind)][0] if found is None else found)


def default_terms() -> dict[str, int]:
    """The days for each kind where no organisation has its own, in one statement."""
    stored = KeepingTerm.objects.filter(organisation=None).order_by().values_list("kind", "days")
    return {kind.value: days for kind, (days, _source) in DEFAULTS.items()} | dict(stored)


def load_default_terms() -> None:
    """Store the sample defaults that are missing; a term that somebody changed stays as it is."""
    for kind, (days, source) in DEFAULTS.items():
        KeepingTerm.objects.get_or_create(
            kind=kind, organisation=None, defaults={"days": days, "source": source}
        )


def minimise(*, now: datetime.datetime | None = None, dry_run: bool = False) -> list[Finding]:
    """Remove what is due, rule by rule: a rule that fails stops no other, and is raised at the end."""
    moment = now or timezone.now()
    findings, failures = [], []
    for rule in rules():
        try:
            findings.append(_look(rule, moment))
            if not dry_run:
                _remove(rule, moment)
        except Exception as failure:
            logger.exception("minimising failed", extra={"facts": {"rule": str(rule.name)}})
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Not everything could be removed", failures)
    return findings


def _look(rule: Rule, moment: datetime.datetime) -> Finding:
    due = rule.due(moment)
    facts = due.order_by().aggregate(count=models.Count("pk", distinct=True), oldest=Min(rule.dated_by))
    return Finding(str(rule.name), facts["count"], facts["oldest"])


def _remove(rule: Rule, moment: datetime.datetime) -> None:
    """In batches of their own transaction, so that a long list neither fills memory nor holds its locks."""
    due = rule.due(moment)
    for keys in itertools.batched(due.order_by().values_list("pk", flat=True), BATCH):
        with transaction.atomic():
            rule.remove(forgetting.rows(due.model).filter(pk__in=keys))


def history_of_removed(history: type[models.Model], moment: datetime.datetime) -> models.QuerySet:
    """History rows past their term of records that are no longer there."""
    record = forgetting.rows(history.pgh_tracked_model).filter(pk=OuterRef("pgh_obj"))  # type: ignore[attr-defined]
    past = forgetting.rows(history).filter(pgh_created_at__lt=moment - term(Keep.HISTORY))
    return past.filter(~Exists(record))


def old_views(moment: datetime.datetime) -> models.QuerySet:
    return AccessLog.objects.filter(seen_at__lt=moment - term(Keep.ACCESS_LOG))


def old_log_lines(moment: datetime.datetime) -> models.QuerySet:
    return LogEntry.objects.filter(action_time__lt=moment - term(Keep.HISTORY))


def undelivered_farewells(moment: datetime.datetime) -> models.QuerySet:
    return Farewell.objects.filter(made_at__lt=moment - Farewell.VALID)


def expired_sessions(moment: datetime.datetime) -> models.QuerySet:
    return Session.objects.filter(expire_date__lt=moment)


def finished_jobs(moment: datetime.datetime) -> models.QuerySet:
    """Tasks that ended more than a week ago; a job whose events are gone too counts as old."""
    recent = Q(procrastinateevent__at__gte=moment - JOBS_KEPT)
    return ProcrastinateJob.objects.filter(status__in=FINISHED).exclude(recent)


def delete(records: models.QuerySet) -> int:
    """For what has no history, such as sessions."""
    return records.delete()[0]


register(Rule(_("Views of personal data"), old_views, "seen_at"))
register(Rule(_("Lines of the log of the administration"), old_log_lines, "action_time", delete))
register(Rule(_("Last mails that could not be delivered"), undelivered_farewells, "made_at"))
register(Rule(_("Sessions that have ended"), expired_sessions, "expire_date", delete))
register(Rule(_("Tasks that have ended"), finished_jobs, "procrastinateevent__at", delete))
