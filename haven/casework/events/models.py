"""Event, Read and ReadSubject: append-only and partitioned by month of `recorded_at`.

The tables are made by SQL in the first migration (Django knows no partitions); `recorded_at` is the database's clock.
"""

from typing import Any

from django.db import models
from django.db.models.functions import Now

from haven.lib.ids import uuid7


class EventQuerySet(models.QuerySet["Event"]):
    def of_case(self, case_id: Any) -> "EventQuerySet":
        return self.filter(case_id=case_id)


class Event(models.Model):
    """Something that happened: who, what, when, and codes; never a name or a narrative.

    `at` is when it happened, `recorded_at` when it was written; `case_id` is a plain id, for events outlive the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    at = models.DateTimeField()
    type = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    authority_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    codes = models.JSONField(default=dict)
    digest = models.BinaryField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "events_event"


class Read(models.Model):
    """One look: an answer of Haven that showed a person, a case or a contact to somebody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    route = models.CharField(max_length=80)
    method = models.CharField(max_length=8)
    reason = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "events_read"


class ReadSubject(models.Model):
    """One person, case or contact that a Read showed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    read_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()

    class Meta:
        managed = False
        db_table = "events_readsubject"


class Seal(models.Model):
    """One signed head of the sealed log: what was recorded since the head before it, chained to that head (TR-42).

    A row of a sealed table belongs to the first head whose `snapshot` sees the transaction that wrote it, so one that
    commits late is in a later head and none is missed. `id` counts from 1 without a gap.
    """

    id = models.BigIntegerField(primary_key=True)
    previous = models.BinaryField()
    sealed_at = models.DateTimeField()
    snapshot = models.TextField()
    written_in = models.TextField()
    parts = models.JSONField()
    counts = models.JSONField()
    forms = models.JSONField()
    doubts = models.JSONField()
    key = models.BinaryField()
    next_key = models.BinaryField(null=True)
    hash = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        managed = False
        db_table = "events_seal"


class SealLeaves(models.Model):
    """The keys and hashes of up to 4,096 rows that one head sealed in one table: what tells which row was changed."""

    pk = models.CompositePrimaryKey("table_name", "seal", "part")
    table_name = models.CharField(max_length=63)
    seal = models.BigIntegerField()
    part = models.IntegerField()
    entries = models.BinaryField()

    class Meta:
        managed = False
        db_table = "events_sealleaves"


class Verification(models.Model):
    """One comparison of the whole sealed log with its heads: how many rows, what was erased, what was at fault."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    seal = models.BigIntegerField()
    rows = models.BigIntegerField()
    erased = models.BigIntegerField()
    found = models.BigIntegerField()
    faults = models.JSONField()
    milliseconds = models.IntegerField()

    class Meta:
        managed = False
        db_table = "events_verification"
