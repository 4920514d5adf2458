"""What the secretariat shows of an edition: the jury, its ties and progress, keys, objections. No score."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from pitch import closing
from pitch.models import Assignment, Conflict, Edition, Juror, KeyShare, Objection, Part


@dataclass
class Member:
    """One member of the jury with the ties that are known, and how many ballots are in."""

    juror: Juror
    conflicts: list[Conflict] = field(default_factory=list)
    cast: int = 0
    load: int = 0


def jury(edition: Edition, jurors: list[Juror], conflicts: list[Conflict]) -> list[Member]:
    """One statement more: how many ballots are in of each member."""
    members = {juror.pk: Member(juror) for juror in jurors}
    for conflict in conflicts:
        if conflict.juror_id in members:
            members[conflict.juror_id].conflicts.append(conflict)
    counts = (
        Assignment.objects.filter(edition=edition)
        .counting()
        .order_by()
        .values("seat__juror")
        .annotate(
            load=Count("pk", distinct=True),
            cast=Count("pk", distinct=True, filter=Q(ballots__isnull=False)),
        )
    )
    for row in counts:
        if row["seat__juror"] in members:
            members[row["seat__juror"]].load = row["load"]
            members[row["seat__juror"]].cast = row["cast"]
    return list(members.values())


def holders(edition: Edition) -> list[tuple[Part, KeyShare | None]]:
    parts = Part.objects.filter(edition=edition).key_holders().select_related("user", "share")
    return [(part, getattr(part, "share", None)) for part in parts]


def objections(edition: Edition) -> list[Objection]:
    return list(Objection.objects.filter(entry__edition=edition).select_related("entry"))


def turnout(edition: Edition) -> tuple[int, int] | None:
    """Ballots in, and ballots asked for, once the plans were divided."""
    cast, asked = closing.turnout(edition)
    return (cast, asked) if asked else None
