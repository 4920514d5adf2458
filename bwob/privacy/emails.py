"""The mails about privacy."""

from bwob import mail
from bwob.privacy.models import Farewell


def farewell(last: Farewell) -> None:
    """To somebody whose account was just erased: that it is done, and what to do if somebody else did it."""
    mail.send(
        "privacy/email/farewell.txt",
        to=last.email,
        language=last.language,
        about=f"farewell {last.pk} {last.made_at.isoformat()}",
        context={"at": last.made_at},
    )
