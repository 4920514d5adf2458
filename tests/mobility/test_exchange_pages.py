"""What the pages of exchanges show: the exchange to all, the inbox and the own list to who offers it."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from bwob.people.models import Role
from bwob.privacy.models import AccessLog
from mobility import inbox, own_list
from mobility.models import Exchange
from tests import make
from tests.on_screen import text_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
STATES = ["draft", "published", "filled", "withdrawn"]


def in_every_state(**facts):
    return {state: make.exchange(f"This one is {state}", state=state, **facts) for state in STATES}


def seen_by(person):
    return {exchange.state for exchange in Exchange.objects.visible_to(person)}


def test_what_was_published_is_public_and_the_rest_is_for_who_manages_it():
    here = make.organisation()
    contact = make.staff(Role.MANAGER, here)
    in_every_state(organisation=here, contact=contact)
    people = {
        "visitor": AnonymousUser(),
        "participant": make.person(works_at=here),
        "hr elsewhere": make.staff(Role.HR, make.organisation("Gemeente Zwolle")),
        "another manager": make.staff(Role.MANAGER, here),
        "officer": make.staff(Role.PRIVACY_OFFICER, here),
        "hr": make.staff(Role.HR, here),
        "contact": contact,
        "programme": make.staff(Role.PROGRAMME, make.organisation("Ministerie")),
    }

    seen = {name: seen_by(person) for name, person in people.items()}

    everything = {"hr", "contact", "programme"}
    assert seen == {name: set(STATES) if name in everything else {"published", "filled"} for name in people}


def test_who_applied_keeps_seeing_a_withdrawn_exchange():
    application = make.application(exchange=make.exchange(state="withdrawn"))

    assert seen_by(application.applicant) == {"withdrawn"}


@pytest.mark.parametrize(
    ("state", "status"), [("published", 200), ("filled", 200), ("draft", 404), ("withdrawn", 404)]
)
def test_a_visitor_reads_what_is_public(client, state, status):
    assert client.get(make.exchange(state=state).get_absolute_url()).status_code == status


@pytest.mark.parametrize("slug", ["x", "X-1_y", "a" * 110, "a" * 3000])
def test_an_unknown_exchange_is_not_found(client, slug):
    assert client.get(f"/en/uitwisselingen/{slug}/").status_code == 404


def test_each_visitor_reads_in_the_box_what_to_do(client):
    exchange = make.exchange()
    address = exchange.get_absolute_url()
    colleague = make.person(works_at=exchange.organisation)
    unproven = make.person()
    draft = make.application("draft", exchange=exchange)
    sent = make.application("conversation", exchange=exchange)
    boxes = {}

    for name, person in {
        "own": colleague,
        "unproven": unproven,
        "draft": draft.applicant,
        "sent": sent.applicant,
    }.items():
        client.force_login(person)
        boxes[name] = text_of(client.get(address))
    client.logout()
    boxes["visitor"] = text_of(client.get(address))

    assert "You work at Gemeente Utrecht yourself." in boxes["own"]
    assert "First show where you work" in boxes["unproven"]
    assert "Your draft is waiting" in boxes["draft"]
    assert "You have applied here" in boxes["sent"]
    assert "You sign in first, or create an account." in boxes["visitor"]


def test_a_closed_exchange_says_until_when(client):
    exchange = make.exchange(closes_on=datetime.date(2026, 3, 8))

    shown = text_of(client.get(exchange.get_absolute_url()))

    assert "One could apply until 8 March 2026." in shown
    assert f'href="{reverse("mobility:apply", args=[exchange.slug])}"' not in shown


def test_similar_exchanges_are_open_in_the_same_field_and_nearest_first(client):
    far = make.place("Zwolle", region=make.region("Regio Zwolle"))
    shown = make.exchange()
    in_region = make.exchange("In the region", published_at=timezone.now() - DAY)
    elsewhere = make.exchange("Elsewhere", place=far)
    make.exchange("Closed", closes_on=timezone.localdate() - DAY)
    make.exchange("A draft", state="draft", published_at=None)
    make.exchange("Another field", field="law")

    similar = client.get(shown.get_absolute_url()).context["similar"]

    assert list(similar) == [in_region, elsewhere]


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"


def test_hostile_text_of_an_exchange_does_nothing(client):
    exchange = make.exchange(
        HOSTILE[:120],
        summary=HOSTILE,
        tasks=HOSTILE,
        requirements=HOSTILE,
        benefits=HOSTILE,
        skills=[HOSTILE[:60]],
        organisation=make.organisation(f"Gemeente {HOSTILE}"[:100]),
    )
    make.exchange("Beside it")

    pages = [
        client.get(address)
        for address in (
            exchange.get_absolute_url(),
            Exchange.objects.get(title="Beside it").get_absolute_url(),
        )
    ]

    for page in pages:
        html = page.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html
        assert page.status_code == 200


def of_states(exchange, *states):
    return [make.application(state, exchange=exchange) for state in states]


def test_the_inbox_shows_whose_turn_it_is_and_no_drafts(client):
    hr, exchange = make.staff(), make.exchange()
    of_states(
        exchange, "draft", "submitted", "conversation", "agreed", "offered", "taken", "confirmed", "declined"
    )

    groups = inbox.of(exchange, hr).groups

    assert {str(group.title): [one.state for one in group.rows] for group in groups} == {
        "Your turn": ["submitted", "conversation", "agreed"],
        "Somebody else's turn": ["offered", "taken"],
        "Confirmed": ["confirmed"],
        "Ended": ["declined"],
    }


def test_the_inbox_begins_with_what_is_due_first():
    hr, exchange = make.staff(), make.exchange()
    for days in (5, 2, 9):
        make.application(exchange=exchange, due_at=timezone.now() + days * DAY)

    rows = inbox.of(exchange, hr).groups[0].rows

    assert [one.due_at for one in rows] == sorted(one.due_at for one in rows)


@pytest.mark.parametrize("state", ["draft", "lapsed"])
def test_what_hr_itself_never_sent_is_not_in_the_inbox(state):
    hr, exchange = make.staff(), make.exchange(own_staff_welcome=True)
    make.application(state, exchange=exchange, applicant=hr, submitted_at=None)

    assert inbox.of(exchange, hr).groups == []


def test_the_inbox_of_another_organisation_is_closed_and_leaves_no_trace(client):
    exchange = make.application().exchange
    client.force_login(make.staff(Role.HR, make.organisation("Gemeente Zwolle")))

    response = client.get(reverse("mobility:inbox", args=[exchange.slug]))

    assert response.status_code == 403
    assert "Sanne" not in text_of(response)
    assert AccessLog.objects.count() == 0


def test_each_applicant_can_see_that_the_inbox_was_opened(client):
    hr, exchange = make.staff(), make.exchange()
    applications = of_states(exchange, "draft", "submitted", "declined")
    client.force_login(hr)

    client.get(reverse("mobility:inbox", args=[exchange.slug]))

    seen = {log.subject for log in AccessLog.objects.all()}
    assert seen == {application.applicant for application in applications[1:]}


def test_the_own_list_has_what_goes_on_and_an_archive_and_counts_what_waits():
    here = make.organisation()
    hr = make.staff(Role.HR, here)
    own = in_every_state(organisation=here)
    closed = make.exchange("This one is closed", closes_on=timezone.localdate() - DAY)
    make.exchange("Of others", organisation=make.organisation("Gemeente Zwolle"))
    of_states(own["published"], "draft", "submitted", "agreed", "offered", "confirmed", "lapsed")
    of_states(closed, "conversation")

    active, archive = own_list.of(hr), own_list.of(hr, archive=True)

    assert {one.title for one in active.rows} == {
        *("This one is draft", "This one is published", "This one is closed")
    }
    assert {one.title for one in archive.rows} == {"This one is filled", "This one is withdrawn"}
    assert (active.active, active.archived) == (archive.active, archive.archived) == (3, 2)
    counts = {one.title: (one.waiting, one.running) for one in active.rows}
    assert counts["This one is published"] == (2, 4)
    assert counts["This one is closed"] == (1, 1)


def test_a_manager_lists_the_ones_of_which_he_is_the_contact():
    here = make.organisation()
    manager = make.staff(Role.MANAGER, here)
    mine = make.exchange(organisation=here, contact=manager)
    make.exchange(organisation=here)

    assert own_list.of(manager).rows == [mine]


def test_who_has_nothing_yet_is_told_how_to_begin(client):
    client.force_login(make.staff())

    shown = [
        text_of(client.get(reverse("mobility:own_exchanges"))),
        text_of(client.get(reverse("mobility:inbox", args=[make.exchange().slug]))),
    ]

    assert "You offer nothing now" in shown[0]
    assert "Nobody has applied yet" in shown[1]


def many(rows):
    """A whole exchange with so many others like it and applications in three groups each."""
    contact = make.staff(given_name="Noor")
    exchanges = [
        make.exchange(f"Like it {number}", contact=contact, starts_on=datetime.date(2030, 1, 1))
        for number in range(rows + 1)
    ]
    for state in ("submitted", "taken", "declined"):
        for _row in range(rows):
            make.application(state, exchange=exchanges[0])
    return exchanges[0]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "who", "queries"),
    [
        ("exchange", "visitor", 2),
        ("exchange", "participant", 8),
        ("exchange", "hr", 7),
        ("inbox", "hr", 7),
        ("own_exchanges", "hr", 5),
    ],
)
def test_queries(client, django_assert_num_queries, rows, name, who, queries):
    exchange = many(rows)
    if who == "participant":
        client.force_login(make.person(works_at=make.organisation("Gemeente Amersfoort")))
    elif who == "hr":
        client.force_login(make.staff())
    address = reverse(f"mobility:{name}", args=[] if name == "own_exchanges" else [exchange.slug])

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert response.status_code == 200
