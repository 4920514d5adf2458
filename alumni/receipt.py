"""What an alumnus sees and takes along: the record, the ledger with its proofs, notes, and who looked."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from alumni import links, returning
from alumni.models import Alumnus, Answer, Consent, Guest, Look, Note, Tip
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
SEAT = ("gathering", "state", "signed_up_at", "attended_at")
ANSWER = ("question", "text", "is_named", "at")


def ledger(alumnus: Alumnus) -> QuerySet[Consent]:
    return alumnus.consents.select_related("wording__network__organisation").order_by("at", "pk")


def page_of(alumnus: Alumnus) -> dict[str, Any]:
    """The context of the own page. Six queries."""
    return {
        "alumnus": alumnus,
        "network": alumnus.network,
        "ledger": list(ledger(alumnus))[::-1],
        "notes": list(alumnus.notes.select_related("writer")),
        "looks": list(alumnus.looks.all()[:5]),
        "gatherings": gatherings(alumnus),
        "places": list(returning.on_page(alumnus.network)[:20]) if alumnus.is_member else [],
    }


def gatherings(alumnus: Alumnus) -> list[dict[str, Any]]:
    """The meetings to come of the network, with how the alumnus stands and the own link. Two queries."""
    if not alumnus.is_member:
        return []
    own = {one.gathering_id: one for one in alumnus.signups.running()}
    return [
        {
            "gathering": gathering,
            "guest": own.get(gathering.pk),
            "url": reverse("alumni:gathering", args=[links.gathering(alumnus, gathering)]),
        }
        for gathering in alumnus.network.gatherings.ahead()
    ]


def of(alumnus: Alumnus) -> dict[str, Any]:
    """Everything in words, for the download."""
    return {
        _("record"): _told(alumnus, FIELDS),
        _("consents"): [
            {**_told(line, LINE), _("sentence"): line.wording.text, "nonce": line.nonce}
            for line in ledger(alumnus)
        ],
        _("notes of HR"): [_told(note, ("writer", "text", "made_at")) for note in alumnus.notes.all()],
        _("meetings"): [_told(one, SEAT) for one in alumnus.signups.select_related("gathering")],
        _("places you were told of"): [
            _told(one, ("exchange", "at")) for one in alumnus.tips.select_related("exchange")
        ],
        _("answers"): [_told(one, ANSWER) for one in alumnus.answers.select_related("question")],
        _("who looked"): [_told(look, ("viewer_name", "seen_on")) for look in alumnus.looks.all()],
    }


def _told(
    record: Alumnus | Answer | Consent | Guest | Note | Look | Tip, names: tuple[str, ...]
) -> dict[str, Any]:
    fields = [record._meta.get_field(name) for name in names]
    return facts(record, fields)  # type: ignore[arg-type]
