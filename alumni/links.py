"""Signed links with which alumni come in without an account, and stop one kind of mail with one click.

A link to one's own page counts for sixty days, and not after a newer one was asked for, the invitation was
answered, or the record was erased. The link that stops a kind of mail counts as long as the record exists,
the one to a meeting until the day after it.
"""

import datetime

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from alumni.models import Alumnus, Gathering, Purpose, Question

ENTER = "alumni.enter"
STOP = "alumni.stop"
ANSWER = "alumni.answer"
GATHERING = "alumni.gathering"
DAYS = 60


def entrance(alumnus: Alumnus) -> str:
    return signing.dumps([alumnus.pk, alumnus.link_stamp.hex], salt=ENTER)


def alumnus_of(token: str) -> Alumnus | None:
    """Whose page this link opens; None for a forged, expired or used one. All look the same from outside."""
    try:
        number, stamp = signing.loads(token, salt=ENTER, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    found = present().filter(pk=number).first()
    return found if found and found.link_stamp.hex == stamp else None


def stop(alumnus: Alumnus, purpose: str) -> str:
    return signing.dumps([alumnus.pk, purpose], salt=STOP)


def to_stop(token: str) -> tuple[Alumnus, Purpose] | None:
    """Who wants to stop what; None for a forged link, or when the record is gone."""
    try:
        number, purpose = signing.loads(token, salt=STOP)
    except signing.BadSignature:
        return None
    found = present().filter(pk=number).first()
    return (found, Purpose(purpose)) if found else None


def answer(alumnus: Alumnus, question: Question) -> str:
    return signing.dumps([alumnus.pk, question.pk], salt=ANSWER)


def to_answer(token: str) -> tuple[Alumnus, Question] | None:
    """Who may answer what; None for a forged link, or when one of the two is gone."""
    try:
        number, asked = signing.loads(token, salt=ANSWER)
    except signing.BadSignature:
        return None
    alumnus = present().filter(pk=number).first()
    question = Question.objects.filter(pk=asked).exclude(state=Question.State.DRAFT).first()
    return (alumnus, question) if alumnus and question else None


def gathering(alumnus: Alumnus, gathering: Gathering) -> str:
    return signing.dumps([alumnus.pk, gathering.pk], salt=GATHERING)


def to_gathering(token: str) -> tuple[Alumnus, Gathering] | None:
    """Which member may come to which meeting; None for a forged link, or when it is over, or one is gone."""
    try:
        number, which = signing.loads(token, salt=GATHERING)
    except signing.BadSignature:
        return None
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    shown = Gathering.objects.filter(published_at__isnull=False, held_on__gte=yesterday)
    meeting = shown.select_related("network__organisation", "place").filter(pk=which).first()
    alumnus = present().filter(pk=number).first()
    return (alumnus, meeting) if alumnus and alumnus.is_member and meeting else None


def present() -> QuerySet[Alumnus]:
    everyone = Alumnus.objects.exclude(state=Alumnus.State.LEFT)
    return everyone.select_related("network__organisation", "region")
