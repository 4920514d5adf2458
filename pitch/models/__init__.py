from pitch.models.audience import AudienceCode, AudienceRound, AudienceVote, AudienceVoter
from pitch.models.ballots import Ballot, BallotDraft, EditionKey, KeyShare, Receipt, ReceiptMail
from pitch.models.editions import Edition, Part
from pitch.models.entries import Attachment, BlindVersion, Entry, TeamMember
from pitch.models.jury import Assignment, Conflict, Juror, Seat
from pitch.models.realisations import Milestone, Realisation, StatusReport
from pitch.models.results import Feedback, Objection, Result, Standing
from pitch.models.rules import Criterion, Rules
from pitch.models.supports import Support

__all__ = [
    "Assignment",
    "Attachment",
    "AudienceCode",
    "AudienceRound",
    "AudienceVote",
    "AudienceVoter",
    "Ballot",
    "BallotDraft",
    "BlindVersion",
    "Conflict",
    "Criterion",
    "Edition",
    "EditionKey",
    "Entry",
    "Feedback",
    "Juror",
    "KeyShare",
    "Milestone",
    "Objection",
    "Part",
    "Realisation",
    "Receipt",
    "ReceiptMail",
    "Result",
    "Rules",
    "Seat",
    "Standing",
    "StatusReport",
    "Support",
    "TeamMember",
]
