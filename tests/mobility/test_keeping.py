"""Keeping up: bookmarks, saved searches, the mail with news, feeds and the calendar."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bwob.privacy import erasing
from mobility import addresses, digesting, keeping
from mobility.models import Bookmark, Exchange, Reader, SavedSearch
from mobility.news import Asked
from tests import make

pytestmark = pytest.mark.django_db
SEARCH = "/en/uitwisselingen/"


@pytest.fixture
def reader(client: Client):
    person = make.person("Petra", language="en")
    client.force_login(person)
    return person


def saved(user, query="q=letters", name="Letters", **facts) -> SavedSearch:
    search = SavedSearch(user=user, name=name, query=query, **facts)
    keeping.save(search, by=user)
    return search


def days_ago(days: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def test_the_heart_keeps_an_exchange_and_leads_back_to_the_list(client: Client, reader):
    exchange = make.exchange()
    url = reverse("mobility:keep", args=[exchange.slug])

    response = client.post(url, {"next": f"{SEARCH}?q=letters"})
    client.post(url)

    assert response["Location"] == f"{SEARCH}?q=letters#{exchange.slug}"
    assert [mark.exchange for mark in Bookmark.objects.visible_to(reader)] == [exchange]
    assert b"#i-kept" in client.get(SEARCH).content
    assert exchange.title in client.get("/en/mijn/bewaard/").content.decode()

    client.post(reverse("mobility:let_go", args=[exchange.slug]))

    assert not Bookmark.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\x"]
)
def test_the_heart_leads_to_no_other_site(client: Client, reader, elsewhere):
    exchange = make.exchange()

    response = client.post(reverse("mobility:keep", args=[exchange.slug]), {"next": elsewhere})

    assert response["Location"] == f"/en/uitwisselingen/{exchange.slug}/"


def test_what_is_over_is_named_apart_and_a_withdrawn_one_not_at_all(client: Client, reader):
    gone, full, still = make.exchange("Gone"), make.exchange("Full"), make.exchange("Still open")
    for exchange in (gone, full, still):
        keeping.keep(exchange, by=reader)
    gone.move_to("withdrawn", by=None)
    full.move_to("filled", by=None)

    page = client.get("/en/mijn/bewaard/")

    assert [one.title for one in page.context["open"]] == ["Still open"]
    assert sorted(item["title"] for item in page.context["over"]) == ["", "Full"]

    client.post("/en/mijn/bewaard/opruimen/")

    assert [mark.exchange.title for mark in Bookmark.objects.all()] == ["Still open"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_what_is_kept(client: Client, reader, rows, django_assert_num_queries):
    for number in range(rows):
        keeping.keep(make.exchange(), by=reader)
        saved(reader, query=f"q=letters&near=Utrecht&hours={'25-32' if number else '1-8'}", name=f"{number}")
    client.get("/en/mijn/bewaard/")  # remembers the places

    with django_assert_num_queries(7):  # session, person, exchanges, reader, searches, counts; roles
        client.get("/en/mijn/bewaard/")


def test_new_is_what_came_since_the_visit_before(client: Client, reader, django_assert_num_queries):
    make.exchange("Old", published_at=days_ago(3))
    make.exchange("Recent", published_at=days_ago(1))
    client.get(SEARCH)
    assert not [one for one in client.get(SEARCH).context["exchanges"] if one.is_new]
    Reader.objects.update(visit_began_at=days_ago(2), seen_until=days_ago(9))

    first = client.get(SEARCH).context["exchanges"]
    with django_assert_num_queries(6):  # session, person, roles; facets, list; what is the reader's own
        later = client.get(SEARCH).context["exchanges"]

    assert [one.title for one in first if one.is_new] == ["Recent"]
    assert [one.title for one in later if one.is_new] == ["Recent"]


def test_a_search_is_saved_with_what_it_asks_only(client: Client, reader):
    page = client.get(f"{SEARCH}?q=letters&kind=secondment&sort=closing&hours=nonsense")
    url = page.context["save_url"]

    response = client.post(url, {"name": "Letters", "mail": "on"})

    assert response["Location"] == "/en/mijn/bewaard/"
    search = SavedSearch.objects.get()
    assert (search.user, search.query, search.mail) == (reader, "q=letters&kind=secondment", True)
    assert client.post(url, {"name": "Letters"}).status_code == 422  # the name is taken
    assert client.get("/en/uitwisselingen/zoekopdracht/")["Location"] == SEARCH


def test_nobody_opens_the_search_of_another(client: Client, reader):
    search = saved(make.person("Other"))

    for name in ("saved_search", "mend_search", "remove_search", "search_address"):
        assert client.post(reverse(f"mobility:{name}", args=[search.key])).status_code == 404


@pytest.mark.parametrize(
    "query", ["q=letters&kind=barter", "q=letters&colour=blue", "q=letters&near=Atlantis"]
)
def test_a_search_on_what_no_longer_exists_says_so_and_is_mended(client: Client, reader, query):
    search = saved(reader, query=query, told_until=days_ago(2))
    make.exchange()

    page = client.get(search.get_absolute_url())

    assert len(page.context["asked"].problems) == 1
    assert Asked(query).hits.count() == 0  # silent: without that part it would find too much
    assert "no longer exists" in client.get("/en/mijn/bewaard/").content.decode()

    client.post(reverse("mobility:mend_search", args=[search.key]))

    search.refresh_from_db()
    assert search.query == "q=letters"
    assert Asked(search.query).problems == []


def test_a_search_of_which_nothing_is_left_cannot_be_mended(client: Client, reader):
    search = saved(reader, query="colour=blue")

    assert client.post(reverse("mobility:mend_search", args=[search.key])).status_code == 409


def test_a_mail_brings_what_is_new_once_and_not_again_within_a_week(reader):
    search = saved(reader, told_until=days_ago(8))
    other = saved(reader, query="q=dike", name="Dikes", told_until=days_ago(8))
    make.exchange("Letters of last month", published_at=days_ago(20))
    make.exchange("Letters of today")
    row = Reader.objects.get()

    assert digesting.send(row.pk) is True
    make.exchange("Letters of tomorrow", published_at=timezone.now() + datetime.timedelta(seconds=5))
    assert digesting.send(row.pk) is False

    [message] = mail.outbox
    assert (message.to, message.subject) == ([reader.email], "New in “Letters”")
    assert "Letters of today" in message.body
    assert "last month" not in message.body
    assert "Dikes" not in message.body
    assert other.told_until == SavedSearch.objects.get(pk=other.pk).told_until

    Reader.objects.update(digest_on=timezone.localdate() - datetime.timedelta(days=7))
    assert digesting.send(row.pk) is True
    assert "Letters of tomorrow" in mail.outbox[1].body
    assert "of today" not in mail.outbox[1].body
    assert search.told_until != SavedSearch.objects.get(pk=search.pk).told_until


def test_without_news_or_wish_there_is_no_mail(reader):
    saved(reader, told_until=days_ago(8), mail=False)
    row = Reader.objects.get()
    make.exchange("Letters of today")

    assert list(Reader.objects.due_for_digest(timezone.localdate())) == []
    assert digesting.send(row.pk) is False
    assert mail.outbox == []


def test_mail_programs_stop_the_mail_with_one_post_and_opening_stops_nothing(client: Client, reader):
    saved(reader, told_until=days_ago(8))
    make.exchange()
    digesting.send(Reader.objects.get().pk)
    wire = mail.outbox[0].message().as_bytes().decode().replace("\r\n", "\n")
    line = next(one for one in wire.splitlines() if one.startswith("List-Unsubscribe: "))
    path = line.removeprefix("List-Unsubscribe: <http://localhost:8000").removesuffix(">")
    stranger = Client(enforce_csrf_checks=True)

    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n" in wire
    assert stranger.get(path).status_code == 200
    assert SavedSearch.objects.get().mail is True

    response = stranger.post(path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert SavedSearch.objects.get().mail is False
    assert stranger.post(f"{path[:-2]}x/").status_code == 404


def test_who_wants_mail_again_hears_only_what_comes_from_then_on(client: Client, reader):
    search = saved(reader, mail=False, told_until=days_ago(30))
    make.exchange(published_at=days_ago(1))

    client.post(search.get_absolute_url(), {"name": "Letters", "mail": "on"})

    assert digesting.send(Reader.objects.get().pk) is False


def test_a_feed_lists_what_its_search_finds_and_is_not_sent_twice(client: Client):
    make.exchange("Letters & <b>more</b>")
    make.exchange("Dike warden", state=Exchange.State.DRAFT, published_at=None)

    response = client.get("/en/uitwisselingen/atom/?tier=municipality&colour=blue")
    again = client.get(
        "/en/uitwisselingen/atom/?tier=municipality&colour=blue", headers={"if-none-match": response["ETag"]}
    )

    text = response.content.decode()
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert text.count("<entry>") == 1
    assert "Letters &amp; &lt;b&gt;more&lt;/b&gt;" in text
    assert "this filter no longer exists" in text
    assert again.status_code == 304


def test_the_address_of_a_saved_feed_is_made_and_revoked_by_its_owner(client: Client, reader):
    search = saved(reader)
    make.exchange()
    door = reverse("mobility:search_address", args=[search.key])
    client.post(door, {"open": ""})
    address = client.get(search.get_absolute_url()).context["feed"].removeprefix("http://localhost:8000")

    visitor = Client(headers={"accept-language": "en"})
    assert b"<entry>" in visitor.get(address).content
    assert visitor.get(f"{address[:-2]}x/").status_code == 404
    client.post(door, {"open": ""})  # a new one makes the old one void
    assert visitor.get(address).status_code == 410
    newer = client.get(search.get_absolute_url()).context["feed"].removeprefix("http://localhost:8000")
    client.post(door, {"close": ""})
    gone = visitor.get(newer)
    assert gone.status_code == 410
    search.delete()
    assert visitor.get(newer).content == gone.content


def test_the_calendar_has_last_days_and_confirmed_periods(client: Client, reader):
    kept = make.exchange("Kept, with; signs\\")
    keeping.keep(kept, by=reader)
    keeping.keep(make.exchange("Open until filled", closes_on=None), by=reader)
    place = make.application("confirmed", applicant=reader)
    make.application("offered", applicant=reader)
    client.post("/en/mijn/bewaard/agenda/", {"open": ""})
    address = client.get("/en/mijn/bewaard/").context["calendar"].removeprefix("http://localhost:8000")

    response = Client().get(address)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = {str(event["summary"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}
    last, period = (
        "Last day to apply: Kept, with; signs\\",
        f"{place.exchange.title}, {place.exchange.organisation}",
    )
    assert set(events) == {last, period}
    assert events[last]["dtstart"].dt == kept.closes_on
    assert events[period]["dtend"].dt == place.ends_on + datetime.timedelta(days=1)

    client.post("/en/mijn/bewaard/agenda/", {"close": ""})
    assert Client().get(address).status_code == 410
    assert Client().get("/en/agenda/guess.ics").status_code == 404


def test_limits_are_said_and_kept(client: Client, reader, monkeypatch):
    monkeypatch.setattr(Bookmark, "AT_MOST", 1)
    monkeypatch.setattr(SavedSearch, "AT_MOST", 1)
    saved(reader)
    keeping.keep(make.exchange(), by=reader)

    assert client.post(reverse("mobility:keep", args=[make.exchange().slug])).status_code == 409
    assert client.post("/en/uitwisselingen/zoekopdracht/?q=x", {"name": "Another"}).status_code == 409


def test_erasure_takes_all_of_it_along_and_closes_the_addresses(client: Client, reader):
    search = saved(reader)
    keeping.keep(make.exchange(), by=reader)
    keeping.open_feed(search, by=reader)
    keeping.open_calendar(by=reader)
    feed, calendar = addresses.feed(search), addresses.calendar(Reader.objects.get())

    erasing.erase(reader)

    assert [model for model in (Bookmark, SavedSearch, Reader) if model.objects.exists()] == []
    for address in (feed, calendar):
        assert Client().get(address.removeprefix("http://localhost:8000")).status_code == 410
