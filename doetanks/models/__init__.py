from doetanks.models.cafes import (
    Cafe,
    CafeQuerySet,
    CafeQuestion,
    CafeQuestionQuerySet,
    Signup,
    SignupQuerySet,
)
from doetanks.models.challenges import Challenge, ChallengeQuerySet, Tick, WantedRole
from doetanks.models.coaches import Coach, CoachQuerySet
from doetanks.models.notices import Notice, NoticeQuerySet, NoticeReply, NoticeReplyQuerySet
from doetanks.models.participations import Participation, ParticipationQuerySet
from doetanks.models.trials import Trial, TrialQuerySet
from doetanks.models.workroom import Action, File, Meeting, Note, WorkroomQuerySet

__all__ = [
    "Action",
    "Cafe",
    "CafeQuerySet",
    "CafeQuestion",
    "CafeQuestionQuerySet",
    "Challenge",
    "ChallengeQuerySet",
    "Coach",
    "CoachQuerySet",
    "File",
    "Meeting",
    "Note",
    "Notice",
    "NoticeQuerySet",
    "NoticeReply",
    "NoticeReplyQuerySet",
    "Participation",
    "ParticipationQuerySet",
    "Signup",
    "SignupQuerySet",
    "Tick",
    "Trial",
    "TrialQuerySet",
    "WantedRole",
    "WorkroomQuerySet",
]
