"""The invitation to a Doetank: a signed link that members and coach hand on. A renewed one voids the old."""

from django.core import signing

from doetanks.models import Challenge

SALT = "doetanks.invitation"


def invitation(challenge: Challenge) -> str:
    return signing.dumps([challenge.pk, challenge.invite_key.hex], salt=SALT)


def challenge_of(token: str) -> Challenge | None:
    """The challenge an invitation is for; None for a forged or outdated one, or where nobody can join."""
    try:
        number, key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Challenge.objects.with_names().filter(pk=number, invite_key=key, opened_at__isnull=False).first()
