"""Working out what a concern is: who has it, what the adult says, what kind of harm, and from whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from haven.casework.access.models import User
from haven.casework.cases.casework import allocate, involve
from haven.casework.cases.models import Case, Involvement
from haven.casework.clocks.running import stop, stop_many
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.organisations.models import Place
from haven.casework.people.models import Person, Relationship
from haven.casework.people.recording import add_person, end_relationship, name_risk_to
from haven.casework.watch.conflicts import note_conflict
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Concern, Conversation, Enquiry, HarmType, SourceOfRisk
from haven.pathways.adults.operations.answers import AnswerNeeded, known, known_or_unset, named, needed
from haven.pathways.adults.timescales import ADULT_SPOKEN_TO, ALLOCATE_CONCERN, FIRST_REPLY


class NotThemselves(Refusal):
    """The adult is not named as a source of harm to themselves: that is self-neglect."""


class AlreadyEnded(Refusal):
    """The link had already been ended."""


@operation(may="adults.allocate_concern")
def allocate_concern(
    concern: Concern,
    *,
    worker: User,
    manager: User | None = None,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give the concern to a named worker. A team's tray is not an allocation (PR-31)."""
    allocate(concern.case, user=worker, manager=manager, kind="concern", at=at, version=version)
    stop(ALLOCATE_CONCERN, case=concern.case, at=at, by=by)
    record(events.CONCERN_ALLOCATED, subject=concern, by=by, at=at, codes={"worker": str(worker.pk)})


@operation(may="adults.record_hearing")
def record_hearing(
    concern: Concern,
    *,
    heard: bool,
    words: str = "",
    knows: str = "",
    wants: str = "",
    agrees: str = "",
    ground: str = "",
    not_heard_because: str = "",
    how: str = "telephone",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Concern:
    """Record what the adult says and wants, or why we have not heard them yet (PR-11).

    Hearing them is the conversation: it is kept as one and stops that clock. A no to sharing never ends the duty.
    """
    if not heard:
        known(codes.NOT_YET_HEARD, not_heard_because, "Why have you not heard the adult yet?")
    facts: dict[str, Any] = {
        "heard": heard,
        "not_heard_because": "" if heard else not_heard_because,
        "adult_knows": known_or_unset(codes.YES_NO_NOT_KNOWN, knows, "Do they know?"),
        "adult_wants": wants.strip(),
        "adult_agrees": known_or_unset(codes.AGREES, agrees, "Do they agree to sharing?"),
        "override_ground": known_or_unset(codes.GROUNDS_TO_OVERRIDE, ground, "On what ground?"),
    }
    change(concern, version=version, **facts)
    digest = _keep_conversation(concern, words or wants, how=how, by=by, at=at) if heard else None
    told = {"heard": heard, "because": facts["not_heard_because"], "agrees": agrees, "ground": ground}
    record(events.HEARING_RECORDED, subject=concern, by=by, at=at, codes=told, digest=digest)
    return concern


def _keep_conversation(concern: Concern, words: str, *, how: str, by: Actor, at: datetime) -> bytes:
    said = needed(words, "Write what the adult said, in their own words.")
    known(codes.HOW_SPOKEN, how, "How did you speak with them?")
    talk = Conversation(
        case=concern.case, at=at, how=how, reached=True, adult_words=said, by_id=named(by), recorded_at=at
    )
    talk.save(force_insert=True)
    theirs = concern.contact.about == "me"
    stop_many([ADULT_SPOKEN_TO, FIRST_REPLY] if theirs else [ADULT_SPOKEN_TO], case=concern.case, at=at, by=by)
    return talk.seal(said)


@operation(may="adults.record_types")
def record_types(
    concern: Concern,
    *,
    types: Sequence[str],
    primary: str = "",
    location: str = "",
    place: Place | None = None,
    sources: Sequence[str] = (),
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Concern:
    """Record the types of harm (one of them primary), where it happened and who or what it came from (R-069)."""
    types = list(dict.fromkeys(known(codes.HARM_TYPES, code, "What kind of harm?") for code in types))
    primary = _primary(types, primary)
    sources = list(
        dict.fromkeys(known(codes.SOURCES_OF_RISK, code, "Who or what did it come from?") for code in sources)
    )
    known_or_unset(codes.LOCATIONS, location, "Where did it happen?")
    provided = any(codes.top(codes.SOURCES_OF_RISK, code) == "service_provider" for code in sources)
    change(
        concern,
        version=version,
        location=location or (place.setting_code if place else "") or concern.location,
        place=place or concern.place,
        care_provider=provided,
        self_neglect="self_neglect" in types,
    )
    _replace(concern.case, types, primary, sources)
    if concern.threshold_met:
        Enquiry.objects.filter(case=concern.case, authorised_at=None).update(location=concern.location)
    told = {"types": types, "primary": primary, "location": location, "sources": sources}
    record(events.TYPES_RECORDED, subject=concern, by=by, at=at, codes=told)
    return concern


def _primary(types: Sequence[str], primary: str) -> str:
    if not types:
        raise AnswerNeeded("Choose at least one type of harm.")
    if not primary and len(types) == 1:
        return types[0]
    if primary not in types:
        raise AnswerNeeded("Say which of the types of harm is the main one.")
    return primary


def _replace(case: Case, types: Sequence[str], primary: str, sources: Sequence[str]) -> None:
    HarmType.objects.filter(case=case).delete()
    SourceOfRisk.objects.filter(case=case, involvement=None).delete()
    HarmType.objects.bulk_create(HarmType(case=case, code=code, primary=code == primary) for code in types)
    SourceOfRisk.objects.bulk_create(SourceOfRisk(case=case, code=code) for code in sources)


@operation(may="adults.name_alleged_source")
def name_alleged_source(
    subject: Concern | Case,
    *,
    person: Person | None = None,
    given_name: str = "",
    family_name: str = "",
    words: str = "",
    relationship: str = "not_known",
    lives_with: bool | None = None,
    knows_of_this: bool | None = None,
    source_of_risk: str = "",
    account: User | None = None,
    by: Actor,
    at: datetime,
) -> Involvement:
    """Name an alleged source of harm: a known person, a name, or a description.

    Naming a person makes the link "risk to" by itself, to the adult and to everybody of the household; only a manager
    ends it (PR-22). A description alone is kept without a link. `account`: they are a colleague with an account, who
    loses the case at once (TR-05).
    """
    case = subject.case
    if person is None and (given_name or family_name):
        person = add_person(given_name=given_name, family_name=family_name, at=at)
    if person is None:
        words = needed(words, "Give a name, or describe who may be causing the harm.")
    if person is not None and person.pk == case.person_id:
        raise NotThemselves("The adult cannot be the source of harm to themselves. Record self-neglect as the type.")
    named = involve(
        case, role="alleged_source", person=person, words=words, standing="alleged", knows_of_this=knows_of_this, at=at
    )
    if source_of_risk:
        known(codes.SOURCES_OF_RISK, source_of_risk, "Who or what did it come from?")
        SourceOfRisk.objects.create(case=case, code=source_of_risk, involvement=named)
    if person is not None:
        _link_risk(case, person, relationship, lives_with, at)
    told = {"involvement": str(named.pk), "relationship": relationship}
    record(events.SOURCE_NAMED, subject=case, by=by, at=at, codes=told)
    if account is not None:
        note_conflict(case, account, "alleged", by=by, at=at)
    return named


def _link_risk(case: Case, other: Person, relationship: str, lives_with: bool | None, at: datetime) -> None:
    household = Involvement.objects.filter(case=case, role__in=("household", "child"), until_at=None)
    exposed = [pk for pk in household.values_list("person_id", flat=True) if pk and pk != other.pk]
    wanted = {case.person_id, *exposed}
    linked = Relationship.objects.filter(person_id__in=wanted, other=other, risk_to=True, ended_at=None)
    missing = wanted - set(linked.values_list("person_id", flat=True))
    for at_risk in Person.objects.filter(pk__in=missing):
        theirs = at_risk.pk == case.person_id
        name_risk_to(
            at_risk,
            other=other,
            kind=relationship if theirs else "not_known",
            lives_with=lives_with,
            authority_id=case.authority_id,
            learnt_in_id=case.pk,
            at=at,
        )


@operation(may="adults.end_risk_to")
def end_risk_to(link: Relationship, *, reasons: str, by: Actor, at: datetime) -> None:
    """End the link that says somebody is a risk to the adult, with reasons. Only a manager does; closing does not."""
    reasons = needed(reasons, "Say why this person is no longer a risk to the adult.")
    if link.ended_at is not None or not link.risk_to:
        raise AlreadyEnded("This link has already been ended.")
    end_relationship(link, reasons=reasons, by=by, at=at)
    record(events.RISK_LINK_ENDED, subject=link, by=by, at=at)
