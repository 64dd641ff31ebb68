import django.db.models.deletion
from django.db import migrations, models

import haven.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_make_authorities_users_and_teams"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("measure", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField()),
                ("payload", models.JSONField()),
                ("computed_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="access.authority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "from_on", "to_on", "measure"),
                        name="one_snapshot_of_a_measure_for_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="a_snapshot_ends_after_it_begins"
                    ),
                ],
            },
        ),
    ]
