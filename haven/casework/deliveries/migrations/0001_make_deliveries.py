import django.db.models.deletion
from django.db import migrations, models

import haven.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_make_authorities_users_and_teams"),
        ("cases", "0001_make_cases_and_their_notes"),
        ("letters", "0001_make_letters_that_stay_as_written"),
        ("people", "0001_make_people_and_their_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("message_id", models.UUIDField(default=haven.lib.ids.uuid7, editable=False, unique=True)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("sent", "Sent"),
                            ("dead", "Could not be sent"),
                            ("not_sent", "Not sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error_code", models.CharField(blank=True, max_length=80)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_reason", models.CharField(blank=True, max_length=80)),
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("contact_id", models.UUIDField(blank=True, null=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("letter", "Letter"),
                            ("sms", "Text message"),
                            ("alert", "Alert"),
                            ("webhook", "Message to a partner's system"),
                        ],
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(max_length=40)),
                ("to_address", models.CharField(max_length=300)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deliveries",
                        to="cases.case",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deliveries",
                        to="letters.letter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["due_at"], name="deliveries_waiting"
                    ),
                    models.Index(
                        condition=models.Q(("state", "dead")),
                        fields=["authority", "created_at"],
                        name="deliveries_dead",
                    ),
                    models.Index(fields=["case", "created_at"], name="deliveries_of_case"),
                    models.Index(
                        condition=models.Q(("contact_id__isnull", False)),
                        fields=["contact_id"],
                        name="deliveries_of_contact",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_address", ""), _negated=True), name="a_delivery_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_sent"), _negated=True),
                            models.Q(("settled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_not_sent_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_delivery_waits_or_is_settled",
                    ),
                ],
            },
        ),
    ]
