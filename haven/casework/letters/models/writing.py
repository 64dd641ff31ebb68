"""Writing: what is written once for several people; its parts, who gets it, and what each of them gets."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.letters.codes import CHANNELS, LEVELS, RECIPIENTS, WRITINGS
from haven.casework.letters.models.letter import Letter
from haven.casework.operations.versions import Compared, Versioned
from haven.casework.people.models import Person
from haven.lib.ids import uuid7


class Writing(Versioned):
    """A summary, minutes or a report about a case that several people are to have, each as much as they may (TR-10).

    Nothing of it leaves: each recipient's rendition is a letter of its own. `sent_at` ends it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="writings")
    kind = models.CharField(max_length=10, choices=list(WRITINGS.items()), default="summary")
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-started_at"], name="writings_of_case")]

    def __str__(self) -> str:
        return self.kind


class WritingPart(Compared):
    """One section: its words, whom it is about, whose words they are, how closely kept, and who may have it.

    `level` is how much a reader must be allowed to know; `audience` the kinds of recipient it is for (empty: all);
    `needs_agreement` that it goes only where the adult agreed.
    """

    compared = ("heading", "text", "source_label", "restriction", "level", "audience", "needs_agreement")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    writing = models.ForeignKey(Writing, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    about = models.ManyToManyField(Person, related_name="+", blank=True)
    source_label = models.CharField(max_length=120, blank=True)
    restriction = models.CharField(max_length=12, choices=Restriction.choices, default=Restriction.OPEN)
    level = models.CharField(max_length=10, choices=list(LEVELS.items()), default="outcome")
    audience = ArrayField(models.CharField(max_length=20, choices=list(RECIPIENTS.items())), default=list, blank=True)
    needs_agreement = models.BooleanField(default=False)

    class Meta:
        ordering = ["writing", "position"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_part_says_something"),
            models.UniqueConstraint(fields=["writing", "position"], name="one_part_at_a_place"),
        ]

    @property
    def case(self) -> Case:
        return self.writing.case


class Recipient(models.Model):
    """One who is to have it: who they are to the case, how much they may know, and how it reaches them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    writing = models.ForeignKey(Writing, models.CASCADE, related_name="recipients")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=list(RECIPIENTS.items()))
    name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    contact_id = models.UUIDField(null=True, blank=True)
    level = models.CharField(max_length=10, choices=list(LEVELS.items()), default="receipt")
    adult_agrees = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()))
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["writing", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="hand") | ~Q(address=""), name="what_is_sent_to_somebody_has_an_address"
            )
        ]

    @property
    def case(self) -> Case:
        return self.writing.case


class Rendition(models.Model):
    """What one recipient gets: a letter of its own and the same as a PDF, kept as bytes (TR-10, TR-12).

    `sha256` is of all of it: the letter's subject, an empty line, its body, a zero byte, the PDF. It is made again,
    and the earlier one replaced, whenever the writing changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="renditions")
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="rendition")
    shown = ArrayField(models.UUIDField(), default=list, blank=True)
    pdf_path = models.CharField(max_length=100)
    pdf_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(replaced_at=None), name="one_rendition_for_a_recipient"
            )
        ]

    @property
    def case(self) -> Case:
        return self.recipient.writing.case
