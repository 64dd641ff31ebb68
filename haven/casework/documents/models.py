"""Document: one file."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.documents.kinds import KEEPS_ITS_PLACE
from haven.casework.events.sealing import Salted
from haven.lib.ids import uuid7
from haven.lib.inspecting.findings import FINDINGS


class DocumentQuerySet(models.QuerySet["Document"]):
    def about(self, *, case: Case | None = None, contact_id: UUID | None = None) -> "DocumentQuerySet":
        """Those of a case or of a contact."""
        return self.filter(case=case) if case is not None else self.filter(contact_id=contact_id)

    def to_scan(self) -> "DocumentQuerySet":
        """Those no scanner has answered for, but for those nobody is to open."""
        return self.filter(scan__in=Document.UNSCANNED).exclude(state=Document.State.REJECTED)

    def held(self) -> "DocumentQuerySet":
        """Those that wait for the virus scanner alone (TR-17)."""
        return self.filter(scan=Document.Scan.HELD, state=Document.State.KEPT)

    def quarantined(self) -> "DocumentQuerySet":
        """Those kept apart until a named person decides (TR-17)."""
        return self.filter(state=Document.State.QUARANTINED)

    def not_scanned(self) -> "DocumentQuerySet":
        """Those kept while there was no scanner: opened after a warning."""
        return self.filter(scan=Document.Scan.NOT_SCANNED, state=Document.State.KEPT)

    def overdue(self, at: datetime) -> "DocumentQuerySet":
        """Held or kept apart for longer than they may be."""
        return (self.held() | self.quarantined()).filter(due_at__lte=at)

    def readable(self) -> "DocumentQuerySet":
        """Those whose bytes something of ours may read to make anything of them."""
        return self.filter(state=Document.State.KEPT, scan__in=(Document.Scan.NOT_SCANNED, Document.Scan.CLEAN))


class Document(Salted):
    """A file somebody gave us about a case or a contact: its name, what it holds, where it came from.

    `content_type` is what its first bytes say, never what the sender said. `path` is relative to HAVEN_FILES and made
    from `sha256`. `source_label` says whose words or pictures it holds (TR-11).

    `scan` is what the virus scanner said: without one a file stays not scanned; with one it is held until it answers.
    `state`: a file that could harm whoever opens it is quarantined, its bytes as they came, until a manager or the
    guardian releases it, to be opened in a safe form, or rejects it, with reasons. `findings` say what was found
    (`haven.lib.inspecting.findings`), `virus` what the scanner calls it. While it waits it is clocked (`due_at`;
    TR-17); `warned_at`: the managers were told that it is late.
    """

    read_kind = "document"
    fresh_on_lock = ("state", "scan")

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not scanned"
        HELD = "held", "Held for the virus scan"
        CLEAN = "clean", "No virus found"
        INFECTED = "infected", "Virus found"

    class State(models.TextChoices):
        KEPT = "kept", "Kept"
        QUARANTINED = "quarantined", "Kept apart"
        RELEASED = "released", "Released in a safe form"
        REJECTED = "rejected", "Not to be opened"

    UNSCANNED = (Scan.NOT_SCANNED, Scan.HELD)

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
    state = models.CharField(max_length=12, choices=State.choices, default=State.KEPT)
    findings = models.JSONField(default=list)
    virus = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_reasons = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()

    @property
    def standing(self) -> str:
        """Where it stands, in a few words: kept apart or decided, else what the scanner said."""
        kept = self.state == self.State.KEPT
        return str(self.get_scan_display() if kept else self.get_state_display())

    @property
    def keeps_its_place(self) -> bool:
        """May say where it was taken, and cannot be made anew without it."""
        return self.content_type in KEEPS_ITS_PLACE

    @property
    def found(self) -> list[str]:
        """What was found in it, in words."""
        return [FINDINGS.get(code, code) for code in self.findings]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(contact_id__isnull=False),
                name="a_document_is_about_a_case_or_a_contact",
            ),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="a_document_has_its_fingerprint"),
            models.CheckConstraint(
                condition=Q(state__in=("kept", "quarantined")) | Q(decided_by__isnull=False) & ~Q(decided_reasons=""),
                name="what_becomes_of_a_file_is_decided_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | Q(due_at__isnull=False), name="a_file_kept_apart_has_its_clock"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "added_at"], name="documents_of_case"),
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="documents_of_contact"),
            models.Index(fields=["sha256"], name="documents_by_fingerprint"),
            models.Index(
                fields=["authority", "due_at"],
                name="documents_waiting",
                condition=Q(scan="held") | Q(state="quarantined"),
            ),
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
