"""Which column of ours a table's header means."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from mobility.offers.row import Unreadable, say, shown
from mobility.offers.words import words

LEFT_OUT = ""
CONTACT = "contact"

# Headers as Dutch systems write them, as words; the first of each column is the one to show as example.
_HEADERS: Mapping[str, str] = {
    "external_id": (
        "vacaturenummer, id, nummer, kenmerk, referentie, referentienummer, vacature id, extern id, code, "
        "reference, external id, identifier, volgnummer, vacaturecode"
    ),
    "url": "link, url, webadres, website, vacature url, vacaturelink, link naar vacature, internetadres",
    "title": (
        "functie, titel, functietitel, functienaam, vacature, vacaturetitel, naam vacature, title, job "
        "title, rol, naam"
    ),
    "summary": "samenvatting, korte omschrijving, intro, introductie, inleiding, summary, korte tekst",
    "tasks": (
        "omschrijving, functieomschrijving, taken, werkzaamheden, beschrijving, vacaturetekst, tekst, wat "
        "ga je doen, taakomschrijving, inhoud, description, job description, tasks, opdrachtomschrijving, "
        "toelichting"
    ),
    "requirements": (
        "eisen, functie eisen, functieeisen, profiel, wat vragen wij, wij vragen, kwalificaties, "
        "requirements, wie ben jij, gewenst profiel"
    ),
    "benefits": "aanbod, wij bieden, wat bieden wij, arbeidsvoorwaarden, benefits",
    "skills": "vaardigheden, competenties, skills, trefwoorden",
    "organisation_name": (
        "organisatie, werkgever, gemeente, opdrachtgever, organisation, organization, employer, bedrijf, "
        "instantie"
    ),
    "place_name": "plaats, standplaats, locatie, werkplek, werklocatie, location, place, plaatsnaam",
    "kind": (
        "soort, type, dienstverband, contractvorm, soort plek, soort vacature, vorm, type dienstverband, "
        "contracttype, kind"
    ),
    "field": (
        "vakgebied, werkveld, domein, functiegroep, categorie, beleidsterrein, vakgebieden, field, "
        "discipline, afdeling"
    ),
    "hours": (
        "uren, uren per week, aantal uren, urenomvang, omvang, uren week, hours, werkuren, arbeidsduur, uur "
        "per week, aantal uur per week"
    ),
    "hours_min": (
        "uren min, min uren, minimum uren, uren van, uren vanaf, hours min, minimaal aantal uren, uren "
        "minimaal"
    ),
    "hours_max": (
        "uren max, max uren, maximum uren, uren tot, uren t m, hours max, maximaal aantal uren, uren maximaal"
    ),
    "starts_on": "startdatum, ingangsdatum, start, begindatum, per, ingang, starts on, start date",
    "ends_on": "einddatum, eind, ends on, end date, datum einde, einddatum opdracht",
    "duration": "duur, looptijd, periode, contractduur, duration, duur opdracht, aantal maanden",
    "duration_unit": "eenheid duur, duur eenheid, duration unit",
    "scale": "schaal, salarisschaal, functieschaal, schalen, scale, loonschaal, inschaling",
    "scale_min": "schaal min, min schaal, schaal van, scale min, minimum schaal",
    "scale_max": "schaal max, max schaal, schaal tot, scale max, maximum schaal",
    "closes_on": (
        "sluitingsdatum, reageren tot, sluit op, deadline, reactietermijn, reageren voor, einddatum "
        "publicatie, sluitdatum, closing date, closes on, solliciteren tot, geldig tot, publicatie tot, "
        "uiterste reactiedatum"
    ),
    "pay": "salaris, salarisindicatie, beloning, tarief, salary, pay, vergoeding, maandsalaris, uurtarief",
    "pay_min": "salaris min, min salaris, minimum salaris, salaris van, salaris vanaf, salary min",
    "pay_max": "salaris max, max salaris, maximum salaris, salaris tot, salary max",
    "pay_period": "salaris per, salarisperiode, betaalperiode, per periode, pay period, salariseenheid",
    "pay_currency": "valuta, munt, currency",
    "remote": "thuiswerken, hybride, op afstand, remote, hybride werken, thuiswerk, thuiswerken mogelijk",
    "places": "aantal, aantal plaatsen, aantal plekken, places, aantal vacatures, aantal posities",
    "language": "taal, language",
    CONTACT: (
        "contact, contactpersoon, contactgegevens, telefoon, telefoonnummer, e mail, email, mailadres, e "
        "mailadres, recruiter, contactpersoon naam, tel, mobiel, naam contactpersoon, telefoon "
        "contactpersoon, e mail contactpersoon, email contactpersoon, vacaturehouder, leidinggevende, "
        "manager, contact email, contact telefoon"
    ),
}
COLUMNS: tuple[str, ...] = tuple(name for name in _HEADERS if name != CONTACT)
"""The columns that a header can be taken for."""

_MEANING = {
    words(header).strip(): column for column, headers in _HEADERS.items() for header in headers.split(",")
}
_MEANING |= {column.replace("_", " "): column for column in _HEADERS}


# "Salaris per maand", "Duur (in maanden)": the unit that a header names is asked of it apart.
_ASIDE = re.compile(
    r"\(.*|\b(?:in|per) (?:dag|dagen|week|weken|maand|maanden|uur|jaar|vier weken)\b.*", re.IGNORECASE
)


def example_of(column: str) -> str:
    """The Dutch header that means this column in most files."""
    return _HEADERS[column].partition(",")[0]


def recognised(header: str) -> str | None:
    """The column that a header means, brackets in it left out; None when it is none of ours."""
    plainly = words(_ASIDE.sub(" ", header[:100])).strip()
    return _MEANING.get(words(header).strip()) or _MEANING.get(plainly)


def assigned(headers: Iterable[str], corrections: Mapping[str, str]) -> dict[str, str]:
    """Per header its column: what the person says goes before the guess, and each column comes once."""
    headers = list(dict.fromkeys(headers))
    columns = _corrected(headers, corrections)
    for header in headers:
        column = recognised(header) or LEFT_OUT
        is_taken = column != CONTACT and column in columns.values()
        columns.setdefault(header, LEFT_OUT if is_taken else column)
    return {header: columns[header] for header in headers}


def _corrected(headers: list[str], corrections: Mapping[str, str]) -> dict[str, str]:
    columns = {}
    for header, column in corrections.items():
        match = next((known for known in headers if known == header or words(known) == words(header)), None)
        if match is None:
            raise Unreadable(say(_("The file has no column “{header}”."), header=shown(header)))
        if column and column not in _HEADERS:
            raise Unreadable(say(_UNKNOWN, column=shown(column), columns=", ".join(COLUMNS)))
        columns[match] = column
    return columns


_UNKNOWN = _("“{column}” is not a column of an offer. Choose one of: {columns}.")
