"""The months of the append-only tables: made ahead by a job, with a default that loses nothing if it did not run."""

from datetime import date

from django.db import connection

TABLES = ("events_event", "events_read", "events_readsubject")


def make_months(first: date, months: int) -> None:
    """Make the monthly partitions from `first` on; does nothing where they exist.

    The database's function runs as the owner of the tables; the application's role could not make one itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_make_months(%s, %s)", [first, months])
