import django.db.models.deletion
from django.db import migrations, models

PLACE = """
CREATE FUNCTION pitch_place(person bigint, edition_slug text, plan integer)
RETURNS TABLE (assignment bigint, edition bigint, slug varchar, seat varchar, number smallint,
    since timestamptz, takes_ballots boolean)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY SELECT a.id, e.id, e.slug, s.code, p.number, e.moved_at,
            e.state = 'judging' AND e.judging_closes_at > clock_timestamp()
        FROM pitch_juror j
        JOIN pitch_seat s ON s.id = j.seat_id
        JOIN pitch_assignment a ON a.seat_id = s.id
        JOIN pitch_entry p ON p.id = a.entry_id
        JOIN pitch_edition e ON e.id = a.edition_id
        WHERE j.user_id = person AND j.state = 'accepted' AND a.recused_at IS NULL
            AND e.slug = edition_slug AND p.number = plan;
END $$;
"""


class Migration(migrations.Migration):
    """A ballot asks less of the database: its mail is a row that the clock picks up, and where it belongs is
    told by a function, of which the database plans the joins once for a session.
    """

    dependencies = [("pitch", "0002_one_round")]

    operations = [
        migrations.CreateModel(
            name="ReceiptMail",
            fields=[
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail",
                        serialize=False,
                        to="pitch.receipt",
                    ),
                ),
            ],
            options={"verbose_name": "receipt to mail", "verbose_name_plural": "receipts to mail"},
        ),
        migrations.RunSQL(PLACE, "DROP FUNCTION pitch_place(bigint, text, integer)"),
    ]
