"""Help PostgreSQL to plan searches: indexes that cover all rows are in the way of those on what is listed."""

import django.db.models.deletion
from django.db import migrations, models

# Without these PostgreSQL takes "published" and "listed" for independent, expects few rows, and plans for few.
STATISTICS = "CREATE STATISTICS exchange_listed (mcv) ON state, listed FROM mobility_exchange"


class Migration(migrations.Migration):

    dependencies = [
        ('mobility', '0001_initial'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='exchange',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AlterField(
            model_name='exchange',
            name='place',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='organisations.place', verbose_name='place'),
        ),
        migrations.AlterField(
            model_name='exchange',
            name='region',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region'),
        ),
        migrations.RunSQL(STATISTICS, "DROP STATISTICS exchange_listed"),
    ]
