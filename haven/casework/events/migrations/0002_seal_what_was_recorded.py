"""The sealed log (TR-42): which transaction wrote each row, and the tables of signed heads. All refuse change."""

import django.db.models.functions.datetime
from django.db import migrations, models

import haven.lib.ids

# The default is stable, not volatile: rows that are there get this migration's transaction without a rewrite.
FORWARD = """
ALTER TABLE events_event ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE events_read ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE events_readsubject ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX events_event_by_transaction ON events_event (written_in);
CREATE INDEX events_read_by_transaction ON events_read (written_in);
CREATE INDEX events_readsubject_by_transaction ON events_readsubject (written_in);

CREATE TABLE events_seal (
    id bigint PRIMARY KEY,
    previous bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    snapshot pg_snapshot NOT NULL,
    written_in xid8 NOT NULL,
    parts jsonb NOT NULL,
    counts jsonb NOT NULL,
    forms jsonb NOT NULL,
    doubts jsonb NOT NULL,
    key bytea NOT NULL,
    next_key bytea,
    hash bytea NOT NULL,
    signature bytea NOT NULL
);
CREATE INDEX events_seal_by_transaction ON events_seal (written_in);
CREATE INDEX events_seal_with_forms ON events_seal (id) WHERE forms <> '{}';

CREATE TABLE events_sealleaves (
    table_name varchar(63) NOT NULL,
    seal bigint NOT NULL,
    part integer NOT NULL,
    entries bytea NOT NULL,
    PRIMARY KEY (table_name, seal, part)
);
ALTER TABLE events_sealleaves ALTER COLUMN entries SET STORAGE EXTERNAL;

CREATE TABLE events_verification (
    id uuid PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seal bigint NOT NULL,
    rows bigint NOT NULL,
    erased bigint NOT NULL,
    found bigint NOT NULL,
    faults jsonb NOT NULL,
    milliseconds integer NOT NULL,
    written_in xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX events_verification_by_transaction ON events_verification (written_in);
CREATE INDEX events_verification_by_time ON events_verification (recorded_at DESC);

CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON events_seal
    FOR EACH ROW EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON events_sealleaves
    FOR EACH ROW EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE ON events_verification
    FOR EACH ROW EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events_seal
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events_sealleaves
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_added();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events_verification
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_added();

CREATE FUNCTION events_erase_history(history text, ids text[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(history))
            AND attname = 'seal_salt' AND NOT attisdropped) THEN
        RAISE EXCEPTION 'only a row history can be erased';
    END IF;
    EXECUTE format('DELETE FROM %I WHERE pgh_id::text = ANY($1)', history) USING ids;
END $$;
REVOKE ALL ON FUNCTION events_erase_history(text, text[]) FROM PUBLIC;
"""

BACKWARD = """
DROP FUNCTION events_erase_history(text, text[]);
DROP TABLE events_verification, events_sealleaves, events_seal;
ALTER TABLE events_event DROP COLUMN written_in;
ALTER TABLE events_read DROP COLUMN written_in;
ALTER TABLE events_readsubject DROP COLUMN written_in;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_make_partitioned_append_only_tables")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("snapshot", models.TextField()),
                ("written_in", models.TextField()),
                ("parts", models.JSONField()),
                ("counts", models.JSONField()),
                ("forms", models.JSONField()),
                ("doubts", models.JSONField()),
                ("key", models.BinaryField()),
                ("next_key", models.BinaryField(null=True)),
                ("hash", models.BinaryField()),
                ("signature", models.BinaryField()),
            ],
            options={"db_table": "events_seal", "managed": False},
        ),
        migrations.CreateModel(
            name="SealLeaves",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "table_name", "seal", "part", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("table_name", models.CharField(max_length=63)),
                ("seal", models.BigIntegerField()),
                ("part", models.IntegerField()),
                ("entries", models.BinaryField()),
            ],
            options={"db_table": "events_sealleaves", "managed": False},
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.UUIDField(primary_key=True, default=haven.lib.ids.uuid7, editable=False, serialize=False),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("seal", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                ("erased", models.BigIntegerField()),
                ("found", models.BigIntegerField()),
                ("faults", models.JSONField()),
                ("milliseconds", models.IntegerField()),
            ],
            options={"db_table": "events_verification", "managed": False},
        ),
    ]
