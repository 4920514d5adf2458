"""The rules of an edition as a file with a hash, and what is still missing before they can be fixed."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pitch.models import Edition, Rules

COUNTED = [
    "average",
    "lowest",
    "highest",
    "min_ballots",
    "min_percent",
    "max_load",
    "ballots_wanted",
    "standardised",
    "tie_chain",
    "is_blind",
    "is_sealed",
    "needs_motivation",
    "has_audience_prize",
    "largest_team",
    "objection_days",
]
DATES = {
    "entries_open_on": "plans from",
    "entries_close_at": "plans until",
    "admission_until": "admission until",
    "judging_closes_at": "judging until",
}


def facts(rules: Rules) -> dict[str, Any]:
    """Everything that the count and the jury go by, as it is hashed."""
    criteria = [
        {name: getattr(criterion, name) for name in ("key", "name", "question", "weight", "anchors")}
        for criterion in rules.criteria.all()
    ]
    counted = {name: getattr(rules, name) for name in COUNTED}
    return {"edition": rules.edition.slug, "version": rules.version, **counted, "criteria": criteria}


def canonical(rules: Rules) -> bytes:
    """The same rules give the same bytes: sorted keys, no blanks, UTF-8."""
    return json.dumps(facts(rules), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(rules: Rules) -> str:
    return hashlib.sha256(canonical(rules)).hexdigest()


def missing(edition: Edition) -> list[str]:
    """What stands in the way of fixing the rules, in sentences."""
    rules = Rules.objects.filter(edition=edition).prefetch_related("criteria").first()
    if rules is None:
        return [_("There are no rules yet.")]
    found = [] if rules.criteria.all() else [_("There is no criterion yet.")]
    for criterion in rules.criteria.all():
        if len(criterion.anchors) != len(rules.scale):
            words = {"name": criterion.name, "count": len(rules.scale)}
            found.append(_("“%(name)s” does not say what each of the %(count)s scores means.") % words)
    empty = [name for name in DATES if getattr(edition, name) is None]
    if empty:
        found.append(ngettext("%d date is missing.", "%d dates are missing.", len(empty)) % len(empty))
    return found
