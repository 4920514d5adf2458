"""Coming back: told once a week of what is new, by consent; and applying as a former colleague."""

import datetime
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from alumni import clock, consenting, links, returning
from alumni.models import Tip
from bwob.workflow import Refused
from mobility import applying, deciding
from mobility.models import Application
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return make.alumni_network()


def place(network, title="Come back", **facts):
    defaults = {"organisation": network.organisation, "alumni_welcome": True, "kind": "vacancy"}
    return make.exchange(title, **(defaults | facts))


def alumnus(name, *purposes, **facts):
    return make.alumnus(name, *purposes, email=f"{name.lower()}@home.example", language="en", **facts)


def monday():
    """What the clock does each Monday; the mails of that run."""
    before = len(mail.outbox)
    clock.tell_places(0)
    deliver()
    return [(message.to[0].partition("@")[0], message.subject) for message in mail.outbox[before:]]


def test_each_hears_once_of_what_the_own_consent_covers_and_nothing_when_nothing_is_new(network):
    other = make.alumni_network(make.organisation("Gemeente Breda"))
    alumnus("Anna", "return", network=network)
    alumnus("Bart", "gig", network=network)
    alumnus("Cor", "news", network=network)
    alumnus("Dora", "return", "gig", network=other)
    place(network)
    place(network, "Write letters", kind="gig", duration=3)
    place(network, "Not for alumni", alumni_welcome=False)
    place(network, "Draft", state="draft")

    first, second = monday(), monday()
    place(network, "A second one", kind="secondment")
    third = monday()

    one = "Gemeente Utrecht has a place for former colleagues"
    assert first == [("anna", one), ("bart", one)]
    assert (second, third) == ([], [("anna", one)])
    assert "A second one" in mail.outbox[-1].body
    assert "Come back" not in mail.outbox[-1].body


def test_each_purpose_stops_with_one_click_of_its_own_and_a_withdrawal_counts_at_once(client, network):
    anna = alumnus("Anna", "return", "gig", network=network)
    place(network)
    place(network, "Write letters", kind="assignment")
    monday()
    stops = [
        re.fullmatch(r"<https?://[^/]+(/.+)>", message.extra_headers["List-Unsubscribe"])[1]
        for message in mail.outbox
    ]
    client.post(stops[0], {"List-Unsubscribe": "One-Click"})
    chosen = consenting.chosen_by(anna)
    place(network, "For nobody any more")
    place(network, "Withdrawn while it waits", kind="gig")
    clock.tell_places(0)
    consenting.choose(anna, ["news"], how="page")
    deliver()

    assert len(set(stops)) == 2
    assert chosen == {"gig"}
    assert len(mail.outbox) == 2


class RefusingBackend(EmailBackend):
    def send_messages(self, email_messages):
        raise SMTPRecipientsRefused({message.to[0]: (550, b"no such user") for message in email_messages})


def test_an_address_that_refuses_becomes_dormant(network, settings):
    anna = alumnus("Anna", "return", network=network)
    place(network)
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.RefusingBackend"}}

    returning.tell(anna.pk)

    anna.refresh_from_db()
    assert (anna.state, Tip.objects.count()) == ("dormant", 1)


def test_an_alumnus_without_a_work_address_applies_is_known_and_comes_back(client, network):
    hr = make.staff("hr", network.organisation, "Hanna", email="hanna@mail.example", language="en")
    exchange = place(network, contact=hr)
    person = make.person("Anna", email="anna@home.example")
    anna = alumnus("Anna", "return", network=network)
    address = reverse("alumni:apply", args=[links.entrance(anna), exchange.slug])

    before = client.get(address).content.decode()
    client.force_login(person)
    client.post(address, {"motivation": "I know the river."})
    sent = Application.objects.get()
    deliver()
    client.force_login(hr)
    inbox = client.get(reverse("mobility:inbox", args=[exchange.slug])).content.decode()
    shown = client.get(sent.get_absolute_url()).content.decode()
    deciding.offer(sent, by=hr, hours=24, starts_on=exchange.closes_on, ends_on=None)
    client.force_login(person)
    client.post(reverse("mobility:take", args=[sent.key]))
    deliver()
    sent.refresh_from_db()
    deciding.confirm(sent, by=hr)
    deliver()

    anna.refresh_from_db()
    assert "You need an account to apply" in before
    assert (anna.user, sent.state, sent.is_returning, sent.employer) == (person, "confirmed", True, None)
    assert "Worked here before" in inbox
    assert "A former colleague, in your alumni network, who chose to be known as one." in shown
    assert "Anna takes your offer: please confirm “Come back”" in [one.subject for one in mail.outbox]


def test_nobody_else_is_let_in_by_that_door(client, network):
    exchange, closed = place(network), place(network, "Own people only", alumni_welcome=False)
    anna = alumnus("Anna", "return", network=network)
    stranger = make.person("Mallory", email="mallory@home.example")
    client.force_login(stranger)

    page = client.get(reverse("alumni:apply", args=[links.entrance(anna), exchange.slug]))
    elsewhere = client.get(reverse("alumni:apply", args=[links.entrance(anna), closed.slug]))

    assert "This link belongs to another account." in page.content.decode()
    assert elsewhere.status_code == 404
    with pytest.raises(Refused, match="another account"):
        returning.apply(anna, Application(exchange=exchange, applicant=stranger, motivation="Let me in."))
    ordinary = Application(exchange=exchange, applicant=stranger, motivation="Let me in.")
    applying.save_draft(ordinary)
    with pytest.raises(Refused, match="First show where you work"):
        applying.submit(ordinary)


def test_an_alumnus_waits_for_a_full_place_and_gets_the_one_that_comes_free(client, network):
    hr = make.staff("hr", network.organisation, "Hanna", language="en")
    exchange = place(network, contact=hr, places=1, starts_on=timezone.localdate() + datetime.timedelta(90))
    first = make.application(exchange=exchange, applicant=make.person("Bart"), state="agreed")
    person = make.person("Anna", email="anna@home.example")
    anna = alumnus("Anna", "return", network=network, user=person)
    address = reverse("alumni:apply", args=[anna.key, exchange.slug])
    client.force_login(person)
    client.get(address)
    deciding.confirm(first, by=hr)

    too_late = client.post(address, {"motivation": "I know the river."}, follow=True).content.decode()
    ordinary = client.get(reverse("mobility:apply", args=[exchange.slug])).content.decode()
    own_page = client.get(reverse("alumni:membership", args=[anna.key])).content.decode()
    client.post(address, {"motivation": "I know the river.", "wait": "1"})
    waiting = Application.objects.get(applicant=person)
    state = waiting.state
    applying.withdraw(Application.objects.get(pk=first.pk), by=first.applicant)
    waiting.refresh_from_db()

    assert "Your letter has been kept" in too_late
    assert "You would be number 1 on the list" in too_late
    assert "I know the river." in too_late
    assert ("Join the waiting list" in ordinary, "Apply as a former colleague" in ordinary) == (False, True)
    assert "Full, with a waiting list" in own_page
    assert (state, waiting.state, waiting.is_returning) == ("waiting", "offered", True)


def test_an_exchange_shows_former_colleagues_the_way_in(client, network):
    welcome, closed = place(network), place(network, "Own people only", alumni_welcome=False)
    elsewhere = place(make.alumni_network(make.organisation("Gemeente Breda"), opened_at=None), "Not yet")
    way = reverse("alumni:come_back", args=[welcome.slug])
    person = make.person("Anna")
    anna = alumnus("Anna", "return", network=network, user=person)

    pages = [client.get(one.get_absolute_url()).content.decode() for one in (welcome, closed, elsewhere)]
    unknown = client.get(way)
    others = [client.get(reverse("alumni:come_back", args=[one.slug])) for one in (closed, elsewhere)]
    client.force_login(person)
    known = client.get(way)

    assert ["Apply as a former colleague" in page for page in pages] == [True, False, False]
    assert way in pages[0]
    assert (unknown.status_code, "Mail me a link" in unknown.content.decode()) == (200, True)
    assert [one.status_code for one in others] == [404, 404]
    assert known.url == reverse("alumni:apply", args=[anna.key, welcome.slug])
