"""Judging a plan: a draft that only its writer reads, a ballot that nobody reads, a receipt."""

import datetime
import functools
import json
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.workflow import Refused
from pitch import ballots_file, counting, drafts, sealing
from pitch.models import Assignment, BallotDraft, Edition, EditionKey, Receipt, Rules

PUT_IN_BOX = """
    WITH ballot AS (
        INSERT INTO pitch_ballot (edition_id, assignment_id, revision, content, cast_at)
        VALUES (%(edition)s, %(assignment)s, %(revision)s, %(content)s, now())
        RETURNING id
    ), receipt AS (
        INSERT INTO pitch_receipt (ballot_id, code) SELECT id, %(code)s FROM ballot RETURNING id, ballot_id
    ), mail AS (
        INSERT INTO pitch_receiptmail (receipt_id) SELECT id FROM receipt
    ), draft AS (
        DELETE FROM pitch_ballotdraft WHERE assignment_id = %(assignment)s
    )
    SELECT id, ballot_id FROM receipt
"""


def save_draft(assignment_id: int, *, scores: dict[str, int], motivation: str) -> None:
    """Keep what was filled in so far; of two windows the one saved last counts."""
    facts = {"scores": scores, "motivation": motivation}
    BallotDraft.objects.update_or_create(
        assignment_id=assignment_id,
        defaults={"content": drafts.encrypt(drafts.pack(facts)), "saved_at": timezone.now()},
    )


def draft_of(assignment: Assignment) -> dict[str, Any]:
    """What was filled in so far: scores, motivation; empty when nothing was, or its key is gone."""
    draft = getattr(assignment, "draft", None)
    content = drafts.decrypt(bytes(draft.content)) if draft else None
    return drafts.unpack(content) | {"saved_at": draft.saved_at} if draft and content else {}


class Place(NamedTuple):
    """A plan for one member of the jury to judge, by numbers: all that casting a ballot must look up.

    `since` is the moment from which the edition is in its state.
    """

    assignment: int
    edition: int
    slug: str
    seat: str
    plan: int
    since: datetime.datetime
    takes_ballots: bool

    @classmethod
    def of(cls, assignment: Assignment) -> "Place":
        edition, plan = assignment.edition, assignment.entry.number or 0
        facts = (assignment.pk, edition.pk, edition.slug, assignment.seat.code, plan)
        return cls(*facts, edition.moved_at, edition.takes_ballots)


class Paper(NamedTuple):
    """What all ballots of an edition share: rules with criteria, and the lock (empty where there is none)."""

    rules: Rules
    lock: bytes


@functools.lru_cache(maxsize=8)
def paper(edition_id: int, since: datetime.datetime) -> Paper:
    """Rules and lock stand still as long as the jury judges: one look serves all its ballots.

    They can be other ones only after the edition has moved, and then `since` is another moment.
    """
    rules = Rules.objects.prefetch_related("criteria").get(edition=edition_id)
    lock = EditionKey.objects.filter(edition=edition_id).values_list("public", flat=True).first()
    return Paper(rules, bytes(lock or b""))


def off_scale(rules: Rules, scores: dict[str, int]) -> bool:
    """Is a criterion missing or too many, or a score off the scale?"""
    keys = {criterion.key for criterion in rules.criteria.all()}
    return scores.keys() != keys or any(score not in rules.scale for score in scores.values())


def cast(place: Place, *, scores: dict[str, int], motivation: str, after: int = 0) -> Receipt:
    """Put a ballot in the box. `after` is how many of this member and plan the form had seen.

    The database refuses it when the jury is done or the member stands aside, by its own clock; of two
    windows or clicks the second is refused by the number of the version.
    """
    given = paper(place.edition, place.since)
    if off_scale(given.rules, scores):
        raise refused(place, _("A score is missing or is not on the scale."))
    facts = {"scores": scores, "motivation": motivation, "nonce": ballots_file.make_nonce()}
    code = ballots_file.receipt(place.slug, counting.ballot(place.seat, str(place.plan), facts))
    try:
        return put_in_box(place, after + 1, closed(given, facts), code)
    except IntegrityError as problem:
        raise refused(place, refusal(str(problem))) from None


@transaction.atomic
def put_in_box(place: Place, revision: int, content: bytes, code: str) -> Receipt:
    """The ballot, its receipt and the mail together, or none of them; the draft goes. One statement: many
    members hand in at once.
    """
    facts = {"edition": place.edition, "assignment": place.assignment, "revision": revision}
    with connection.cursor() as cursor:
        cursor.execute(PUT_IN_BOX, facts | {"content": content, "code": code})
        number, ballot = cursor.fetchone()
    return Receipt(pk=number, ballot_id=ballot, code=code)


def closed(given: Paper, facts: dict[str, Any]) -> bytes:
    """The ballot as it is stored: sealed before anything is written, where the rules say so."""
    content = drafts.pack(facts)
    return sealing.seal(given.lock, content) if given.rules.is_sealed else content


def opened(content: bytes, private: bytes | None) -> dict[str, Any]:
    """What is on a ballot: with the private key of the edition, or None where ballots are not sealed."""
    return json.loads(sealing.unseal(private, content) if private else content)


def refused(place: Place, sentence: str) -> Refused:
    return Refused(sentence, Edition.objects.get(pk=place.edition))


def refusal(problem: str) -> str:
    """What the database refused, in a sentence for the member."""
    if "stands aside" in problem:
        return _("You stand aside for this plan, so your ballot was not taken.")
    if "not judging now" in problem:
        return _("Judging has closed. Your ballot was not taken.")
    return _("You cast this ballot in another window just before. That one stands.")
