"""What is kept about a person, in words for the page and as a ZIP of JSON files to take along (rule R5).

Everything the labels lead to is in it, history included. Left out are secrets that prove who somebody is, and
what is about other people; of them only the names of who acted are shown.
"""

import datetime
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bwob.privacy import forgetting, labels, retention
from bwob.privacy.labels import Keep, Personal

PLAIN = (str, int, float, bool, list, dict, type(None))


@dataclass(frozen=True)
class Kept:
    """One kind of record about a person: `names` are its fields in words, `removals` the known days."""

    model: type[models.Model]
    title: str
    purpose: str
    keep: str
    names: list[str]
    count: int
    removals: list[tuple[str, datetime.date]]

    @property
    def heading(self) -> str:
        return _("your account") if self.model is get_user_model() else self.title


def overview(user: Any) -> list[Kept]:
    """What is kept about this person, for what and how long; kinds without any record are left out.

    Three statements, whatever the number of kinds; one more for each kind that says when its records go.
    """
    counts, terms = counts_of(user), retention.default_terms()
    return [
        Kept(
            model=model,
            title=str(model._meta.verbose_name_plural),
            purpose=str(of.purpose),
            keep=keep_text(of.keep, terms),
            names=[name_of(field) for field in told(model, of) if field.name not in of.technical],
            count=counts[model._meta.label],
            removals=removals_of(records_of(model, of, user)),
        )
        for model, of in labels.personal_models()
        if model._meta.label in counts
    ]


def counts_of(user: Any) -> dict[str, int]:
    """How many records of each kind there are about this person, in one statement; without the empty ones."""
    counts = [
        records_of(model, of, user)
        .order_by()
        .annotate(kind_of_record=models.Value(model._meta.label, models.CharField()))
        .values("kind_of_record")
        .annotate(count_of_records=models.Count("pk"))
        .values_list("kind_of_record", "count_of_records")
        for model, of in labels.personal_models()
    ]
    found = counts[0].union(*counts[1:], all=True).order_by()
    return {kind: count for kind, count in found if count}


def records_of(model: type[models.Model], of: Personal, user: Any) -> models.QuerySet:
    return forgetting.rows(model).filter(**{of.person or "pk": user.pk})


def removals_of(records: models.QuerySet) -> list[tuple[str, datetime.date]]:
    """Which record goes on which day, where that is known already."""
    if not any(field.name == "keep_until" for field in records.model._meta.fields):
        return []
    ending = _with_names(records.exclude(keep_until=None)).order_by("keep_until")
    return [(str(record), record.keep_until) for record in ending]


def keep_text(keep: Keep, terms: dict[str, int]) -> str:
    """How long, in words: "as long as you have an account", "28 days after it ended"."""
    if keep not in terms:
        return _("as long as you have an account")
    return _("%d days after it ended") % terms[keep]


def told(model: type[models.Model], of: Personal) -> list[models.Field]:
    """The fields that a person gets to see: all but the secrets."""
    return [
        field
        for field in model._meta.concrete_fields
        if of.category(field.name) and field.name not in of.secret
    ]


def name_of(field: models.Field) -> str:
    return str(field.verbose_name)


def archive(user: Any) -> bytes:
    """Everything about this person as a ZIP: a JSON file per kind of record, and one that explains them."""
    packed = io.BytesIO()
    files: dict[str, Any] = {}
    for kept in overview(user):
        files[_file_name(kept, files)] = _contents(kept, user)
    files[f"{slugify(_('where you are mentioned'))}.json"] = list(_mentions(user))
    files[f"{slugify(_('what you changed'))}.json"] = list(_acts(user))
    files[f"{slugify(_('about these files'))}.json"] = _about(user, files)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for name, contents in files.items():
            into.writestr(name, json.dumps(contents, ensure_ascii=False, indent=2))
    return packed.getvalue()


def _file_name(kept: Kept, taken: Iterable[str]) -> str:
    name = f"{slugify(kept.title)}.json"
    return f"{kept.model._meta.label_lower}.json" if name in taken else name


def _contents(kept: Kept, user: Any) -> dict[str, Any]:
    of = labels.labels_of(kept.model)
    assert isinstance(of, Personal)  # noqa: S101 - `overview` lists no other
    records = records_of(kept.model, of, user)
    secrets = [name_of(field) for field in kept.model._meta.concrete_fields if field.name in of.secret]
    return {
        _("what"): kept.title,
        _("purpose"): kept.purpose,
        _("kept"): kept.keep,
        _("left out"): {
            name: _("a secret that proves who you are; it never leaves the portal") for name in secrets
        },
        _("records"): [facts(record, told(kept.model, of)) for record in _with_names(records)],
        _("history"): [
            moment for one in forgetting.histories_of(kept.model) for moment in _history(one, of, records)
        ],
    }


def facts(record: models.Model, fields: Iterable[models.Field]) -> dict[str, Any]:
    return {name_of(field): plain(record, field) for field in fields}


def plain(record: models.Model, field: models.Field) -> Any:
    """The value as a reader understands it: the name of what a key points at, the label of a choice."""
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if field.is_relation:
        return _related(record, field)
    value = getattr(record, field.name)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, PLAIN) else str(value)


def _related(record: models.Model, field: models.Field) -> str | None:
    """The name of the record that a key points at; history may point at one that is gone."""
    try:
        value = getattr(record, field.name)
    except field.related_model.DoesNotExist:  # type: ignore[union-attr]
        return _("no longer there")
    return None if value is None else str(value)


def _with_names(records: models.QuerySet) -> models.QuerySet:
    keys = [field.name for field in records.model._meta.concrete_fields if field.is_relation]
    return records.select_related(*keys) if keys else records


def _history(history: type[models.Model], of: Personal, records: models.QuerySet) -> Iterator[dict[str, Any]]:
    """Every change of these records, oldest first, with who made it and why."""
    keys = list(records.values_list("pk", flat=True))
    events = list(forgetting.rows(history).filter(pgh_obj__in=keys).order_by("pgh_id"))
    names = _names_of_actors(events)
    fields = [field for field in told(history, of) if field.name not in of.technical]
    for event in events:
        context = event.pgh_context or {}
        yield {
            _("at"): event.pgh_created_at.isoformat(),
            _("change"): event.pgh_label,
            _("by"): names.get(context.get("user")),
            _("reason"): context.get("reason", ""),
            _("values"): facts(event, fields),
        }


def _names_of_actors(events: Iterable[Any]) -> dict[Any, str]:
    acted = {context["user"] for event in events if (context := event.pgh_context or {}).get("user")}
    return {person.pk: str(person) for person in get_user_model()._base_manager.filter(pk__in=acted)}


def _mentions(user: Any) -> Iterator[dict[str, Any]]:
    """Records of others that name this person, as the contact of an exchange: which and as what, no more."""
    for model in labels.all_models():
        for key in labels.mentions(model):
            for record in forgetting.rows(model).filter(**{key.name: user.pk}):
                yield {
                    _("what"): str(model._meta.verbose_name),
                    _("as"): name_of(key),
                    _("record"): str(record),
                }


def _acts(user: Any) -> Iterator[dict[str, Any]]:
    """When this person changed which kind of record; what stood in it is somebody else's."""
    for history in labels.history_models():
        kind = str(history.pgh_tracked_model._meta.verbose_name)  # type: ignore[attr-defined]
        mine = forgetting.rows(history).filter(pgh_context__user=user.pk).order_by("pgh_id")
        for at, change in mine.values_list("pgh_created_at", "pgh_label"):
            yield {_("at"): at.isoformat(), _("what"): kind, _("change"): change}


def _about(user: Any, files: dict[str, Any]) -> dict[str, Any]:
    return {
        _("made for"): user.email,
        _("made at"): timezone.localtime().isoformat(),
        _("files"): sorted(files),
        _("not in these files"): [
            _("secrets that prove who you are, such as your password"),
            _("the session in which you are signed in now"),
            _("data of other people; only the names of who changed or saw your data"),
        ],
    }
