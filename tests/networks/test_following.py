"""Following an area: a feed for programs, a mail after the mailbox said yes, and a map on another site."""

import datetime
import re
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bwob.privacy import erasing, retention
from networks import appointing, following, news
from networks.filters import Selection
from networks.models import Network, Subscription
from networks.tasks import ask_to_confirm
from tests import make

pytestmark = pytest.mark.django_db
TITLE = "{http://www.w3.org/2005/Atom}title"


def titles(answer):
    return [entry.find(TITLE).text for entry in ElementTree.fromstring(answer.content).iterfind("{*}entry")]  # noqa: S314


def test_the_feed_tells_what_came_and_what_ended_by_the_keys_of_the_list(client):
    make.network("Stays")
    gone = make.network("Goes")
    make.network("Elsewhere", place=make.place("Assen", province=make.region("Drenthe", "province")))
    gone.move_to("archived", by=None)

    answer = client.get(reverse("networks:feed") + f"?province={gone.place.province.code}")

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(answer) == ["Goes has ended", "Stays is new"]


def test_who_becomes_the_contact_is_no_news(client):
    network = make.network("Stays")
    person = make.person("Vera")
    subscribed = timezone.now() - datetime.timedelta(minutes=5)

    Network.objects.filter(pk=network.pk).update(invited=person)
    appointing.answer(network, accepts=True, by=person)
    appointing.step_down(network, by=person)
    quiet = titles(client.get(reverse("networks:feed")))
    Network.objects.filter(pk=network.pk).update(summary="We go on together.")
    [told] = news.changes(Selection(), since=subscribed)

    assert quiet == ["Stays is new"]
    assert told.what == "has changed, or was confirmed"


def test_a_subscription_counts_after_the_mailbox_said_yes_and_brings_one_mail_a_week(client):
    network = make.network()
    area = f"?province={network.place.province.code}"
    client.post(reverse("networks:follow") + area, {"email": "Vera@mail.example"})
    found = Subscription.objects.get()
    ask_to_confirm(subscription_id=found.pk)
    link = re.search(r"/[a-z/]*netwerken/volgen/[^/\s]+/", mail.outbox[0].body)
    client.get(link[0])
    assert list(Subscription.objects.due(timezone.localdate())) == []
    client.post(link[0])
    assert not following.tell(found.pk)
    earlier = timezone.now() - datetime.timedelta(minutes=5)  # a test is one transaction, with one clock
    Subscription.objects.update(told_until=earlier)

    make.call(network=network)
    network.move_to("unconfirmed", by=None)
    network.move_to("published", by=None)
    make.network("New here")

    assert following.tell(found.pk)
    make.network("Newer still")
    assert not following.tell(found.pk)
    assert [message.to for message in mail.outbox] == [["vera@mail.example"]] * 2
    assert re.findall(r"^- (.*)$", mail.outbox[1].body, re.M) == [
        "New here is new",
        "Leernetwerk Utrecht has changed, or was confirmed",
        "Leernetwerk Utrecht: a joint summer school",
    ]


def test_one_click_stops_it_and_leaves_no_address(client):
    make.network()
    found = Subscription.objects.create(
        email="a@mail.example",
        told_until=timezone.now() - datetime.timedelta(days=1),
        confirmed_at=timezone.now(),
    )
    assert following.tell(found.pk)
    stop = re.match(r"<https?://[^/]+(.*)>", mail.outbox[0].extra_headers["List-Unsubscribe"])[1]

    client.get(stop)
    assert Subscription.objects.count() == 1
    client.post(stop)

    assert (Subscription.objects.count(), client.post(stop).status_code) == (0, 200)


def test_typing_an_address_of_somebody_else_brings_one_mail_a_day_and_tells_nothing(client):
    texts = set()
    for _ in range(3):
        page = client.post(reverse("networks:follow"), {"email": "a@mail.example"}, follow=True)
        texts.add(str(next(iter(page.context["messages"]))))

    assert (len(texts), ProcrastinateJob.objects.filter(task_name__endswith="ask_to_confirm").count()) == (
        1,
        1,
    )
    Subscription.objects.update(asked_at=timezone.now() - datetime.timedelta(days=8))
    retention.minimise()
    assert Subscription.objects.count() == 0


def test_who_erases_the_account_follows_nothing_any_more():
    user = make.person(email="vera@mail.example")
    Subscription.objects.create(email="vera@mail.example", confirmed_at=timezone.now())

    erasing.erase(user)

    assert Subscription.objects.count() == 0


def test_only_the_map_for_other_sites_may_stand_in_a_frame(client):
    make.network()

    framed = client.get(reverse("networks:embedded_map"))
    others = [client.get(reverse(f"networks:{name}")) for name in ("networks", "white_spots", "calls")]

    assert "frame-ancestors 'self' https:;" in framed["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in framed
    assert "<form" not in framed.content.decode()
    assert '<base target="_top">' in framed.content.decode()
    policies = {
        (page["X-Frame-Options"], "frame-ancestors 'none'" in page["Content-Security-Policy"])
        for page in others
    }
    assert policies == {("DENY", True)}
