"""From a record of one line another line can begin something, while neither knows the other.

In its module `handing` a line registers what it offers (`offers(find)`: the record at an address, for who may
see it) and what it began (`begins(follow)`: the records that began at an address). What is kept is the
address, in Dutch, as of any page of the portal.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import translation


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where something begins: `label` says of what kind it is, `text` is what the new record begins with.

    `is_offered` says whether one can still begin something with it; what began names it for ever.
    """

    label: str
    title: str
    text: str
    url: str
    is_offered: bool


@dataclasses.dataclass(frozen=True)
class Sequel:
    """What began: `label` says of what kind it is."""

    label: str
    title: str
    url: str


@dataclasses.dataclass(frozen=True)
class Way:
    """Another way in than the ordinary one: for whom it is, and how the link reads."""

    text: str
    label: str
    url: str


finders: list[Callable[[Any, str], Origin | None]] = []
followers: list[Callable[[Any, str], list[Sequel]]] = []
guides: list[Callable[[models.Model], Way | None]] = []


def offers(find: Callable[[Any, str], Origin | None]) -> Callable[[Any, str], Origin | None]:
    finders.append(find)
    return find


def begins(follow: Callable[[Any, str], list[Sequel]]) -> Callable[[Any, str], list[Sequel]]:
    followers.append(follow)
    return follow


def welcomes(guide: Callable[[models.Model], Way | None]) -> Callable[[models.Model], Way | None]:
    """A line above knows another way into records of a line below it."""
    guides.append(guide)
    return guide


def path_of(record: Any) -> str:
    with translation.override("nl"):
        return str(record.get_absolute_url())


def origin(user: Any, path: str) -> Origin | None:
    """What stands at this address, if a line offers such things and this person may see it; else None."""
    return next((found for find in finders if (found := find(user, path))), None)


def sequels(user: Any, record: models.Model) -> list[Sequel]:
    """What other lines began with this record, as far as this person may see it."""
    path = path_of(record)
    return [sequel for follow in followers for sequel in follow(user, path)]


def ways_into(record: models.Model) -> list[Way]:
    """The other ways in, for whoever looks."""
    return [way for guide in guides if (way := guide(record))]
