"""The two statements behind `known_of`: a list of JSON rows for each kind of record of a case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as When_
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case, CaseLink, CaseNote, Involvement
from haven.casework.contacts.messages import Message, MessageBox
from haven.casework.contacts.models import Contact, FirstLook
from haven.casework.decisions.models import Decision
from haven.casework.desk.compiled import Compiled
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Relationship
from haven.pathways.adults import models as adults

HERE = OuterRef("pk")
MOST = 60
"""Rows of one kind: more than any case page can say, so that a case of ten years stays quick."""

Part = QuerySet[Any, Any]


def parts(contact_id: UUID) -> dict[str, Part]:
    """One list of `Known` each, by its name: what every reader of the case sees."""
    return {
        "concerns": _concerns(), "reports": _reports(contact_id), "limbs": _limbs(), "types": _types(),
        "sources": _sources(), "alleged": _alleged(), "crimes": _crimes(), "holds": _holds(), "talks": _talks(),
        "enquiries": _enquiries(), "wishes": _wishes(), "actions": _actions(), "plans": _plans(), "steps": _steps(),
        "reviews": _reviews(), "closings": _closings(), "feedback": _feedback(), "told": _told(contact_id),
        "documents": _documents(contact_id), "decisions": _decisions(), "looks": _looks(contact_id), "tries": _tries(),
    }  # fmt: skip


def own_parts(case: Case, actor: Actor) -> dict[str, Part]:
    """What depends on the reader: other cases are named only to those who may open them."""
    return {"earlier": _earlier(case, actor), "links": _links(actor), "repeats": _repeats(case, actor)}


def listed(asked: Mapping[str, Part]) -> list[ArraySubquery]:
    """Each list as a column, no longer than a page can say."""
    return [ArraySubquery(rows[:MOST]) for rows in asked.values()]


def rows(found: QuerySet[Any], *names: str, **others: Any) -> Part:
    """These columns of the rows as JSON; `others` are columns under another name."""
    return found.values(json=JSONObject(**{name: name for name in names}, **others))


def _concerns() -> Part:
    return rows(
        adults.Concern.objects.filter(case=HERE),
        "id", "received_at", "heard", "not_heard_because", "adult_knows", "adult_wants", "adult_agrees",
        "override_ground", "repeat", "care_provider", "self_neglect", "decided_at", "outcome", "destination",
        "destination_accepted_by", "destination_sent_at", "location", "source_code", "version", place="place__name",
    )  # fmt: skip


def _reports(contact_id: UUID) -> Part:
    found = Contact.objects.filter(Q(pk=contact_id) | Q(merged_into_id=contact_id)).order_by("received_at")
    joined = When_(When(pk=contact_id, then=Value("")), default=Value("joined"), output_field=CharField())
    unread = Message.objects.filter(contact=OuterRef("pk")).unanswered().order_by("written_at")
    boxed = Exists(MessageBox.objects.filter(contact=OuterRef("pk")))
    shown = When_(
        When(referrer__identity="do_not_ask", then=Value("")), default=F("referrer__name"), output_field=CharField()
    )
    return rows(
        found, "id", "reference", "channel", "received_at", "first_line", "children_present", "about", "state",
        "immediate_danger", "safe_tonight", joined=joined, referrer=shown, organisation="referrer__organisation",
        relationship="referrer__relationship", role="referrer__role", identity="referrer__identity",
        is_professional="referrer__is_professional", wants_feedback="referrer__wants_feedback", boxed=boxed,
        waits_since=Subquery(unread.values("written_at")[:1]),
    )  # fmt: skip


def _looks(contact_id: UUID) -> Part:
    """What was done at once, by whoever looked at the report first (PR-01), newest first."""
    found = FirstLook.objects.filter(contact_id=contact_id).exclude(words="").order_by("-at")
    return rows(found, "words", looked_at="at", by="by__name")


def _tries() -> Part:
    """Attempts kept as notes by one tap (PR-17), those corrected left out."""
    return rows(CaseNote.objects.filter(case=HERE, attempt=True, superseded_by=None).order_by("-happened_at"), "id")


def _limbs() -> Part:
    found = adults.LimbAnswer.objects.filter(concern__case=HERE)
    return rows(found, "limb", "answer", "reasons", "settle_how", settle_on="settle_by")


def _types() -> Part:
    return rows(adults.HarmType.objects.filter(case=HERE).order_by("-primary", "code"), "code", "primary")


def _sources() -> Part:
    return rows(adults.SourceOfRisk.objects.filter(case=HERE).order_by("code"), "code", "involvement_id")


def _alleged() -> Part:
    link = Relationship.objects.filter(
        person_id=OuterRef("case__person_id"), other_id=OuterRef("person_id"), risk_to=True, ended_at=None
    )
    named = Involvement.objects.filter(case=HERE, role="alleged_source", until_at=None).order_by("from_at")
    return rows(
        named.annotate(linked=Exists(link)), "id", "person_id", "words", "standing", "knows_of_this", "linked",
        known_as="person__known_as", given="person__given_name", family="person__family_name",
    )  # fmt: skip


def _crimes() -> Part:
    found = adults.PossibleCrime.objects.filter(case=HERE)
    return rows(found, "answer", "told_at", "told_by", "reference", "why_not", "adult_wanted", "version")


def _holds() -> Part:
    found = adults.PoliceHold.objects.filter(case=HERE).order_by("-set_at")
    return rows(found, "id", "words", "officer", "set_at", "lifted_at", set_by="set_by__name")


def _talks() -> Part:
    found = adults.Conversation.objects.filter(case=HERE).order_by("-at")
    return rows(
        found, "id", "how", "reached", "with_whom", "words", "adult_words", "how_to_work_with_me",
        said_at="at", by="by__name",
    )  # fmt: skip


def _enquiries() -> Part:
    part = "participation__"
    return rows(
        adults.Enquiry.objects.filter(case=HERE).order_by("-begun_at"),
        "id", "kind", "begun_at", "short", "asked", "asked_whom", "not_asked_because", "achieved", "risk_assessment",
        "risk_outcome", "risk_words", "remained_because", "conclusion_words", "concluded_at", "authorised_at",
        "officer_id", "version", officer="officer__name", lead="lead__name", proposed_by="proposed_by__name",
        authorised_by="authorised_by__name", capacity=f"{part}capacity", under_pressure=f"{part}under_pressure",
        difficulty=f"{part}difficulty", advocate=f"{part}advocate", advocate_name=f"{part}advocate_name",
        capacity_words=f"{part}words", capacity_version=f"{part}version",
    )  # fmt: skip


def _wishes() -> Part:
    found = adults.DesiredOutcome.objects.filter(enquiry__case=HERE).order_by("position")
    return rows(found, "id", "enquiry_id", "words", "by_adult", "by_worker", "position")


def _actions() -> Part:
    found = adults.Action.objects.filter(case=HERE).order_by("done_at", "due_on")
    owner = Coalesce("owner__name", "owner_words")
    return rows(found, "id", "words", "due_on", "done_at", "done_words", "code", "version", owner=owner)


def _plans() -> Part:
    found = adults.SafeguardingPlan.objects.filter(case=HERE).order_by("-agreed_at")
    return rows(
        found, "id", "agreed_at", "adult_agrees", "words", "triggers", "contingency", "review_on", "ended_at",
        "ended_because", "version",
    )  # fmt: skip


def _steps() -> Part:
    found = adults.PlanAction.objects.filter(case=HERE).order_by("due_on")
    names = ("id", "plan_id", "words", "who", "agency", "due_on", "done_at", "done_words", "transferred_to", "version")
    return rows(found, *names)


def _reviews() -> Part:
    found = adults.PlanReview.objects.filter(case=HERE).order_by("-held_at")
    return rows(found, "plan_id", "due_on", "held_at", "outcome", "words", by="by__name")


def _closings() -> Part:
    return rows(
        adults.Closing.objects.filter(case=HERE), "began_at", "adult_told_at", "adult_told_how",
        "adult_not_told_because", "how_to_come_back", "plan_status", "children_considered", "learning_flag",
        "closed_at", "version",
    )  # fmt: skip


def _feedback() -> Part:
    found = adults.Feedback.objects.filter(case=HERE).order_by("-recorded_at")
    return rows(found, "contact_id", "level", "how", "held_because", "told_at", "recorded_at", by="by__name")


def _told(contact_id: UUID) -> Part:
    found = adults.AlsoTold.objects.filter(Q(case=HERE) | Q(case=None, contact_id=contact_id))
    return rows(found.order_by("recorded_at"), "told_at", "reference", "not_needed_because", code="line")


def _documents(contact_id: UUID) -> Part:
    ours = Q(case=HERE) | Q(contact_id=contact_id)
    found = Document.objects.filter(ours, restriction=Restriction.OPEN).order_by("-added_at")
    return rows(found, "id", "name", "scan", "state", "size", "added_at", "contact_id", source="source_label")


def _earlier(case: Case, actor: Actor) -> Part:
    """Other concerns about the same adult that this reader may open, newest first."""
    seen = Case.objects.visible_to(actor).filter(pk=OuterRef("case_id"))
    found = adults.Concern.objects.filter(Exists(seen), case__person_id=case.person_id).exclude(case_id=case.pk)
    return rows(found.order_by("-received_at"), "case_id", "received_at", "outcome", reference="case__reference")


def _repeats(case: Case, actor: Actor) -> Part:
    """An earlier concern about the same adult, not kept from this reader: why the case may be called a repeat."""
    shows = Case.objects.showing(actor).filter(pk=OuterRef("case_id"))
    found = adults.Concern.objects.filter(Exists(shows), case__person_id=case.person_id).exclude(case_id=case.pk)
    return rows(found[:1], "received_at")


def _decisions() -> Part:
    found = Decision.objects.filter(case=HERE).order_by("-at")
    return rows(
        found, "question", "outcome", "proposed", "reasons", "by_id", "countersigned_at", made_at="at", by="by__name",
        countersigned_by="countersigned_by__name",
    )  # fmt: skip


def _links(actor: Actor) -> Part:
    seen = Case.objects.visible_to(actor).filter(pk=OuterRef("other_id"))
    found = CaseLink.objects.filter(Exists(seen), case=HERE)
    return rows(found, "kind", "other_id", reference="other__reference", stage="other__stage")


def _here(pk: UUID, contact_id: UUID) -> QuerySet[Any, Any]:
    return Case.objects.filter(pk=pk).values_list(*listed(parts(contact_id)))


NAMES = tuple(parts(UUID(int=0)))
HERE_KNOWN = Compiled(_here)
"""Twenty lists cost more to put into words for the database than it takes to find them: it is done once."""


def lists_of(case: Case, actor: Actor) -> dict[str, Any]:
    """Every list of the case, by its name: two statements."""
    own = own_parts(case, actor)
    theirs = Case.objects.filter(pk=case.pk).values_list(*listed(own)).get()
    here = HERE_KNOWN.row(case.pk, case.contact_id or UUID(int=0))
    return {**dict(zip(NAMES, here, strict=True)), **dict(zip(own, theirs, strict=True))}
