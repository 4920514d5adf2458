"""Judging a plan: a draft that only its writer reads, a ballot that nobody reads, a receipt."""

import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.workflow import Refused
from pitch import ballots_file, counting, drafts, sealing
from pitch.models import Assignment, Ballot, BallotDraft, Edition, Receipt, Rules
from pitch.tasks import announce


def save_draft(assignment: Assignment, *, scores: dict[str, int], motivation: str) -> None:
    """Keep what was filled in so far; of two windows the one saved last counts."""
    facts = {"scores": scores, "motivation": motivation}
    BallotDraft.objects.update_or_create(
        assignment=assignment,
        defaults={"content": drafts.encrypt(drafts.pack(facts)), "saved_at": timezone.now()},
    )


def draft_of(assignment: Assignment) -> dict[str, Any]:
    """What was filled in so far: scores, motivation; empty when nothing was, or its key is gone."""
    draft = BallotDraft.objects.filter(assignment=assignment).first()
    content = drafts.decrypt(bytes(draft.content)) if draft else None
    return drafts.unpack(content) | {"saved_at": draft.saved_at} if draft and content else {}


def off_scale(rules: Rules, scores: dict[str, int]) -> bool:
    """Is a criterion missing or too many, or a score off the scale?"""
    keys = {criterion.key for criterion in rules.criteria.all()}
    return scores.keys() != keys or any(score not in rules.scale for score in scores.values())


def cast(
    assignment: Assignment, *, scores: dict[str, int], motivation: str, by: Any, after: int = 0
) -> Receipt:
    """Put a ballot in the box. `after` is how many of this member and plan the form had seen.

    The database refuses it when the jury is done or the member stands aside, by its own clock; of two
    windows or clicks the second is refused by the number of the version.
    """
    edition = assignment.edition
    if off_scale(edition.rules, scores):
        raise Refused(_("A score is missing or is not on the scale."), edition)
    facts = {"scores": scores, "motivation": motivation, "nonce": ballots_file.make_nonce()}
    code = ballots_file.receipt(edition.slug, counting.ballot_of(assignment, facts))
    ballot = Ballot(
        edition=edition, assignment=assignment, revision=after + 1, content=closed(edition, facts)
    )
    try:
        return put_in_box(ballot, code)
    except IntegrityError as problem:
        raise Refused(refusal(assignment, str(problem)), edition) from None


@transaction.atomic
def put_in_box(ballot: Ballot, code: str) -> Receipt:
    """The ballot, its receipt and the mail together, or none of them; the draft goes."""
    ballot.save()
    receipt = Receipt.objects.create(ballot=ballot, code=code)
    BallotDraft.objects.filter(assignment=ballot.assignment_id).delete()
    announce("receipt", receipt)
    return receipt


def closed(edition: Edition, facts: dict[str, Any]) -> bytes:
    """The ballot as it is stored: sealed before anything is written, where the rules say so."""
    content = drafts.pack(facts)
    return sealing.seal(bytes(edition.lock.public), content) if edition.rules.is_sealed else content


def opened(content: bytes, private: bytes | None) -> dict[str, Any]:
    """What is on a ballot: with the private key of the edition, or None where ballots are not sealed."""
    return json.loads(sealing.unseal(private, content) if private else content)


def refusal(assignment: Assignment, problem: str) -> str:
    """What the database refused, in a sentence for the member."""
    if "stands aside" in problem:
        return _("You stand aside for this plan, so your ballot was not taken.")
    if "not judging now" in problem:
        return _("Judging has closed. Your ballot was not taken.")
    return _("You cast this ballot in another window just before. That one stands.")
