"""The map by keyboard; on a phone without JavaScript a proposal up to the network it becomes, and a call."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from networks.models import Network, Proposal
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to


@pytest.fixture
def networks(transactional_db: None) -> list[Network]:
    """Two that stand so near each other that the map has one mark for them, and one far away."""
    far = make.place("Assen", latitude=52.99, longitude=6.56, province=make.region("Drenthe", "province"))
    return [
        make.network("Leernetwerk Utrecht"),
        make.network("Alumninetwerk Utrecht", kind="alumni", latitude=52.1, longitude=5.13),
        make.network("Samenwerkingsverband Assen", kind="alliance", place=far),
    ]


def rows(one: Walker) -> list[str]:
    return one.page.locator("tbody th a").all_inner_texts()


def test_the_map_leads_by_keyboard_to_the_same_list(opened: Opener, networks: list[Network]):
    one = KeyboardWalker(opened(), "en", name="map")
    one.visit("networks:networks")
    assert len(rows(one)) == 3
    one.look("all")

    one.activate(one.page.get_by_role("link", name="2 networks here: look closer"))
    expect(one.page.locator("#count")).to_have_text("2 networks")
    assert rows(one) == ["Alumninetwerk Utrecht", "Leernetwerk Utrecht"]
    one.look("closer")

    one.activate(one.page.locator("input[name=kind][value=alumni]"))
    one.press("Show")
    expect(one.page.locator("#count")).to_have_text("1 network")
    one.activate(one.page.get_by_role("link", name="Alumninetwerk Utrecht (Alumni network)"))
    one.arrives("networks:network")
    one.reads_text("Alumninetwerk Utrecht")
    one.look("network")


def test_a_proposal_becomes_a_network_on_a_phone_without_javascript(opened: Opener, networks: list[Network]):
    proposer = make.person("Pien", works_at=make.organisation())
    coordinator = make.coordinator(make.place().region)
    one = Walker(enter(opened(WIDTHS["phone"], script=False), proposer), "nl", name="propose", script=False)
    one.visit("networks:propose")
    one.press("Send the proposal")
    one.is_refused("name")
    one.write("name", "Leernetwerk Utrecht.")
    one.choose("kind", "learning")
    one.write("summary", "We leren van elkaar.")
    one.choose("place", str(make.place().pk))
    one.write("latitude", "52.2")
    one.write("longitude", "5.3")
    one.write("source", "Ik doe mee")
    one.write("starts_on", "2026-01-01")
    one.press("Send the proposal")
    one.reads("Does it exist already?")
    one.look("exists")
    one.press("No, mine is another network: send it")
    one.arrives("networks:proposal")
    one.look("sent")

    judge = Walker(enter(opened(WIDTHS["phone"]), coordinator), "nl", name="judge")
    judge.open(link_in(mail_to(coordinator.email), "networks:proposal"))
    judge.look("proposal")
    judge.follow("Look it over and accept")
    judge.look("accept")
    judge.press("Accept")
    judge.arrives("networks:network")

    assert Proposal.objects.get().state == "accepted"
    judge.visit("networks:networks")
    assert "Leernetwerk Utrecht." in rows(judge)


def test_a_call_finds_a_partner_on_a_phone_without_javascript(opened: Opener, networks: list[Network]):
    contact = make.person("Kim", works_at=make.organisation())
    networks[0].contact = contact
    networks[0].save()
    asker = Walker(enter(opened(WIDTHS["phone"], script=False), contact), "nl", name="ask", script=False)
    asker.visit("networks:calls")
    asker.follow("Look for partners")
    asker.press("Put it on the site")
    asker.is_refused("title")
    asker.choose("asker", f"network-{networks[0].pk}")
    asker.write("title", "een zomerschool")
    asker.write("text", "We zoeken drie partners.")
    asker.write("area", "Assen")
    asker.write("closes_on", (timezone.localdate() + datetime.timedelta(days=20)).isoformat())
    asker.press("Put it on the site")
    asker.arrives("networks:call")
    asker.reads_text("Samenwerkingsverband Assen")
    asker.look("call")

    author = make.person("Rik", works_at=make.organisation("Gemeente Zeist"))
    other = KeyboardWalker(enter(opened(), author), "en", name="react")
    other.visit("networks:calls")
    other.activate(other.page.locator("main a", has_text="Een zomerschool"))
    other.follow("React")
    other.write("text", "Wij hebben een zaal.")
    other.press("Send your reaction")
    other.arrives("networks:call")

    asker.open(link_in(mail_to(contact.email), "networks:call"))
    asker.reads_text("Wij hebben een zaal.")
    asker.page.get_by_role("link", name="Antwoord").click()
    asker.page.locator("input[value=joins]").check()
    asker.write("message", "Tot dinsdag!")
    asker.press("Send the answer")
    asker.look("answered")
    assert "Tot dinsdag!" in mail_to(author.email).body
