"""No contact person of another system is ever published: whole sentences go, the work itself stays."""

import time

import pytest

from mobility.offers.contacts import has_contact, without_contacts

WORK = "Je adviseert het college over de begroting."


@pytest.mark.parametrize(
    "sentence",
    [
        "Mail naar voorbeeld.persoon@gemeente.example.",
        "Voor vragen kun je contact opnemen met Sanne Voorbeeld, 06-12345678.",
        "Neem contact op met dhr. A.B. van der Voorbeeld (tel. 030-1234567).",
        "Bel Sanne op 06 12 34 56 78!",
        "Bel Sanne Voorbeeld.",
        "Of bel met Sanne.",
        "Stuur het naar voorbeeld.persoon@gemeente.example.",
        "Bereikbaar op 06-12345678.",
        "Bereikbaar via +31 6 1234 5678.",
        "Bereikbaar via +31 (0)30 123 45 67.",
        "Bereikbaar via (030) 123 45 67.",
        "Bereikbaar via 0031612345678.",
        "Tel.06-12345678.",
        "Stuur je brief naar sanne [at] gemeente.example.",
        "Kijk op linkedin.com/in/sanne-voorbeeld.",
        "Contactpersoon: Sanne Voorbeeld.",
        "Contactpersoon is Sanne.",
        "Mevrouw S. de Voorbeeld vertelt je graag meer.",
        "De heer Van Voorbeeld vertelt je graag meer.",
        "Meer informatie bij Sanne van den Voorbeeld, teamleider.",
        "Heb je vragen, dan helpt Sanne Voorbeeld je verder.",
        "Voor inhoudelijke vragen kun je terecht bij Sanne.",
        "Onze recruiter Sanne Voorbeeld helpt je graag.",
        "Solliciteer ter attentie van S. Voorbeeld.",
        "For more information contact Jane Example.",
        "Please contact Jane.",
    ],
)
def test_a_sentence_that_leads_to_a_person_goes(sentence: str) -> None:
    assert without_contacts(f"{WORK} {sentence} {WORK}") == (f"{WORK} {WORK}", 1)
    assert without_contacts(f"- {WORK}\n- {sentence}\n- {WORK}") == (f"- {WORK}\n- {WORK}", 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Je hebt veel contact met Gedeputeerde Staten.",
        "Je bent contactpersoon voor Rijkswaterstaat.",
        "Je wordt recruiter bij de gemeente Voorbeeldstad.",
        "Je bouwt de app van Burgerzaken Online.",
        "De opdracht loopt van 01-09-2026 - 31-12-2026.",
        "De opdracht loopt van 01-09-2026 t/m 31-12-2026 voor 32 uur.",
        "Het salaris is € 3.496,00 tot € 5.123,00 per maand.",
        "Voor het Openbaar Ministerie verzamel je informatie over Gedeputeerde Staten.",
        "Je verdient schaal 10 (2.345,00 - 3.456,00), o.a. met een IKB van 17,05 %.",
        "We zijn bereikbaar op 14 030.",
        "Heb je nog vragen over de functie?",
        "Reageer vóór 25 augustus 2026.",
    ],
)
def test_a_sentence_about_the_work_stays(sentence: str) -> None:
    assert without_contacts(f"{WORK} {sentence}") == (f"{WORK} {sentence}", 0)


def test_a_contact_section_goes_whole_up_to_the_next_heading() -> None:
    text = "**Contact**\n\nSanne Voorbeeld\n\nTeamleider\n\n**Wat bieden wij?**\n\nEen vaste plek."

    assert without_contacts(text) == ("**Wat bieden wij?**\n\nEen vaste plek.", 3)


def test_a_contact_section_without_a_real_heading_ends_by_itself() -> None:
    lines = ["Contactpersoon", "Sanne Voorbeeld", *["Iets over het werk."] * 9]

    kept, _ = without_contacts("\n\n".join(lines))

    assert kept == "\n\n".join(["Iets over het werk."] * 5)


def test_a_name_on_a_line_of_its_own_beside_a_number_goes_with_it() -> None:
    text = f"{WORK}\n\nSanne van Voorbeeld, teamleider\n\n06-12345678"

    assert without_contacts(text) == (WORK, 2)


def test_under_a_heading_that_invites_questions_every_name_goes() -> None:
    text = f"{WORK}\n\n**Meer weten?**\n\nSanne Voorbeeld praat je bij."

    assert without_contacts(text) == (WORK, 1)


def test_text_without_people_is_left_as_it_was() -> None:
    text = f"**Taken**\n\n- {WORK}\n- {WORK}\n\n{WORK}\n{WORK}"

    assert without_contacts(text) == (text, 0)


def test_a_title_with_a_number_is_seen() -> None:
    assert has_contact("Bel 06-12345678: adviseur")
    assert not has_contact("Adviseur (24-32 uur, schaal 10, 2026-2027)")


@pytest.mark.parametrize(
    "piece",
    [
        "neem contact op ",
        "A",
        "Aa ",
        "a.",
        "0 ",
        "0",
        "@",
        "bel ",
        "voor vragen ",
        "de heer ",
        "A. ",
        "Jan van ",
        "+1",
        "- \n",
        "a@",
    ],
)
def test_a_hundred_thousand_characters_take_less_than_a_second(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()

    without_contacts(text)

    assert time.process_time() - started < 1
