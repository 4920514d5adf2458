from alumni.models.consents import Consent, ConsentQuerySet
from alumni.models.departures import Departure, DepartureQuerySet
from alumni.models.files import AlumniFile, AlumniFileQuerySet
from alumni.models.members import Alumnus, AlumnusQuerySet, Look, LookQuerySet, Note, NoteQuerySet
from alumni.models.networks import AlumniNetwork, AlumniNetworkQuerySet, Purpose, Wording, WordingQuerySet

__all__ = [
    "AlumniFile",
    "AlumniFileQuerySet",
    "AlumniNetwork",
    "AlumniNetworkQuerySet",
    "Alumnus",
    "AlumnusQuerySet",
    "Consent",
    "ConsentQuerySet",
    "Departure",
    "DepartureQuerySet",
    "Look",
    "LookQuerySet",
    "Note",
    "NoteQuerySet",
    "Purpose",
    "Wording",
    "WordingQuerySet",
]
