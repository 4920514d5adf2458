"""CSV in the dialects and encodings that spreadsheets and systems write; headers guessed and corrected."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.offers import Reading, Unreadable, read
from mobility.offers.headers import COLUMNS, recognised

HEADER = ["nummer", "functie", "omschrijving", "sluitingsdatum"]
TASKS = "Je adviseert één college over de inrichting van de stad en over wat bewoners daarvan vinden."
RECORD = ["V-1", "Adviseur café", TASKS, "25-08-2026"]


def table(
    *records: list[str], delimiter: str = ";", quoting: int = csv.QUOTE_MINIMAL, line_end: str = "\r\n"
) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator=line_end).writerows(records)
    return written.getvalue()


def read_text(text: str, encoding: str = "utf-8", **options: dict[str, str]) -> Reading:
    return read(text.encode(encoding), "plekken.csv", **options)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_dialect_is_recognised(delimiter: str, quoting: int, line_end: str) -> None:
    reading = read_text(table(HEADER, RECORD, delimiter=delimiter, quoting=quoting, line_end=line_end))

    assert (reading.kind, reading.delimiter) == ("csv", delimiter)
    assert [(offer.external_id, offer.title, offer.tasks) for offer in reading.offers] == [
        ("V-1", "Adviseur café", TASKS)
    ]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_every_encoding_is_recognised(encoding: str, named: str) -> None:
    reading = read_text(table(HEADER, RECORD), encoding)

    assert reading.encoding == named
    assert [offer.title for offer in reading.offers] == ["Adviseur café"]


def test_one_broken_character_does_not_spoil_the_accents_of_a_whole_file() -> None:
    content = table(HEADER, [RECORD[0], "Één", *RECORD[2:]], ["V-2", "Twee", TASKS, "25-08-2026"]).encode()

    reading = read(content.replace(b"Twee", b"Twe\xe9"), "a.csv")

    assert [offer.title for offer in reading.offers] == ["Één", "Twe\ufffd"]
    assert "Some characters could not be read. Look for “�” in the text." in map(str, reading.rows[1].notes)


def test_quotation_marks_escaped_by_a_backslash_are_read() -> None:
    reading = read_text('nummer;functie;omschrijving\n1;"Adviseur \\"klimaat\\"";"' + TASKS + '"\n')

    assert [offer.title for offer in reading.offers] == ['Adviseur "klimaat"']


def test_rows_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    reading = read_text("\n" + table(HEADER, RECORD, ["", "", "", ""], ["V-2", *RECORD[1:]]))

    assert [row.number for row in reading.rows] == [3, 5]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Functie", "title"),
        ("FUNCTIETITEL", "title"),
        ("Standplaats", "place_name"),
        ("Uren per week", "hours"),
        ("Uren (min)", "hours_min"),
        ("Salaris per maand", "pay"),
        ("Duur (in maanden)", "duration"),
        ("Sluitingsdatum", "closes_on"),
        ("closes_on", "closes_on"),
        ("E-mail", "contact"),
        ("Naam contactpersoon", "contact"),
        ("Kleur", None),
        ("", None),
    ],
)
def test_dutch_headers_are_guessed(header: str, column: str | None) -> None:
    assert recognised(header) == column


@pytest.mark.parametrize("column", COLUMNS)
def test_the_name_of_every_column_is_a_header_too(column: str) -> None:
    assert recognised(column) == column


def test_unknown_headers_are_left_out_and_shown() -> None:
    reading = read_text(table([*HEADER, "Kleur"], [*RECORD, "blauw"]))

    assert reading.columns == {
        "nummer": "external_id",
        "functie": "title",
        "omschrijving": "tasks",
        "sluitingsdatum": "closes_on",
        "Kleur": "",
    }


def test_a_guess_can_be_corrected() -> None:
    text = table(["nummer", "functie", "rol", "omschrijving"], ["1", "Wegen", "Adviseur wegen", TASKS])

    reading = read_text(text, columns={"ROL": "title", "functie": ""})

    assert reading.columns["functie"] == ""
    assert [offer.title for offer in reading.offers] == ["Adviseur wegen"]


def test_a_correction_for_a_header_that_is_not_there_is_refused() -> None:
    with pytest.raises(Unreadable, match="The file has no column “smaak”"):
        read_text(table(HEADER, RECORD), columns={"smaak": "title"})


def test_a_correction_to_an_unknown_column_is_refused_with_the_choice() -> None:
    with pytest.raises(
        Unreadable, match=r"“smaak” is not a column of an offer\. Choose one of: external_id, url, title"
    ):
        read_text(table(HEADER, RECORD), columns={"functie": "smaak"})


def test_corrections_make_a_table_readable_of_which_no_header_is_known() -> None:
    text = table(["a", "b", "c"], ["1", "Adviseur", TASKS])

    reading = read_text(text, columns={"a": "external_id", "b": "title", "c": "tasks"})

    assert [(offer.external_id, offer.title) for offer in reading.offers] == [("1", "Adviseur")]


def test_a_table_without_known_headers_still_shows_its_headers() -> None:
    reading = read_text(table(["a", "b"], ["1", "2"]))

    assert reading.columns == {"a": "", "b": ""}
    assert reading.offers == ()


def test_a_header_without_rows_is_an_empty_reading() -> None:
    assert read_text(table(HEADER)).rows == ()


def test_units_named_by_a_header_are_used() -> None:
    text = table([*HEADER, "salaris per uur", "duur (weken)", "soort"], [*RECORD, "21,50", "6", "klus"])

    (offer,) = read_text(text).offers

    assert (str(offer.pay_min), offer.pay_period) == ("21.50", "hour")
    assert (offer.duration, offer.duration_unit) == (6, "week")


def test_a_text_without_columns_is_refused() -> None:
    with pytest.raises(Unreadable, match="No table was found in this file"):
        read_text("Beste collega,\nHierbij de vacatures.\n")


def test_a_quotation_mark_that_never_closes_is_named_with_its_row() -> None:
    with pytest.raises(Unreadable, match="The table breaks off at row 2"):
        read_text(table(HEADER) + '1;"Adviseur;' + "x;" * 80_000)


# Text that no reader trims away or takes for a bullet or a quotation of another dialect.
words = st.text(st.sampled_from('abcdefghijklmnoprstuvwzéëï,;| \t"'), min_size=1, max_size=40).map(
    lambda text: f"a{' '.join(text.split())}z"
)


@given(st.lists(words, min_size=1, max_size=6, unique=True), st.sampled_from([";", ",", "\t"]))
def test_titles_round_trip_through_csv(titles: list[str], delimiter: str) -> None:
    records = [[str(number), title, TASKS, "25-08-2026"] for number, title in enumerate(titles)]

    reading = read_text(table(HEADER, *records, delimiter=delimiter))

    assert [offer.title for offer in reading.offers] == titles
