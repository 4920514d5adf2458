"""What an alumnus sees and takes along: the record, the ledger with its proofs, notes, and who looked."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alumni.models import Alumnus, Consent, Look, Note
from bwob.privacy.exporting import facts

FIELDS = (
    "network",
    "state",
    "given_name",
    "name_prefix",
    "family_name",
    "email",
    "language",
    "department",
    "expertise",
    "region",
    "left_on",
    "tags",
    "is_shown",
    "origin",
    "confirmed_at",
    "due_at",
)
LINE = ("purpose", "wording", "is_given", "how", "evidence", "at", "proof")


def ledger(alumnus: Alumnus) -> QuerySet[Consent]:
    return alumnus.consents.select_related("wording__network__organisation").order_by("at", "pk")


def page_of(alumnus: Alumnus) -> dict[str, Any]:
    """The context of the own page. Three queries."""
    return {
        "alumnus": alumnus,
        "network": alumnus.network,
        "ledger": list(ledger(alumnus))[::-1],
        "notes": list(alumnus.notes.select_related("writer")),
        "looks": list(alumnus.looks.all()[:5]),
    }


def of(alumnus: Alumnus) -> dict[str, Any]:
    """Everything in words, for the download."""
    return {
        _("record"): _told(alumnus, FIELDS),
        _("consents"): [
            {**_told(line, LINE), _("sentence"): line.wording.text, "nonce": line.nonce}
            for line in ledger(alumnus)
        ],
        _("notes of HR"): [_told(note, ("writer", "text", "made_at")) for note in alumnus.notes.all()],
        _("who looked"): [_told(look, ("viewer_name", "seen_on")) for look in alumnus.looks.all()],
    }


def _told(record: Alumnus | Consent | Note | Look, names: tuple[str, ...]) -> dict[str, Any]:
    fields = [record._meta.get_field(name) for name in names]
    return facts(record, fields)  # type: ignore[arg-type]
