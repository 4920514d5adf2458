"""The sample files, each with the habits of one kind of source, read from bytes to offers."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mobility.offers import Offer, Reading, Unreadable, read

COOL = "Hoe houden we de stad koel en droog?"
FILES = Path(__file__).parent / "files"


def reading_of(name: str) -> Reading:
    return read((FILES / name).read_bytes(), name)


def notes_of(reading: Reading) -> list[list[str]]:
    return [[str(note) for note in row.notes] for row in reading.rows]


def problems_of(reading: Reading) -> dict[str, list[tuple[str, str]]]:
    return {row.external_id: [(p.column, str(p.message)) for p in row.problems] for row in reading.rows}


def test_a_saved_page_with_a_graph_becomes_a_clean_offer() -> None:
    reading = reading_of("gemeente-graph.html")

    assert reading.kind == "html"
    assert reading.offers == (
        Offer(
            external_id="UTR-2026-0417",
            title="Beleidsadviseur klimaatadaptatie",
            url="https://werken.utrecht.example/vacatures/beleidsadviseur-klimaatadaptatie",
            summary=f"{COOL} Jij maakt er beleid van dat in de straten zichtbaar wordt.",
            tasks=f"{COOL} Jij maakt er beleid van dat in de straten zichtbaar wordt.\n\n**Wat ga je doen?**"
            "\n\n- Je schrijft het uitvoeringsplan hitte & water.\n- Je adviseert het college.",
            requirements="Je kent het gemeentelijke besluitproces.",
            benefits="Een salaris in schaal 11.",
            organisation_name="Gemeente Utrecht",
            place_name="Utrecht",
            field="environment_water",
            hours_min=32,
            hours_max=36,
            scale_min=11,
            scale_max=11,
            closes_on=datetime.date(2026, 8, 25),
        ),
    )
    assert notes_of(reading) == [
        [
            "The contact person was left out.",
            "Contact details were removed from the text (4 sentences or lines).",
            "The scale was found in the text: schaal 11.",
            "The pay “100” only fills a field and is left out.",
        ]
    ]


def test_comments_cdata_and_html_that_was_escaped_twice_are_forgiven() -> None:
    reading = reading_of("waterschap-cdata.html")

    assert reading.offers == (
        Offer(
            external_id="1239",
            title="Adviseur waterkwaliteit & ecologie (32–36 uur)",
            url="https://werken.waterschap.example/vacature/1239",
            summary="Schoon water begint bij goede metingen. Jij leest ze en zegt wat er moet gebeuren.",
            tasks="Schoon water begint bij goede metingen. Jij leest ze en zegt wat er moet gebeuren."
            "\n\n- Je beoordeelt plannen van één deelgebied.\n- Je werkt samen met de provincie.",
            organisation_name="Hoogheemraadschap Voorbeeld",
            place_name="Houten",
            field="environment_water",
            hours_min=32,
            hours_max=36,
            closes_on=datetime.date(2026, 8, 25),
            pay_min=Decimal(3496),
            pay_max=Decimal(5123),
            pay_period="month",
        ),
    )
    assert "Of several places of work the first was taken; the others are: Utrecht." in notes_of(reading)[0]
    assert "Script in the text was removed." in notes_of(reading)[0]


def test_microdata_is_read_where_there_is_no_json() -> None:
    (offer,) = reading_of("provincie-microdata.html").offers

    assert (offer.external_id, offer.kind, offer.place_name) == ("PV26-77", "gig", "Amersfoort")
    assert (offer.organisation_name, offer.hours_min, offer.hours_max) == ("Provincie Utrecht", 8, 8)
    assert (offer.duration, offer.duration_unit) == (3, "month")
    assert offer.closes_on == datetime.date(2026, 9, 1)
    assert offer.tasks.endswith(
        "- Je voert gesprekken aan de keukentafel.\n- Je schrijft er korte verhalen van."
    )


def test_one_broken_block_does_not_cost_the_others_and_a_repeat_counts_once() -> None:
    reading = reading_of("meer-blokken.html")

    assert [(offer.external_id, offer.scale_min, offer.hours_max) for offer in reading.offers] == [
        ("J-1", 10, 36),
        ("J-2", None, 24),
    ]
    assert [str(note) for note in reading.notes] == [
        "Part of the JSON-LD in this page is broken and was left out."
    ]


def test_a_list_page_with_trailing_commas_yields_its_items() -> None:
    secondment, shadowing = reading_of("overzicht.jsonld").offers

    assert (secondment.kind, secondment.duration, secondment.duration_unit) == ("secondment", 9, "month")
    assert (secondment.pay_min, secondment.pay_max) == (Decimal(1239), Decimal(2345))
    assert secondment.pay_period == "four_weeks"
    assert secondment.starts_on == datetime.date(2026, 9, 1)
    assert secondment.tasks == (
        "Je leidt het project van de startnotitie tot het besluit van de raad.\n\n"
        "De detachering duurt 9 maanden."
    )
    assert (shadowing.kind, shadowing.duration, shadowing.duration_unit) == ("shadowing", 1, "day")
    assert (shadowing.place_name, shadowing.closes_on) == ("Amersfoort", None)


def test_an_agency_as_hiring_organisation_is_recognised_and_said() -> None:
    reading = reading_of("bemiddelaar.json")

    (offer,) = reading.offers
    assert (offer.is_broker, offer.kind, offer.pay_min, offer.pay_period) == (
        True,
        "assignment",
        Decimal(95),
        "hour",
    )
    assert (
        "“Voorbeeld Interim & Recruitment B.V.” looks like an intermediary, not like the organisation itself."
        in notes_of(reading)[0]
    )


def test_an_english_offer_from_anywhere_keeps_its_language_and_says_what_was_left_out() -> None:
    reading = reading_of("english-remote.json")

    (offer,) = reading.offers
    assert (offer.language, offer.remote, offer.skills, offer.hours_max) == (
        "en",
        "fully",
        ("SQL", "Python"),
        36,
    )
    assert (offer.pay_min, offer.closes_on) == (None, None)
    assert notes_of(reading) == [
        [
            "“FULL_TIME” was taken as 36 hours per week.",
            "The pay is in USD and is left out.",
            "The date 0001-01-01T00:00:00 stands there to fill a field and is left out.",
            "There is no closing date; the offer stays open until it is closed by hand.",
        ]
    ]


def test_a_table_of_excel_is_read_with_its_accents_bullets_and_amounts() -> None:
    reading = reading_of("vacatures-excel.csv")

    assert (reading.encoding, reading.delimiter) == ("cp1252", ";")
    assert [row.number for row in reading.rows] == [2, 3, 4]
    senior, burgerzaken, klus = reading.offers
    assert senior.tasks == (
        "Je werkt aan de cliëntondersteuning van één wijkteam.\n\nWat ga je doen?\n\n"
        "- Je schrijft het beleidsplan\n- Je praat met bewoners"
    )
    assert (senior.pay_min, senior.pay_max, senior.pay_period) == (Decimal(3496), Decimal(5123), "month")
    assert (burgerzaken.pay_min, burgerzaken.field) == (Decimal(1239), "services")
    assert (klus.kind, klus.title, klus.closes_on) == ("gig", "Klus: café voor ideeën", None)


def test_columns_about_contact_persons_are_never_read() -> None:
    reading = reading_of("vacatures-excel.csv")

    assert [str(note) for note in reading.notes] == [
        "The column “Contactpersoon” is about a contact person and was left out.",
        "The column “E-mail” is about a contact person and was left out.",
    ]
    assert "Voorbeeld" not in repr(reading.offers)
    assert "zwolle.example" not in repr(reading.offers)


def test_a_comma_table_with_bom_and_cells_over_several_lines_is_read() -> None:
    reading = reading_of("plekken-utf8.csv")

    assert (reading.encoding, reading.delimiter) == ("utf-8-sig", ",")
    first, swap = reading.offers
    assert first.tasks == 'Je ontwerpt avonden waarop "iedereen" meedoet,\n\nen je leert het collega\'s.'
    assert (first.hours_min, first.hours_max) == (24, 32)
    assert (first.duration, first.duration_unit) == (6, "month")  # from its first day to its last
    assert (first.remote, first.skills, first.kind) == ("partly", ("luisteren", "schrijven"), "secondment")
    assert (swap.kind, swap.starts_on, swap.place_name) == ("swap", None, "Den Haag")


def test_a_tab_table_in_utf16_with_a_title_above_its_header_is_read() -> None:
    reading = reading_of("uitwisselingen-utf16.csv")

    assert (reading.encoding, reading.delimiter) == ("utf-16", "\t")
    assert [(row.number, row.external_id) for row in reading.rows] == [(3, "U-1"), (4, "U-2")]
    assert [(offer.duration, offer.duration_unit) for offer in reading.offers] == [
        (6, "month"),
        (12, "month"),
    ]
    assert [offer.kind for offer in reading.offers] == ["assignment", "secondment"]


def test_every_error_is_named_at_its_row_and_column() -> None:
    reading = reading_of("fouten.csv")

    assert problems_of(reading) | {"F-10": []} == {
        "F-1": [("scale", "The salary scale must lie between 1 and 18.")],
        "F-2": [("scale", "The salary scale must lie between 1 and 18.")],
        "F-3": [("hours", "The lowest number of hours is higher than the highest.")],
        "F-4": [("ends_on", "The end lies before the start.")],
        "F-5": [("closes_on", "This is not a date that we can read. Write it like 25-08-2026.")],
        "F-6": [("title", "The title has 127 characters; at most 120 fit.")],
        "F-7": [("title", "There is no title.")],
        "F-8": [("tasks", "There is no description of the work.")],
        "F-9": [("pay", "The lowest pay is higher than the highest.")],
        "F-10": [],
        "F-11": [("", "This row has 12 cells, but the header has 11. Is a quotation mark missing?")],
    }
    assert [(p.column, str(p.message)) for p in reading.rows[10].problems] == [
        ("external_id", "This id stands in the file more than once, with different offers.")
    ]


def test_a_row_in_error_costs_no_other_row() -> None:
    (offer,) = reading_of("fouten.csv").offers

    assert offer.title == "Goed tussen de fouten"
    assert "alert" not in repr(offer)


def test_a_file_that_breaks_off_is_refused_in_a_sentence() -> None:
    with pytest.raises(Unreadable, match=r"This is no JSON that can be read\. Is the file complete\?"):
        reading_of("kapot.json")


@pytest.mark.parametrize("path", sorted(FILES.glob("*.*")), ids=lambda path: path.name)
def test_no_sample_gives_a_person_away(path: Path) -> None:
    try:
        reading = read(path.read_bytes(), path.name)
    except Unreadable:
        return

    assert [
        name for name in ("Sanne", "Robin", "06-1234", "033 123", "@") if name in repr(reading.offers)
    ] == []
