"""The published file of all ballots of an edition: shuffled, canonical and signed, for anyone to recount.

Form: one JSON object in the canonical form of RFC 8785 (only ASCII keys, whole numbers and text), UTF-8.
`content` holds all that is counted, `public_key` and `signature` (Ed25519 over `DOMAIN` and the canonical
content) say who vouches for it. The hash that is mailed round is SHA-256 over the whole file.
"""

import base64
import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Iterable
from typing import Any

import nacl.signing

from pitch.tally import Ballot, Pair, Rules, Step, count

FORMAT = "bwob-pitch-ballots/1"
DOMAIN = b"bwob-pitch-ballots/1\n"
RECEIPT_LETTERS = 16


def make_signing_key() -> bytes:
    return bytes(nacl.signing.SigningKey.generate())


def public_key(secret_signing_key: bytes) -> str:
    """As it stands in the file and in the rules of the edition, in hex."""
    return bytes(nacl.signing.SigningKey(secret_signing_key).verify_key).hex()


def make_nonce() -> str:
    """What makes two equal ballots differ, and keeps a receipt from telling the scores: 128 random bits."""
    return secrets.token_hex(16)


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: bytes) -> str:
    """What `sha256sum` prints for the file."""
    return hashlib.sha256(data).hexdigest()


def receipt(edition: str, ballot: Ballot) -> str:
    """Sixteen letters and digits that stand for exactly this ballot; without the nonce they tell nothing."""
    bound = {"edition": edition, "entry": ballot.entry, "nonce": ballot.nonce, "scores": dict(ballot.scores)}
    return base64.b32encode(hashlib.sha256(canonical(bound)).digest()).decode()[:RECEIPT_LETTERS]


def build(
    *,
    edition: str,
    rules: Rules,
    entries: Iterable[str],
    jury: Iterable[str],
    ballots: Iterable[Ballot],
    recused: Iterable[Pair],
    secret_signing_key: bytes,
    assigned: Iterable[Pair] | None = None,
) -> bytes:
    """The file of this edition. Ballots of jurors who stood aside are only named by their receipt.

    Two calls never give the same file: order and pseudonyms are random. Build it once and keep it.
    """
    jurors, cast, aside = list(jury), list(ballots), set(recused)
    pairs = None if assigned is None else list(assigned)
    keys = sorted(set(entries))
    result = count(rules, entries=keys, jury=jurors, ballots=cast, recused=aside, assigned=pairs)
    counted = [ballot for ballot in cast if ballot.pair not in aside]
    names = pseudonyms(rules, result.steps, counted)
    content = {
        "format": FORMAT,
        "edition": edition,
        "rules": described(rules),
        "entries": keys,
        "may_judge": {turnout.entry: turnout.may_judge for turnout in result.turnouts},
        "recused": dict(Counter(entry for _juror, entry in aside)),
        "ballots": shuffled([line(edition, ballot, names[ballot.pair]) for ballot in counted]),
        "void": sorted(receipt(edition, ballot) for ballot in cast if ballot.pair in aside),
    }
    return signed(content, secret_signing_key)


def signed(content: dict[str, Any], secret_signing_key: bytes) -> bytes:
    signature = nacl.signing.SigningKey(secret_signing_key).sign(DOMAIN + canonical(content)).signature
    envelope = {
        "content": content,
        "public_key": public_key(secret_signing_key),
        "signature": signature.hex(),
    }
    return canonical(envelope)


def described(rules: Rules) -> dict[str, Any]:
    return {
        "criteria": [{"key": criterion.key, "weight": criterion.weight} for criterion in rules.criteria],
        "lowest": rules.lowest,
        "highest": rules.highest,
        "average": rules.average,
        "min_ballots": rules.min_ballots,
        "min_percent": rules.min_percent,
        "standardised": rules.standardised,
        "tie_chain": list(rules.tie_chain),
    }


def line(edition: str, ballot: Ballot, pseudonym: str) -> dict[str, Any]:
    return {
        "juror": pseudonym,
        "entry": ballot.entry,
        "scores": dict(ballot.scores),
        "nonce": ballot.nonce,
        "receipt": receipt(edition, ballot),
    }


def shuffled(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In an order from the system's own source of chance, which has nothing to do with who cast when."""
    secrets.SystemRandom().shuffle(lines)
    return lines


def pseudonyms(rules: Rules, steps: Iterable[Step], ballots: Iterable[Ballot]) -> dict[Pair, str]:
    """A name for the juror of each ballot: another one on every ballot, unless the count needs to join them.

    Taking a juror's own mean away joins all ballots of one juror; a meeting head to head joins them for the
    entries that met, and for no others (decision 12).
    """
    together = {
        entry: number
        for number, step in enumerate(steps)
        if step.code == "head_to_head"
        for entry in step.entries
    }
    names: dict[tuple[str, object], str] = {}
    chosen: dict[Pair, str] = {}
    for ballot in ballots:
        scope = "all" if rules.standardised else together.get(ballot.entry, ballot.entry)
        chosen[ballot.pair] = names.setdefault((ballot.juror, scope), secrets.token_hex(4))
    return chosen
