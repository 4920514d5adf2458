"""Keys of the ballots: each holder takes a key, the lock is made and divided, and opening is tried first.

Nobody holds the private key of an edition. It is divided into three shares, and each share is sealed with the
key of one holder, which is shown once and kept nowhere. Two holders make the private key, for one act.
"""

import base64
import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from nacl.public import PrivateKey

from bwob.workflow import Refused
from pitch import drafts, sealing
from pitch.models import Edition, EditionKey, KeyShare, Part
from pitch.tasks import announce

HOLDERS = 3
NEEDED = 2
TRIAL = b"A ballot to try the lock with"
MAKING = [Edition.State.FIXED, Edition.State.OPEN, Edition.State.ADMISSION, Edition.State.REHEARSAL]


def new_code() -> str:
    return code_of(secrets.token_bytes(16))


def code_of(seed: bytes) -> str:
    """Sixteen bytes and four that check them, as eight groups of four letters and figures."""
    text = base64.b32encode(seed + hashlib.sha256(seed).digest()[:4]).decode()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def private_of(code: str) -> bytes:
    """The holder's own private key; Refused when something was mistyped."""
    text = "".join(code.upper().replace("0", "O").replace("1", "I").replace("8", "B").split()).replace(
        "-", ""
    )
    try:
        content = base64.b32decode(text)
    except ValueError:
        content = b""
    seed, check = content[:16], content[16:]
    if len(seed) != 16 or hashlib.sha256(seed).digest()[:4] != check:
        raise Refused(_("This is not a whole key. Check each group of four."))
    return hashlib.sha256(b"bwob.pitch.holder" + seed).digest()


@transaction.atomic
def take_key(part: Part) -> str:
    """The code to show once. A holder who lost it can take a new one until the lock is made."""
    edition = Edition.objects.locked().get(pk=part.edition_id)
    if edition.state not in MAKING or EditionKey.objects.filter(edition=edition).exists():
        raise Refused(_("The lock of this edition was made already."), edition)
    code = new_code()
    keep_public_part(part, code)
    return code


def keep_public_part(part: Part, code: str) -> None:
    public = bytes(PrivateKey(private_of(code)).public_key)
    KeyShare.objects.update_or_create(part=part, defaults={"public": public, "taken_at": timezone.now()})


@transaction.atomic
def make_lock(edition: Edition) -> EditionKey:
    """Make the pair of keys, divide the private one over the holders, and forget it."""
    now = Edition.objects.locked().get(pk=edition.pk)
    if now.state not in MAKING or EditionKey.objects.filter(edition=now).exists():
        raise Refused(_("The lock of this edition was made already."), now)
    held = list(KeyShare.objects.filter(part__edition=now, part__role=Part.Role.KEY_HOLDER).order_by("pk"))
    if len(held) != HOLDERS:
        raise Refused(_("All three key holders must take their key first."), now)
    keys = sealing.make_keys()
    for share, text in zip(held, sealing.split(keys.private, shares=HOLDERS, needed=NEEDED), strict=True):
        share.sealed = sealing.seal(bytes(share.public), text.encode())
        share.save(update_fields=["sealed"])
    return EditionKey.objects.create(edition=now, public=keys.public)


@transaction.atomic
def start_again(edition: Edition) -> None:
    """A key was lost before judging: away with the lock and the keys, and take new ones."""
    now = Edition.objects.locked().get(pk=edition.pk)
    if now.state not in MAKING:
        raise Refused(_("Ballots are sealed with this lock, so it stays."), now)
    KeyShare.objects.filter(part__edition=now).delete()
    EditionKey.objects.filter(edition=now).delete()


def share_behind(part: Part, code: str) -> bytes:
    """The share of this holder, opened with the code; Refused when the code is another's."""
    share = KeyShare.objects.filter(part=part, sealed__isnull=False).first()
    if share is None:
        raise Refused(_("There is no lock yet."))
    try:
        return sealing.unseal(private_of(code), bytes(share.sealed or b""))
    except sealing.CannotOpen:
        raise Refused(_("This key does not belong to your share. Check whose it is.")) from None


def hand_in(part: Part, code: str) -> bytes | None:
    """Give the own share; the private key when it is the second one, None as long as it is the first.

    Inside a transaction that holds the edition. The first share waits encrypted; alone it opens nothing.
    """
    text = share_behind(part, code)
    KeyShare.objects.filter(part=part).update(handed_in=drafts.encrypt(text), handed_in_at=timezone.now())
    waiting = KeyShare.objects.filter(part__edition=part.edition_id, handed_in__isnull=False)
    shares = [opened.decode() for one in waiting if (opened := drafts.decrypt(bytes(one.handed_in or b"")))]
    if len(shares) < NEEDED:
        return None
    waiting.update(handed_in=None)
    try:
        return sealing.join(shares[:NEEDED])
    except sealing.WrongShares:
        raise Refused(_("These shares do not fit together.")) from None


@transaction.atomic
def rehearse(part: Part, code: str, *, by: Any) -> bool:
    """Try to open a sealed message with two keys; True when the second holder made it work."""
    edition = Edition.objects.locked().get(pk=part.edition_id)
    if edition.state != Edition.State.REHEARSAL:
        raise Refused(_("Trying the keys happens before the jury starts."), edition)
    private = hand_in(part, code)
    if private is None:
        return False
    lock = EditionKey.objects.get(edition=edition)
    if sealing.unseal(private, sealing.seal(bytes(lock.public), TRIAL)) != TRIAL:
        raise Refused(_("The lock did not open. Make a new one."), edition)
    lock.rehearsed_at = timezone.now()
    lock.save(update_fields=["rehearsed_at"])
    announce("rehearsed", edition)
    return True
