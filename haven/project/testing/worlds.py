"""A row in every walled table for a case of each kind: for the tests of the second wall.

A world is one case with its person, its report and one row in every table that hangs on them, made from the models
themselves, so that the table of a new pathway has its row here without a word. A row of which the database refuses what
is made up gets its facts in `SAID`.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haven.casework.access.models import Authority, Team, User
from haven.casework.access.policies.tables import walled
from haven.casework.cases.casework import create_case
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.protected import ProtectedField, ProtectedText
from haven.casework.people.recording import add_person
from haven.lib.ids import uuid7
from haven.project.testing.people import FRIDAY, TUESDAY, make_report, make_user

LATER = TUESDAY + timedelta(days=30)
SAID: dict[str, dict[str, Any]] = {
    "access_caserelationship": {"kind": "named", "until_at": None},
    "access_conflict": {"ended_at": None, "ended_by": None, "ended_reasons": ""},
    "cases_involvement": {"organisation": None},
    "cases_keeping": {"restriction": "sealed"},
    "contacts_contactconflict": {"ended_at": TUESDAY},
    "contacts_keptreport": {"words": "x", "taken_over": False, "lifted_at": TUESDAY, "lifted_reasons": "x"},
    "disclosure_redactionmark": {"kind": "protected"},
    "letters_recipient": {"address": "x@example.org"},
    "watch_emergencyopening": {"until_at": TUESDAY + timedelta(hours=1)},
    "contacts_contactperson": {"position": 9},
    "documents_document": {"sha256": "0" * 64},
    "adults_alsotold": {"not_needed_because": "x"},
    "adults_action": {"owner_words": "x"},
    "adults_concern": {"outcome": "", "decided_at": None},
    "adults_possiblecrime": {"why_not": "x"},
    "cases_casenote": {"words": "x"},
    "events_event": {"subject_kind": "contacts.contact"},
    "events_readsubject": {"kind": "contact"},
    "people_relationship": {"other_organisation": None},
    "upkeep_continuitypack": {"keeper": None, "roles": ["manager"]},
}
"""Where what is made up would be refused by a constraint, or would be of nobody."""


@dataclass
class World:
    """One case and everything about it; `rows` is the keys of each table's rows."""

    name: str
    authority: Authority
    team: Team
    worker: User
    restriction: str
    person: Person = field(init=False)
    other: Person = field(init=False)
    contact: Contact = field(init=False)
    case: Case = field(init=False)
    linked: Case = field(init=False)
    made: dict[str, models.Model] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.person = add_person(at=FRIDAY, given_name=f"Joan{self.name}", family_name=f"Zz{self.name}")
        self.other = add_person(at=FRIDAY, given_name=f"Kevin{self.name}", family_name=f"Zz{self.name}")
        self.contact = make_report(
            self.authority, Actor.public(self.authority.pk), adults=[{"given_name": f"Joan{self.name}"}]
        )
        self.case, self.linked = self._case(), self._case()
        self.contact.adults.update(person=self.person, case=self.case)
        self.made = {
            "cases_case": self.case, "people_person": self.person, "contacts_contact": self.contact,
            "contacts_contactperson": self.contact.adults.get(), "contacts_referrer": self.contact.referrer,
        }  # fmt: skip
        self._fill()

    def _case(self) -> Case:
        case = create_case(
            pathway="adults", prefix="AS", stage="concern", authority=self.authority, person=self.person,
            team=self.team, awaits_duty=True, at=FRIDAY, contact_id=self.contact.pk,
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(restriction=self.restriction, worker=self.worker)
        case.refresh_from_db()
        return case

    @property
    def rows(self) -> dict[str, Any]:
        return {table: row.pk for table, row in self.made.items()}

    def _fill(self) -> None:
        """A row in each table left, those that others hang on first."""
        left = {table: model for table, model in walled().items() if table not in self.made}
        while left:
            ready = [table for table, model in left.items() if self._hangs_on(model).isdisjoint(left)]
            assert ready, f"these tables hang on one another: {sorted(left)}"
            for table in ready:
                self.made[table] = self._row(left.pop(table))

    def _hangs_on(self, model: type[models.Model]) -> set[str]:
        own = model._meta.db_table
        of = (f.related_model for f in model._meta.concrete_fields if f.is_relation and not f.null)
        return {each._meta.db_table for each in of if isinstance(each, type)} - {own}

    def _row(self, model: type[models.Model]) -> models.Model:
        said = SAID.get(model._meta.db_table, {})
        row = model(**{
            one.name: said[one.name] if one.name in said else self._value(one)
            for one in model._meta.concrete_fields
            if not isinstance(one, models.AutoField) and (one.name in said or one.db_default is models.NOT_PROVIDED)
        })  # fmt: skip
        row.save_base(force_insert=True)
        return row

    def _value(self, one: Any) -> Any:
        if one.is_relation:
            return self._related(one)
        if isinstance(one, models.UUIDField):
            return uuid7() if one.primary_key else self._id(one.name)
        if isinstance(one, ProtectedField):
            return ProtectedText.of("x", self.authority.pk)
        if one.has_default():
            return one.get_default()
        return _listed(one) or (None if one.null else "" if one.blank else _made_up(one, self.name))

    def _related(self, one: Any) -> Any:
        table = one.related_model._meta.db_table
        if table == "cases_case" and one.name not in ("case", "pgh_obj"):
            return self.linked
        if table == "people_person" and one.name not in ("person", "pgh_obj"):
            return self.other
        known = {"access_user": self.worker, "access_authority": self.authority, "access_team": self.team}
        found = known.get(table) or self.made.get(table)
        if one.name == "lifted_by" and table == "access_user":
            return found
        kept = table in ("cases_case", "people_person", "access_team") or one.model._meta.db_table == "drafts_draft"
        return found if kept or not one.null else None

    def _id(self, name: str) -> UUID | None:
        ids = {
            "case_id": self.case.pk, "contact_id": self.contact.pk, "person_id": self.person.pk,
            "authority_id": self.authority.pk, "subject_id": self.contact.pk, "actor_id": self.worker.pk,
            "learnt_in_id": self.case.pk,
        }  # fmt: skip
        return ids.get(name, uuid7())


def _listed(one: Any) -> Any:
    """The first of the values that a constraint of the table allows for this column."""
    conditions: list[Any] = [
        each.condition for each in one.model._meta.constraints if isinstance(each, models.CheckConstraint)
    ]
    while conditions:
        each = conditions.pop()
        if isinstance(each, models.Q):
            conditions += each.children
        elif isinstance(each, tuple) and each[0] == f"{one.name}__in":
            return next(iter(each[1]))
    return None


def _made_up(one: Any, text: str) -> Any:
    if one.choices:
        return one.choices[0][0]
    kinds: list[tuple[type, Any]] = [
        (models.DateTimeField, LATER if one.name in ("until_at", "due_at", "expires_at") else TUESDAY),
        (models.DateField, LATER.date() if one.name in ("until_on", "to_on") else TUESDAY.date()),
        (models.BooleanField, False), (models.TimeField, TUESDAY.time()), (models.IntegerField, 1),
        (models.JSONField, {}), (models.BinaryField, b"x"), (models.EmailField, "x@example.org"), (ArrayField, []),
    ]  # fmt: skip
    return next((value for kind, value in kinds if isinstance(one, kind)), text[: one.max_length])


@dataclass
class Worlds:
    """Our open case; our sealed one; our restricted one; that of another authority."""

    ours: World
    sealed: World
    restricted: World
    theirs: World


def make_worlds(authority: Authority, elsewhere: Authority) -> Worlds:
    """All four, each with a worker of its own who reads nothing in these tests."""
    north, other = (
        Team.objects.create(authority=one, name="Worlds", kind="locality") for one in (authority, elsewhere)
    )
    places = (("Aone", authority), ("Btwo", authority), ("Cthree", authority), ("Dfour", elsewhere))
    workers = [make_user(f"{name} Worker", place, "practitioner") for name, place in places]
    return Worlds(
        World("ours", authority, north, workers[0], "open"),
        World("sealed", authority, north, workers[1], "sealed"),
        World("restricted", authority, north, workers[2], "restricted"),
        World("theirs", elsewhere, other, workers[3], "open"),
    )
