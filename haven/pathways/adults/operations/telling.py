"""Who else must know now, and whether each was told (PR-04)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import AlsoTold, Concern
from haven.pathways.adults.models.told import all_told_in, told_already
from haven.pathways.adults.operations.answers import AnswerNeeded, happened, known

CARE_SETTINGS = ("care_home", "care_home_nursing", "care_home_residential", "extra_care", "community_service")


@dataclass(frozen=True)
class Line:
    """One who may have to know, and what was answered."""

    code: str
    label: str
    answer: AlsoTold | None
    said: str | None = None
    """What the report says of having told them; None where it says nothing."""


@operation(may="adults.tell_also")
def tell_also(
    subject: Contact | Concern,
    *,
    line: str,
    told_at: datetime | None = None,
    reference: str = "",
    not_needed_because: str = "",
    by: Actor,
    at: datetime,
) -> AlsoTold:
    """Record who else was told and when, or why they need not be."""
    known(codes.ALSO_TELL, line, "Who else must know now?")
    if (told_at is None) == (not not_needed_because.strip()):
        raise AnswerNeeded("Say when they were told, or why they need not be: one of the two.")
    told_at = happened(told_at, at) if told_at else None
    contact = subject if isinstance(subject, Contact) else subject.contact
    case = None if isinstance(subject, Contact) else subject.case
    answer, _ = AlsoTold.objects.update_or_create(
        contact=contact,
        case=case,
        line=line,
        defaults={
            "told_at": told_at,
            "reference": reference,
            "not_needed_because": not_needed_because.strip(),
            "by_id": by.id,
            "recorded_at": at,
        },
    )
    told = "told" if told_at else "not_needed"
    record(events.ALSO_TOLD, subject=subject, by=by, at=at, codes={"line": line, "answer": told})
    return answer


def lines_to_tell(contact: Contact, concern: Concern | None = None) -> list[Line]:
    """Those who must know, as the answers given so far suggest, and those already answered."""
    answers = {answer.line: answer for answer in told_of(contact, concern.case if concern else None)}
    said = told_already(contact)
    wanted = _suggested(contact, concern) | set(answers) | set(said)
    return [
        Line(entry.code, str(entry.label), answers.get(entry.code), said.get(entry.code))
        for entry in codes.ALSO_TELL
        if entry.code in wanted
    ]


def told_of(contact: Contact, case: Case | None) -> list[AlsoTold]:
    """What was answered for the report, and for this case of it."""
    return list(AlsoTold.objects.filter(Q(case=None) | Q(case=case), contact=contact))


def children_considered(contact: Contact, case: Case | None = None) -> bool:
    """Whether the children line is answered, or does not appear because no child is there."""
    if contact.children_present is False:
        return True
    answered = AlsoTold.objects.filter(Q(case=None) | Q(case=case), contact=contact, line=codes.CHILDREN_LINE)
    return answered.exists()


CARE = {"care_provider", "cqc", "commissioners", "placing_authority", "position_of_trust"}
SELF_NEGLECT = {"landlord", "fire_service", "ambulance_or_gp"}


def _suggested(contact: Contact, concern: Concern | None) -> set[str]:
    """By what the report says, and by what has been recorded of its concern since."""
    told = all_told_in(contact)
    wanted: set[str] = {"position_of_trust"} if told.is_staff else set()
    if contact.children_present is not False:
        wanted.add(codes.CHILDREN_LINE)
    if contact.immediate_danger == "yes":
        wanted |= {"police", "ambulance_or_gp"}
    if contact.setting_code in CARE_SETTINGS or "service_provider" in told.sources or _marked(concern, "care_provider"):
        wanted |= CARE
    if "self_neglect" in told.types or "self" in told.sources or _marked(concern, "self_neglect"):
        wanted |= SELF_NEGLECT
    return wanted


def _marked(concern: Concern | None, name: str) -> bool:
    return concern is not None and getattr(concern, name)
