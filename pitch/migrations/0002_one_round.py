from django.db import migrations


def pairs(table: str, name: str, column: str, target: str) -> migrations.RunSQL:
    """The row pointed at belongs to the same edition: a foreign key over both columns."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, edition_id)"
        f" REFERENCES {target} (id, edition_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    """A ballot for another round cannot exist: what it points at must be of the same edition."""

    dependencies = [("pitch", "0001_initial")]

    operations = [
        pairs("pitch_assignment", "assignment_seat_of_edition", "seat_id", "pitch_seat"),
        pairs("pitch_assignment", "assignment_entry_of_edition", "entry_id", "pitch_entry"),
        pairs("pitch_ballot", "ballot_assignment_of_edition", "assignment_id", "pitch_assignment"),
        pairs("pitch_juror", "juror_seat_of_edition", "seat_id", "pitch_seat"),
    ]
