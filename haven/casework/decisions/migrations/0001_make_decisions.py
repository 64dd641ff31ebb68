import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import haven.casework.events.sealing
import haven.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_make_cases_and_their_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("salt", models.BinaryField(default=haven.casework.events.sealing.new_salt)),
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("question", models.CharField(max_length=60)),
                ("outcome", models.CharField(max_length=60)),
                ("proposed", models.CharField(blank=True, max_length=60)),
                ("reasons", models.TextField()),
                ("legal_source", models.CharField(max_length=200)),
                ("guidance", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("countersigned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="cases.case"
                    ),
                ),
                (
                    "countersigned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "question", "-at"], name="decisions_of_case"),
                    models.Index(fields=["question", "at"], name="decisions_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons__regex", "\\S")), name="every_decision_gives_its_reasons"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), _negated=True), name="every_decision_has_an_outcome"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("legal_source", ""), _negated=True), name="every_decision_says_its_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigned_by", None),
                            models.Q(("countersigned_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_countersigns_their_own_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("countersigned_at", None), ("countersigned_by", None)),
                            models.Q(("countersigned_at__gte", models.F("at")), ("countersigned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_countersignature_has_its_name_and_its_time",
                    ),
                ],
            },
        ),
    ]
