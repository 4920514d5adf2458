"""Loading the demo: the register, sample people, sample exchanges, and applications in every state."""

import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify

from bwob.demo.accounts import ACCOUNTS, PASSWORD
from bwob.organisations import register
from bwob.organisations.models import EmailDomain, Organisation, Place
from bwob.people.models import Membership, User, WorkAddress
from mobility.models import Exchange
from mobility.sample import applications, days, offering, profiles, swaps

FOLDER = Path(__file__).parent


def load() -> None:
    """Fill an empty database. The same content each time; its dates count from today."""
    translation.activate("nl")
    _PLACES.clear()
    chance = random.Random(2026)  # noqa: S311 - sample data
    register.load()
    with transaction.atomic():
        organisations = _organisations()
        people = [_person(row, organisations) for row in read("people")["person"]]
        fixed = {account.email.split("@")[0]: _account(account, organisations) for account in ACCOUNTS}
        _advisers(organisations)
        exchanges = [_exchange(row, organisations, chance) for kind in Exchange.Kind for row in _rows(kind)]
        applications.load(exchanges, people, fixed, chance)
        profiles.load([*Exchange.objects.open().order_by("pk")], people, fixed)
        swaps.load(people, fixed, chance)
        days.load(people, fixed, chance)
        offering.load(people, fixed)


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _rows(kind: str) -> list[dict[str, Any]]:
    return [row | {"kind": kind} for row in read(f"exchanges_{kind}")["exchange"]]


def _organisations() -> dict[str, Organisation]:
    """All bodies by code and by name; the ones in use get an invented mail domain."""
    found: dict[str, Organisation] = {}
    for organisation in Organisation.objects.all():
        found[organisation.code] = found[organisation.name] = organisation
    used = {row["organisation"] for kind in Exchange.Kind for row in _rows(kind)}
    used |= {row["organisation"] for row in read("people")["person"]} | {
        account.employer for account in ACCOUNTS
    }
    EmailDomain.objects.bulk_create(
        EmailDomain(organisation=found[code], name=f"{slugify(found[code].name)}.example")
        for code in sorted(used)
    )
    return found


def _person(row: dict[str, Any], organisations: dict[str, Organisation]) -> User:
    given, family = row["given_name"], row["family_name"]
    user = User(
        given_name=given or family, family_name=family if given else "", name_prefix=row["name_prefix"]
    )
    user.set_unusable_password()
    return _settle(user, organisations[row["organisation"]], "" if row["role"] == "employee" else row["role"])


def _advisers(organisations: dict[str, Organisation]) -> None:
    """HR for each organisation that offers places and has nobody yet who would get the applications."""
    offering = {row["organisation"] for kind in Exchange.Kind for row in _rows(kind)}
    served = set(Membership.objects.filter(role="hr").values_list("organisation__code", flat=True))
    names = read("people")["person"]
    for number, code in enumerate(sorted(offering - served)):
        first, last = names[number % len(names)], names[(number + 7) % len(names)]
        family = {name: last[name] for name in ("family_name", "name_prefix")}
        _person(first | family | {"organisation": code, "role": "hr"}, organisations)


def _account(account: Any, organisations: dict[str, Organisation]) -> User:
    user = User(
        email=account.email,
        given_name=account.given_name,
        name_prefix=account.name_prefix,
        family_name=account.family_name,
    )
    user.set_password(PASSWORD)
    return _settle(user, organisations[account.employer], account.role)


def _settle(user: User, employer: Organisation, role: str) -> User:
    """Save a person with a verified address, a work address at the employer, and perhaps a role there."""
    domain = f"{slugify(employer.name)}.example"
    name = slugify(f"{user.given_name} {user.name_prefix} {user.family_name}").replace("-", ".")
    work = f"{user.email.split('@')[0]}@{domain}" if user.email else f"{name}@{domain}"
    user.email = user.email or work
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    WorkAddress.objects.create(user=user, email=work, organisation=employer, verified_at=timezone.now())
    if role:
        Membership.objects.create(user=user, organisation=employer, role=role)
    return user


def _exchange(row: dict[str, Any], organisations: dict[str, Organisation], chance: random.Random) -> Exchange:
    today = timezone.localdate()
    facts = {name: row[name] for name in row if name in EXCHANGE_FIELDS}
    posted = timezone.now() - datetime.timedelta(days=row["posted_days_ago"], minutes=chance.randrange(600))
    organisation = organisations[row["organisation"]]
    return Exchange.objects.create(
        **facts,
        organisation=organisation,
        place=_places()[row["place"]],
        contact=_contact(organisation),
        state=Exchange.State.PUBLISHED,
        published_at=posted,
        moved_at=posted,
        closes_on=_after(today, row.get("closes_in_days")),
        starts_on=_after(today, row.get("starts_in_days")),
    )


EXCHANGE_FIELDS = {
    "kind",
    "title",
    "summary",
    "tasks",
    "requirements",
    "benefits",
    "field",
    "skills",
    "hours_min",
    "hours_max",
    "duration",
    "duration_unit",
    "scale_min",
    "scale_max",
    "remote",
    "places",
    "own_staff_welcome",
    "alumni_welcome",
    "language",
}


def _places() -> dict[str, Place]:
    if not _PLACES:
        _PLACES.update({place.code: place for place in Place.objects.all()})
    return _PLACES


_PLACES: dict[str, Place] = {}


def _contact(organisation: Organisation) -> User | None:
    member = (
        Membership.objects.filter(organisation=organisation).select_related("user").order_by("pk").first()
    )
    return member.user if member else None


def _after(day: datetime.date, days: int | None) -> datetime.date | None:
    return day + datetime.timedelta(days=days) if days is not None else None
