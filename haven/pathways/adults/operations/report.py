"""What becomes of a report: taken on as a concern for each adult, joined to another, or declined with reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from haven.casework.access.models import Team
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case, Involvement
from haven.casework.clocks.running import start_many
from haven.casework.contacts.keeping import kept_protected
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.contacts.operations import mark_accepted, mark_merged, mark_refused
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import check_may, operation
from haven.casework.operations.refusals import Refusal
from haven.casework.people.models import Person
from haven.casework.people.recording import add_address, add_person
from haven.casework.stages.moves import open_case
from haven.casework.watch.conflicts import carry_conflicts
from haven.casework.watch.kept_reports import carry_keeping
from haven.lib.text import normalise
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import AlsoTold, Concern
from haven.pathways.adults.models.told import Told, told_in
from haven.pathways.adults.operations.answers import needed
from haven.pathways.adults.operations.carried import carry, facts_of
from haven.pathways.adults.operations.telling import children_considered
from haven.pathways.adults.timescales import FIRST_REPLY, FROM_RECEIPT

REPEAT_WITHIN = timedelta(days=365)
"""An earlier concern in the twelve months before makes this one a repeat (PR-35)."""


class NoAdultChosen(Refusal):
    """A report becomes a concern for at least one adult."""


class NoDutyTeam(Refusal):
    """There is nobody to hold the case."""


class EarlierConcern(Refusal):
    """A repeat is not declined at the desk: it needs a decision and a second person (R-048)."""


class NeedsSecondPerson(Refusal):
    """What one person may not decline alone is not declined at the desk: it is taken on and decided by two (PR-12)."""


class AnotherAuthority(Refusal):
    """A report belongs to the authority it was sent to: it is handed over, not joined."""


class ChildrenFirst(Refusal):
    """The children line is answered before a report is declined or decided (PR-04)."""


@dataclass(frozen=True)
class _Taking:
    """What is the same for every adult of one report."""

    contact: Contact
    team: Team
    source_code: str
    told: Told
    by: Actor
    at: datetime


@operation(may="adults.accept_report")
def accept_report(
    contact: Contact,
    *,
    adults: Iterable[UUID] | None = None,
    persons: Mapping[UUID, Person | None] | None = None,
    team: Team | None = None,
    generated_key: str | None = None,
    by: Actor,
    at: datetime,
) -> list[Concern]:
    """Take a report on as a safeguarding concern, one for each adult it names.

    `adults` are the ids of those taken on (all of them, if not given); `persons` says who is already known. Clocks run
    from when any part of the authority first had the report (PR-02). Incomplete is accepted (PR-03). What it tells of
    harm, of the adult's view and of safe contact is carried over, to be confirmed (PR-16).
    """
    named = list(contact.adults.all())
    chosen = _chosen(named, adults)
    told = told_in(contact) if len(named) == 1 else told_in(contact).of_several()
    taking = _Taking(contact, team or _duty_team(contact), contact.referrer.source_code, told, by, at)
    found = persons or {}
    mark_accepted(contact, by=by, at=at)
    concerns = [
        _take_on(taking, adult, found.get(adult.pk) or adult.person, _key(generated_key, position))
        for position, adult in enumerate(chosen)
    ]
    ContactPerson.objects.bulk_update(chosen, ["person", "case"])
    carry_keeping(contact, [concern.case for concern in concerns], by=by, at=at)
    carry_conflicts(contact, [concern.case.person_id for concern in concerns], by=by, at=at)
    return concerns


def _chosen(named: list[ContactPerson], adults: Iterable[UUID] | None) -> list[ContactPerson]:
    wanted = None if adults is None else set(adults)
    chosen = [adult for adult in named if wanted is None or adult.pk in wanted]
    if not chosen:
        raise NoAdultChosen("Choose at least one adult this report is about.")
    return chosen


def _duty_team(contact: Contact) -> Team:
    team = Team.objects.filter(authority_id=contact.authority_id, kind=Team.Kind.DUTY).first()
    if team is None:
        raise NoDutyTeam("This authority has no duty team to hold the case. Ask your administrator to add one.")
    return team


def _key(key: str | None, position: int) -> str | None:
    return key if key is None or position == 0 else f"{key}/{position}"


def _take_on(taking: _Taking, adult: ContactPerson, person: Person | None, key: str | None) -> Concern:
    contact, by, at = taking.contact, taking.by, taking.at
    repeat = person is not None and _earlier(person, contact.received_at)
    adult.person = person or _person_of(adult, at)
    adult.case = case = open_case(
        "adults",
        authority=contact.authority,
        person=adult.person,
        team=taking.team,
        contact_id=contact.pk,
        urgency=contact.urgency,
        by=by,
        at=at,
    )
    concern = Concern(
        case=case,
        contact=contact,
        authority_id=contact.authority_id,
        received_at=contact.received_at,
        generated_key=key,
        source_code=taking.source_code,
        location=_location(contact),
        repeat=repeat,
        **facts_of(taking.told),
    )
    concern.save(force_insert=True)
    _involve(case, adult.person, taking.source_code, at)
    if person is None:
        _keep_where_said(taking, adult, case)
    carried = carry(taking.told, concern, by=by, at=at)
    wants_reply = contact.referrer.wants_feedback
    clocks = [scale for scale in FROM_RECEIPT if wants_reply or scale is not FIRST_REPLY]
    start_many(clocks, authority_id=contact.authority_id, case=case, at=contact.received_at, by=by)
    codes_of_it = {"contact": str(contact.pk), "carried": carried}
    record(events.REPORT_ACCEPTED, subject=concern, by=by, at=at, codes=codes_of_it)
    return concern


def _earlier(person: Person, before: datetime) -> bool:
    """A kept one does not make this a repeat: the mark would say that there is one (TR-03)."""
    since = before - REPEAT_WITHIN
    earlier = Concern.objects.filter(case__person=person, received_at__gte=since, received_at__lte=before)
    return earlier.filter(case__restriction=Restriction.OPEN).exists()


def _location(contact: Contact) -> str:
    """Where the harm happened, as a professional said; else the kind of place the report names (PR-13)."""
    said = contact.answers.get("fields", {}) if isinstance(contact.answers, dict) else {}
    found = (code for code in (said.get("location"), contact.setting_code) if code)
    return next((code for code in found if codes.is_known(codes.LOCATIONS, code)), "")


def _person_of(adult: ContactPerson, at: datetime) -> Person:
    """A new person, as the report describes them."""
    return add_person(
        given_name=adult.given_name,
        family_name=adult.family_name,
        date_of_birth=adult.date_of_birth,
        age_estimate=adult.age_estimate,
        description=adult.description,
        at=at,
    )


def _keep_where_said(taking: _Taking, adult: ContactPerson, case: Case) -> None:
    """Where the report says they are, so that the next report about them finds them."""
    if adult.whereabouts or adult.postcode or adult.no_fixed_address:
        kept = kept_protected(taking.contact)
        add_address(
            case.person,
            learnt_in_id=case.pk,
            protected=bool(kept),
            because=kept or "chosen",
            authority_id=taking.contact.authority_id,
            kind="stays",
            lines=adult.whereabouts[:200],
            postcode=adult.postcode,
            no_fixed_address=adult.no_fixed_address,
            source=f"Report {taking.contact.reference}",
            by=taking.by,
            at=taking.at,
        )


def _involve(case: Case, person: Person, source_code: str, at: datetime) -> None:
    """The adult, and that somebody told us; who that is stays on the report (PR-07, PR-23)."""
    told_us = codes.label(codes.SOURCES, source_code) or "Not known"
    Involvement.objects.bulk_create(
        [
            Involvement(case=case, role="adult", person=person, from_at=at),
            Involvement(case=case, role="referrer", words=told_us, from_at=at),
        ]
    )


@operation(may="adults.join_report")
def join_report(contact: Contact, *, to: Concern, reasons: str, by: Actor, at: datetime) -> Concern:
    """Join a second report of the same incident to a concern; both people who told us are kept (PR-02)."""
    check_may("adults.join_report", by, to)
    if to.authority_id != contact.authority_id:
        raise AnotherAuthority("That concern belongs to another authority. Hand the report over to them instead.")
    reasons = needed(reasons, "Say why this report is about the same incident.")
    mark_merged(contact, into=to.contact, reasons=reasons, by=by, at=at)
    told_us = codes.label(codes.SOURCES, contact.referrer.source_code) or "Not known"
    Involvement.objects.create(case=to.case, role="referrer", words=told_us, from_at=at)
    contact.adults.update(person_id=to.case.person_id, case_id=to.case_id)
    carry_conflicts(contact, [to.case.person_id], by=by, at=at)
    record(events.REPORT_JOINED, subject=to, by=by, at=at, codes={"contact": str(contact.pk)})
    return to


def _names_care_or_self_neglect(contact: Contact) -> bool:
    marked = facts_of(told_in(contact))
    return bool(marked["care_provider"] or marked["self_neglect"])


def _is_repeat(contact: Contact, by: Actor) -> bool:
    """Whether an earlier concern about the same adult shows; a restricted one is not betrayed by a refusal (TR-03).

    Nobody has said yet who the adult is, so the same person is one of the same day of birth whose names hold the name
    given, as the desk's signals say.
    """
    since = contact.received_at - REPEAT_WITHIN
    recent = Concern.objects.filter(received_at__gte=since, received_at__lte=contact.received_at)
    showing = recent.filter(case__in=Case.objects.showing(by)).values_list("case__person_id", flat=True)
    return any(_meant(adult).filter(pk__in=showing).exists() for adult in contact.adults.all())


def _meant(adult: ContactPerson) -> QuerySet[Person]:
    if adult.person_id:
        return Person.objects.filter(pk=adult.person_id)
    names = normalise(f"{adult.given_name} {adult.family_name}").split()
    if not (adult.date_of_birth and names):
        return Person.objects.none()
    held = (Q(search_name__contains=name) for name in names)
    return Person.objects.filter(*held, date_of_birth=adult.date_of_birth)


@operation(may="adults.refuse_report")
def refuse_report(contact: Contact, *, reasons: str, advice: str = "", by: Actor, at: datetime) -> None:
    """Decide that a report is not a safeguarding concern, saying why and what advice was given.

    Refused where children may be affected and nobody has said what was done; and where an earlier concern about the
    same adult, a care provider or self-neglect asks for a second person: take it on, and decide it (R-048, PR-12).
    """
    reasons = needed(reasons, "Say why this report is not a safeguarding concern.")
    if not children_considered(contact):
        raise ChildrenFirst(
            "Children may be affected. Say when children's services were told, or why they need not be."
        )
    if _is_repeat(contact, by):
        raise EarlierConcern("There was a concern about this adult in the last 12 months. Take it on, then decide it.")
    if _names_care_or_self_neglect(contact):
        raise NeedsSecondPerson("A care provider or self-neglect is named. Take it on; two people decide it.")
    mark_refused(contact, reasons=reasons, advice=advice, by=by, at=at)
    told = AlsoTold.objects.filter(contact=contact, case=None).count()
    record(events.REPORT_REFUSED, subject=contact, by=by, at=at, codes={"also_told": told})
