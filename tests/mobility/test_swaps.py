"""Swap rings: all agree or nobody goes, nobody learns who said no, and no period is given twice."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from bwob import history
from bwob.privacy import erasing, retention
from bwob.privacy.models import AccessLog
from bwob.workflow import Refused
from mobility import applying, clock, ringing, signing, wishing
from mobility.models import Application, RingPlace, SwapRing, SwapWish
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
FIELDS = ["spatial", "law", "finance", "social"]
BOSS = {"manager_name": "Wim de Boer"}


def ring(count=3):
    """A proposed ring: each offers another field of work, and seeks that of the next."""
    fields = FIELDS[:count]
    for number, field in enumerate(fields):
        make.swap_wish(field=field, fields=[fields[(number + 1) % count]], title=f"Adviser {field}")
    ringing.propose_all()
    return SwapRing.objects.latest("pk")


def places(of):
    return list(of.places.with_names().order_by("number"))


def agree(place):
    email = f"boss{place.number}@{place.wish.employer.code}.example"
    return ringing.agree(place, manager_email=email, **BOSS)


def with_managers(count=3):
    found = ring(count)
    for place in places(found):
        agree(place)
    found.refresh_from_db()
    return found


def confirmed(count=3):
    found = with_managers(count)
    for place in places(found):
        ringing.answer_as_manager(place, agrees=True)
    found.refresh_from_db()
    return found


def state_of(record):
    return type(record).objects.get(pk=record.pk).state


@pytest.mark.parametrize("count", [2, 3, 4])
def test_each_takes_the_workplace_of_the_next_once_all_and_their_managers_agree(count):
    found = confirmed(count)

    assert found.state == "confirmed"
    for place, to in zip(places(found), [*places(found)[1:], places(found)[0]], strict=True):
        given = place.application
        assert (given.state, given.applicant, given.hours) == ("confirmed", place.person, 32)
        assert (given.exchange.organisation, given.exchange.title) == (to.wish.employer, to.wish.title)
        assert (given.exchange.state, given.exchange.kind) == ("arranged", "swap")
        assert (given.starts_on, given.ends_on) == (found.starts_on, found.ends_on)
        assert place.wish.state == "placed"


def test_managers_are_asked_only_after_the_last_yes():
    found = ring()
    first, *others = places(found)

    agree(first)
    between = state_of(found)
    for place in others:
        agree(place)

    assert between == "proposed"
    assert state_of(found) == "managers"
    mail.outbox.clear()
    deliver()
    asked = [one.to[0] for one in mail.outbox if "Do you agree?" in one.subject]
    assert sorted(asked) == sorted(place.manager_email for place in places(found))


@pytest.mark.parametrize("build", [ring, with_managers, confirmed])
def test_one_no_ends_it_for_all_and_nothing_says_whose_it_was(build):
    found = build()
    leaver, *_others = places(found)

    ringing.leave(leaver)

    assert state_of(found) == "lapsed"
    assert {place.is_live for place in places(found)} == {False}
    assert {place.wish.state for place in places(found)} == {"open"}
    assert {moment.by for moment in history.timeline(found)} == {None}
    assert {moment.reason for moment in history.timeline(found)} == {""}
    deliver()
    ended = [one for one in mail.outbox if one.subject == "Your swap ring has ended"]
    assert sorted(one.to[0] for one in ended) == sorted(place.person.email for place in places(found))
    assert len({re.sub(r"Gemeente Ruilstad \d+|Hello \w+", "", one.body) for one in ended}) == 1


def test_the_history_of_a_no_posted_on_the_site_names_nobody(client):
    found = ring()
    leaver, other, _third = places(found)
    client.force_login(leaver.person)

    client.post(reverse("mobility:leave_ring", args=[found.key]))

    context = history.events_of(SwapRing)._default_manager.filter(pgh_obj_id=found.pk).latest("pgh_id")
    assert (context.state, context.pgh_context["user"]) == ("lapsed", None)
    client.force_login(other.person)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "Nobody learns who." in page
    assert leaver.person.email not in page
    late = client.post(reverse("mobility:join_ring", args=[found.key]), {"manager_name": "Wim"})
    assert late.status_code == 409
    assert str(leaver.person) not in late.content.decode()


def test_a_place_taken_back_after_the_confirmation_ends_everybodys():
    found = confirmed()

    ringing.leave(places(found)[1])

    assert [place.application.state for place in places(found)] == ["withdrawn"] * 3
    with pytest.raises(Refused, match="ended"):
        ringing.leave(places(found)[0])


def test_a_place_of_a_ring_is_given_back_through_the_ring_only():
    given = places(confirmed())[0].application

    with pytest.raises(Refused, match="Leave the ring instead"):
        applying.withdraw(given, by=given.applicant)


def test_what_failed_once_is_not_proposed_again_but_another_ring_is():
    found = ring()
    ringing.leave(places(found)[0])

    assert ringing.propose_all() == 0

    make.swap_wish(field="law", fields=["finance"])
    assert ringing.propose_all() == 1
    assert ringing.propose_all() == 0


def test_with_whom_something_changed_the_ring_ends_instead_of_going_on():
    found = ring()
    first, second, _third = places(found)
    make.application(
        "confirmed",
        applicant=second.person,
        starts_on=found.starts_on + DAY,
        ends_on=found.starts_on + 30 * DAY,
    )

    assert agree(first) is False

    assert state_of(found) == "lapsed"


def test_who_changed_employer_is_not_sent_anywhere():
    found = with_managers()
    place = places(found)[0]
    place.person.work_address.organisation = make.organisation("Provincie Zeeland")
    place.person.work_address.save()

    assert ringing.answer_as_manager(places(found)[1], agrees=True) is False

    assert state_of(found) == "lapsed"


def test_two_yeses_of_one_manager_count_once_and_a_no_ends_it():
    found = with_managers()
    first, second, _third = places(found)

    ringing.answer_as_manager(first, agrees=True)
    ringing.answer_as_manager(first, agrees=True)
    assert state_of(found) == "managers"
    ringing.answer_as_manager(second, agrees=False)

    assert state_of(found) == "lapsed"


def test_what_nobody_answers_in_time_lapses_after_a_reminder():
    found = ring()
    agree(places(found)[0])
    SwapRing.objects.update(due_at=timezone.now() + DAY)
    clock.remind_of_terms(0)
    clock.remind_of_terms(0)
    deliver()
    reminded = [one.to[0] for one in mail.outbox if one.subject.startswith("Reminder")]
    SwapRing.objects.update(due_at=timezone.now() - DAY)

    clock.lapse_overdue(0)

    assert sorted(reminded) == sorted(place.person.email for place in places(found)[1:])
    assert state_of(found) == "lapsed"


def test_after_the_last_day_the_ring_is_done():
    found = confirmed()
    SwapRing.objects.update(starts_on=timezone.localdate() - 9 * DAY, ends_on=timezone.localdate() - DAY)

    clock.lapse_overdue(0)

    assert state_of(found) == "done"


def test_a_wish_lapses_after_half_a_year_unless_it_is_still_right():
    old, kept = make.swap_wish(), make.swap_wish(field="law", fields=["law"])
    SwapWish.objects.update(due_at=timezone.now() + DAY)
    clock.remind_of_terms(0)
    wishing.renew(kept)
    SwapWish.objects.filter(pk=old.pk).update(due_at=timezone.now() - DAY)

    clock.lapse_overdue(0)

    deliver()
    assert [state_of(one) for one in (old, kept)] == ["lapsed", "open"]
    assert sorted(one.subject for one in mail.outbox) == [
        "Is your swap wish still right?",
        "Is your swap wish still right?",
        "Your swap wish has ended",
    ]


def test_while_a_ring_waits_the_wish_stays_as_it_is():
    place = places(ring())[0]

    for act in (wishing.save, wishing.stop):
        with pytest.raises(Refused, match="Answer that first"):
            act(place.wish)


def test_who_erases_the_account_ends_the_rings_and_leaves_no_trace():
    found = confirmed()
    leaver, *others = places(found)

    erasing.erase(leaver.person)

    assert state_of(found) == "lapsed"
    assert not RingPlace.objects.filter(pk=leaver.pk).exists()
    assert [Application.objects.get(applicant=one.person).state for one in others] == ["withdrawn"] * 2


def test_rings_and_wishes_go_after_their_term():
    found = ring()
    ringing.leave(places(found)[0])
    for place in places(found):
        wishing.stop(place.wish)

    retention.minimise(now=timezone.now() + 30 * DAY)
    retention.minimise(now=timezone.now() + 30 * DAY)

    assert [model.objects.count() for model in (SwapRing, RingPlace, SwapWish)] == [0, 0, 0]


def test_only_members_see_a_ring_and_hr_of_their_employers_once_it_is_confirmed(client):
    found = ring()
    member = places(found)[0]
    others = {
        "stranger": make.person(works_at=make.organisation("Gemeente Verweg")),
        "hr": make.staff(at=member.wish.employer),
        "programme": make.staff("programme"),
    }

    def seen():
        return {name for name, user in others.items() if SwapRing.objects.visible_to(user).exists()}

    assert (SwapRing.objects.visible_to(member.person).count(), seen()) == (1, set())
    SwapRing.objects.update(state="managers")
    assert seen() == set()
    SwapRing.objects.update(state="confirmed")
    assert seen() == {"hr", "programme"}


def test_before_all_agree_no_page_and_no_mail_has_a_name_and_looking_is_noted(client):
    found = ring()
    me, *others = places(found)
    client.force_login(me.person)

    page = client.get(found.get_absolute_url()).content.decode()
    deliver()

    texts = [page, *(one.body for one in mail.outbox if one.to == [me.person.email])]
    assert [text for text in texts for one in others if str(one.person) in text] == []
    assert others[0].wish.title in page
    assert others[1].wish.title not in page
    assert {log.subject for log in AccessLog.objects.all()} == {one.person for one in others}


def test_a_member_writes_a_wish_takes_part_and_the_manager_agrees_by_link(client):
    person = make.swapper("Anne")
    client.force_login(person)
    day = timezone.localdate() + 60 * DAY
    typed = {
        **{"title": "Planner", "tasks": "You draw plans.", "field": "law", "scale": "10", "hours": "32"},
        **{"place": make.place().pk, "remote": "partly", "fields_sought": ["spatial"], "within_km": "40"},
        **{"scale_min": "10", "scale_max": "11", "hours_min": "24", "hours_max": "36", "months": "6"},
        **{"near": make.place().pk, "starts_from": day, "starts_until": day + 90 * DAY, "motivation": "Why."},
    }
    assert client.post(reverse("mobility:write_wish"), typed | {"scale_max": "9"}).status_code == 422
    assert client.post(reverse("mobility:write_wish"), typed).status_code == 302
    assert SwapWish.objects.get().fields == ["spatial"]
    make.swap_wish(fields=["law"])
    clock.find_rings(0)
    found = SwapRing.objects.get()

    page = reverse("mobility:join_ring", args=[found.key])
    boss = {"manager_name": "Wim", "manager_email": f"wim@{person.employer.code}.example"}
    assert client.post(page, boss | {"manager_email": "wim@elsewhere.example"}).status_code == 422
    assert client.post(page, boss).status_code == 302
    agree(places(found)[1])
    for place in places(found):
        link = reverse("mobility:ring_manager", args=[signing.place_token(place)])
        assert client.get(link).status_code == 200
        assert client.post(link, {"answer": "agree"}).status_code == 302
        assert "Thank you" in client.get(link).content.decode()

    assert state_of(found) == "confirmed"
    application = Application.objects.get(applicant=person)
    assert client.get(application.get_absolute_url()).status_code == 200
    assert client.get(application.exchange.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("token", ["nonsense", "outdated"])
def test_a_forged_or_outdated_link_opens_one_neutral_page(client, token):
    place = places(with_managers())[0]
    if token == "outdated":
        token = signing.place_token(place)
        RingPlace.objects.update(asked_manager_at=timezone.now() + DAY)

    response = client.get(reverse("mobility:ring_manager", args=[token]))

    assert response.status_code == 404
    assert str(place.person) not in response.content.decode()


def test_the_database_itself_refuses_a_confirmed_period_beside_another():
    found = with_managers()
    *others, last = places(found)
    for place in others:
        ringing.answer_as_manager(place, agrees=True)
    elsewhere = make.application(
        "agreed", applicant=last.person, starts_on=found.starts_on, ends_on=found.ends_on
    )

    ring = ringing.hold(found)
    Application.objects.filter(pk=elsewhere.pk).update(state="confirmed")

    assert ringing.confirm(ring) is False
    assert state_of(found) == "lapsed"
    assert Application.objects.filter(state="confirmed").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_ones_swaps_asks_the_same_few_questions_whatever_there_is(
    client, rows, django_assert_num_queries
):
    person = make.swapper("Anne")
    for _row in range(rows):
        wish = make.swap_wish(person, state="stopped")
        lapsed = SwapRing.objects.create(
            state="lapsed", signature=str(wish.pk), starts_on=wish.starts_from, ends_on=wish.starts_until
        )
        RingPlace.objects.create(ring=lapsed, number=0, wish=wish, person=person, is_live=False)
    client.force_login(person)

    with django_assert_num_queries(6):
        client.get(reverse("mobility:swap"))
