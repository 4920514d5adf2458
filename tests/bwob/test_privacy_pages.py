"""The pages on one's own data: what is kept, take it along, who saw it (R4), erase it all (R5)."""

import datetime
import io
import json
import re
import zipfile

import pytest
from django.utils import timezone

from bwob.people.models import User
from bwob.privacy import exporting, forgetting, labels, reading
from bwob.privacy.models import AccessLog
from tests import make
from tests.bwob.test_privacy_erasing import CANARY, canary

pytestmark = pytest.mark.django_db
DATA, DOWNLOAD, ERASE, SEEN = (
    f"/en/mijn/{name}/" for name in ("gegevens", "gegevens/meenemen", "gegevens/wissen", "gezien")
)


@pytest.fixture
def person(client):
    person = make.person("Sanne", works_at=make.organisation(), language="en")
    client.force_login(person)
    return person


def with_password(client, path, data=None):
    """Post, and give the password that is asked on the way."""
    asked = client.post(path, data or {})
    assert asked.url == f"/en/account/reauthenticate/?next={path.replace('/', '%2F')}"
    return client.post(asked.url, {"password": make.PASSWORD})


def files_in(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {name: json.loads(packed.read(name)) for name in packed.namelist()}


def test_my_data_says_what_is_kept_for_what_and_how_long(client, person):
    until = timezone.localdate() + datetime.timedelta(days=20)
    make.application("withdrawn", applicant=person, keep_until=until)

    page = client.get(DATA).content.decode()

    for words in (
        "Applications",
        "Deciding on an application",
        "28 days after it ended",
        "as long as you have an account",
    ):
        assert words in page
    assert f"deleted on {until.day} {until:%B %Y}" in page
    assert "Work addresses to be proven" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_my_data_takes_the_same_number_of_statements(client, person, count, django_assert_num_queries):
    for number in range(count):
        exchange = make.exchange(f"Exchange {number}")
        make.application("withdrawn", applicant=person, exchange=exchange, keep_until=timezone.localdate())

    with django_assert_num_queries(6):  # session, account, roles, counts, terms, applications
        client.get(DATA)


def test_the_download_asks_the_password_first(client, person):
    assert client.get(DOWNLOAD).status_code == 405
    response = with_password(client, DOWNLOAD)

    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == f'attachment; filename="my-data-{timezone.localdate()}.zip"'
    assert response["Cache-Control"] == "private, no-store"
    assert files_in(response.content)["people.json"]["records"][0]["e-mail address"] == person.email


def test_the_download_holds_everything_of_a_canary_person_but_the_secrets(client):
    someone = canary(client)

    files = files_in(exporting.archive(someone))

    texts = set(re.findall(rf"{CANARY}[^\"]*", json.dumps(files, ensure_ascii=False)))
    assert {
        f"{CANARY}given",
        f"{CANARY} van",
        f"{CANARY}family",
        f"{CANARY}married",
        f"{CANARY}@mail.example",
        f"{CANARY}2@mail.example",
        f"{CANARY}@zwolle.example",
        f"{CANARY}@x.example",
        f"{CANARY}@boss.example",
        f"{CANARY} again",
        f"{CANARY} renamed",
        f"{CANARY} search",
        f"{CANARY} skill",
        f"{CANARY} wish",
        f"{CANARY} question",
        CANARY,
    } <= texts
    assert f"{CANARY}key" not in texts
    assert someone.password not in json.dumps(files)


def test_the_download_has_history_with_who_and_why(client, person):
    robin = make.staff("hr", given_name="Robin", family_name="Jansen")
    application = make.application(applicant=person, motivation="First words")
    application.move_to("declined", by=robin, reason="Too far away")

    (record,) = files_in(exporting.archive(person))["applications.json"]["history"][1:]

    assert (record["change"], record["by"], record["reason"]) == ("update", "Robin Jansen", "Too far away")
    assert record["values"]["why you, and why here"] == "First words"


def test_the_download_has_who_saw_my_data_and_where_i_am_mentioned(client, person):
    robin = make.staff("hr", given_name="Robin")
    reading.record(robin, [person], purpose="administration")
    make.exchange("Clear letters", contact=person)

    files = files_in(exporting.archive(person))

    (view,) = files["views-of-personal-data.json"]["records"]
    assert (view["seen by"], view["employer"], view["purpose"]) == (
        "Robin",
        "Gemeente Utrecht",
        "administration",
    )
    assert files["where-you-are-mentioned.json"] == [
        {"what": "exchange", "as": "contact", "record": "Clear letters"}
    ]


def test_the_download_has_nothing_of_others(client, person):
    make.application(motivation="Words of somebody else", exchange=make.exchange(contact=person))
    other = make.staff("hr", given_name="Other", family_name="Elsewhere")
    reading.record(person, [other], purpose="administration")

    text = json.dumps(files_in(exporting.archive(person)))

    assert "somebody else" not in text
    assert other.email not in text
    assert "Elsewhere" not in text


def test_secrets_are_named_and_left_out(client, person):
    assert files_in(exporting.archive(person))["people.json"]["left out"] == {
        "password": "a secret that proves who you are; it never leaves the portal"
    }


def test_every_field_has_a_name_of_its_own_in_the_download():
    twice = {
        model.__name__: names
        for model, of in labels.personal_models()
        if len(names := [exporting.name_of(field) for field in exporting.told(model, of)]) != len(set(names))
    }

    assert twice == {}


def test_the_page_of_views_is_empty_until_somebody_looks(client, person):
    assert "Nobody has looked at your data" in client.get(SEEN).content.decode()


def test_the_page_of_views_tells_who_for_whom_what_for_and_when(client, person):
    reading.record(make.staff("hr", given_name="Robin"), [person], purpose="administration")

    page = client.get(SEEN).content.decode()

    for words in ("Robin", "Gemeente Utrecht", "erson", "dministration"):
        assert words in page.split("<tbody>")[1]
    assert f"{timezone.localtime():%B %Y}" in page


def test_views_are_listed_by_month_and_page(client, person, django_assert_num_queries):
    months = [datetime.datetime(2026, month, 15, 12, tzinfo=datetime.UTC) for month in (9, 10, 11)]
    AccessLog.objects.bulk_create(
        AccessLog(subject=person, viewer_name=f"v{number}-", employer="e", what="people.user", seen_at=moment)
        for moment in months
        for number in range(25)
    )

    first = client.get(SEEN)
    assert [(month["name"], len(month["views"])) for month in first.context["months"]] == [
        ("November 2026", 25),
        ("October 2026", 25),
    ]
    with django_assert_num_queries(5):  # session, account, roles, where we were, the lines
        second = client.get(SEEN + first.context["next_url"])

    assert [(month["name"], len(month["views"])) for month in second.context["months"]] == [
        ("September 2026", 25)
    ]
    assert (second.context["next_url"], second.context["first_url"]) == ("", SEEN)


@pytest.mark.parametrize("before", ["", "x", "-1", "99999999999999999999999", "0"])
def test_an_odd_page_number_shows_the_first_page(client, person, before):
    reading.record(make.staff("hr"), [person], purpose="administration")

    assert len(client.get(SEEN, {"before": before}).context["months"]) == 1


def test_nobody_sees_who_saw_somebody_else(client, person):
    officer = make.staff("privacy_officer")
    reading.record(make.staff("hr"), [person], purpose="administration")
    client.force_login(officer)

    assert client.get(SEEN).context["months"] == []


def test_the_erase_page_says_what_goes_and_what_stays(client, person):
    make.application(applicant=person)

    page = client.get(ERASE).content.decode()

    assert "Applications: 1" in page
    assert "Your name is taken off them." in page


def test_erasing_asks_the_password_and_the_address(client, person):
    wrong = with_password(client, ERASE, {"email": "another@mail.example"})
    assert (wrong.status_code, "This is not the address you sign in with." in wrong.content.decode()) == (
        422,
        True,
    )
    assert User.objects.filter(pk=person.pk).exists()

    response = client.post(ERASE, {"email": person.email.upper()}, follow=True)

    assert "Your account and your data have been erased." in response.content.decode()
    assert not User.objects.filter(pk=person.pk).exists()
    assert client.get(DATA).status_code == 302


def test_erasing_without_the_password_erases_nothing(client, person):
    client.post(ERASE, {"email": person.email})

    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("path", [DATA, SEEN, ERASE])
def test_the_pages_ask_to_sign_in(client, path):
    assert client.get(path).url == f"/en/account/login/?next={path}"


def test_a_view_is_logged_once_a_day_in_one_statement(django_assert_num_queries):
    robin, people = make.staff("hr"), [make.person() for _ in range(3)]
    robin.roles, robin.work  # noqa: B018 - kept for the request

    with django_assert_num_queries(1):
        reading.record(robin, people, purpose="administration")
    reading.record(robin, [*people, robin], purpose="administration")

    assert AccessLog.objects.count() == 3


def test_a_view_is_told_in_the_language_of_the_reader(client, person):
    reading.record(make.staff("hr"), [make.application(applicant=person)], purpose="administration")
    view = AccessLog.objects.get()

    assert (view.what, view.purpose) == ("mobility.application", "administration")
    assert (view.what_text, view.purpose_text) == ("application", "administration")


def test_a_view_of_a_kind_of_record_that_is_gone_is_still_told():
    reading.record(make.staff("hr"), [make.person()], purpose="")
    forgetting.overwrite(AccessLog.objects.all(), what="mobility.gone")

    assert (AccessLog.objects.get().what_text, AccessLog.objects.get().purpose_text) == ("mobility.gone", "")
