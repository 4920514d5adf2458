"""Recount the published ballots of a PITCH edition. One file, Python 3.9 or newer, nothing to install.

    python3 telling.py ballots.json
    python3 telling.py ballots.json --sha256 HASH --key PUBLIC_KEY --receipt "7KQ4 9XTM 2HVD R3PW" --english

It checks the hash (of the mail to the jury), the signature and each receipt, counts again in exact
fractions, and says step by step what the count gives. It exits with 1 if anything is wrong.
Licence: EUPL-1.2.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

FORMAT = "bwob-pitch-ballots/1"
Pair = tuple[str, str]

DUTCH = {
    "sha256": "SHA-256 van het bestand: {0}",
    "read": "Editie {0}: {1} inzendingen, {2} stembiljetten.",
    "void": "Niet meegeteld, want het jurylid deed later een stap opzij: {0}.",
    "signed": "De handtekening klopt. Openbare sleutel: {0}",
    "receipts": "Alle {0} ontvangstcodes horen bij hun stembiljet.",
    "found": "Ontvangstcode {0}: dit stembiljet is geteld. Inzending {1}, scores {2}.",
    "aside": "Ontvangstcode {0}: dit stembiljet telt niet mee. Het jurylid deed een stap opzij.",
    "turnout": "{0}: {1} van {2} stembiljetten, {3} nodig.",
    "short": "Er zijn te weinig stembiljetten. Er is geen uitslag.",
    "mean": "Het gemiddelde van elke inzending:",
    "median": "De mediaan van elke inzending:",
    "heaviest": "Gelijk: {0}. Het zwaarste criterium telt nu alleen:",
    "head_to_head": "Gelijk: {0}. Onderling, twee punten voor wie wint en een bij gelijk:",
    "smallest_spread": "Gelijk: {0}. De kleinste spreiding wint:",
    "draw": "Gelijk: {0}. Het lot beslist, de laagste uitkomst wint:",
    "rank": "De uitslag:",
    "fine": "Alles klopt.",
    "wrong": "Het klopt niet: {0}",
    "form": "het bestand heeft niet de vorm die het hoort te hebben",
    "changed": "de handtekening past niet bij het bestand; er is iets veranderd",
    "other_sha256": "het bestand heeft een andere SHA-256",
    "other_key": "het bestand is ondertekend met een andere sleutel",
    "receipt": "een ontvangstcode past niet bij haar stembiljet",
    "ballot": "een stembiljet past niet bij het reglement",
    "missing": "deze ontvangstcode staat niet in het bestand",
}
ENGLISH = {
    "sha256": "SHA-256 of the file: {0}",
    "read": "Edition {0}: {1} entries, {2} ballots.",
    "void": "Not counted, because the juror stood aside later: {0}.",
    "signed": "The signature fits. Public key: {0}",
    "receipts": "All {0} receipts belong to their ballot.",
    "found": "Receipt {0}: this ballot was counted. Entry {1}, scores {2}.",
    "aside": "Receipt {0}: this ballot does not count. The juror stood aside.",
    "turnout": "{0}: {1} of {2} ballots, {3} needed.",
    "short": "There are too few ballots. There is no result.",
    "mean": "The mean of each entry:",
    "median": "The median of each entry:",
    "heaviest": "Equal: {0}. Now the heaviest criterion counts alone:",
    "head_to_head": "Equal: {0}. Head to head, two points for who wins and one if even:",
    "smallest_spread": "Equal: {0}. The smallest spread wins:",
    "draw": "Equal: {0}. A draw decides, the lowest outcome wins:",
    "rank": "The result:",
    "fine": "Everything is right.",
    "wrong": "It is not right: {0}",
    "form": "the file does not have the form it should have",
    "changed": "the signature does not fit the file; something was changed",
    "other_sha256": "the file has another SHA-256",
    "other_key": "the file was signed with another key",
    "receipt": "a receipt does not fit its ballot",
    "ballot": "a ballot does not fit the rules",
    "missing": "this receipt is not in the file",
}


class Wrong(Exception):
    """Something in the file is not as it should be; the argument is a key of the words above."""


# Ed25519, verification only (RFC 8032, 5.1.7). Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def added(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiplied(times: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while times > 0:
        if times & 1:
            total = added(total, point)
        point = added(point, point)
        times >>= 1
    return total


def same_point(one: Point, other: Point) -> bool:
    return not (one[0] * other[2] - other[0] * one[2]) % P and not (one[1] * other[2] - other[1] * one[2]) % P


def point_of(data: bytes) -> Point:
    """Decode a point (5.1.3); raises `Wrong` where there is none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise Wrong("changed")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    try:
        key, commitment = point_of(public), point_of(signature[:32])
    except Wrong:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same_point(multiplied(scalar, BASE), added(commitment, multiplied(challenge, key)))


# The file


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def opened(data: bytes) -> dict[str, Any]:
    """Its content, when form and signature are right. Any byte that changed shows here."""
    try:
        envelope = json.loads(data)
        content = envelope["content"]
        public, signature = bytes.fromhex(envelope["public_key"]), bytes.fromhex(envelope["signature"])
        is_whole = canonical(envelope) == data and len(envelope) == 3 and content["format"] == FORMAT
        names_are_plain = envelope["public_key"] == public.hex() and envelope["signature"] == signature.hex()
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Wrong("form") from problem
    if not is_whole or not names_are_plain:
        raise Wrong("form")
    if not is_signed(public, FORMAT.encode() + b"\n" + canonical(content), signature):
        raise Wrong("changed")
    return dict(content)


def receipt_of(edition: str, ballot: dict[str, Any]) -> str:
    bound = {name: ballot[name] for name in ("entry", "nonce", "scores")}
    bound["edition"] = edition
    return base64.b32encode(hashlib.sha256(canonical(bound)).digest()).decode()[:16]


def checked(content: dict[str, Any]) -> None:
    """Each receipt fits its ballot, each ballot fits the rules, and nobody has two for one entry."""
    rules, seen = content["rules"], set()
    keys = {criterion["key"] for criterion in rules["criteria"]}
    scale = range(rules["lowest"], rules["highest"] + 1)
    for ballot in content["ballots"]:
        if ballot["receipt"] != receipt_of(content["edition"], ballot):
            raise Wrong("receipt")
        scores = ballot["scores"]
        is_right = set(scores) == keys and all(
            type(score) is int and score in scale for score in scores.values()
        )
        if not is_right or ballot["entry"] not in content["entries"] or pair_of(ballot) in seen:
            raise Wrong("ballot")
        seen.add(pair_of(ballot))


# The count


def pair_of(ballot: dict[str, Any]) -> Pair:
    return ballot["juror"], ballot["entry"]


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def median(values: Sequence[Fraction]) -> Fraction:
    row, half = sorted(values), len(values) // 2
    return row[half] if len(row) % 2 else (row[half - 1] + row[half]) / 2


def by_entry(points: dict[Pair, Fraction]) -> dict[str, list[Fraction]]:
    lists: dict[str, list[Fraction]] = {}
    for (_juror, entry), value in points.items():
        lists.setdefault(entry, []).append(value)
    return lists


def points_of(content: dict[str, Any], criteria: list[dict[str, Any]]) -> dict[Pair, Fraction]:
    """The weighted mean of the scores on each ballot; standardised: without the juror's own mean."""
    whole, points = sum(criterion["weight"] for criterion in criteria), {}
    for ballot in content["ballots"]:
        weighted = sum(criterion["weight"] * ballot["scores"][criterion["key"]] for criterion in criteria)
        points[pair_of(ballot)] = Fraction(weighted, whole)
    if not content["rules"]["standardised"]:
        return points
    own: dict[str, list[Fraction]] = {}
    for (juror, _entry), value in points.items():
        own.setdefault(juror, []).append(value)
    everybody = mean(list(points.values()))
    return {pair: value - mean(own[pair[0]]) + everybody for pair, value in points.items()}


class Count:
    """One recount: turnouts, steps (code, equal entries, values) and standings (entry, total, rank)."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content, self.rules = content, content["rules"]
        self.average: Callable[[Sequence[Fraction]], Fraction] = (
            median if self.rules["average"] == "median" else mean
        )
        self.steps: list[tuple[str, list[str], dict[str, Any]]] = []
        self.standings: list[tuple[str, Fraction, int]] = []
        self.turnouts = [self.turnout(entry) for entry in sorted(content["entries"])]
        if self.turnouts and all(cast >= needed for _entry, cast, _able, needed in self.turnouts):
            self.rank()

    def turnout(self, entry: str) -> tuple[str, int, int, int]:
        able = self.content["may_judge"][entry]
        share = Fraction(able * self.rules["min_percent"], 100)
        whole = share.numerator // share.denominator + (share.denominator > 1)
        cast = sum(ballot["entry"] == entry for ballot in self.content["ballots"])
        return entry, cast, able, max(self.rules["min_ballots"], whole)

    def rank(self) -> None:
        self.points = points_of(self.content, self.rules["criteria"])
        self.totals = self.averages(self.points)
        groups = self.step(self.rules["average"], sorted(self.totals), self.totals)
        for group in groups:
            for equal in self.separated(group):
                rank = len(self.standings) + 1
                self.standings += [(entry, self.totals[entry], rank) for entry in equal]

    def averages(self, points: dict[Pair, Fraction]) -> dict[str, Fraction]:
        return {entry: self.average(values) for entry, values in by_entry(points).items()}

    def step(self, code: str, equal: list[str], values: dict[str, Any], sign: int = 1) -> list[list[str]]:
        """Note the step, and sort the entries by value: with sign 1 from high to low, with -1 upwards."""
        self.steps.append((code, equal, {entry: values[entry] for entry in equal}))
        levels = sorted({values[entry] for entry in equal}, reverse=sign == 1)
        return [[entry for entry in equal if values[entry] == level] for level in levels]

    def separated(self, group: list[str]) -> list[list[str]]:
        groups = [group]
        for code in self.rules["tie_chain"]:
            tried = [self.compared(code, equal) if len(equal) > 1 else [equal] for equal in groups]
            groups = [part for parts in tried for part in parts]
        return groups

    def compared(self, code: str, equal: list[str]) -> list[list[str]]:
        if code == "heaviest":
            most = max(criterion["weight"] for criterion in self.rules["criteria"])
            heavy = [criterion for criterion in self.rules["criteria"] if criterion["weight"] == most]
            return self.step(code, equal, self.averages(points_of(self.content, heavy)))
        if code == "head_to_head":
            return self.step(code, equal, {entry: self.won(entry, equal) for entry in equal})
        if code == "smallest_spread":
            lists = by_entry(self.points)
            short = {e: mean([max(self.totals[e] - v, Fraction()) for v in lists[e]]) for e in equal}
            return self.step(code, equal, short, sign=-1)
        nonces = "".join(
            f"{nonce}\n" for nonce in sorted(ballot["nonce"] for ballot in self.content["ballots"])
        )
        seed = hashlib.sha256(nonces.encode()).hexdigest()
        lots = {entry: hashlib.sha256(f"{seed}\n{entry}".encode()).hexdigest() for entry in equal}
        return self.step(code, equal, lots, sign=-1)

    def won(self, entry: str, equal: list[str]) -> Fraction:
        return Fraction(sum(self.against(entry, other) for other in equal if other != entry))

    def against(self, entry: str, other: str) -> int:
        """2 when more jurors who judged both had this entry higher, 1 when as many, 0 when fewer."""
        lead = 0
        for (juror, judged), value in self.points.items():
            if judged == entry and (juror, other) in self.points:
                against = self.points[juror, other]
                lead += (value > against) - (value < against)
        return 1 + (lead > 0) - (lead < 0)


# In words


def shown(value: Any, is_dutch: bool) -> str:
    if not isinstance(value, Fraction):
        return str(value)[:16]
    decimal = f"{float(value):.3f}"
    exact = "" if value.denominator == 1 else f" ({value})"
    return (decimal.replace(".", ",") if is_dutch else decimal) + exact


def told(content: dict[str, Any], words: dict[str, str]) -> list[str]:
    count, is_dutch = Count(content), words is DUTCH
    lines = [words["turnout"].format(*turnout) for turnout in count.turnouts]
    for code, equal, values in count.steps:
        lines += ["", words[code].format(", ".join(equal))]
        lines += [f"  {entry}: {shown(values[entry], is_dutch)}" for entry in equal]
    if not count.standings:
        return [*lines, words["short"]]
    lines += ["", words["rank"]]
    return lines + [f"  {rank}. {entry}: {shown(total, is_dutch)}" for entry, total, rank in count.standings]


def found(content: dict[str, Any], code: str, words: dict[str, str]) -> str:
    plain = code.replace(" ", "").replace("-", "").upper()
    for ballot in content["ballots"]:
        if ballot["receipt"] == plain:
            return words["found"].format(code, ballot["entry"], ballot["scores"])
    if plain in content["void"]:
        return words["aside"].format(code)
    raise Wrong("missing")


def report(data: bytes, options: argparse.Namespace, words: dict[str, str]) -> list[str]:
    digest = hashlib.sha256(data).hexdigest()
    lines = [words["sha256"].format(digest)]
    if options.sha256 and options.sha256.strip().lower() != digest:
        raise Wrong("other_sha256")
    content = opened(data)
    public = json.loads(data)["public_key"]
    if options.key and options.key.strip().lower() != public:
        raise Wrong("other_key")
    checked(content)
    ballots, void = len(content["ballots"]), len(content["void"])
    lines += [words["signed"].format(public), words["receipts"].format(ballots)]
    lines += [words["read"].format(content["edition"], len(content["entries"]), ballots)]
    lines += [words["void"].format(void)] if void else []
    lines += [found(content, code, words) for code in options.receipt]
    return [*lines, "", *told(content, words), "", words["fine"]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", help="the published ballots")
    parser.add_argument("--sha256", help="the hash that was mailed to the jury")
    parser.add_argument("--key", help="the public key in the rules of the edition")
    parser.add_argument("--receipt", action="append", default=[], help="a receipt to look for")
    parser.add_argument("--english", action="store_true", help="speak English instead of Dutch")
    options = parser.parse_args(arguments)
    words = ENGLISH if options.english else DUTCH
    with open(options.file, "rb") as file:
        data = file.read()
    try:
        print("\n".join(report(data, options, words)))
    except Wrong as problem:
        print(words["wrong"].format(words[problem.args[0]]))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
