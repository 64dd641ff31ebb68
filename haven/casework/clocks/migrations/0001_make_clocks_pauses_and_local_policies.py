import django.db.models.deletion
from django.db import migrations, models

import haven.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_make_authorities_users_and_teams"),
        ("cases", "0001_make_cases_and_their_notes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("rule", models.CharField(max_length=60)),
                ("contact_id", models.UUIDField(blank=True, null=True)),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("working_hours", "working hours"),
                            ("calendar_days", "calendar days"),
                            ("working_days", "working days"),
                            ("months", "months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("amount", models.PositiveSmallIntegerField()),
                ("pausable", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField()),
                ("first_due_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("reason_late", models.TextField(blank=True)),
                ("horizon_warning", models.BooleanField(default=False)),
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
                        related_name="clocks",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LocalPolicy",
            fields=[
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("rule", models.CharField(max_length=60)),
                ("amount", models.PositiveSmallIntegerField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="local_policies",
                        to="access.authority",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.UUIDField(default=haven.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("reason", models.CharField(max_length=60)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                ("paused_by", models.UUIDField(blank=True, null=True)),
                ("resumed_by", models.UUIDField(blank=True, null=True)),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="clocks.clock"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("stopped_at", None)), fields=["authority", "due_at"], name="clocks_running_by_due"
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(fields=["case", "rule"], name="clocks_by_case"),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("contact_id__isnull", False)),
                fields=["contact_id", "rule"],
                name="clocks_by_contact",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(fields=["authority", "rule", "started_at"], name="clocks_by_rule"),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("case__isnull", False), ("contact_id__isnull", False), _connector="OR"),
                name="a_clock_runs_for_a_case_or_a_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("stopped_at", None), ("stopped_at__gte", models.F("started_at")), _connector="OR"),
                name="a_clock_stops_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at", None)),
                fields=("rule", "case", "contact_id"),
                name="one_clock_of_a_timescale_runs_at_a_time",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="localpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 1)), name="a_local_amount_is_at_least_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="localpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="every_local_policy_says_its_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="localpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="a_policy_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="localpolicy",
            constraint=models.UniqueConstraint(
                models.F("authority"),
                models.F("rule"),
                models.F("from_on"),
                name="one_policy_of_a_timescale_begins_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="every_pause_gives_its_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at", None), ("until_at__gte", models.F("from_at")), _connector="OR"),
                name="a_pause_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                models.F("clock"), condition=models.Q(("until_at", None)), name="a_clock_is_paused_once_at_a_time"
            ),
        ),
    ]
