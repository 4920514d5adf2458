"""Keeping terms are data: the default for a kind of record, or the term an organisation set itself (rule R5)."""

import datetime

from django.db.models import F, Q

from bwob.organisations.models import Organisation
from bwob.privacy.labels import Keep
from bwob.privacy.models import KeepingTerm

UNLESS_SET = {
    Keep.APPLICATION: 28,
    Keep.OFFER: 365,
    Keep.ACCESS_LOG: 183,
    Keep.ACCOUNT: 730,
    Keep.UPLOAD: 1,
}  # days


def term(kind: Keep, organisation: Organisation | None = None) -> datetime.timedelta:
    """How long a record of this kind is kept after it ended. One query."""
    terms = KeepingTerm.objects.filter(Q(organisation=organisation) | Q(organisation=None), kind=kind)
    own_first = terms.order_by(F("organisation").asc(nulls_last=True)).first()
    return datetime.timedelta(days=own_first.days if own_first else UNLESS_SET[kind])
