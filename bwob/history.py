"""Who changed what and why: append-only rows written by database triggers (rule R3, django-pghistory)."""

import contextlib
import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from bwob import logs


@dataclasses.dataclass(frozen=True)
class Moment:
    """One move of a record, as its timeline shows it. `by` is None when the clock or a signed link did it."""

    at: datetime.datetime
    state: str
    by: models.Model | None
    words: str
    is_ours: bool = False

    @property
    def reason(self) -> str:
        """What somebody wrote, or a sentence of the portal itself in the language of who reads it now."""
        return gettext(self.words) if self.is_ours and self.words else self.words


class HistoryMiddleware:
    """Note who acts, and in which request, beside every change that the request makes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return self.get_response(request)
        with pghistory.context(user=request.user.pk, request=logs.request_id.get()):
            return self.get_response(request)


@contextlib.contextmanager
def because(*, by: models.Model | None, reason: str | Promise = "") -> Iterator[None]:
    """Keep who and why beside the changes made inside; a later change does not inherit the reason.

    A reason of the portal's own is given as a lazy text: its English msgid is stored, and each reader gets it
    in the own language.
    """
    is_ours = isinstance(reason, Promise)
    with translation.override("en" if is_ours else translation.get_language()):
        words = str(reason)
    with pghistory.context(user=by.pk if by else None, reason=words, is_ours=is_ours):
        yield
        pghistory.context(reason="", is_ours=False)


def events_of(model: type[models.Model]) -> type[models.Model]:
    """The model that keeps the history of this one."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def timeline(record: models.Model) -> list[Moment]:
    """The moves of a record, oldest first: one Moment for each change of its state. Two queries."""
    rows = _rows_of(record)
    return _moments(
        [row for row, before in zip(rows, [None, *rows], strict=False) if not before or row[1] != before[1]]
    )


def last_change(record: models.Model) -> Moment:
    """Who changed the record last, moved or not. Two queries."""
    return _moments(_rows_of(record).reverse()[:1])[0]


def _rows_of(record: models.Model) -> models.QuerySet:
    events = events_of(type(record))._default_manager.filter(pgh_obj_id=record.pk)
    return events.order_by("pgh_id").values_list("pgh_created_at", "state", "pgh_context")


def _moments(rows: Iterable[tuple[datetime.datetime, str, dict[str, Any] | None]]) -> list[Moment]:
    known = [(at, state, context or {}) for at, state, context in rows]
    people = apps.get_model(settings.AUTH_USER_MODEL)._base_manager.in_bulk(
        {context["user"] for _at, _state, context in known if context.get("user")}
    )
    return [
        Moment(
            at,
            state,
            people.get(context.get("user")),
            context.get("reason", ""),
            context.get("is_ours", False),
        )
        for at, state, context in known
    ]
