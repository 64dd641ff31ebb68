"""What is known of a person, and of a case, each gathered in one statement however many facts there are.

A protected address or number leaves the database only as "protected": its text is never read here (PR-24, TR-27).
Facts of another authority, restricted ones, and those learnt in a case that is kept from the reader are left out; where
one of these warns, whom to ring first stands in its place (PR-05).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as When_
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.codes import ROLES, STANDINGS
from haven.casework.cases.models import Case, Involvement, learnt_where_shows
from haven.casework.clocks.models import Clock, Pause
from haven.casework.decisions.models import Decision
from haven.casework.desk.compiled import Compiled
from haven.casework.desk.work import timescale_labels
from haven.casework.letters.models import Letter
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import FLAGS, RELATIONSHIPS, RING_FIRST
from haven.casework.people.models import Address, ContactPoint, Flag, Person, Relationship, name_shown
from haven.casework.people.warning import ring_first
from haven.casework.stages.pathway import PATHWAYS
from haven.design.moments import london

Rows = list[dict[str, Any]]
Held = tuple[UUID, ...]
"""The authorities whose facts are shown."""


@dataclass
class PersonFacts:
    """Flags in force, addresses newest first, ways to reach them, and how others stand to them."""

    flags: Rows = field(default_factory=list)
    addresses: Rows = field(default_factory=list)
    numbers: Rows = field(default_factory=list)
    relationships: Rows = field(default_factory=list)

    @property
    def now(self) -> dict[str, Any] | None:
        """Where they are now, as last recorded."""
        return next((row for row in self.addresses if not row["until_on"]), None)

    @property
    def conflicting(self) -> Rows:
        """Other addresses that still stand as the present one: somebody must say which is right."""
        standing = [row for row in self.addresses if not row["until_on"] and row["kind"] == "lives"]
        first = standing[0] if standing else None
        return [row for row in standing[1:] if _place(row) != _place(first)]  # type: ignore[arg-type]

    @property
    def also(self) -> Rows:
        """Every other address that has not ended and neither is where they are now nor conflicts: their home, say."""
        shown = [row for row in (self.now, *self.conflicting) if row]
        return [row for row in self.addresses if not row["until_on"] and not any(row is each for each in shown)]

    @property
    def risks(self) -> Rows:
        """Those who may harm the person (PR-22)."""
        return [row for row in self.relationships if row["risk_to"]]


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    """What tells one address from another; of a protected one its fingerprint, which tells nothing else."""
    return row["lines"], row["postcode"], row["fingerprint"]


@dataclass
class CaseFacts:
    """Who is in the case, what it owes, what was decided, what was written."""

    people: Rows = field(default_factory=list)
    dues: Rows = field(default_factory=list)
    decisions: Rows = field(default_factory=list)
    letters: Rows = field(default_factory=list)

    def in_role(self, *roles: str) -> Rows:
        """Those in one of these roles."""
        return [row for row in self.people if row["role"] in roles]


def person_facts(person: Person, actor: Actor, today: date) -> PersonFacts:
    """Everything open about the person that the actor's authorities hold; one statement."""
    own = (actor.user_id, tuple(actor.case_ids), tuple(actor.conflict_ids))
    row = PERSON.row(person.pk, today, tuple(actor.authority_ids), *own)
    found = PersonFacts(*(dated(part) for part in row[:-1]))
    if row[-1]:
        found.flags.insert(0, {"kind": RING_FIRST, "label": _("Ring the guardian before you visit, ring or write")})
    for other in found.relationships:
        other["name"] = called(other)
    return found


def case_facts(case: Case) -> CaseFacts:
    """The people of the case, its running clocks soonest first, decisions and letters newest first; one statement."""
    row = CASE.row(case.pk)
    found = CaseFacts(*(dated(part) for part in row))
    labels = timescale_labels(case.pathway)
    for due in found.dues:
        due["label"] = labels.get(due["rule"], due["rule"])
        due["by"] = by_when(due["due_at"])
    _name_decisions(case, found.decisions)
    return found


def dated(rows: Rows) -> Rows:
    """Rows as they left JSON, with their days and moments made days and moments again."""
    return [{name: _dated(name, value) for name, value in row.items()} for row in rows or []]


def _dated(name: str, value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value[:10]) if name.endswith("_on") else value


def _name_decisions(case: Case, decisions: Rows) -> None:
    pathway = PATHWAYS.get(case.pathway)
    questions = {question.code: question for question in pathway.questions} if pathway else {}
    for row in decisions:
        question = questions.get(row["question"])
        row["text"] = question.text if question else row["question"]
        row["said"] = str(question.outcomes.get(row["outcome"], row["outcome"])) if question else row["outcome"]


def _coded(name: str, codes: dict[str, str]) -> When_:
    """A code as its label."""
    whens = [When(**{name: code}, then=Value(label)) for code, label in codes.items()]
    return When_(*whens, default=F(name), output_field=CharField())


def _masked(name: str) -> When_:
    return When_(When(protected=True, then=Value("")), default=F(name), output_field=CharField())


def _held_by(authorities: Held, reader: Actor) -> Q:
    return Q(learnt_where_shows(reader), person=OuterRef("pk"), authority_id__in=authorities)


def _flags(authorities: Held, reader: Actor, today: date) -> QuerySet[Any, Any]:
    flags = (
        Flag.objects.filter(_held_by(authorities, reader))
        .filter(Q(ended_on=None) | Q(ended_on__gt=today))
        .order_by("starts_on")
    )
    row = JSONObject(kind="kind", label=_coded("kind", FLAGS), words="words", source="source", starts_on="starts_on",
                     review_on="review_on")  # fmt: skip
    return flags.values(json=row)


def _addresses(authorities: Held, reader: Actor) -> QuerySet[Any, Any]:
    held = Address.objects.filter(_held_by(authorities, reader), restriction=Restriction.OPEN).order_by("-recorded_at")
    place = When_(When(protected=True, then=Value("")), default=F("place__name"), output_field=CharField())
    row = JSONObject(
        lines=_masked("lines"), postcode=_masked("postcode"), place=place, kind="kind", protected="protected",
        no_fixed_address="no_fixed_address", from_on="from_on", until_on="until_on", source="source",
        confirmed_by="confirmed_by", recorded_at="recorded_at", value_id="protected_value_id",
        fingerprint="protected_value__fingerprint",
    )  # fmt: skip
    return held.values(json=row)


def _numbers(authorities: Held, reader: Actor) -> QuerySet[Any, Any]:
    held = ContactPoint.objects.filter(_held_by(authorities, reader), restriction=Restriction.OPEN)
    held = held.order_by("-recorded_at")
    row = JSONObject(
        kind="kind", value=_masked("value"), protected="protected", source="source", value_id="protected_value_id"
    )
    return held.values(json=row)


def _relationships(authorities: Held, reader: Actor) -> QuerySet[Any, Any]:
    """Those that show: not one that only a case kept from the reader tells of, nor to somebody they must not reach."""
    alleged = Involvement.objects.filter(role="alleged_source", person=OuterRef("other"))
    alleged = alleged.filter(case__person=OuterRef("person"))
    named = alleged.filter(case__in=Case.objects.showing(reader))
    hidden = Q(learnt_in_id=None) & Exists(alleged.filter(case__in=Case.objects.kept_from(reader))) & ~Exists(named)
    held = Relationship.objects.filter(~hidden, _held_by(authorities, reader), ended_at=None)
    held = held.order_by("-risk_to", "from_at")
    held = held.exclude(other__in=reader.conflict_ids) if reader.conflict_ids else held
    standing = Subquery(named.annotate(said=_coded("standing", STANDINGS)).order_by("-from_at").values("said")[:1])
    row = JSONObject(
        other_id="other_id", known_as="other__known_as", given="other__given_name", family="other__family_name",
        organisation="other_organisation__name", kind="kind", label=_coded("kind", RELATIONSHIPS),
        lives_with="lives_with", risk_to="risk_to", from_at="from_at", standing=standing,
    )  # fmt: skip
    return held.values(json=row)


def _people() -> QuerySet[Any, Any]:
    held = Involvement.objects.filter(case=OuterRef("pk"), until_at=None).order_by("from_at")
    row = JSONObject(
        person_id="person_id", known_as="person__known_as", given="person__given_name", family="person__family_name",
        organisation="organisation__name", words="words", role="role", label=_coded("role", ROLES),
        standing=_coded("standing", STANDINGS), knows="knows_of_this",
    )  # fmt: skip
    return held.values(json=row)


def _dues() -> QuerySet[Any, Any]:
    paused = Exists(Pause.objects.filter(clock=OuterRef("pk"), until_at=None))
    running = Clock.objects.filter(case=OuterRef("pk"), stopped_at=None).order_by("due_at")
    row = JSONObject(rule="rule", due_at="due_at", paused="paused", late_because="reason_late")
    return running.annotate(paused=paused).values(json=row)


def _decisions() -> QuerySet[Any, Any]:
    made = Decision.objects.filter(case=OuterRef("pk")).order_by("-at")
    row = JSONObject(
        id="pk", question="question", outcome="outcome", reasons="reasons", legal_source="legal_source", made_at="at",
        by="by__name", by_id="by_id", countersigned_by="countersigned_by__name", countersigned_at="countersigned_at",
    )  # fmt: skip
    return made.values(json=row)


def _letters() -> QuerySet[Any, Any]:
    written = Letter.objects.meant_to_leave().filter(case=OuterRef("pk")).order_by("-written_at")
    row = JSONObject(id="pk", subject="subject", body="body", to_kind="to_kind", to_name="to_name",
                     by_id="written_by_id", by="written_by__name", written_at="written_at")  # fmt: skip
    return written.values(json=row)


def _of_person(pk: UUID, today: date, authorities: Held, me: UUID, cases: Held, kept: Held) -> QuerySet[Any, Any]:
    reader = Actor("user", me, case_ids=frozenset(cases), conflict_ids=frozenset(kept))
    flags = _flags(authorities, reader, today)
    parts = (flags, *(of(authorities, reader) for of in (_addresses, _numbers, _relationships)))
    return Person.objects.filter(pk=pk).values_list(*map(ArraySubquery, parts), ring_first(today))


def _of_case(pk: UUID) -> QuerySet[Any, Any]:
    parts = (_people(), _dues(), _decisions(), _letters())
    return Case.objects.filter(pk=pk).values_list(*map(ArraySubquery, parts))


PERSON, CASE = Compiled(_of_person), Compiled(_of_case)


def by_when(due_at: datetime) -> str:
    """When something is due, shortly: the end of a day says which day, for its moment is the midnight after it."""
    moment = london(due_at)
    midnight = (moment.hour, moment.minute) == (0, 0)
    day = moment - timedelta(minutes=1) if midnight else moment
    return f"{day:%a} {day.day} {day:%b}" if midnight else f"{day:%a} {day.day} {day:%b} {moment:%H:%M}"


def called(row: dict[str, Any]) -> str:
    """How somebody in a row is named, or described."""
    name = name_shown(row.get("known_as") or "", row.get("given") or "", row.get("family") or "")
    return name or row.get("organisation") or row.get("words") or "Not named"


def same_person(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether an involvement and a relationship speak of one person."""
    return bool(row.get("person_id")) and UUID(str(row["person_id"])) == UUID(str(other.get("other_id") or UUID(int=0)))
