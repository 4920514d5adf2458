from doetanks.models.challenges import Challenge, ChallengeQuerySet, Tick, WantedRole
from doetanks.models.coaches import Coach, CoachQuerySet
from doetanks.models.participations import Participation, ParticipationQuerySet

__all__ = [
    "Challenge",
    "ChallengeQuerySet",
    "Coach",
    "CoachQuerySet",
    "Participation",
    "ParticipationQuerySet",
    "Tick",
    "WantedRole",
]
