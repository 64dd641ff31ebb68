"""Contact, the adults it names and who told us."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from haven.casework.access.models import Authority, User
from haven.casework.access.roles import DUTY
from haven.casework.cases.models import Case
from haven.casework.contacts.codes import ABOUT, CHANNELS, DANGERS, IDENTITIES, SAFE_TONIGHT, URGENCIES
from haven.casework.contacts.kept import ContactConflict, KeptReport
from haven.casework.contacts.messages import Message
from haven.casework.events.sealing import Salted
from haven.casework.operations.actor import Actor
from haven.casework.operations.versions import Versioned
from haven.casework.people.models import Person
from haven.lib.ids import uuid7


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, actor: Actor) -> "ContactQuerySet":
        """Those on duty see what waits or was declined at their authority (PR-24); who entered or claimed one sees it.

        One that was taken on, or joined to one that was, is part of its case, and opens to who may read that (TR-02).
        What became a restricted or sealed case shows only to the named people of the case, and a sealed report only
        to who keeps it (TR-03). One about somebody the actor must not reach is not there (TR-05).
        """
        if not actor.is_user or not actor.authority_ids:
            return self.none()
        duty = [pk for pk, role in actor.roles_at if role in DUTY]
        desk = Q(authority_id__in=duty, state__in=Contact.AT_THE_DESK)
        mine = Q(claimed_by_id=actor.id) | Q(entered_by_id=actor.id) | Exists(KeptReport.objects.kept_by(actor))
        return self.showing(actor).filter(mine | desk, authority_id__in=actor.authority_ids)

    def showing(self, actor: Actor) -> "ContactQuerySet":
        """Those not kept from the actor: neither sealed for others (TR-03) nor about somebody they must not reach."""
        return self.filter(
            ~Exists(_kept_adults(actor)),
            ~Exists(KeptReport.objects.kept_from(actor)),
            ~Exists(ContactConflict.objects.of(actor)),
        )

    def readable_by(self, actor: Actor) -> "ContactQuerySet":
        """Those they see in lists, and the reports that became a case they work on: for opening one, by reference."""
        own = Q(contact_id=OuterRef("pk")) | Q(contact_id=OuterRef("merged_into_id"))
        theirs = Case.objects.visible_to(actor).filter(own)
        return self.showing(actor).filter(Q(pk__in=self.visible_to(actor).values("pk")) | Exists(theirs))

    def with_messages(self) -> "ContactQuerySet":
        """Those whose reporter wrote by their number and waits for an answer, with `waits_since`, oldest first."""
        since = Message.objects.filter(contact=OuterRef("pk")).unanswered().order_by("written_at").values("written_at")
        return self.annotate(waits_since=Subquery(since[:1])).exclude(waits_since=None).order_by("waits_since")

    def waiting(self) -> "ContactQuerySet":
        """Not yet accepted, merged or declined: somebody must still decide what it is."""
        return self.filter(state__in=Contact.WAITING)


def _kept_adults(actor: Actor) -> QuerySet["ContactPerson"]:
    """Adults of the report whose case is kept from the actor, or who are people the actor must not reach (TR-05)."""
    kept = Q(case__in=Case.objects.kept_from(actor))
    kept |= Q(person__in=actor.conflict_ids) if actor.conflict_ids else Q()
    return ContactPerson.objects.filter(kept, contact=OuterRef("pk"))


class Contact(Versioned, Salted):
    """Something that arrived: the exact receipt, its channel, its state and who has it (TR-14, R-019, R-023).

    `received_at` is when any part of the authority first had it, and starts the clocks (PR-02); `recorded_at` when it
    was keyed. received = open + decided + merged + refused, per channel and day (TR-15).
    """

    read_kind = "contact"
    locks = True
    fresh_on_lock = ("state", "version", "claimed_by_id", "looked_at")

    class State(models.TextChoices):
        RECEIVED = "received", "Not looked at"
        LOOKED_AT = "looked_at", "Looked at"
        ACCEPTED = "accepted", "Taken on"
        MERGED = "merged", "Joined to another report"
        REFUSED = "refused", "Not a safeguarding concern"

    WAITING = ("received", "looked_at")
    AT_THE_DESK = (*WAITING, "refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="contacts")
    pathway = models.CharField(max_length=30)
    channel = models.CharField(max_length=20, choices=list(CHANNELS.items()))
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=64)
    body_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    urgency = models.CharField(max_length=10, choices=list(URGENCIES.items()), blank=True)
    immediate_danger = models.CharField(max_length=10, choices=list(DANGERS.items()), default="not_sure")
    about = models.CharField(max_length=10, choices=list(ABOUT.items()), default="someone")
    answers = models.JSONField(default=dict)
    first_line = models.CharField(max_length=200, blank=True)
    children_present = models.BooleanField(null=True)
    setting_code = models.CharField(max_length=40, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="claimed_contacts")
    claimed_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    safe_tonight = models.CharField(max_length=10, choices=list(SAFE_TONIGHT.items()), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("authority", "idempotency_key", name="one_contact_for_one_submission"),
            models.CheckConstraint(
                condition=~Q(state="merged") | ~Q(merged_into=None), name="a_joined_report_says_to_which"
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None) | ~Q(safe_tonight=""), name="a_first_look_says_whether_safe_tonight"
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "received_at"],
                name="contacts_waiting",
                condition=Q(state__in=("received", "looked_at")),
            ),
            models.Index(fields=["authority", "received_at", "channel"], name="contacts_by_day_and_channel"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_waiting(self) -> bool:
        """Still to be decided by somebody."""
        return self.state in self.WAITING


class Referrer(models.Model):
    """Who told us, how they know the adult, and how they may be reached (PR-07, PR-09, R-018)."""

    contact = models.OneToOneField(Contact, models.CASCADE, primary_key=True, related_name="referrer")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    relationship = models.CharField(max_length=120, blank=True)
    identity = models.CharField(max_length=12, choices=list(IDENTITIES.items()), default="use")
    safe_ways = models.JSONField(default=list)
    wants_feedback = models.BooleanField(default=True)
    is_professional = models.BooleanField(default=False)
    source_code = models.CharField(max_length=40, default="not_known")
    source_reason = models.CharField(max_length=200, blank=True)
    their_reference = models.CharField(max_length=80, blank=True)

    def called(self) -> str:
        """How this referrer is shown to workers."""
        if self.identity == "do_not_ask":
            return "did not give a name"
        who = self.name or "name not given"
        place = self.organisation or self.relationship
        return f"{who}, {place}" if place else who


class ContactPerson(models.Model):
    """One adult a contact is about, as the report describes them; `person` and `case` are filled by a worker's yes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="adults")
    position = models.PositiveSmallIntegerField(default=0)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    description = models.CharField(max_length=300, blank=True)
    whereabouts = models.CharField(max_length=300, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    age_estimate = models.PositiveSmallIntegerField(null=True, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    no_fixed_address = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reported_in")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="reported_in")

    class Meta:
        ordering = ["contact", "position"]

    @property
    def named(self) -> str:
        """The name given, or that none was."""
        return f"{self.given_name} {self.family_name}".strip() or "Not named"

    @property
    def is_findable(self) -> bool:
        """A name, a description or a whereabouts is enough (PR-03)."""
        return bool(self.given_name or self.family_name or self.description or self.whereabouts)


class FirstLook(Salted):
    """A named worker's look at an arrival: safe tonight, how urgent, what was done (PR-01)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="looks")
    safe_tonight = models.CharField(max_length=10, choices=list(SAFE_TONIGHT.items()))
    urgency = models.CharField(max_length=10, choices=list(URGENCIES.items()))
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class Outcome(Salted):
    """Why a contact ended without becoming a concern of its own: joined to another, or declined with reasons."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.OneToOneField(Contact, models.CASCADE, related_name="outcome")
    reasons = models.TextField()
    advice = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="every_outcome_gives_its_reasons")]


def adult_line(contact: Any) -> str:
    """The adults a contact names, for one row of a list."""
    return ", ".join(adult.named for adult in contact.adults.all()) or "Not named"
