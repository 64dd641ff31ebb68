"""Task: something to be done, by whom and by when."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from haven.casework.access.models import Authority, Team, User
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7


class TaskQuerySet(models.QuerySet["Task"]):
    def for_actor(self, actor: Actor) -> "TaskQuerySet":
        """Those the actor owns, and their teams' tasks; none betrays a case kept from them (TR-03, TR-05)."""
        if not actor.is_user:
            return self.none()
        theirs = Q(owner_id=actor.id) | Q(team_id__in=actor.team_ids) & (Q(case=None) | Q(case__restriction="open"))
        return self.filter(theirs, ~Exists(Case.objects.kept_from(actor).filter(pk=OuterRef("case"))))

    def open(self) -> "TaskQuerySet":
        """Not done."""
        return self.filter(done_at=None)

    def due(self, day: date) -> "TaskQuerySet":
        """Not done, and due on or before the day."""
        return self.open().filter(due_on__lte=day)

    def overdue(self, day: date) -> "TaskQuerySet":
        """Not done, and due before the day."""
        return self.open().filter(due_on__lt=day)

    def about(self, *, case: Case | None = None, contact_id: UUID | None = None) -> "TaskQuerySet":
        """Those of a case or of a contact."""
        return self.filter(case=case) if case is not None else self.filter(contact_id=contact_id)


class Task(models.Model):
    """Something somebody, or a team, has to do by a day, about a case, a contact or neither; and that it was done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="tasks")
    contact_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="tasks")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="tasks")
    due_on = models.DateField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_words = models.TextField(blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(team__isnull=False), name="a_task_has_an_owner_or_a_team"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_task_says_what_to_do"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="open_tasks_of_owner"),
            models.Index(fields=["team", "due_on"], condition=Q(done_at=None), name="open_tasks_of_team"),
            models.Index(fields=["case"], name="tasks_of_case"),
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="tasks_of_contact"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def has_its_own_page(self) -> bool:
        """It stands for an action of a process, which is finished there with what came of it."""
        return self.kind.endswith(".action")
