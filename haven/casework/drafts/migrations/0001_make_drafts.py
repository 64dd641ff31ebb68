import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import haven.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("form", models.CharField(max_length=80)),
                ("about_id", models.UUIDField(blank=True, null=True)),
                ("data", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="drafts_by_expiry")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("owner__isnull", False), models.Q(("code_hash", ""), _negated=True), _connector="XOR"
                        ),
                        name="a_draft_has_an_owner_or_a_code",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner__isnull", False)),
                        fields=("owner", "form", "about_id"),
                        name="one_draft_of_a_form_for_an_owner",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code_hash", ""), _negated=True),
                        fields=("code_hash", "form"),
                        name="one_draft_of_a_form_for_a_code",
                    ),
                ],
            },
        ),
    ]
