"""A call for partners: asked for one side, reactions for two pairs of eyes, and an outcome for all."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bwob.workflow import Refused
from networks import calling, clock, fitting, reacting, turns
from networks.models import PartnerCall, Reaction
from networks.tasks import tell_call, tell_reaction
from tests import make
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def soon(days: int = 30) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def test_hr_asks_for_the_own_organisation_and_only_for_that(client):
    hr, other = make.staff(), make.organisation("Gemeente Elders")
    client.force_login(hr)
    own = hr.organisations("hr")[0]
    typed = {"title": "a summer school", "text": "We teach.", "themes": ["learning"], "closes_on": soon()}

    refused = client.post(reverse("networks:ask"), typed | {"asker": f"organisation-{other.pk}"})
    client.post(reverse("networks:ask"), typed | {"asker": f"organisation-{own.pk}"})

    call = PartnerCall.objects.get()
    assert (refused.status_code, call.asker, call.written_by) == (422, own, hr)
    assert timezone.localtime(call.due_at).date() == soon()


def test_a_call_needs_something_that_others_can_fit_and_a_day_within_half_a_year(client):
    contact = make.person("Kim", works_at=make.organisation())
    network = make.network(contact=contact)
    client.force_login(contact)
    typed = {"asker": f"network-{network.pk}", "title": "x", "text": "y", "closes_on": soon(184)}

    page = client.post(reverse("networks:ask"), typed)

    assert {"closes_on"} == set(page.context["form"].errors)
    page = client.post(reverse("networks:ask"), typed | {"closes_on": soon()})
    assert {"themes"} == set(page.context["form"].errors)
    assert list(PartnerCall.objects.all()) == []


def test_a_reaction_is_seen_by_both_sides_only_and_answered_by_mail(client):
    call, author = make.call(), make.person("Rik", works_at=make.organisation("Gemeente Zeist"))
    client.force_login(author)

    client.post(reverse("networks:react", args=[call.key]), {"text": "We bring a room."})

    reaction = Reaction.objects.get()
    tell_reaction(message="reaction_sent", reaction_id=reaction.pk)
    asker = call.network.contact
    assert [message.to for message in mail.outbox] == [[asker.email]]
    strangers = [make.person("Sam"), make.staff(), make.coordinator(call.network.place.province)]
    seen = {}
    for user in (author, asker, *strangers):
        client.force_login(user)
        page = client.get(call.get_absolute_url()).content.decode()
        status = client.get(reverse("networks:answer_reaction", args=[reaction.key])).status_code
        seen[user.pk] = ("We bring a room." in page, status)
    assert seen == {author.pk: (True, 403), asker.pk: (True, 200)} | {
        user.pk: (False, 404) for user in strangers
    }


def test_an_answer_goes_to_the_author_with_its_words(client):
    reaction = make.reaction()
    client.force_login(reaction.call.network.contact)

    client.post(
        reverse("networks:answer_reaction", args=[reaction.key]),
        {"answer": "joins", "message": "Come on Tuesday."},
    )
    again = client.post(
        reverse("networks:answer_reaction", args=[reaction.key]), {"answer": "declined", "message": "No."}
    )

    reaction.refresh_from_db()
    tell_reaction(message="reaction_joins", reaction_id=reaction.pk)
    assert (reaction.state, again.status_code) == ("joins", 409)
    assert "> Come on Tuesday." in mail.outbox[0].body


def test_one_can_react_once_unless_one_withdrew_and_not_to_the_own_call(client):
    reaction = make.reaction()
    author, call = reaction.author, reaction.call
    with pytest.raises(Refused, match="already"):
        reacting.react(Reaction(call=call, author=author, text="Again"), by=author)
    reacting.withdraw(reaction, by=author)
    reacting.react(Reaction(call=call, author=author, text="After all"), by=author)

    client.force_login(call.network.contact)

    assert client.get(reverse("networks:react", args=[call.key])).status_code == 403
    assert [one.state for one in call.reactions.all()] == ["withdrawn", "sent"]


def test_after_its_last_day_a_call_waits_for_its_outcome_and_then_says_that_none_was_told():
    reaction = make.reaction()
    call = reaction.call
    PartnerCall.objects.update(closes_on=soon(-1), due_at=timezone.now() - datetime.timedelta(hours=1))
    call.refresh_from_db()
    assert not call.is_open
    with pytest.raises(Refused, match="takes no reactions"):
        reacting.react(Reaction(call=call, text="Late"), by=make.person("Lot", works_at=make.organisation()))

    clock.end_partner_calls(timestamp=0)

    call.refresh_from_db()
    assert call.state == "over"
    tell_call(message="call_over", call_id=call.pk)
    (card,) = turns.of(call.network.contact)["yours"]
    assert (card.title, card.acts[0].label) == (call.title, "Tell what came of it")

    assert calling.end_overdue(timezone.now() + datetime.timedelta(days=29)) == 1
    call.refresh_from_db()
    reaction.refresh_from_db()
    tell_reaction(message="reaction_unanswered", reaction_id=reaction.pk)
    assert (call.state, reaction.state, reaction.keep_until) == ("untold", "unanswered", soon(28))
    assert [message.to for message in mail.outbox] == [[call.network.contact.email], [reaction.author.email]]


def test_the_outcome_stands_under_the_call_for_everybody(client):
    call = make.call()
    client.force_login(call.network.contact)

    client.post(
        reverse("networks:tell_outcome", args=[call.key]),
        {"state": "found", "outcome": "Four municipalities go on together."},
    )

    client.logout()
    assert "Four municipalities go on together." in client.get(call.get_absolute_url()).content.decode()
    assert [one.title for one in client.get(reverse("networks:calls")).context["ended"]] == [call.title]


def test_the_programme_office_can_take_off_what_does_not_belong_here_and_a_stranger_cannot(client):
    call = make.call()
    client.force_login(make.staff(at=make.organisation("B")))
    refused = client.post(reverse("networks:withdraw_call", args=[call.key]), {"reason": "No."})
    client.force_login(make.staff(role="programme"))
    client.post(reverse("networks:withdraw_call", args=[call.key]), {"reason": "An advertisement."})

    call.refresh_from_db()
    assert (refused.status_code, call.state, call.outcome) == (403, "withdrawn", "An advertisement.")


@pytest.mark.django_db(transaction=True)
def test_a_reaction_cannot_slip_in_while_a_call_ends():
    call, author = make.call(), make.person("Rik", works_at=make.organisation())

    at_once(
        lambda: reacting.react(Reaction(call=call, text="Me too"), by=author),
        lambda: calling.withdraw(call, reason="Enough", by=call.network.contact),
    )

    assert [one.state for one in Reaction.objects.all()] in ([], ["unanswered"])


def test_networks_fit_by_theme_and_area_in_words():
    zeist = make.place("Zeist")
    call = make.call(themes=["digital", "care"], area=[make.place(), zeist])
    make.network("Both", themes=["care"], area=[zeist])
    make.network("Theme only", themes=["digital"], area=[make.place("Assen")], accepts_partners=False)
    make.network("Neither", themes=["safety"], area=[make.place("Assen")])
    make.network("Gone", themes=["care"], state="archived")

    told = {
        fit.network.name: [(one.verdict, one.label, one.text) for one in fit.verdicts]
        for fit in fitting.networks_for(call)
    }

    assert list(told.items()) == [
        ("Both", [("yes", "Theme", "Care and social work"), ("yes", "Where", "Zeist"), WELCOME]),
        ("Theme only", [("yes", "Theme", "Digital work"), ELSEWHERE, ("no", "New partners", "Not now")]),
    ]


WELCOME = ("yes", "New partners", "Welcome")
ELSEWHERE = ("no", "Where", "works in other municipalities")


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_calls_cost_the_same_however_many_there_are(client, number):
    for row in range(number):
        call = make.reaction(call=make.call(network=make.network(f"N{row}"), themes=["care"])).call
        make.network(f"Fits {row}", themes=["care"])
    counts = []
    for url in (reverse("networks:calls"), call.get_absolute_url(), call.network.get_absolute_url()):
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts == [3, 4, 6]
