"""Alumni: from an invitation by phone without script to leaving, a departure by keyboard, HR with a file."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from alumni import departing, gathering, inviting
from alumni.models import AlumniNetwork, Alumnus, Gathering, Guest
from tests import make
from tests.browser.conftest import WIDTHS
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to
from tests.bwob.test_people_post import deliver


@pytest.fixture
def network(transactional_db: None) -> AlumniNetwork:
    return make.alumni_network()


def test_an_invitation_is_answered_and_left_on_a_phone_without_script(opened, network):
    hr = make.staff("hr", network.organisation, "Hanna")
    anna = Alumnus(network=network, given_name="Anna", email="anna@home.example")
    inviting.invite(anna, by=hr)
    one = Walker(opened(WIDTHS["phone"], script=False), "nl", name="invited", script=False)
    one.open(link_in(mail_to("anna@home.example"), "alumni:membership"))
    one.look("invitation")
    one.press("Yes, for what I chose")
    one.is_refused("purposes")
    one.page.locator("main [name=purposes][value=question]").check()
    one.press("Yes, for what I chose")
    one.reads("Welcome to the network.")
    one.look("choices")
    one.press("Take a break")
    one.reads("You take a break. Until you go on, you get no invitation, question or news.")
    one.follow("Leave the network")
    one.look("leave")
    one.press("Leave and erase")
    one.arrives("alumni:networks")

    anna.refresh_from_db()
    assert (anna.state, [line.purpose for line in anna.consents.all()]) == ("left", ["question", "question"])


def test_a_departure_is_recorded_by_keyboard(opened, network):
    sanne = make.person("Sanne", works_at=network.organisation)
    one = KeyboardWalker(enter(opened(), sanne), "en", name="departure")
    one.visit("alumni:networks")
    one.follow("Record your departure")
    one.arrives("alumni:departure")
    one.look("departure")
    last = timezone.localdate() + datetime.timedelta(days=9)
    one.page.locator("main [name=last_day]").fill(last.isoformat())
    one.write("email", "sanne@home.example")
    one.activate(one.page.locator("main [name=purposes][value=return]"))
    one.press("Record it")
    one.arrives("alumni:own_networks")
    one.look("recorded")

    departing.move_due(last + datetime.timedelta(days=1))
    assert (Alumnus.objects.get().user, Alumnus.objects.get().state) == (sanne, "active")


def test_hr_takes_in_a_file(opened, network, tmp_path: Path):
    file = tmp_path / "oud.csv"
    file.write_text("Naam;E-mail\nBerg, J.W. van der;jw@home.example\nKok, Bart;geen adres\n")
    hr = make.staff("hr", network.organisation, "Hanna")
    one = Walker(enter(opened(), hr), "nl", name="intake")
    one.visit("admin:alumni_alumnus_import")
    one.look("file")
    one.page.set_input_files("[name=file]", str(file))
    one.press("Read the file")
    one.arrives("admin:alumni_alumnus_import_check")
    one.reads("This address is not complete.")
    one.look("check")
    one.press("Store the good rows")
    one.reads("Busy storing")
    deliver()
    one.follow("Look again")
    one.reads("Done")

    assert [str(alumnus) for alumnus in Alumnus.objects.all()] == ["J.W. van der Berg"]


def test_a_meeting_from_the_invitation_to_the_list_of_who_was_there(opened, network):
    hr = make.staff("hr", network.organisation, "Hanna")
    make.alumnus("Anna", "meeting", network=network, email="anna@home.example")
    meeting = make.gathering(network=network, ahead=9, code="QZXVKW")
    gathering.invite(meeting, by=hr)
    one = Walker(opened(WIDTHS["phone"], script=False), "nl", name="meeting", script=False)
    one.open(link_in(mail_to("anna@home.example"), "alumni:gathering"))
    one.look("open")
    one.press("I come")
    one.reads("You have a place. You get a mail with everything you need to know.")
    one.follow("Sign off")
    one.look("sign-off")
    one.press("Sign off")
    one.press("I come")
    Gathering.objects.update(held_on=timezone.localdate())
    one.page.reload()
    one.page.fill("main [name=code]", "qzxvkw")
    one.press("I am here")
    one.reads("You were there.")
    one.look("there")

    desk = KeyboardWalker(enter(opened(), hr), "en", name="meeting-hr")
    desk.visit("admin:alumni_gathering_guests", meeting.pk)
    desk.look("who was there")
    desk.activate(desk.page.locator("main [name=present]"))
    desk.press("Note who was there")
    desk.reads_text("0 were there.")

    assert list(Guest.objects.values_list("state", "attended_at")) == [("withdrawn", None), ("seated", None)]
