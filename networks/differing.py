"""A proposal in words: what stands there now and what it would become, field by field."""

import dataclasses
import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from bwob import dutch
from networks.atlas import atlas
from networks.models import Network, Proposal
from networks.proposing import FIELDS, as_json, values_of

CHOICES: dict[str, Any] = {
    "kind": Network.Kind.choices,
    "themes": Network.Theme.choices,
    "language": settings.LANGUAGES,
}


@dataclasses.dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def differences(proposal: Proposal) -> list[Difference]:
    """In the order of the form. What is empty in a new network is left out."""
    network = proposal.network if proposal.is_open else None
    now = {name: as_json(value) for name, value in values_of(network).items()} if network else {}
    return [
        Difference(
            label=label(name),
            before=in_words(name, now.get(name)),
            after=in_words(name, proposal.changes[name]),
        )
        for name in FIELDS
        if name in proposal.changes and (network or proposal.changes[name] not in ("", [], None))
    ]


def label(name: str) -> str:
    field: Any = Network._meta.get_field(name)
    return str(field.verbose_name)


def in_words(name: str, value: Any) -> str:
    known = atlas().places
    if value is None:
        return ""
    if name == "area":
        return ", ".join(sorted(str(known[pk]) for pk in value if pk in known))
    if name == "place":
        return str(known.get(value, ""))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("starts_on", "ends_on"):
        return dutch.date_text(datetime.date.fromisoformat(str(value)))
    labels = {code: str(label) for code, label in CHOICES.get(name, ())}
    parts = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(part, str(part)) for part in parts)
