"""Alert, the signs it rests on, and how far the watch has looked. Other models have files of their own."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.access.roles import GUARDIANS
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import ContactConflict
from haven.casework.contacts.models import ContactPerson
from haven.casework.events.sealing import Salted
from haven.casework.operations.actor import Actor
from haven.casework.watch import details as details
from haven.casework.watch import openings as openings
from haven.casework.watch import searched as searched
from haven.lib.ids import uuid7


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, actor: Actor) -> "AlertQuerySet":
        """A guardian's own authorities', those no guardian may decide for the head of service, those meant for oneself:
        about a case, only while one is named on it.

        Never one about the reader, nor one about a case, person or report they have a conflict of interest with (TR-04,
        TR-05).
        """
        if not actor.is_user:
            return self.none()
        at = [pk for pk, role in actor.roles_at if role in GUARDIANS]
        heads = [pk for pk, role in actor.roles_at if role == "head_of_service"]
        meant = Q(also_for_id=actor.id) & (Q(case_id=None) | Q(case_id__in=Case.objects.visible_to(actor).values("pk")))
        theirs = Q(authority_id__in=at) | Q(authority_id__in=heads, about_guardian=True) | meant
        kept = ContactConflict.objects.filter(user_id=actor.user_id, ended_at=None)
        own = Q(reader_id=actor.id) | Q(codes__contains={"account": str(actor.id)})
        seen = self.filter(theirs).exclude(own).exclude(contact_id__in=kept.values("contact_id"))
        return seen.exclude(_in_conflict(actor)) if actor.conflict_ids else seen

    def waiting(self) -> "AlertQuerySet":
        """Not decided."""
        return self.filter(decided_at=None)


def _in_conflict(actor: Actor) -> Q:
    cases = Case.objects.filter(
        Q(person__in=actor.conflict_ids) | Q(involvements__person__in=actor.conflict_ids)
    ).values("pk")
    adults = ContactPerson.objects.filter(person__in=actor.conflict_ids).values("contact_id")
    return Q(person_id__in=actor.conflict_ids) | Q(case_id__in=cases) | Q(contact_id__in=adults)


class Alert(Salted):
    """Something the guardian must look at: what was seen, of whom, about which record, and what was decided.

    Ids and codes only; the words of a decision are sealed by its event. `reader` is whose look or act it is. `also_for`
    is a case's keeper where it is theirs to answer too (PR-05). `key` makes one alert of one cause.
    """

    read_kind = "alert"
    locks = True
    fresh_on_lock = ("decided_at",)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    reader = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="alerts_about")
    about_guardian = models.BooleanField(default=False)
    also_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    case_id = models.UUIDField(null=True, blank=True)
    person_id = models.UUIDField(null=True, blank=True)
    contact_id = models.UUIDField(null=True, blank=True)
    read_id = models.UUIDField(null=True, blank=True)
    codes = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=30, blank=True)
    reasons = models.TextField(blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("authority", "key", name="one_alert_of_one_cause"),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_by__isnull=False) & ~Q(outcome="") & ~Q(reasons=""),
                name="an_alert_is_decided_by_somebody_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(reader=None) | ~Q(decided_by=models.F("reader")),
                name="nobody_decides_an_alert_about_themselves",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "raised_at"], condition=Q(decided_at=None), name="alerts_waiting"),
            models.Index(fields=["reader", "raised_at"], name="alerts_of_reader"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def case(self) -> Any:
        """None: deciding an alert locks the alert itself, and is no step of its case."""
        return None


class Sign(models.Model):
    """What one rule of the watch saw of one reader and one person: how much it weighs, the facts, the looks behind it.

    Codes and numbers only. While it belongs to no alert it is weak and waits for others (`rules`); what it is `about`
    is a person, a report of somebody not yet known, or the reader where it is their reading as such.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+")
    about_id = models.UUIDField()
    person_id = models.UUIDField(null=True, blank=True)
    case_id = models.UUIDField(null=True, blank=True)
    contact_id = models.UUIDField(null=True, blank=True)
    rule = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()
    facts = models.JSONField(default=dict)
    reads = ArrayField(models.UUIDField())
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    alert = models.ForeignKey(Alert, models.CASCADE, null=True, blank=True, related_name="signs")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "about_id", "rule"], condition=Q(alert=None), name="one_waiting_sign_of_a_rule"
            ),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="a_sign_weighs_from_1_to_100"),
        ]
        indexes = [models.Index(fields=["reader", "about_id"], name="signs_of_reader")]

    def __str__(self) -> str:
        return self.rule


class Lookout(models.Model):
    """How far the watch has looked, and when it last did: one row. Where it stands still, the pages say so (TR-18)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    ran_at = models.DateTimeField()
    unread_from = models.BigIntegerField(help_text="The oldest transaction that may still have been running")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_lookout")]

    def __str__(self) -> str:
        return "lookout"
