"""Files of former colleagues: any dialect, limits first, nothing stored before a yes, and no active member
without proof.
"""

import datetime
import io
import re
import resource
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core import mail
from django.urls import reverse

from alumni import consenting, importing, intake
from alumni.intake import people, sheets
from alumni.models import AlumniFile, Alumnus
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db
HEADER = "Naam;E-mail;Afdeling;Uit dienst;Toestemming op;Bron toestemming;Toestemming voor"


@pytest.fixture
def hr(client):
    network = make.alumni_network()
    hr = make.staff("hr", network.organisation, "Hanna")
    client.force_login(hr)
    return hr


def send(client, content, name="oud-collegas.csv", follow=True):
    upload = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    upload.name = name
    fields = {"network": make.AlumniNetwork.objects.get().pk, "file": upload}
    return client.post(reverse("admin:alumni_alumnus_import"), fields, follow=follow)


def store(client, **picked):
    file = AlumniFile.objects.get()
    client.post(file.get_absolute_url(), {"store": "1", **picked})
    deliver()
    file.refresh_from_db()
    return file


def excel(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Berg, J.W. van der", ("J.W.", "van der", "Berg")),
        ("van der Berg, J.W.", ("J.W.", "van der", "Berg")),
        ("Joost van den Heuvel-de Wit", ("Joost", "van den", "Heuvel-de Wit")),
        ("Sietske de Boer", ("Sietske", "de", "Boer")),
        ("Anna Maria in 't Veld", ("Anna Maria", "in 't", "Veld")),
        ("Emre Çelik", ("Emre", "", "Çelik")),
        ("Soerohardjo", ("Soerohardjo", "", "")),
    ],
)
def test_a_whole_name_is_split_the_dutch_way(whole, parts):
    assert people.split_name(whole) == parts


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_dialect_and_encoding_is_read(encoding, delimiter):
    lines = ["Naam|E-mail|Afdeling", '"Hoëk, Zoë van"|zoe@home.example|"Water; wegen, groen"']
    content = "\r\n".join(lines).replace("|", delimiter).encode(encoding)

    header, *rows = intake.cells(content)
    (row,) = intake.read_rows(rows, intake.guess(header))

    assert (row.full_name, row.email, row.department) == (
        "Zoë van Hoëk",
        "zoe@home.example",
        "Water; wegen, groen",
    )
    assert row.problems == []


def test_an_excel_file_is_read_with_its_dates():
    content = excel(
        ["Roepnaam", "Tussenvoegsel", "Achternaam", "Privé e-mailadres", "Uit dienst"],
        ["Joost", "van", "Dam", "joost@home.example", datetime.datetime(2024, 1, 31)],  # noqa: DTZ001
        ["Anna", None, "Smit", "anna@home.example", 45292],
    )

    header, *rows = intake.cells(content)
    found = intake.read_rows(rows, intake.guess(header))

    assert [(row.full_name, row.left_on, row.problems) for row in found] == [
        ("Joost van Dam", datetime.date(2024, 1, 31), []),
        ("Anna Smit", datetime.date(2024, 1, 1), []),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (";joost@home.example;;;;;", "The name is missing."),
        ("Joost;;;;;;", "The e-mail address is missing, so we cannot invite."),
        ("Joost;p.deboer@mail;;;;;", "This address is not complete."),
        (
            "Joost;joost@sub.org.example;;;;;",
            "This is a work address of Gemeente Breda. Fill in a private address.",
        ),
        ("Joost;joost@home.example;;31-02-2024;;;", "This is no day that exists."),
        ("Joost;joost@home.example;;;1-1-2999;formulier;nieuws", "This day is still to come."),
        ('"=HYPERLINK(""http://x.example"")";joost@home.example;;;;;', "This is a formula, not a name."),
        (f"{'a' * 198} B;joost@home.example;;;;;", "This is longer than 197 characters."),
        ("Anna;ANNA@home.example;;;;;", "This is the same person as in row 2."),
    ],
)
def test_each_mistake_is_named(line, sentence):
    make.EmailDomain.objects.create(name="org.example", organisation=make.organisation("Gemeente Breda"))
    header, *rows = intake.cells(f"{HEADER}\nAnna;anna@home.example;;;;;\n{line}\n".encode())

    found = intake.read_rows(rows, intake.guess(header))

    assert [problem for _field, problem in found[1].problems] == [sentence]


def test_197_characters_and_mononyms_are_names():
    header, *rows = intake.cells(
        f"{HEADER}\n{'a' * 197};a@home.example;;;;;\nSoerohardjo;b@home.example;;;;;\n".encode()
    )

    assert [row.problems for row in intake.read_rows(rows, intake.guess(header))] == [[], []]


def test_nothing_is_stored_until_hr_says_so_and_only_proof_makes_active(client, hr):
    page = send(
        client,
        f"{HEADER}\nAnna Smit;anna@home.example;Water;;1-7-2023;formulier 2023;nieuws en klus\n"
        "Bart Kok;bart@home.example;;;1-7-2023;;nieuws\nCor Vis;fout;;;;;\n",
    )
    before = Alumnus.objects.count()
    file = store(client)

    assert (page.status_code, before) == (200, 0)
    assert "1 row with a mistake" in page.content.decode()
    states = {alumnus.given_name: alumnus.state for alumnus in Alumnus.objects.all()}
    assert states == {"Anna": "active", "Bart": "invited"}
    assert consenting.chosen_by(Alumnus.objects.get(given_name="Anna")) == {"news", "gig"}
    assert {line.evidence for line in Alumnus.objects.get(given_name="Anna").consents.all()} == {
        "formulier 2023"
    }
    assert (file.state, file.invited, file.consented, file.rows) == ("stored", 1, 1, [])
    assert sorted(message.to[0] for message in mail.outbox) == ["anna@home.example", "bart@home.example"]


def test_who_is_known_is_left_out_and_a_namesake_is_asked_about(client, hr):
    network = make.AlumniNetwork.objects.get()
    make.alumnus("Anna", family_name="Smit", email="anna@home.example", network=network)

    page = send(client, f"{HEADER}\nAnna Smit;Anna@home.example;;;;;\nAnna Smit;smit@home.example;;;;;\n")
    store(client, twin_3="two")

    assert "Perhaps double: Anna Smit, row 3" in page.content.decode()
    assert sorted(Alumnus.objects.values_list("email", flat=True)) == [
        "anna@home.example",
        "smit@home.example",
    ]


def test_a_namesake_is_left_out_unless_hr_says_it_is_somebody_else(client, hr):
    make.alumnus("Anna", family_name="Smit", network=make.AlumniNetwork.objects.get())

    send(client, f"{HEADER}\nAnna Smit;smit@home.example;;;;;\nBart Kok;bart@home.example;;;;;\n")
    store(client)

    assert [str(alumnus) for alumnus in Alumnus.objects.all()] == ["Bart Kok", "Anna Smit"]


def test_a_worker_that_runs_the_task_again_stores_nobody_twice(client, hr):
    send(client, f"{HEADER}\nAnna Smit;anna@home.example;;;;;\n")
    file = store(client)
    AlumniFile.objects.filter(pk=file.pk).update(rows=[["Anna Smit", "anna@home.example"]])

    importing.store(file.pk)
    deliver(again=True)

    assert Alumnus.objects.count() == 1


def test_a_file_belongs_to_who_sent_it(client, hr):
    send(client, f"{HEADER}\nAnna Smit;anna@home.example;;;;;\n")
    file = AlumniFile.objects.get()
    client.force_login(make.staff("hr", file.network.organisation, "Hugo"))

    assert client.get(file.get_absolute_url()).status_code == 404


def test_columns_can_be_corrected(client, hr):
    send(client, "Wie;Waar te bereiken\nAnna Smit;anna@home.example\n")
    file = AlumniFile.objects.get()

    client.post(file.get_absolute_url(), {"column_name": "0", "column_email": "1"})
    store(client)

    assert Alumnus.objects.get().email == "anna@home.example"


def packed(name="xl/workbook.xml", size=10, entries=1):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr(name, b" " * size)
        for number in range(entries - 1):
            into.writestr(f"xl/{number}.xml", b"")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * 5_000_001, "larger than 5 MB"),
        (packed(size=41_000_000), "unpacks to far more"),
        (packed(entries=201), "unpacks to far more"),
        (packed("readme.txt"), "packed file"),
        (packed(), "cannot be read"),
        (b"PK\x03\x04broken", "damaged"),
        (b"%PDF-1.7 x", "no CSV and no Excel"),
        (b"Naam;E-mail\n", "No rows were found"),
        (b"Naam;E-mail\n" + b"a;b\n" * 5_001, "more than 5,000 rows"),
        (("a;" * 61 + "\n" + "a;" * 61 + "\n").encode(), "more than 60 columns"),
    ],
)
def test_what_is_too_much_is_refused_with_what_to_do(content, words):
    with pytest.raises(intake.Unreadable, match=words):
        intake.cells(content)


def test_a_workbook_that_needs_more_memory_than_it_may_have_is_refused(monkeypatch):
    content = excel(["Naam", "E-mail"], *([f"Naam {n}" * 20, f"{n}@home.example"] for n in range(4_000)))
    assert len(intake.cells(content)) == 4_001
    monkeypatch.setattr(sheets, "MEMORY", 30_000_000)

    with pytest.raises(intake.Unreadable, match="cannot be read"):
        intake.cells(content)


def memory(name, *, forget_peak=False):
    """Bytes of this process, as Linux counts them: now (VmRSS), or at most since the peak was forgotten."""
    if forget_peak:
        Path("/proc/self/clear_refs").write_text("5")
    line = re.search(rf"^{name}:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(line[1]) * 1024


def test_5000_messy_rows_are_read_and_stored_within_a_minute_and_within_little_memory(client, hr):
    """The Excel file is read by a process that may use 512 MB; what this process grows is read from Linux."""
    good = ["Hof, J.W. van 't", None, "Water; wegen", datetime.datetime(2022, 4, 3), 45108]  # noqa: DTZ001
    rows = [[good[0], f" P{n}@Home.example ", *good[2:], "formulier", "nieuws, klus"] for n in range(4_000)]
    rows += [[f"=HYPERLINK({n})", f"fout{n}", None, "31-02-2024", None, None, None] for n in range(900)]
    rows += [["Berg", "P1@home.example", None, None, None, None, None]] * 100
    content = excel(HEADER.split(";"), *rows)
    started, before = time.monotonic(), memory("VmRSS", forget_peak=True)

    send(client, content, name="oud.xlsx", follow=False)
    file = AlumniFile.objects.get()
    importing.confirm(file, twins=[], by=hr)
    importing.store(file.pk)

    assert (len(file.rows), Alumnus.objects.count()) == (5_000, 4_000)
    assert Alumnus.objects.filter(state="active").count() == 4_000
    assert time.monotonic() - started < 60
    assert memory("VmHWM") - before < 200_000_000
    begun_with = before + 200_000_000  # a child begins as a copy of this process, whatever it then may use
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < max(sheets.MEMORY, begun_with)
