"""The table of Django's database cache: which codes were used and which tokens were spent, seen by every process."""

from django.db import migrations

MAKE = """
CREATE TABLE access_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX access_cache_expires ON access_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_let_people_in_and_keep_the_wrong_ones_out")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE access_cache")]
