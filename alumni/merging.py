"""Two records of one person in one network become one; ledgers, answers and sign-ups of both go on in it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni.models import Alumnus, Guest
from alumni.tasks import announce
from bwob import history
from bwob.meetings import RUNNING
from bwob.people.models import User
from bwob.privacy import forgetting
from bwob.workflow import Refused

FILLED = ("user", "department", "region", "left_on", "name_prefix", "family_name")
LISTED = ("expertise", "tags")
SEAT = (
    *("gathering_id", "state", "moved_at", "number", "signed_up_at", "due_at"),
    *("attended_at", "reminded", "keep_until"),
)
BEST_FIRST = ["seated", "offered", "waiting"]
COPIED = ("purpose", "wording", "is_given", "how", "evidence", "at", "nonce", "proof")


@transaction.atomic
def merge(kept: Alumnus, other: Alumnus, *, email: str, by: User) -> Alumnus:
    """Keep the record of who said yes, with the address that HR chose; the alumnus is told.

    What hangs on the other record is written anew, since that record goes with its history. Lines of the
    ledger keep their own moment and proof, so the last word on each purpose counts.
    """
    first, second = _locked(kept, other)
    if first.network_id != second.network_id or email not in (first.email, second.email):
        raise Refused(_("These two records cannot be put together."), kept)
    if second.is_member and not first.is_member:
        first, second = second, first
    brought = _brought(second)
    forgetting.forget(Alumnus.objects.filter(pk=second.pk))
    _fill(first, second, email)
    with history.because(by=by, reason=gettext_lazy("Two records were put together.")):
        first.save()
        _add(first, brought)
    if first.is_member:
        announce("merged", first)
    return first


def _locked(kept: Alumnus, other: Alumnus) -> tuple[Alumnus, Alumnus]:
    present = Alumnus.objects.exclude(state=Alumnus.State.LEFT).select_for_update(of=("self",))
    found = {one.pk: one for one in present.filter(pk__in=(kept.pk, other.pk)).order_by("pk")}
    if len(found) != 2:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), kept)
    return found[kept.pk], found[other.pk]


def _fill(first: Alumnus, second: Alumnus, email: str) -> None:
    """What the one does not know, the other may."""
    first.email = email
    for name in FILLED:
        setattr(first, name, getattr(first, name) or getattr(second, name))
    for name in LISTED:
        setattr(first, name, list(dict.fromkeys(getattr(first, name) + getattr(second, name)))[:10])


def _brought(second: Alumnus) -> dict[str, list[dict[str, Any]]]:
    """What hangs on the record that goes, as values."""
    return {
        "consents": sorted(_values(second.consents, COPIED), key=lambda line: line["at"]),
        "notes": _values(second.notes, ("writer_id", "text", "made_at")),
        "answers": _values(second.answers, ("question_id", "text", "is_named", "at")),
        "signups": _values(second.signups, SEAT),
        "deliveries": _values(second.deliveries, ("campaign_id", "at", "is_refused")),
        "looks": _values(second.looks, ("viewer_id", "viewer_name", "seen_on")),
    }


def _values(rows: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in names} for row in rows.all()]


def _add(first: Alumnus, brought: dict[str, list[dict[str, Any]]]) -> None:
    for name in ("consents", "notes"):
        for values in brought[name]:
            getattr(first, name).create(**values)
    for name in ("deliveries", "looks"):
        rows: Any = getattr(first, name)
        copies = [rows.model(alumnus=first, **values) for values in brought[name]]
        rows.bulk_create(copies, ignore_conflicts=True)
    for values in brought["answers"]:
        _add_answer(first, values)
    for values in brought["signups"]:
        _add_signup(first, values)


def _add_answer(first: Alumnus, values: dict[str, Any]) -> None:
    """Two answers to one question become one, with a name only if both wanted that."""
    present = first.answers.filter(question=values["question_id"]).first()
    if present is None:
        first.answers.create(**values)
        return
    present.text = f"{present.text}\n\n{values['text']}"
    present.is_named = present.is_named and values["is_named"]
    present.save()


def _add_signup(first: Alumnus, values: dict[str, Any]) -> None:
    """Of two sign-ups for one meeting the better one stays; the clock gives the other place to the next."""
    double = first.signups.filter(gathering=values["gathering_id"]).running().first()
    if double is None or values["state"] not in RUNNING:
        first.signups.create(**values)
        return
    values["attended_at"] = double.attended_at or values["attended_at"]
    if BEST_FIRST.index(double.state) <= BEST_FIRST.index(values["state"]):
        first.signups.filter(pk=double.pk).update(attended_at=values["attended_at"])
        return
    forgetting.forget(Guest.objects.filter(pk=double.pk))
    first.signups.create(**values)
