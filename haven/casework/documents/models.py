"""Document: one file."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.events.sealing import Salted
from haven.lib.ids import uuid7


class DocumentQuerySet(models.QuerySet["Document"]):
    def about(self, *, case: Case | None = None, contact_id: UUID | None = None) -> "DocumentQuerySet":
        """Those of a case or of a contact."""
        return self.filter(case=case) if case is not None else self.filter(contact_id=contact_id)


class Document(Salted):
    """A file somebody gave us about a case or a contact: its name, what it holds, where it came from.

    `content_type` is what its first bytes say, never what the sender said. `path` is relative to HAVEN_FILES and made
    from `sha256`. `source_label` says whose words or pictures it holds (TR-11). `scan`: without a virus scanner a file
    stays not scanned.
    """

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not scanned"
        CLEAN = "clean", "No virus found"
        INFECTED = "infected", "Virus found"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="documents")
    contact_id = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100)
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.NOT_SCANNED)
    source_label = models.CharField(max_length=120, blank=True)
    restriction = models.CharField(max_length=12, choices=Restriction.choices, default=Restriction.OPEN)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(contact_id__isnull=False),
                name="a_document_is_about_a_case_or_a_contact",
            ),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="a_document_has_its_fingerprint"),
        ]
        indexes = [
            models.Index(fields=["case", "added_at"], name="documents_of_case"),
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="documents_of_contact"),
            models.Index(fields=["sha256"], name="documents_by_fingerprint"),
        ]


class ExcerptQuerySet(models.QuerySet["Excerpt"]):
    def standing(self) -> "ExcerptQuerySet":
        """Those whose label nobody has lifted."""
        return self.filter(lifted_at=None)


class Excerpt(Salted):
    """Words that came from somebody else and stand in a text of the case: whose, and how closely kept (TR-11).

    The text that holds them stays plain. The words themselves carry the label: wherever six of them in a row stand in
    what is about to leave, the label and its restriction are there too. `held_in` and `held_id` say which record they
    were put into (`cases.casenote`, `documents.document`). `confidential`: who said it must not be known, so the
    words leave only as somebody else has written them (PR-23). Only a manager lifts a label, with reasons.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="excerpts")
    held_in = models.CharField(max_length=60, blank=True)
    held_id = models.UUIDField(null=True, blank=True)
    words = models.TextField()
    source_label = models.CharField(max_length=120)
    restriction = models.CharField(max_length=12, choices=Restriction.choices, default=Restriction.RESTRICTED)
    confidential = models.BooleanField(default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reasons = models.TextField(blank=True)

    objects = ExcerptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="an_excerpt_has_words"),
            models.CheckConstraint(condition=~Q(source_label=""), name="an_excerpt_says_whose_words_they_are"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_by__isnull=False) & ~Q(lifted_reasons=""),
                name="lifting_a_label_gives_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["case", "added_at"], name="excerpts_of_case")]
