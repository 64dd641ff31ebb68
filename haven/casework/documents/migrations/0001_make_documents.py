import django.db.models.deletion
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
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("contact_id", models.UUIDField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField(help_text="Bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("path", models.CharField(max_length=100)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("not_scanned", "Not scanned"),
                            ("clean", "No virus found"),
                            ("infected", "Virus found"),
                        ],
                        default="not_scanned",
                        max_length=12,
                    ),
                ),
                ("source_label", models.CharField(blank=True, max_length=120)),
                (
                    "restriction",
                    models.CharField(
                        choices=[("open", "Open"), ("restricted", "Restricted"), ("sealed", "Sealed")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "added_at"], name="documents_of_case"),
                    models.Index(
                        condition=models.Q(("contact_id__isnull", False)),
                        fields=["contact_id"],
                        name="documents_of_contact",
                    ),
                    models.Index(fields=["sha256"], name="documents_by_fingerprint"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("case__isnull", False), ("contact_id__isnull", False), _connector="OR"),
                        name="a_document_is_about_a_case_or_a_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="a_document_has_its_fingerprint"
                    ),
                ],
            },
        ),
    ]
