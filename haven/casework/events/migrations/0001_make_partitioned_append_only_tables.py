"""Event, Read and ReadSubject, partitioned by month of recorded_at, refusing UPDATE, DELETE and TRUNCATE."""

import django.db.models.functions.datetime
from django.db import migrations, models

import haven.lib.ids

FORWARD = """
CREATE TABLE events_event (
    id uuid NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    at timestamptz NOT NULL,
    type varchar(80) NOT NULL,
    actor_kind varchar(10) NOT NULL,
    actor_id uuid,
    authority_id uuid,
    case_id uuid,
    subject_kind varchar(60) NOT NULL,
    subject_id uuid,
    codes jsonb NOT NULL DEFAULT '{}',
    digest bytea,
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX events_event_by_case ON events_event (case_id, at DESC) WHERE case_id IS NOT NULL;
CREATE INDEX events_event_by_subject ON events_event (subject_id, at DESC);

CREATE TABLE events_read (
    id uuid NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_kind varchar(10) NOT NULL,
    actor_id uuid,
    route varchar(80) NOT NULL,
    method varchar(8) NOT NULL,
    reason varchar(200) NOT NULL DEFAULT '',
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX events_read_by_actor ON events_read (actor_id, recorded_at DESC);

CREATE TABLE events_readsubject (
    id uuid NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    read_id uuid NOT NULL,
    kind varchar(20) NOT NULL,
    subject_id uuid NOT NULL,
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX events_readsubject_by_subject ON events_readsubject (subject_id, recorded_at DESC);

CREATE TABLE events_event_default PARTITION OF events_event DEFAULT;
CREATE TABLE events_read_default PARTITION OF events_read DEFAULT;
CREATE TABLE events_readsubject_default PARTITION OF events_readsubject DEFAULT;

CREATE FUNCTION events_make_months(first_month date, months integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    month date;
BEGIN
    FOREACH parent IN ARRAY ARRAY['events_event', 'events_read', 'events_readsubject'] LOOP
        FOR i IN 0 .. months - 1 LOOP
            month := (date_trunc('month', first_month::timestamp) + make_interval(months => i))::date;
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                parent || to_char(month, '_YYYY_MM'), parent,
                month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month')::timestamp AT TIME ZONE 'UTC');
        END LOOP;
    END LOOP;
END $$;
SELECT events_make_months(now()::date, 24);

CREATE FUNCTION events_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was recorded stays: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON events_read
    FOR EACH ROW EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON events_readsubject
    FOR EACH ROW EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events_read
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events_readsubject
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_added();
"""

BACKWARD = """
DROP TABLE events_event, events_read, events_readsubject;
DROP FUNCTION events_make_months(date, integer);
DROP FUNCTION events_are_only_added();
"""


def _id_field() -> tuple[str, models.Field]:
    return (
        "id",
        models.UUIDField(primary_key=True, default=haven.lib.ids.uuid7, editable=False, serialize=False),
    )


def _recorded_field() -> tuple[str, models.Field]:
    now = django.db.models.functions.datetime.Now()
    return ("recorded_at", models.DateTimeField(db_default=now, editable=False))


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.CreateModel(
            name="Event",
            fields=[
                _id_field(),
                _recorded_field(),
                ("at", models.DateTimeField()),
                ("type", models.CharField(max_length=80)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.UUIDField(null=True)),
                ("authority_id", models.UUIDField(null=True)),
                ("case_id", models.UUIDField(null=True)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField(null=True)),
                ("codes", models.JSONField(default=dict)),
                ("digest", models.BinaryField(null=True)),
            ],
            options={"db_table": "events_event", "managed": False},
        ),
        migrations.CreateModel(
            name="Read",
            fields=[
                _id_field(),
                _recorded_field(),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.UUIDField(null=True)),
                ("route", models.CharField(max_length=80)),
                ("method", models.CharField(max_length=8)),
                ("reason", models.CharField(max_length=200)),
            ],
            options={"db_table": "events_read", "managed": False},
        ),
        migrations.CreateModel(
            name="ReadSubject",
            fields=[
                _id_field(),
                _recorded_field(),
                ("read_id", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
            ],
            options={"db_table": "events_readsubject", "managed": False},
        ),
    ]
