"""What every outside effect and every long piece of work leaves: a row."""

from django.db import models

from haven.lib.ids import uuid7


class OutboxRow(models.Model):
    """One effect outside Haven, written in the transaction that causes it and carried out by a worker (TR-23).

    At least once, each time with the same `message_id`. `not_sent` is settled on purpose, with its reason.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        DEAD = "dead", "Could not be sent"
        NOT_SENT = "not_sent", "Not sent"

    message_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error_code = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_reason = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class JobProgress(models.Model):
    """How far a long piece of work has come: `done` of `total`, and in what state."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")), name="no_more_is_done_than_there_is"
            )
        ]
