"""From a read to what it showed, and from a moment to its reads: the watch asks that way round (TR-06).

The index by time is a summary of stretches of pages, which costs next to nothing where rows only ever come after others.
"""

from django.db import migrations

FORWARD = """
CREATE INDEX events_readsubject_by_read ON events_readsubject (read_id);
CREATE INDEX events_read_by_time ON events_read USING brin (recorded_at) WITH (pages_per_range = 16, autosummarize = on);
"""
BACKWARD = "DROP INDEX events_readsubject_by_read, events_read_by_time"


class Migration(migrations.Migration):
    dependencies = [("events", "0002_seal_what_was_recorded")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
