import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import haven.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_make_authorities_users_and_teams"),
        ("cases", "0001_make_cases_and_their_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("contact_id", models.UUIDField(blank=True, null=True)),
                ("template", models.CharField(max_length=80)),
                ("version", models.PositiveSmallIntegerField()),
                ("language", models.CharField(default="en", max_length=10)),
                ("level", models.CharField(blank=True, max_length=20)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("to_kind", models.CharField(max_length=30)),
                ("to_name", models.CharField(blank=True, max_length=200)),
                ("written_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.authority"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="cases.case",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "written_at"], name="letters_of_case"),
                    models.Index(
                        condition=models.Q(("contact_id__isnull", False)),
                        fields=["contact_id"],
                        name="letters_of_contact",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("case__isnull", False), ("contact_id__isnull", False), _connector="OR"),
                        name="a_letter_is_about_a_case_or_a_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True), name="a_letter_says_something"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="a_letter_stays_as_written",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f94eaf34f1488837f7e647a76d4c7d564f468fa8",
                    operation="UPDATE",
                    pgid="pgtrigger_a_letter_stays_as_written_0b8b2",
                    table="letters_letter",
                    when="BEFORE",
                ),
            ),
        ),
    ]
