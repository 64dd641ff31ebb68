"""The months of the append-only tables: made ahead by a job, with a default that loses nothing if it did not run."""

from datetime import date

from django.db import connection

TABLES = ("events_event", "events_read", "events_readsubject")


def make_months(first: date, months: int) -> None:
    """Make the monthly partitions from `first` on; does nothing where they exist. Runs as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_make_months(%s, %s)", [first, months])
