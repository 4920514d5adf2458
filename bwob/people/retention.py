"""What goes of people by itself: accounts never confirmed, claims never proven, keys of old clicks."""

import datetime

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from bwob.people.models import AddressClaim, Submission, User
from bwob.privacy import erasing, retention
from bwob.privacy.labels import Keep


def unconfirmed_accounts(moment: datetime.datetime) -> models.QuerySet:
    """Accounts without any confirmed address, in which nobody ever signed in and which hold no role."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    joined_before = moment - retention.term(Keep.UNVERIFIED)
    return User.objects.filter(
        ~Exists(confirmed), joined_at__lt=joined_before, last_login=None, memberships=None
    )


def erase_each(accounts: models.QuerySet) -> None:
    """Without a last mail: nobody showed that the address is theirs."""
    for user in accounts:
        erasing.erase(user, farewell=False)


def old_submissions(moment: datetime.datetime) -> models.QuerySet:
    return Submission.objects.filter(made_at__lt=moment - retention.term(Keep.BRIEF))


def unproven_claims(moment: datetime.datetime) -> models.QuerySet:
    return AddressClaim.objects.filter(asked_at__lt=moment - AddressClaim.VALID)


retention.register(
    retention.Rule(_("Accounts never confirmed"), unconfirmed_accounts, "joined_at", erase_each)
)
retention.register(retention.Rule(_("Keys of double clicks"), old_submissions, "made_at"))
retention.register(retention.Rule(_("Work addresses never proven"), unproven_claims, "asked_at"))
