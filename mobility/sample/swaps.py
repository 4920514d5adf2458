"""Sample swap wishes, and rings made of them by the real search: proposed, with the managers, confirmed."""

import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Max
from django.utils import timezone

from bwob.organisations.models import Place
from bwob.people.models import User
from mobility import ringing, wishing
from mobility.models import Application, RingPlace, SwapWish

WISHES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "swaps.toml").read_text(encoding="utf-8")
)["wish"]


def load(people: list[User], fixed: dict[str, User], chance: random.Random) -> None:
    """Sanne can go to the water authority in a ring of three; Emre has a confirmed swap of two; of
    two others the managers still answer.
    """
    free = [user for user in people if user.employer and not user.roles]
    chance.shuffle(free)
    members = [fixed.get(row.get("who", "")) or _of(free, row) for row in WISHES]
    starts_from = _first_free_month(members)
    wishes = [_write(*pair, starts_from, chance) for pair in zip(WISHES, members, strict=True)]
    proposed, answered = wishes[:3], wishes[3:5]
    ringing.propose_all()
    for place in RingPlace.objects.filter(wish__in=answered).with_names():
        _agree(place)
    for place in RingPlace.objects.filter(wish__in=answered).with_names():
        ringing.answer_as_manager(place, agrees=True)
    for place in RingPlace.objects.filter(wish__in=wishes[8:10]).with_names():
        _agree(place)
    _agree(RingPlace.objects.with_names().get(wish=proposed[1], is_live=True))


def _of(free: list[User], row: dict[str, Any]) -> User:
    """Somebody of the named body who has no wish yet."""
    found = next(user for user in free if user.employer and user.employer.code == row["at"])
    free.remove(found)
    return found


def _first_free_month(members: list[User]) -> datetime.date:
    """The first of a month after all places that these people have in the sample applications."""
    given = Application.objects.filter(applicant__in=members, ends_on__isnull=False).confirmed()
    last = given.aggregate(last=Max("ends_on"))["last"] or timezone.localdate()
    return (max(last, timezone.localdate() + datetime.timedelta(days=35)) + relativedelta(months=1)).replace(
        day=1
    )


def _write(row: dict[str, Any], person: User, starts_from: datetime.date, chance: random.Random) -> SwapWish:
    place = person.employer.place if person.employer else None
    here = place or Place.objects.get(name="Utrecht")
    wish = SwapWish(
        person=person,
        place=here,
        near=here,
        starts_from=starts_from,
        starts_until=starts_from + datetime.timedelta(days=150),
        remote=chance.choice(["partly", "partly", "none"]),
        **{name: row[name] for name in row if name not in ("who", "at")},
    )
    wishing.save(wish)
    return wish


def _agree(place: RingPlace) -> None:
    domain = str(place.person.work).rpartition("@")[2]
    ringing.agree(place, manager_name="Marijke Hofstra", manager_email=f"leidinggevende@{domain}")
