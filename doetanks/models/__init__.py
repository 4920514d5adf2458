from doetanks.models.challenges import Challenge, ChallengeQuerySet, Tick, WantedRole
from doetanks.models.coaches import Coach, CoachQuerySet
from doetanks.models.participations import Participation, ParticipationQuerySet
from doetanks.models.trials import Trial, TrialQuerySet
from doetanks.models.workroom import Action, File, Meeting, Note, WorkroomQuerySet

__all__ = [
    "Action",
    "Challenge",
    "ChallengeQuerySet",
    "Coach",
    "CoachQuerySet",
    "File",
    "Meeting",
    "Note",
    "Participation",
    "ParticipationQuerySet",
    "Tick",
    "Trial",
    "TrialQuerySet",
    "WantedRole",
    "WorkroomQuerySet",
]
