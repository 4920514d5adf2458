"""What each column of a file is, guessed from its header in Dutch or English."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from bwob.dutch import fold

FIELDS = {
    "name": _("whole name"),
    "given_name": _("given name"),
    "name_prefix": _("name prefix"),
    "family_name": _("family name"),
    "email": _("private e-mail address"),
    "department": _("department"),
    "expertise": _("expertise"),
    "left_on": _("last working day"),
    "consent_on": _("consent given on"),
    "consent_source": _("where the consent was given"),
    "consent_for": _("consent for"),
}
HEADERS = {
    "name": "naam volledigenaam medewerker name fullname naammedewerker",
    "given_name": "voornaam roepnaam voorletters voornamen initialen firstname givenname",
    "name_prefix": "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels tv prefix nameprefix",
    "family_name": "achternaam familienaam geslachtsnaam lastname surname familyname",
    "email": "email emailadres mail mailadres priveemail priveemailadres emailprive priveadres emailprivate",
    "department": "afdeling team onderdeel organisatieonderdeel department dienst",
    "expertise": "vakgebied vakkennis expertise deskundigheid kennis specialisme",
    "left_on": "uitdienst datumuitdienst uitdienstdatum laatstewerkdag einddatum lastday lefton",
    "consent_on": "toestemmingop toestemminggegevenop datumtoestemming toestemmingdatum akkoordop consenton",
    "consent_source": "bron brontoestemming bronvandetoestemming toestemmingbron toestemmingsbron bewijs"
    " consentsource",
    "consent_for": "toestemmingvoor doel doelen toestemming consentfor purposes",
}
KNOWN = {word: field for field, words in HEADERS.items() for word in words.split()}


def guess(header: Sequence[str]) -> dict[str, int]:
    """For each field the place of its column; of two columns that look alike the first counts."""
    found: dict[str, int] = {}
    for place, title in enumerate(header):
        field = KNOWN.get(re.sub(r"[^a-z]", "", fold(title)))
        if field:
            found.setdefault(field, place)
    return found
