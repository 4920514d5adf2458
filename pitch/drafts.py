"""What must rest in the database unread for a while: encrypted with a key from the settings.

This guards the database and its backups, not the running server, which must show a draft to its writer.
"""

import hashlib
import json
from typing import Any

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


def box(secret: str) -> SecretBox:
    return SecretBox(hashlib.blake2b(secret.encode(), digest_size=32, person=b"bwob.pitch.draft").digest())


def encrypt(content: bytes) -> bytes:
    return bytes(box(settings.SECRET_KEY).encrypt(content))


def decrypt(content: bytes) -> bytes | None:
    """None when it was encrypted with a key that is no longer known."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return box(secret).decrypt(bytes(content))
        except CryptoError:
            continue
    return None


def pack(facts: dict[str, Any]) -> bytes:
    """Padded to whole blocks, so that the size of what is encrypted does not tell how much was written."""
    text = json.dumps(facts, ensure_ascii=False).encode()
    return text + b" " * (-len(text) % 2048)


def unpack(content: bytes) -> dict[str, Any]:
    return json.loads(content)
