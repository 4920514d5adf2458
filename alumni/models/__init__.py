from alumni.models.campaigns import Campaign, CampaignQuerySet, Delivery, DeliveryQuerySet
from alumni.models.consents import Consent, ConsentQuerySet
from alumni.models.departures import Departure, DepartureQuerySet
from alumni.models.files import AlumniFile, AlumniFileQuerySet
from alumni.models.gatherings import Gathering, GatheringQuerySet, Guest, GuestQuerySet
from alumni.models.members import Alumnus, AlumnusQuerySet, Look, LookQuerySet, Note, NoteQuerySet
from alumni.models.networks import AlumniNetwork, AlumniNetworkQuerySet, Purpose, Wording, WordingQuerySet
from alumni.models.questions import Answer, AnswerQuerySet, Question, QuestionQuerySet
from alumni.models.tips import Tip, TipQuerySet
from alumni.models.toolkit import StepProgress, StepProgressQuerySet

__all__ = [
    "AlumniFile",
    "AlumniFileQuerySet",
    "AlumniNetwork",
    "AlumniNetworkQuerySet",
    "Alumnus",
    "AlumnusQuerySet",
    "Answer",
    "AnswerQuerySet",
    "Campaign",
    "CampaignQuerySet",
    "Consent",
    "ConsentQuerySet",
    "Delivery",
    "DeliveryQuerySet",
    "Departure",
    "DepartureQuerySet",
    "Gathering",
    "GatheringQuerySet",
    "Guest",
    "GuestQuerySet",
    "Look",
    "LookQuerySet",
    "Note",
    "NoteQuerySet",
    "Purpose",
    "Question",
    "QuestionQuerySet",
    "StepProgress",
    "StepProgressQuerySet",
    "Tip",
    "TipQuerySet",
    "Wording",
    "WordingQuerySet",
]
