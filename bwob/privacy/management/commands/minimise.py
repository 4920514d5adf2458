from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bwob.privacy import retention


class Command(BaseCommand):
    help = "Remove what is past its keeping term, as each night. With --dry-run: only say what would go."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list what is due, remove nothing")

    def handle(self, *_words: Any, dry_run: bool, **_options: Any) -> None:
        findings = retention.minimise(dry_run=dry_run)
        for finding in findings:
            oldest = f"{finding.oldest:%Y-%m-%d}" if finding.oldest else "–"
            self.stdout.write(f"{finding.count:>8}  {oldest:<10}  {finding.name}")
        total = sum(finding.count for finding in findings)
        self.stdout.write(f"{total:>8}  {'would be removed' if dry_run else 'removed'}")
