"""Sealing ballots: a lock that anyone can close, and a key in shares of which two holders need one each."""

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import nacl.bindings
import nacl.exceptions
import nacl.public

KEY_BYTES = 32
PADDED_TO = 512
"""Messages are filled up to a multiple of this, so that a length tells nothing of what is in them."""
GROUP = 4
MISREAD = str.maketrans("018", "OIB")
"""Digits that the alphabet of shares does not have, and the letters that they are taken for."""


class WrongShares(ValueError):
    """These shares do not make the key. `code`: unreadable, other_key, same_share, too_few or no_key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CannotOpen(ValueError):
    """The message was sealed for another key, or is damaged."""


@dataclass(frozen=True)
class Keys:
    public: bytes
    private: bytes


@dataclass(frozen=True)
class Share:
    """One point on the curves; `lock` says for which public key, so that shares are not mixed up."""

    needed: int
    index: int
    lock: bytes
    data: bytes


def make_keys() -> Keys:
    private = nacl.public.PrivateKey.generate()
    return Keys(bytes(private.public_key), bytes(private))


def public_of(private: bytes) -> bytes:
    return bytes(nacl.public.PrivateKey(private).public_key)


def seal(public: bytes, message: bytes) -> bytes:
    """A libsodium sealed box (X25519, XSalsa20, Poly1305): not even who sealed it can open it again."""
    padded = nacl.bindings.sodium_pad(message, PADDED_TO)
    return bytes(nacl.public.SealedBox(nacl.public.PublicKey(public)).encrypt(padded))


def unseal(private: bytes, sealed: bytes) -> bytes:
    box = nacl.public.SealedBox(nacl.public.PrivateKey(private))
    try:
        return bytes(nacl.bindings.sodium_unpad(box.decrypt(sealed), PADDED_TO))
    except (nacl.exceptions.CryptoError, TypeError) as problem:
        raise CannotOpen("This key does not open the message.") from problem


def split(private: bytes, *, shares: int = 3, needed: int = 2) -> list[str]:
    """Shares of a private key, in groups to write down; fewer than `needed` of them tell nothing."""
    if not 2 <= needed <= shares <= 15:
        raise ValueError("A key has 2 to 15 shares, of which at least 2 are needed.")
    lock = fingerprint(public_of(private))
    indexes = range(1, shares + 1)
    curves = [[byte, *secrets.token_bytes(needed - 1)] for byte in private]
    return [
        printed(Share(needed, index, lock, bytes(at(curve, index) for curve in curves))) for index in indexes
    ]


def join(shares: Sequence[str]) -> bytes:
    """The private key from any sufficient set of its shares; raises `WrongShares`."""
    read = [parsed(share) for share in shares]
    if len({(share.lock, share.needed) for share in read}) > 1:
        raise WrongShares("other_key")
    if len({share.index for share in read}) < len(read):
        raise WrongShares("same_share")
    if not read or len(read) < read[0].needed:
        raise WrongShares("too_few")
    private = combined({share.index: share.data for share in read})
    if fingerprint(public_of(private)) != read[0].lock:
        raise WrongShares("no_key")
    return private


def fingerprint(public: bytes) -> bytes:
    return hashlib.sha256(b"bwob pitch lock" + public).digest()[:4]


def printed(share: Share) -> str:
    """Number, lock, data and checksum as sixteen groups of four letters and digits."""
    body = bytes([share.needed << 4 | share.index]) + share.lock + share.data
    letters = base64.b32encode(body + checksum(body)).decode()
    return " ".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def parsed(text: str) -> Share:
    letters = re.sub(r"[\s-]", "", text).upper().translate(MISREAD)
    try:
        whole = base64.b32decode(letters)
    except ValueError as problem:
        raise WrongShares("unreadable") from problem
    body, check = whole[:-3], whole[-3:]
    if len(body) != 5 + KEY_BYTES or check != checksum(body):
        raise WrongShares("unreadable")
    return Share(body[0] >> 4, body[0] & 15, body[1:5], body[5:])


def checksum(body: bytes) -> bytes:
    return hashlib.sha256(b"bwob pitch share" + body).digest()[:3]


def times(one: int, other: int) -> int:
    """Multiplication in GF(256) with the polynomial of AES, x⁸ + x⁴ + x³ + x + 1 (FIPS 197, 4.2)."""
    product = 0
    for bit in range(8):
        product ^= one * (other >> bit & 1)
        one = one << 1 ^ (one >> 7) * 0x11B
    return product


def inverse(number: int) -> int:
    """The number to the power 254, since to the power 255 each is 1."""
    power = number
    for _ in range(6):
        power = times(times(power, power), number)
    return times(power, power)


def at(curve: Sequence[int], place: int) -> int:
    """The value of a polynomial, lowest coefficient first."""
    value = 0
    for coefficient in reversed(curve):
        value = times(value, place) ^ coefficient
    return value


def combined(points: dict[int, bytes]) -> bytes:
    """Lagrange's value at 0 of the curves through these points, byte by byte (Shamir 1979)."""
    sums = bytearray(len(next(iter(points.values()))))
    for index, data in points.items():
        factor = 1
        for other in points.keys() - {index}:
            factor = times(factor, times(other, inverse(other ^ index)))
        for position, byte in enumerate(data):
            sums[position] ^= times(factor, byte)
    return bytes(sums)
