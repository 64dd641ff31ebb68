"""RedactedCopy and its marks, DisclosurePack and its items."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.access.roles import GUARDIANS
from haven.casework.access.ties import READS_ONLY
from haven.casework.cases.models import Case
from haven.casework.disclosure.codes import ANSWERS, ITEMS, MARKS, PURPOSES, REASONS
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.casework.operations.models import JobProgress
from haven.casework.operations.versions import Compared, Versioned
from haven.casework.people.models import Person
from haven.lib.ids import uuid7
from haven.lib.redacting.boxes import Box


class RedactedCopyQuerySet(models.QuerySet["RedactedCopy"]):
    def visible_to(self, actor: Actor) -> "RedactedCopyQuerySet":
        """Of cases they work on, or disclose."""
        return self.filter(case__in=disclosed_by(actor) | Case.objects.visible_to(actor))


class RedactedCopy(Versioned):
    """A copy of a document with words or parts of pages taken out, made anew; the document never changes (TR-13).

    It may be given to somebody only when the check of its bytes found nothing and a second person approved them.
    `findings` are the kinds of what the check found, never the words. `text_path` is the words that are left as a
    tagged PDF, beside a copy that is pictures.
    """

    class State(models.TextChoices):
        MARKING = "marking", "Being marked"
        MAKING = "making", "Being made"
        MADE = "made", "Made and checked"
        BLOCKED = "blocked", "Stopped by the check"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="redacted_copies")
    document = models.ForeignKey(Document, models.PROTECT, related_name="redacted_copies")
    purpose = models.CharField(max_length=20, choices=list(PURPOSES.items()))
    state = models.CharField(max_length=10, choices=State.choices, default=State.MARKING)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    progress = models.ForeignKey(JobProgress, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    path = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    text_path = models.CharField(max_length=100, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    findings = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    left_out = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    objects = RedactedCopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="made") | ~Q(sha256="") & Q(findings=[], made_at__isnull=False),
                name="a_copy_that_may_go_was_made_and_nothing_was_found",
            )
        ]
        indexes = [models.Index(fields=["case", "-started_at"], name="redacted_copies_of_case")]

    def __str__(self) -> str:
        return self.state


class RedactionMark(models.Model):
    """One thing to be taken out, and the law it is taken out under: words in every spelling, a box on a page,
    everything about a person, or every protected value of the case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    copy = models.ForeignKey(RedactedCopy, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=list(MARKS.items()))
    term = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    page = models.PositiveIntegerField(null=True, blank=True)
    left = models.FloatField(null=True, blank=True)
    top = models.FloatField(null=True, blank=True)
    right = models.FloatField(null=True, blank=True)
    bottom = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=list(REASONS.items()))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="term") & ~Q(term="")
                | Q(kind="person", person__isnull=False)
                | Q(kind="protected")
                | Q(kind="box", page__isnull=False, left__gte=0, right__lte=1, top__gte=0, bottom__lte=1)
                & Q(left__lt=models.F("right"), top__lt=models.F("bottom")),
                name="a_mark_says_what_goes",
            )
        ]
        ordering = ["copy", "added_at", "id"]

    @property
    def case(self) -> Case:
        return self.copy.case

    @property
    def box(self) -> Box:
        """Where on the page, of a mark that is a box."""
        return Box(self.page or 0, self.left or 0, self.top or 0, self.right or 0, self.bottom or 0)


class DisclosurePackQuerySet(models.QuerySet["DisclosurePack"]):
    def visible_to(self, actor: Actor) -> "DisclosurePackQuerySet":
        """Of cases they may disclose."""
        return self.filter(case__in=disclosed_by(actor))


class DisclosurePack(Versioned):
    """A list of what is held of a case or of its adult, for one recipient: each item included, redacted or held back.

    It grows into subject access: the purpose, the recipient and every reason are kept, and the bytes that went. One
    pack is for one recipient; another recipient has another pack.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="disclosure_packs")
    whole_person = models.BooleanField(default=False)
    purpose = models.CharField(max_length=20, choices=list(PURPOSES.items()))
    reasons = models.TextField()
    recipient = models.CharField(max_length=200)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    progress = models.ForeignKey(JobProgress, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    path = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DisclosurePackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="a_pack_says_why_it_is_made"),
            models.CheckConstraint(
                condition=Q(given_at=None) | ~Q(sha256=""), name="a_pack_that_was_given_has_its_bytes"
            ),
        ]
        indexes = [models.Index(fields=["case", "-started_at"], name="packs_of_case")]

    def __str__(self) -> str:
        return self.purpose


class PackItem(Compared):
    """One thing that is held, and what is done with it. `held_back` is the reason Haven itself proposed, if any.

    `title` says what it is and when, never what it holds. `terms` are the words taken out of a text; a document that is
    redacted has its `copy`.
    """

    compared = ("answer", "reason", "words", "terms", "copy_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pack = models.ForeignKey(DisclosurePack, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=list(ITEMS.items()))
    held_id = models.UUIDField()
    title = models.CharField(max_length=200)
    dated_at = models.DateTimeField()
    held_back = models.CharField(max_length=20, choices=list(REASONS.items()), blank=True)
    answer = models.CharField(max_length=10, choices=list(ANSWERS.items()), blank=True)
    reason = models.CharField(max_length=20, choices=list(REASONS.items()), blank=True)
    words = models.CharField(max_length=400, blank=True)
    terms = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    copy = models.ForeignKey(RedactedCopy, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pack", "dated_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "kind", "held_id"], name="a_thing_is_in_a_pack_once"),
            models.CheckConstraint(
                condition=Q(answer__in=("", "include")) | ~Q(reason=""), name="what_is_not_given_whole_says_why"
            ),
            models.CheckConstraint(
                condition=Q(answer="", decided_by=None, decided_at=None)
                | ~Q(answer="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="an_item_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer="include") | Q(held_back="") | ~Q(words=""),
                name="giving_what_is_held_back_says_why",
            ),
        ]


def disclosed_by(actor: Actor) -> models.QuerySet[Case]:
    """Cases the actor may disclose: managers, those they work on; a guardian, those of the authority that are not kept
    from them. A restricted or sealed case only by its named people, of whom who only reads it is none; none by somebody
    with a conflict."""
    guards = [pk for pk, role in actor.roles_at if role in GUARDIANS]
    manages = [pk for pk, role in actor.roles_at if role in ("manager", "head_of_service")]
    kept = Case.objects.kept_from(actor).values("pk")
    seen = Case.objects.visible_to(actor).filter(authority_id__in=manages).values("pk")
    guarded = Q(authority_id__in=guards) & ~Q(pk__in=kept)
    works = [tie.case_id for tie in actor.ties if tie.kind not in READS_ONLY]
    open_to_them = Q(restriction="open") | Q(worker_id=actor.id) | Q(manager_id=actor.id) | Q(pk__in=works)
    return Case.objects.filter(Q(pk__in=seen) & open_to_them | guarded)
