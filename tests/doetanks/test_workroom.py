"""The workroom: for the team alone; its files are what they say they are."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bwob.privacy import retention
from bwob.workflow import Refused
from doetanks import uploads, working
from doetanks.models import Action, File, Meeting, Note
from tests import make
from tests.doetanks import making

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n....."


def package(*names, size=10, mimetype=""):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"0" * size)
        if mimetype:
            made.writestr("mimetype", mimetype)
    return content.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PDF),
        ("Foto.JPEG", b"\xff\xd8\xff\xe0"),
        ("schets.png", PNG),
        ("notitie.docx", DOCX),
        ("blad.ods", package("content.xml", mimetype=uploads.TYPES["ods"])),
        ("lijst.csv", "naam;aantal\nÇelik;2\n".encode()),
    ],
)
def test_what_is_what_it_says_is_kept(name, content):
    assert uploads.kind_of(name, content) in uploads.TYPES


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.exe", b"MZ"),
        ("plan.html", b"<p>"),
        ("plan.svg", b"<svg/>"),
        ("plan", PDF),
        ("plan.pdf", b"<html><script>%PDF-"),
        ("plan.png", PDF),
        ("plan.docx", PDF),
        ("plan.docx", package("xl/workbook.xml", "[Content_Types].xml")),
        ("plan.docx", package("word/document.xml", "[Content_Types].xml", "word/vbaProject.bin")),
        ("plan.docx", package("word/document.xml", "[Content_Types].xml", size=40_000_000)),
        ("plan.odt", package("content.xml", mimetype=uploads.TYPES["ods"])),
        ("plan.txt", b"\xff\xfe\x00b"),
        ("plan.txt", b"a\x00b"),
        ("plan.csv", b"<script>alert(1)</script>"),
        ("plan.pdf", PDF + b"0" * uploads.MAX_BYTES),
    ],
)
def test_what_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(uploads.Unacceptable):
        uploads.kind_of(name, content)


def test_a_file_is_a_download_for_the_team_and_unknown_to_all_others(client):
    challenge = making.challenge("explore")
    member = making.team(challenge, "Gemeente A")[0].person
    client.force_login(member)
    upload = SimpleUploadedFile('kaart "1".pdf', PDF)

    client.post(reverse("doetanks:upload", args=[challenge.slug]), {"file": upload})

    file = File.objects.get()
    page = client.get(file.get_absolute_url())
    assert (page.content, page["Content-Type"], page["X-Content-Type-Options"]) == (
        PDF,
        "application/pdf",
        "nosniff",
    )
    assert page["Content-Disposition"].startswith("attachment")
    for stranger in (challenge.commissioner, make.staff("programme"), make.person()):
        client.force_login(stranger)
        assert client.get(file.get_absolute_url()).status_code == 404


def test_the_workroom_closes_for_changes_with_the_end():
    challenge = making.challenge("closed")

    with pytest.raises(Refused, match="has ended"):
        working.add(Action(challenge=challenge, text="x", due_on=timezone.localdate()), by=challenge.coach)


def test_a_meeting_goes_into_a_calendar(client):
    challenge = making.challenge("explore")
    start = timezone.now().replace(microsecond=0)
    meeting = Meeting.objects.create(
        challenge=challenge,
        title="Look at the counter; with coats, and a long name that the format has to fold somewhere",
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=2),
        where="Stadskantoor",
    )
    client.force_login(challenge.coach)

    page = client.get(reverse("doetanks:meeting", args=[meeting.key]))

    (event,) = Calendar.from_ical(page.content).walk("VEVENT")
    assert (event["dtstart"].dt, str(event["location"])) == (start, "Stadskantoor")
    assert str(event["summary"]).startswith(meeting.title)


def test_the_papers_go_when_their_term_is_over():
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    over, at_work = making.challenge("closed", keep_until=yesterday), making.challenge("explore")
    for challenge in (over, at_work):
        working_facts = {"challenge": challenge, "author": challenge.coach}
        Note.objects.create(text="We spoke with six people.", **working_facts)
        making.participation("member", challenge=challenge, keep_until=challenge.keep_until)

    retention.minimise()

    assert [note.challenge for note in Note.objects.all()] == [at_work]
    assert not over.participations.exists()
    assert at_work.participations.exists()
    over.refresh_from_db()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_workroom_costs_the_same_with_more_in_it(client, rows, django_assert_num_queries):
    challenge = making.challenge("explore")
    for number in range(rows):
        Note.objects.create(challenge=challenge, text=f"Note {number}", author=challenge.coach)
        Action.objects.create(
            challenge=challenge, text=f"Act {number}", owner=challenge.coach, due_on=timezone.localdate()
        )
    making.team(challenge, *(f"Gemeente {number}" for number in range(rows)))
    client.force_login(challenge.coach)

    # Over the budget of 8 on purpose: seven kinds of paper lie on one table, each in a statement of its own.
    # Fewer would be one statement that glues unlike tables together, which costs the database as much.
    with django_assert_num_queries(13):
        client.get(reverse("doetanks:workroom", args=[challenge.slug]))
