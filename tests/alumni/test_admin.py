"""HR in the administration: own rows only, acts that ask first, and nothing written over."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from alumni import consenting
from alumni.models import AlumniNetwork, Alumnus, Consent, Look, Wording
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db
LIST = "admin:alumni_alumnus_changelist"


@pytest.fixture
def network():
    return make.alumni_network()


@pytest.fixture
def hr(client, network):
    hr = make.staff("hr", network.organisation, "Hanna")
    client.force_login(hr)
    return hr


def act(client, action, *alumni, **fields):
    chosen = [alumnus.pk for alumnus in alumni]
    return client.post(reverse(LIST), {"action": action, "_selected_action": chosen, **fields})


def edit(client, alumnus):
    """The change page of this record, and what its form would post unchanged."""
    address = reverse("admin:alumni_alumnus_change", args=[alumnus.pk])
    form = client.get(address).context_data["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return address, {
        name: ", ".join(value) if isinstance(value, list) else value or "" for name, value in values.items()
    }


def test_hr_invites_and_can_do_no_more_than_that(client, hr, network):
    person = {"network": network.pk, "given_name": "Anna", "email": "anna@home.example", "language": "en"}
    client.post(reverse("admin:alumni_alumnus_add"), person | {"state": "active", "tags": ""})
    deliver()

    alumnus = Alumnus.objects.get()
    assert (alumnus.state, consenting.chosen_by(alumnus)) == ("invited", set())
    assert [message.to for message in mail.outbox] == [["anna@home.example"]]


def test_hr_cannot_invite_a_work_address_or_somebody_twice(client, hr, network):
    make.alumnus(email="anna@home.example", network=network)
    person = {"network": network.pk, "given_name": "Anna", "language": "en"}

    answers = [
        client.post(reverse("admin:alumni_alumnus_add"), person | {"email": email})
        for email in ("Anna@home.example", f"anna@{network.organisation.code}.example")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "is in the network already" in answers[0].content.decode()
    assert "This is a work address of" in answers[1].content.decode()


def test_a_bulk_action_asks_first_and_says_whom_it_reaches(client, hr, network):
    asked = make.alumnus("Anna", state="asked", network=network)
    member = make.alumnus("Piet", network=network)

    question = act(client, "accept", asked, member).content.decode()
    before = Alumnus.objects.get(pk=asked.pk).state
    act(client, "accept", asked, member, confirmed="1")

    assert "This reaches 1 person." in question
    assert "1 that you picked is left out" in question
    assert before == "asked"
    assert Alumnus.objects.get(pk=asked.pk).state == "invited"


def test_a_region_is_one_of_the_labour_market_so_that_no_name_stands_there_twice(client, hr, network):
    make.region("Zeeland")
    make.region("Zeeland", "province")
    member = make.alumnus("Piet", network=network)

    form = client.get(reverse("admin:alumni_alumnus_change", args=[member.pk])).content.decode()

    assert form.count(">Zeeland</option>") == 1


def test_a_colleague_of_another_employer_reaches_nobody(client, network):
    asked = make.alumnus("Anna", state="asked", network=network)
    client.force_login(make.staff("hr", make.organisation("Gemeente Breda"), "Bram"))

    act(client, "accept", asked, confirmed="1")

    assert Alumnus.objects.get(pk=asked.pk).state == "asked"


def test_two_colleagues_at_once_the_second_sees_both_versions(client, hr, network):
    alumnus = make.alumnus("Anna", network=network, department="Water")
    address, typed = edit(client, alumnus)
    Alumnus.objects.filter(pk=alumnus.pk).update(department="Law")

    refused = client.post(address, typed | {"department": "Finance"})
    again = client.post(
        address,
        typed | {"department": "Finance", "seen": refused.context_data["adminform"].form["seen"].value()},
    )

    assert refused.status_code == 422
    assert "“Law”, and you typed “Finance”" in refused.content.decode()
    assert (again.status_code, Alumnus.objects.get(pk=alumnus.pk).department) == (302, "Finance")


def test_a_note_is_added_and_the_alumnus_reads_it(client, hr, network):
    alumnus = make.alumnus("Anna", network=network)
    address, typed = edit(client, alumnus)

    client.post(address, typed | {"note": "Called, wants to mentor.", "tags": "mentor, water"})

    alumnus.refresh_from_db()
    assert [(note.text, note.writer) for note in alumnus.notes.all()] == [("Called, wants to mentor.", hr)]
    assert alumnus.tags == ["mentor", "water"]


def test_who_opens_a_record_is_noted_also_without_an_account(client, hr, network):
    alumnus = make.alumnus("Anna", network=network)

    edit(client, alumnus)
    edit(client, alumnus)

    assert [(look.viewer, look.viewer_name) for look in Look.objects.filter(alumnus=alumnus)] == [
        (hr, hr.full_name)
    ]


def test_merging_keeps_both_ledgers_and_the_later_word_counts(client, hr, network):
    first = make.alumnus("Anna", "news", "gig", network=network)
    second = make.alumnus("Anna", "mentor", "news", network=network, tags=["water"])
    consenting.withdraw(second, "news", how="page")
    proofs = set(Consent.objects.values_list("proof", flat=True))

    side_by_side = act(client, "merge", first, second).content.decode()
    act(client, "merge", first, second, confirmed="1", email=second.email)

    merged = Alumnus.objects.get()
    assert second.email in side_by_side
    assert (merged.email, merged.tags) == (second.email, ["water"])
    assert consenting.chosen_by(merged) == {"gig", "mentor"}
    assert set(merged.consents.values_list("proof", flat=True)) == proofs


def test_merging_with_somebody_invited_keeps_the_one_who_said_yes(client, hr, network):
    invited = make.alumnus("Anna", state="invited", network=network)
    member = make.alumnus("Anna", "gig", network=network)

    act(client, "merge", invited, member, confirmed="1", email=invited.email)

    merged = Alumnus.objects.get()
    assert (merged.state, merged.email, consenting.chosen_by(merged)) == ("active", invited.email, {"gig"})


def test_formulas_are_harmless_in_the_export(client, hr, network):
    make.alumnus('=HYPERLINK("http://x.example")', network=network, email="a@home.example")

    exported = act(client, "export", *Alumnus.objects.all()).content.decode()

    assert '"\'=HYPERLINK(""http://x.example"")"' in exported


def test_a_vcard_holds_active_alumni_with_every_sign_escaped(client, hr, network):
    make.alumnus(
        "Anna", network=network, email="anna@home.example", name_prefix="van", family_name="A;B\nEND:VCARD"
    )
    make.alumnus("Piet", state="invited", network=network, email="piet@home.example")

    exported = act(client, "export_vcard", *Alumnus.objects.all()).content.decode()

    assert exported.count("BEGIN:VCARD") == exported.count("\r\nEND:VCARD\r\n") == 1
    assert "N:A\\;B END:VCARD;Anna;;van;\r\n" in exported


def test_a_new_sentence_is_a_new_version(client, hr, network):
    client.post(
        reverse("admin:alumni_wording_add"),
        {"network": network.pk, "purpose": "news", "text": "We mail you every week."},
    )

    assert Wording.objects.newest().get(network=network, purpose="news").version == 2


def test_hr_starts_a_network_for_the_own_employer_only(client):
    breda, utrecht = make.organisation("Gemeente Breda"), make.organisation()
    client.force_login(make.staff("hr", breda, "Bram"))
    texts = {"summary": "For all.", "welcome": "Welcome", "peers": "nothing"}

    refused = client.post(reverse("admin:alumni_alumninetwork_add"), texts | {"organisation": utrecht.pk})
    client.post(reverse("admin:alumni_alumninetwork_add"), texts | {"organisation": breda.pk})

    network = AlumniNetwork.objects.get()
    assert refused.status_code == 422
    assert (network.organisation, network.opened_at) == (breda, None)
    assert network.wordings.count() == 6


def test_the_first_page_says_what_waits_and_shows_small_numbers_as_few(client, hr, network):
    make.alumnus("Anna", state="asked", network=network)
    for number in range(5):
        make.alumnus(f"Piet{number}", "mentor", network=network)

    page = client.get(reverse("admin:index")).context_data

    assert [(item["count"], item["label"]) for item in page["waiting"]] == [
        (1, "People ask to join the alumni network")
    ]
    figures = {figure["label"]: figure["value"] for figure in page["figures"]}
    assert (figures["Active"], figures["Coming back"], figures["Being a mentor"]) == ("5", "<5", "5")


def test_what_ends_soon_stands_in_the_order_of_its_days_whatever_it_is(client, hr, network):
    make.gathering("Soup", network=network, ahead=3)
    make.gathering("Walk", network=network, ahead=9)
    six = timezone.now() + datetime.timedelta(days=6)
    make.alumnus("Piet", network=network, state="invited", due_at=six)

    due = client.get(reverse("admin:index")).context_data["due"]

    assert [item["label"] for item in due] == ["Soup", "Invitations lapse: <5", "Walk"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_length(client, hr, network, rows, django_assert_num_queries):
    for number in range(rows):
        make.alumnus(f"Anna{number}", network=network)
    client.get(reverse(LIST))

    with django_assert_num_queries(9):
        client.get(reverse(LIST))


@pytest.mark.parametrize(
    "query", ["?open_to=gig", "?confirmed=3", "?confirmed=older", "?tag=water", "?double=1"]
)
def test_each_filter_finds_who_it_says(client, hr, network, query):
    expected = {
        "?open_to=gig": ["Gijs"],
        "?confirmed=3": ["Gijs", "Wil", "Wil"],
        "?confirmed=older": [],
        "?tag=water": ["Wil"],
        "?double=1": ["Wil", "Wil"],
    }
    make.alumnus("Gijs", "gig", network=network)
    make.alumnus("Wil", network=network, tags=["water"])
    make.alumnus("Wil", network=network)

    found = client.get(reverse(LIST) + query).context_data["cl"].result_list

    assert [alumnus.given_name for alumnus in found] == expected[query]
