"""`./portal import_offers`: what it prints, stores and refuses."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mobility.models import Exchange
from tests import make

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"


def run(*words: str | Path) -> str:
    out = StringIO()
    call_command("import_offers", *map(str, words), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def zwolle() -> str:
    make.place("Zwolle")
    organisation = make.organisation("Gemeente Zwolle", code="gm0193")
    make.staff(at=organisation)
    return organisation.code


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The sample of a spreadsheet, but closing so late that no run of the tests comes after it."""
    later = tmp_path / "vacatures-excel.csv"
    later.write_bytes((FILES / later.name).read_bytes().replace(b"2026", b"2099"))
    return later


def test_it_prints_what_was_done_with_each_row(zwolle: str, table: Path) -> None:
    assert run(table, "--organisation", zwolle).splitlines() == [
        "vacatures-excel.csv (csv, cp1252, ;)",
        "  Vacaturenummer → external_id",
        "  Functie → title",
        "  Organisatie → organisation_name",
        "  Standplaats → place_name",
        "  Uren per week → hours",
        "  Schaal → scale",
        "  Salaris (bruto per maand) → pay",
        "  Sluitingsdatum → closes_on",
        "  Vakgebied → field",
        "  Omschrijving → tasks",
        "  Contactpersoon → contact",
        "  E-mail → contact",
        "  The column “Contactpersoon” is about a contact person and was left out.",
        "  The column “E-mail” is about a contact person and was left out.",
        "  2. V-101 Senior beleidsmedewerker sociaal domein – new",
        "  3. V-102 Medewerker burgerzaken – new",
        "    · The description is very short.",
        "  4. V-103 Klus: café voor ideeën – new",
        "    · Taken as a gig beside the job, because of the title “Klus: café voor ideeën”.",
        "    · The duration was found in the text: 3 maanden.",
        "    · There is no closing date; the offer stays open until it is closed by hand.",
        "3 new, 0 changed, 0 unchanged, 0 left alone, 0 not taken.",
    ]
    assert list(Exchange.objects.values_list("external_id", "state").order_by("external_id")) == [
        ("V-101", "draft"),
        ("V-102", "draft"),
        ("V-103", "draft"),
    ]


def test_a_second_run_changes_nothing(zwolle: str, table: Path) -> None:
    run(table, "--organisation", zwolle)

    assert run(table, "--organisation", zwolle).splitlines()[-1] == (
        "0 new, 0 changed, 3 unchanged, 0 left alone, 0 not taken."
    )
    assert Exchange.objects.count() == 3


def test_a_dry_run_stores_nothing(zwolle: str, table: Path) -> None:
    last = run(table, "--organisation", zwolle, "--dry-run").splitlines()[-1]

    assert last == "Dry run: 3 new, 0 changed, 0 unchanged, 0 left alone, 0 not taken."
    assert Exchange.objects.count() == 0


def test_publish_makes_them_public(zwolle: str, table: Path) -> None:
    run(table, "--organisation", zwolle, "--publish")

    assert list(Exchange.objects.values_list("state", flat=True)) == ["published"] * 3


def test_rows_in_error_are_printed_with_their_column(zwolle: str) -> None:
    make.place("Utrecht")

    printed = run(FILES / "fouten.csv", "--organisation", zwolle)

    assert "  3. F-2 Schaal negenennegentig – not taken" in printed.splitlines()
    assert "    ✖ scale: The salary scale must lie between 1 and 18. (99)" in printed.splitlines()
    assert Exchange.objects.count() == 0  # the one good row has no field of work


def test_columns_can_be_corrected(zwolle: str, tmp_path: Path) -> None:
    table = tmp_path / "plekken.csv"
    table.write_text("nr;naam = rol;wat;uren;vak\n1;Jurist;Je adviseert.;24;Juridisch\n")

    words = ["--columns", "nr=external_id", "naam = rol=title", "wat=tasks", "vak=field"]
    run(table, "--organisation", zwolle, *words)

    assert Exchange.objects.get().title == "Jurist"


def test_missing_offers_of_a_small_feed_wait_for_confirmation(zwolle: str, tmp_path: Path) -> None:
    feed = tmp_path / "feed.csv"
    header, row = "nummer;functie;omschrijving;uren\n", "{};Jurist;Je adviseert.;24\n"
    feed.write_text(header + "".join(row.format(number) for number in range(10)))
    run(feed, "--organisation", zwolle, "--publish")
    feed.write_text(header + row.format(0))

    last = run(feed, "--organisation", zwolle).splitlines()[-1]

    assert last == "The file looks incomplete, so 9 missing offers stay open. Use --confirm to close them."
    assert Exchange.objects.closed().count() == 0

    run(feed, "--organisation", zwolle, "--confirm")

    assert Exchange.objects.closed().count() == 9


def test_one_unreadable_file_does_not_stop_the_others(zwolle: str, table: Path) -> None:
    with pytest.raises(CommandError, match=r"2 files could not be read\."):
        run(FILES / "kapot.json", FILES / "bestaat-niet.csv", table, "--organisation", zwolle)

    assert Exchange.objects.count() == 3


def test_an_unknown_organisation_is_refused(table: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no organisation with the code gm9999\."):
        run(table, "--organisation", "gm9999")
