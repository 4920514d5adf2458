"""Taking in a file: looked over first, stored only when HR says so, row by row by a worker."""

import dataclasses
import datetime
from collections.abc import Collection
from itertools import batched

from django.db import transaction
from django.utils import timezone

from alumni import intake
from alumni.intake import Row
from alumni.models import AlumniFile, AlumniNetwork, Alumnus, Consent
from alumni.tasks import announce_all, begin_storing
from bwob import dutch, history
from bwob.people.models import User

State = AlumniFile.State
BATCH = 200


@dataclasses.dataclass(frozen=True)
class Twin:
    """A row and the alumnus of the same name but another address."""

    row: Row
    alumnus: Alumnus


@dataclasses.dataclass(frozen=True)
class Report:
    """What would happen to each row."""

    good: list[Row]
    wrong: list[Row]
    known: list[Row]
    twins: list[Twin]

    @property
    def without_proof(self) -> int:
        return sum(not row.has_proof for row in self.good)


def upload(network: AlumniNetwork, content: bytes, name: str, *, by: User) -> AlumniFile:
    """Read the cells and guess the columns; raises `intake.Unreadable`. Nothing becomes an alumnus yet."""
    header, *rows = intake.cells(content)
    return AlumniFile.objects.create(
        network=network,
        uploaded_by=by,
        name=name[:200],
        headers=header,
        rows=rows,
        columns=intake.guess(header),
    )


def look_over(file: AlumniFile) -> Report:
    """Sort the rows: good, wrong, known already, and perhaps known under another address. Two queries."""
    rows = intake.read_rows(file.rows, file.columns)
    present = file.network.alumni.exclude(state=Alumnus.State.LEFT).select_related("region")
    everyone = list(present)
    addresses = {alumnus.email.casefold() for alumnus in everyone}
    names = {alumnus.sort_name: alumnus for alumnus in everyone}
    report = Report([], [], [], [])
    for row in rows:
        twin = names.get(dutch.sort_key(row.family_name, row.given_name, row.name_prefix))
        if row.problems:
            report.wrong.append(row)
        elif row.email.casefold() in addresses:
            report.known.append(row)
        elif twin:
            report.twins.append(Twin(row, twin))
        else:
            report.good.append(row)
    return report


@transaction.atomic
def confirm(file: AlumniFile, *, twins: Collection[int], by: User) -> None:
    """Start storing: the good rows, and of the twins those that HR says are other people."""
    file.move_to(State.STORING, by=by, twins=sorted(twins))
    begin_storing(file.pk)


def store(file_id: int) -> None:
    """Store what is good, in batches with a transaction each. Run again, it goes on where it was.

    A row whose address came into the network meanwhile is skipped, so nobody is stored twice.
    """
    file = (
        AlumniFile.objects.select_related("network__organisation", "uploaded_by").filter(pk=file_id).first()
    )
    if file is None or file.state != State.STORING:
        return
    report = look_over(file)
    chosen = report.good + [twin.row for twin in report.twins if twin.row.number in file.twins]
    for rows in batched(chosen, BATCH):
        with transaction.atomic(), history.because(by=file.uploaded_by):
            _store_batch(file, rows)
    file.move_to(State.STORED, by=None, done=len(file.rows), rows=[], headers=[])


def _store_batch(file: AlumniFile, rows: Collection[Row]) -> None:
    locked = AlumniFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    present = file.network.alumni.exclude(state=Alumnus.State.LEFT)
    known = {email.casefold() for email in present.values_list("email", flat=True)}
    arriving = [(row, _alumnus(file.network, row)) for row in rows if row.email.casefold() not in known]
    Alumnus.objects.bulk_create(alumnus for _row, alumnus in arriving)
    Consent.objects.bulk_create(_consents(file.network, arriving))
    told = [("welcomed" if alumnus.is_member else "invited", alumnus) for _row, alumnus in arriving]
    if told:
        announce_all(told)
    locked.consented += sum(alumnus.is_member for _row, alumnus in arriving)
    locked.invited += sum(not alumnus.is_member for _row, alumnus in arriving)
    locked.done = max(row.number for row in rows) - 1
    locked.save(update_fields=["done", "invited", "consented"])


def _alumnus(network: AlumniNetwork, row: Row) -> Alumnus:
    """Active with proof of consent, otherwise invited; both are told by mail."""
    names = ("given_name", "name_prefix", "family_name", "email", "department", "expertise", "left_on")
    alumnus = Alumnus(
        network=network, origin=Alumnus.Origin.IMPORT, **{name: getattr(row, name) for name in names}
    )
    alumnus.state = Alumnus.State.ACTIVE if row.has_proof else Alumnus.State.INVITED
    alumnus.confirmed_at = timezone.now() if row.has_proof else None
    alumnus.complete()
    return alumnus


def _consents(network: AlumniNetwork, arriving: Collection[tuple[Row, Alumnus]]) -> list[Consent]:
    """A line for each purpose, of the day that the file names, with where it was given."""
    newest = network.wordings.newest().select_related("network__organisation")
    wordings = {wording.purpose: wording for wording in newest}
    lines = [
        Consent(
            alumnus=alumnus,
            purpose=purpose,
            wording=wordings[purpose],
            is_given=True,
            how=Consent.How.IMPORT,
            evidence=row.consent_source,
            at=timezone.make_aware(datetime.datetime.combine(row.consent_on, datetime.time(12))),
        )
        for row, alumnus in arriving
        if row.has_proof and row.consent_on
        for purpose in row.purposes
    ]
    for line in lines:
        line.seal()
    return lines
