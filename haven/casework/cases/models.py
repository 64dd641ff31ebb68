"""Case, Involvement, CaseLink, Allocation and CaseNote; Keeping is beside it."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, Team, User
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import CASE_READERS, DUTY, READS_ONE
from haven.casework.cases import keeping as keeping
from haven.casework.cases.codes import LINKS, NOTE_HOWS, NOTE_STANDINGS, ROLES, STANDINGS
from haven.casework.events.sealing import Salted
from haven.casework.operations.actor import Actor
from haven.casework.operations.versions import Compared, Versioned
from haven.casework.organisations.models import Organisation
from haven.casework.people.models import Person
from haven.lib.ids import uuid7


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> "CaseQuerySet":
        """Cases the actor stands in a relationship to: worker, manager, team, duty while it waits, or one of their own
        to this case (TR-02).

        A restricted or sealed case shows only to its named people; nothing else betrays it (TR-03). Nobody reaches a
        case that concerns somebody they have a conflict of interest with (TR-05). A role that may read cases is held at
        the case's own authority: one held elsewhere opens nothing here.
        """
        reads = [pk for pk, role in actor.roles_at if role in READS_ONE]
        if not actor.is_user or not reads:
            return self.none()
        seen = self.filter(_named(actor) | _by_team_or_duty(actor), authority_id__in=reads)
        return seen.exclude(_in_conflict(actor)) if actor.conflict_ids else seen

    def kept_from(self, actor: Actor) -> "CaseQuerySet":
        """Restricted and sealed cases on which the actor is not named, and those of a conflict of interest: nothing
        that belongs to one may show (TR-03, TR-05)."""
        kept = ~Q(restriction=Restriction.OPEN) & ~_named(actor)
        return self.filter(kept | _in_conflict(actor) if actor.conflict_ids else kept)

    def showing(self, actor: Actor) -> "CaseQuerySet":
        """Those not kept from the actor: what a count, a strip or a sign may rest on, openable or not."""
        seen = self.filter(Q(restriction=Restriction.OPEN) | _named(actor))
        return seen.exclude(_in_conflict(actor)) if actor.conflict_ids else seen

    def open(self) -> "CaseQuerySet":
        """Not closed."""
        return self.filter(closed_at=None)

    def in_stage(self, *stages: str) -> "CaseQuerySet":
        return self.filter(stage__in=stages)


def _named(actor: Actor) -> Q:
    """Worker, manager, or in a relationship of their own to the case."""
    named = Q(worker_id=actor.id) | Q(manager_id=actor.id)
    return named | Q(pk__in=actor.case_ids) if actor.case_ids else named


def _in_conflict(actor: Actor) -> Q:
    """Cases about somebody the actor must not reach, or in which such a person has a part."""
    part = Involvement.objects.filter(case=models.OuterRef("pk"), person__in=actor.conflict_ids)
    return Q(person__in=actor.conflict_ids) | Q(models.Exists(part))


def _by_team_or_duty(actor: Actor) -> Q:
    duty = [pk for pk, role in actor.roles_at if role in DUTY]
    heads = [pk for pk, role in actor.roles_at if role == "head_of_service"]
    works = [pk for pk, role in actor.roles_at if role in CASE_READERS]
    shared = Q(team_id__in=actor.case_team_ids, authority_id__in=works)
    if duty:
        shared |= Q(awaits_duty=True, authority_id__in=duty)
    if heads:
        shared |= Q(authority_id__in=heads)
    return Q(restriction=Restriction.OPEN) & shared


def learnt_where_shows(actor: Actor) -> Q:
    """Of facts about a person: learnt in no case, or in one that is not kept from the actor (TR-03)."""
    return Q(learnt_in_id=None) | Q(learnt_in_id__in=Case.objects.showing(actor).values("pk"))


class Case(Versioned):
    """One statutory process about one person. Its reference reveals nothing; its stage says where it has got to."""

    read_kind = "case"
    locks = True
    fresh_on_lock = (
        "stage", "version", "worker_id", "manager_id", "team_id", "closed_at", "awaits_duty", "urgency", "restriction",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    pathway = models.CharField(max_length=30)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="cases")
    manager = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="managed_cases")
    stage = models.CharField(max_length=30)
    awaits_duty = models.BooleanField(default=False)
    urgency = models.CharField(max_length=10, blank=True)
    restriction = models.CharField(max_length=12, choices=Restriction.choices, default=Restriction.OPEN)
    contact_id = models.UUIDField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    other_system_number = models.CharField(max_length=60, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["authority", "stage", "opened_at"], name="open_cases_by_stage", condition=Q(closed_at=None)
            ),
            models.Index(fields=["worker", "opened_at"], name="open_cases_of_worker", condition=Q(closed_at=None)),
            models.Index(fields=["team", "stage", "opened_at"], name="open_cases_of_team", condition=Q(closed_at=None)),
            models.Index(fields=["authority", "opened_at"], name="cases_by_day_opened"),
            models.Index(fields=["authority"], name="cases_kept_to_some", condition=~Q(restriction="open")),
            models.Index(fields=["contact_id"], name="cases_of_contact"),
            models.Index(fields=["authority", "opened_at"], name="cases_awaiting_duty", condition=Q(awaits_duty=True)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def case(self) -> "Case":
        return self

    @property
    def case_id(self) -> Any:
        return self.pk


class Involvement(models.Model):
    """A person or organisation in a role in a case, or words where nobody is named; alleged links show standing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="involvements")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="involvements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="involvements")
    role = models.CharField(max_length=30, choices=list(ROLES.items()))
    words = models.CharField(max_length=200, blank=True)
    standing = models.CharField(max_length=12, choices=list(STANDINGS.items()), blank=True)
    knows_of_this = models.BooleanField(null=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=None) | ~Q(organisation=None) | ~Q(words=""),
                name="an_involvement_says_who",
            )
        ]


class CaseLink(models.Model):
    """Two cases that belong together, and how."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.CASCADE, related_name="linked_by")
    kind = models.CharField(max_length=20, choices=list(LINKS.items()))
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "other", "kind", name="one_link_of_a_kind_between_two_cases"),
            models.CheckConstraint(condition=~Q(case=models.F("other")), name="a_case_is_not_linked_to_itself"),
        ]


class Allocation(models.Model):
    """A named worker given a concern or an enquiry. A team tray is no allocation (PR-31)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="allocations")
    user = models.ForeignKey(User, models.PROTECT, related_name="allocations")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "kind", "at"], name="allocations_of_case")]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class CaseNote(Salted, Compared):
    """What a worker did, heard or thought, on a day, in words. Mistakes are superseded, never removed (PR-17)."""

    compared = ("superseded_by_id",)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="notes")
    how = models.CharField(max_length=20, choices=list(NOTE_HOWS.items()))
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    words = models.TextField(blank=True)
    standing = models.CharField(max_length=10, choices=list(NOTE_STANDINGS.items()))
    attempt = models.BooleanField(default=False, help_text="Tried, no answer")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    superseded_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_at"], name="notes_of_case")]
        constraints = [
            models.CheckConstraint(condition=Q(attempt=True) | ~Q(words=""), name="a_note_has_words_or_is_an_attempt"),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_reason=""), name="superseding_a_note_gives_its_reason"
            ),
        ]
