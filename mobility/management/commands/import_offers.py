"""`./portal import_offers FILE… --organisation gm0344`: offers of another system become exchanges."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.organisations.models import Organisation
from mobility.importing import Act, Outcome, Report, import_offers, source_of
from mobility.offers import MAX_BYTES, Reading, Unreadable, read


class Command(BaseCommand):
    help = "Import offers from JSON-LD files, saved web pages or CSV, and print what was done with each row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--organisation", required=True, help="the code of the body that offers, as gm0344"
        )
        parser.add_argument(
            "--source", default="", help="name of the feed; else the file's or website's name"
        )
        parser.add_argument("--columns", nargs="+", default=[], metavar="HEADER=COLUMN", type=_correction)
        parser.add_argument("--publish", action="store_true", help="publish at once instead of making drafts")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")
        parser.add_argument(
            "--confirm", action="store_true", help="close what is missing from a small feed too"
        )

    def handle(
        self, *, files: list[Path], organisation: str, columns: list[tuple[str, str]], **options: Any
    ) -> None:
        body = Organisation.objects.current().filter(code=organisation).first()
        if body is None:
            raise CommandError(_("There is no organisation with the code %s.") % organisation)
        unreadable = 0
        for path in files:
            try:
                self._import(path, body, dict(columns), options)
            except (Unreadable, OSError) as error:
                unreadable += 1
                self.stderr.write(f"{path.name}: {error}")
        if unreadable:
            raise CommandError(
                ngettext("%d file could not be read.", "%d files could not be read.", unreadable) % unreadable
            )

    def _import(
        self, path: Path, body: Organisation, columns: dict[str, str], options: dict[str, Any]
    ) -> None:
        with path.open("rb") as file:
            reading = read(file.read(MAX_BYTES + 1), path.name, columns=columns)
        report = import_offers(
            reading,
            organisation=body,
            source=options["source"] or source_of(reading, path.name),
            by=None,
            dry_run=options["dry_run"],
            publish=options["publish"],
            confirmed=options["confirm"],
        )
        self.stdout.write("\n".join([*_heading(path, reading), *_rows(report), *_totals(report)]))


def _correction(text: str) -> tuple[str, str]:
    header, _equals, column = text.rpartition("=")
    return header, column


def _heading(path: Path, reading: Reading) -> list[str]:
    form = [reading.kind, reading.encoding, {"\t": "tab"}.get(reading.delimiter, reading.delimiter)]
    columns = [f"  {header} → {column or _('left out')}" for header, column in reading.columns.items()]
    notes = [f"  {note}" for note in reading.notes]
    return [f"{path.name} ({', '.join(filter(None, form))})", *columns, *notes]


def _rows(report: Report) -> list[str]:
    return [line for outcome in report.outcomes for line in _row(outcome)]


def _row(outcome: Outcome) -> list[str]:
    row = outcome.row
    changes = f": {', '.join(outcome.changes)}" if outcome.changes else ""
    problems = [
        f"    ✖ {problem.column or '?'}: {problem.message}" + (f" ({problem.value})" if problem.value else "")
        for problem in outcome.problems
    ]
    notes = [f"    · {note}" for note in outcome.notes]
    title = f"{row.external_id} {row.title}".strip()
    return [f"  {row.number}. {title} – {outcome.act.label}{changes}", *problems, *notes]


def _totals(report: Report) -> list[str]:
    counts = ", ".join(f"{report.count(act)} {act.label}" for act in Act)
    lines = [_("Dry run: %s.") % counts if report.dry_run else f"{counts}."]
    if report.held:
        lines.append(
            _("The file looks incomplete, so %d missing offers stay open. Use --confirm to close them.")
            % len(report.missing)
        )
    elif report.missing:
        titles = ", ".join(str(exchange) for exchange in report.missing[:20])
        lines.append(_("No longer in the file, and therefore closed: %s.") % titles)
    return lines
