"""One's own page by signed link: the invitation, the switches, and links that no longer count."""

import json

import pytest
from django.core import mail, signing
from django.urls import reverse

from alumni import consenting, inviting, links, staying
from alumni.models import Alumnus
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db


def page(alumnus, name="membership", *words):
    return reverse(f"alumni:{name}", args=[links.entrance(alumnus), *words])


@pytest.fixture
def invited():
    return make.alumnus(state="invited", email="joost@home.example")


def test_an_invitation_is_answered_without_an_account(client, invited):
    response = client.post(page(invited), {"purposes": ["news", "mentor"]})

    invited.refresh_from_db()
    assert (response.status_code, invited.state) == (302, "active")
    assert consenting.chosen_by(invited) == {"news", "mentor"}
    assert client.get(response["Location"]).status_code == 200


def test_saying_yes_to_nothing_is_no_answer(client, invited):
    assert client.post(page(invited), {}).status_code == 422


def test_links_that_do_not_count_all_lead_to_one_page(client, invited):
    used = page(invited)
    forged = reverse("alumni:membership", args=[links.entrance(invited)[:-3] + "abc"])
    other = reverse("alumni:membership", args=[signing.dumps([invited.pk, "x"], salt="alumni.other")])
    inviting.answer(invited, ["news"])
    gone = make.alumnus("Anna")
    left = page(gone)
    staying.leave(gone)

    answers = [
        client.get(address) for address in (used, forged, other, left, f"/en/alumni/deelname/{gone.key}/")
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert len({answer.content.partition(b"<main")[2].partition(b"</main")[0] for answer in answers}) == 1


def test_a_link_expires(client, invited, monkeypatch):
    link = page(invited)
    monkeypatch.setattr(links, "DAYS", -1)

    assert client.get(link).status_code == 404


def test_a_new_link_makes_the_old_one_void_and_tells_nobody_who_is_known(client):
    alumnus = make.alumnus(email="joost@home.example")
    old = page(alumnus)

    known = client.post(reverse("alumni:mail_link"), {"email": "Joost@home.example"}, follow=True)
    unknown = client.post(reverse("alumni:mail_link"), {"email": "nobody@home.example"}, follow=True)
    deliver()

    assert known.content.partition(b"<main")[2] == unknown.content.partition(b"<main")[2]
    assert [message.to for message in mail.outbox] == [["joost@home.example"]]
    assert client.get(old).status_code == 404
    alumnus.refresh_from_db()
    assert links.entrance(alumnus).split(":")[0] in mail.outbox[0].body


def test_switches_are_saved_and_none_at_all_asks_to_leave_instead(client):
    alumnus = make.alumnus("Joost", "news")

    saved = client.post(page(alumnus), {"purposes": ["gig"]})
    none = client.post(page(alumnus), {})

    assert (saved.status_code, none.status_code) == (302, 422)
    assert consenting.chosen_by(alumnus) == {"gig"}


def test_an_alumnus_takes_a_break_and_goes_on(client):
    alumnus = make.alumnus()

    for act, state in (("pause", "paused"), ("resume", "active")):
        client.post(page(alumnus, act))
        alumnus.refresh_from_db()
        assert alumnus.state == state


def test_an_alumnus_leaves(client):
    alumnus = make.alumnus()

    client.post(page(alumnus, "leave"))

    alumnus.refresh_from_db()
    assert alumnus.state == "left"
    assert [line.is_given for line in alumnus.consents.all()] == [False, True]


def test_a_work_address_is_refused_with_the_reason(client):
    alumnus = make.alumnus()
    work = f"joost@{alumnus.network.organisation.code}.example"

    response = client.post(page(alumnus, "correct"), {"given_name": "Joost", "email": work, "language": "nl"})

    assert response.status_code == 422
    assert "This is a work address of Gemeente Utrecht." in response.content.decode()


def test_after_a_new_address_links_in_older_mails_do_not_count(client):
    alumnus = make.alumnus()
    old = page(alumnus)
    fields = {
        "given_name": "Joost",
        "email": "new@home.example",
        "language": "en",
        "expertise": "water, dikes",
    }

    response = client.post(page(alumnus, "correct"), fields)

    alumnus.refresh_from_db()
    assert (alumnus.email, alumnus.expertise) == ("new@home.example", ["water", "dikes"])
    assert client.get(old).status_code == 404
    assert client.get(response["Location"]).status_code == 200


def test_the_download_holds_the_record_and_the_proof_of_each_line(client):
    alumnus = make.alumnus("Joost", "news")

    found = json.loads(client.get(page(alumnus, "download")).content)

    line = alumnus.consents.get()
    assert found["record"]["private e-mail address"] == alumnus.email
    assert [(one["proof"], one["nonce"]) for one in found["consents"]] == [(line.proof, line.nonce)]


def test_mails_stop_with_one_post_and_not_by_opening_the_page(client):
    alumnus = make.alumnus("Joost", "news", "gig")
    link = reverse("alumni:stop", args=[links.stop(alumnus, "news")])

    client.get(link)
    before = consenting.chosen_by(alumnus)
    client.post(link, {"List-Unsubscribe": "One-Click"})
    again = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert before == {"news", "gig"}
    assert consenting.chosen_by(alumnus) == {"gig"}
    assert again.status_code == 200
    assert alumnus.consents.filter(purpose="news").count() == 2


def test_asking_to_join_looks_the_same_for_known_and_unknown_addresses(client):
    network = make.alumni_network()
    make.staff("hr", network.organisation, "Hanna", email="hr@mail.example")
    make.alumnus(email="known@home.example", network=network)
    address = reverse("alumni:join", args=[network.slug])

    def ask(email):
        return client.post(address, {"given_name": "Anna", "email": email}, follow=True)

    known, unknown = ask("known@home.example"), ask("new@home.example")
    deliver()

    assert known.content.partition(b"<main")[2] == unknown.content.partition(b"<main")[2]
    assert sorted(message.to[0] for message in mail.outbox) == ["hr@mail.example", "known@home.example"]
    assert Alumnus.objects.get(email="new@home.example").state == "asked"


def test_an_alumnus_of_two_employers_has_two_records_that_know_nothing_of_each_other(client):
    person = make.person(email="anna@home.example")
    first = make.alumnus("Anna", user=person, email="anna@home.example", network=make.alumni_network())
    other = make.alumni_network(make.organisation("Waterschap Rivierenland"))
    second = make.alumnus("Anna", user=person, email="anna@home.example", network=other)
    hr = make.staff("hr", other.organisation, "Hugo")

    client.force_login(person)
    mine = client.get(reverse("alumni:own_networks")).content.decode()

    assert "Gemeente Utrecht" in mine
    assert "Waterschap Rivierenland" in mine
    assert list(Alumnus.objects.visible_to(hr)) == [second]
    assert "Waterschap" not in client.get(reverse("alumni:membership", args=[first.key])).content.decode()
