"""Words by which the kind, the field of work, the place of work and the language of an offer are guessed.

All matching is on folded words between single spaces, so that a list of words stays a list of words.
"""

import re

from bwob.dutch import fold

# From the most particular to the most general: the first kind of which a word is found is the one.
_KINDS = {
    "shadowing": "meeloopdag meeloopdagen meeloopplek meelopen snuffeldag snuffelstage shadowing",
    "swap": "ruil banenruil werkplekruil functieruil ruilen swap",
    "gig": "klus klussen klusje gig",
    "secondment": "detachering detacheren gedetacheerd detacheringsbasis secondment uitleen"
    " werkervaringsplek werkervaringsplaats werkervaringsplekken",
    "assignment": "opdracht inhuur inhuuropdracht interim zzp freelance contractor assignment",
}
# What a column for the kind may also say, and which then means an ordinary vacancy.
_EMPLOYMENTS = (
    "vacature vacancy vast vaste tijdelijk tijdelijke dienstverband bepaalde onbepaalde fulltime parttime"
    " full_time part_time voltijd deeltijd temporary permanent job"
)

# A subject wins over a role: "beleidsadviseur water" is found under water. Each entry is the start of a word.
_FIELDS = {
    "law": "jurid jurist advocaat recht bezwaar wetgeving legal privacy",
    "finance": "financ control boekhoud belasting begroting accountant subsidie woz fisca treasur inkomsten",
    "personnel": "personeel hr_ hrm p_o_ recruit werving loopbaan salarisadmin arbeidsmarkt mobiliteitsadvis",
    "procurement": "inkoop inkoper aanbested contractmanag contractbeheer procurement",
    "data_it": "ict it_ data digital software devops applicatie informatie archief gis_ geo cyber developer",
    "communication": "communic voorlicht woordvoer redact webredact media online",
    "enforcement": "handhav toezicht boa_ inspect vergunning opspor politie",
    "safety": "veiligheid crisis brandweer ramp ondermijning",
    "environment_water": "water dijk milieu duurza klima energie natuur ecolo stikstof afval bodem groen",
    "infrastructure": "infra verkeer weg_ wegen wegbe brug civiel mobiliteit riol tunnel openbaar_vervoer",
    "spatial": "ruimte omgeving stedenb planolo wonen woning volkshuis gebied landschap grondzaken vastgoed",
    "education_culture": "onderwijs cultuur museum bibliotheek sport erfgoed leerplicht leerling",
    "social": "sociaal sociale jeugd wmo_ zorg welzijn participatie schuld inburger klantmanager uitkering",
    "facilities": "facili huisvesting gebouw receptie beveilig conc catering",
    "services": "klantcontact burgerzaken dienstverlen balie publieks telefonist callcenter",
    "projects": "project programma scrum proces",
    "policy": "beleid strate bestuur policy griffi",
}
_BROKERS = (
    "uitzend uitzendbureau detacheringsbureau detachering interim recruitment recruiters staffing payroll"
    " payrolling flex flexwerk bemiddeling intermediair broker brokers headhunters executive_search"
    " werving_en_selectie werving_selectie inhuurdesk employment_agency consultancy"
)
_REMOTE = {
    "none": "nee no none niet geen onwaar false 0 op_kantoor op_locatie onsite",
    "partly": "deels gedeeltelijk hybride hybrid partly partial partieel mogelijk soms in_overleg",
    "fully": "volledig fully helemaal geheel telecommute remote 100 thuis",
}
_YES = {"ja", "yes", "true", "waar", "1", "j", "y", "x"}
_SMALL_WORDS = {
    "nl": "de het een en van je jij wij we bij voor met ben wordt zijn aan als om naar uit",
    "en": "the and of to you we with for your are our is will this be at from have",
}
_SPOKEN_AT_START = 1000
_READ_FOR_FIELD = 3000
_NO_WORD = re.compile(r"[^a-z0-9]+")


def words(text: str) -> str:
    """The folded words with one space around each: " p o adviseur "."""
    return f" {_NO_WORD.sub(' ', fold(text)).strip()} "


def says(found: str, names: str) -> bool:
    """Whether one of the names stands in words found by `words`; an underscore in a name is a space."""
    return any(f" {name.replace('_', ' ')} " in found for name in names.split())


def kind_named(text: str) -> str | None:
    """The kind of exchange that the text names, or None."""
    found = words(text)
    return next((kind for kind, names in _KINDS.items() if says(found, names)), None)


def is_employment(text: str) -> bool:
    """Whether the text speaks of an ordinary contract of employment."""
    return says(words(text), _EMPLOYMENTS)


def field_named(text: str) -> str | None:
    """The field of work that the text is about, or None."""
    found = words(text)
    code = found.strip().replace(" ", "_")
    if code in _FIELDS:
        return code
    return next((field for field in _FIELDS if _mentions(found, field)), None)


def field_of_text(text: str) -> str | None:
    """The field of work whose words come most often in a description; None when none comes twice."""
    found = words(text[:_READ_FOR_FIELD])
    counts = {field: _mentions(found, field) for field in _FIELDS}
    likeliest = max(counts, key=lambda field: counts[field])
    return likeliest if counts[likeliest] >= 2 else None


def _mentions(found: str, field: str) -> int:
    return sum(found.count(f" {start.replace('_', ' ')}") for start in _FIELDS[field].split())


def is_broker(name: str) -> bool:
    """Whether the organisation's name says that it finds people for other organisations."""
    return says(words(name), _BROKERS)


def remote_named(text: str) -> str | None:
    """How much of the work can be done from home; None when the text does not say it in known words."""
    found = words(text)
    if found.strip() in _YES:
        return "partly"
    return next((remote for remote, names in _REMOTE.items() if says(found, names)), None)


def language_of(text: str) -> str:
    """The language that more of the text's small words belong to; Dutch when there is nothing to go by."""
    spoken = words(text[:_SPOKEN_AT_START]).split()
    counts = {language: sum(map(small.split().count, spoken)) for language, small in _SMALL_WORDS.items()}
    return "en" if counts["en"] > counts["nl"] else "nl"
