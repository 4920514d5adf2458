"""What somebody does with the own data: take it along, and leave for good."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from bwob.people.models import User
from mobility.models import Application
from tests import make
from tests.browser.conftest import WIDTHS
from tests.browser.looking import enter
from tests.browser.walking import Walker, mail_to


@pytest.fixture
def sanne(transactional_db: None) -> User:
    return make.person(works_at=make.organisation("Gemeente Amersfoort"), family_name="Bakker")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_one_takes_along_the_own_data_after_the_password(opened, sanne, script):
    make.application(applicant=sanne)
    one = Walker(enter(opened(script=script), sanne), "nl", name=f"data-{script}", script=script)
    one.visit("privacy:my_data")
    one.look("my data")
    one.press("Download my data")
    one.arrives("account_reauthenticate")
    one.look("password first")
    one.write("password", make.PASSWORD)
    with one.page.expect_download() as download:
        one.field("password").press("Enter")

    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert archive.testzip() is None
    told = [json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")]
    assert "I have written letters for ten years" in json.dumps(told)


def test_one_leaves_for_good(opened, sanne):
    robin = make.staff()
    make.application(applicant=sanne, exchange=make.exchange(contact=robin))
    one = Walker(enter(opened(WIDTHS["phone"]), sanne), "nl", name="leave")
    one.visit("dashboard")
    one.follow("My data: download or delete")
    one.follow("Delete my account")
    one.arrives("privacy:erase")
    one.look("erase")
    one.write("email", "somebody@mail.example")
    one.press("Delete everything now")
    one.arrives("account_reauthenticate")
    one.write("password", make.PASSWORD)
    one.field("password").press("Enter")
    one.is_refused("email")
    one.write("email", "somebody.else@mail.example")
    one.press("Delete everything now")
    one.arrives("privacy:erase")
    one.is_refused("email")
    one.look("another address")
    one.write("email", sanne.email)
    one.press("Delete everything now")
    one.arrives("home")
    one.look("gone")

    assert (User.objects.filter(pk=sanne.pk).count(), Application.objects.count()) == (0, 0)
    assert "Sanne" not in mail_to(robin.email).body
    one.visit("dashboard")
    one.arrives("account_login")
