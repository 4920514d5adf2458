"""The board of asks and offers: an employer without a name, one answer each, sixty days."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from bwob.privacy import retention
from bwob.workflow import Refused
from doetanks import offering
from doetanks.models import Notice, NoticeReply
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    made = Notice(kind="ask", title="Who reads along?", text="An hour of your time.")
    offering.post(made, by=make.person("Anne", works_at=make.organisation("Gemeente Breda")))
    return made


def reply(notice, person=None):
    person = person or make.person("Bram", works_at=make.organisation("Gemeente Ede"))
    return NoticeReply(notice=notice, person=person, text="Kanarie")


def test_a_notice_shows_the_employer_and_no_name(client, notice):
    text = client.get(notice.get_absolute_url()).content.decode()

    assert ("Gemeente Breda" in text, "Anne" in text) == (True, False)


def test_its_writer_reads_the_answer_with_a_work_address_and_the_mail_says_only_that_it_is_there(
    client, notice
):
    given = reply(notice)
    offering.answer(given)
    deliver()
    client.force_login(notice.author)
    text = client.get(notice.get_absolute_url()).content.decode()

    assert (given.person.work_address.email in text, "Kanarie" in text) == (True, True)
    assert [(one.to, "Kanarie" in one.body) for one in mail.outbox] == [([notice.author.email], False)]


def test_one_answers_once_not_oneself_and_not_what_is_off_the_board(notice):
    first = reply(notice)
    offering.answer(first)
    with pytest.raises(Refused, match="already"):
        offering.answer(reply(notice, first.person))
    with pytest.raises(Refused, match="own"):
        offering.answer(reply(notice, notice.author))

    offering.close(notice, by=notice.author)

    with pytest.raises(Refused, match="off the board"):
        offering.answer(reply(notice))


def test_after_sixty_days_it_lapses_and_four_weeks_later_it_is_gone(notice):
    Notice.objects.update(due_at=timezone.now() - datetime.timedelta(days=1))

    assert (offering.lapse_overdue(), offering.lapse_overdue()) == (1, 0)
    retention.minimise(now=timezone.now() + datetime.timedelta(days=30))

    assert not Notice.objects.exists()
