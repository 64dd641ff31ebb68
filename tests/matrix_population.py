"""What the matrix is asked about: records of every class at every stage, made by the operations a council uses.

Each record has a word of its own, from which its names and words are made, so that a page betrays what it shows:
`Bavora` is the adult as known, `Bavorush` whom somebody alleges, `Bavornote` a note, `Bavorsaid` the report's words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from haven.casework.access.models import Authority, Team, User
from haven.casework.cases.casework import link
from haven.casework.cases.models import Case, CaseNote
from haven.casework.cases.operations import add_case_note
from haven.casework.contacts.models import Contact
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.recording import add_address, add_contact_point, add_person
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.casework.watch.declared import BREAK_GLASS
from haven.casework.watch.models import Alert
from haven.casework.watch.raising import raise_alert
from haven.lib.calendar import day_of
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_report, make_user

LATER = TUESDAY + timedelta(days=1)
YES = ("yes", "There is a need.")

STAGES = ("waiting", "concern", "enquiry", "concluded", "plan", "closing", "closed")
"""Where pages of a case open: the report that waits, then the case at each of its stages, in order."""


def as_it_is(_case: Case) -> None:
    """Nothing more."""


def kept(restriction: str) -> Callable[[Case], None]:
    """Kept to its named people."""
    return lambda case: Case.objects.filter(pk=case.pk).update(restriction=restriction) and None


CLASSES: dict[str, Callable[[Case], None]] = {
    "open": as_it_is,
    "restricted": kept("restricted"),
    "sealed": kept("sealed"),
    "protected": as_it_is,
    "elsewhere": as_it_is,
    "conflict_adult": as_it_is,
    "conflict_alleged": as_it_is,
}
"""The classes of object, and what makes a record one of them once it has been worked to its stage; `closed` is an open
one at its last stage. Two people joined into one: not built yet, one line here when it is.
"""

SYLLABLES = [first + second for first, second in product("bdfgklmnprstvz", ("av", "em", "il", "od", "ur"))]


def word(number: int) -> str:
    """A word that nobody is called, another for each number."""
    return f"{SYLLABLES[number]}{SYLLABLES[-1 - number]}".capitalize()


def district(own: str) -> str:
    return f"ZZ{10 + SYLLABLES.index(own[:3].lower())}"


@dataclass
class Desk:
    """An authority and those who do its work."""

    authority: Authority
    team: Team
    duty: Actor
    worker: Actor
    manager: Actor
    users: dict[UUID, User] = field(default_factory=dict)

    def user(self, actor: Actor) -> User:
        return self.users[actor.user_id]


@dataclass
class Record:
    """One object of the matrix: a report and, past waiting, the case it became, with everything that hangs on it."""

    klass: str
    stage: str
    word: str
    desk: Desk
    contact: Contact
    adult: Person
    alleged: Person
    file: Document
    case: Case | None = None
    note: CaseNote | None = None
    task: Task | None = None
    alert: Alert | None = None
    paper: Document | None = None

    @property
    def district(self) -> str:
        """The first half of the adult's postcode, in which nobody else lives."""
        return district(self.word)

    @property
    def restriction(self) -> str:
        return self.klass if self.klass in ("restricted", "sealed") and self.case else "open"

    def __str__(self) -> str:
        return f"{self.klass}/{self.stage}"


def make_desk(code: str, name: str) -> Desk:
    """An authority with a duty team, a locality team and one of each who works there."""
    authority = Authority.objects.create(code=code, name=name, guardian_email=f"guardian@{code}.example.org")
    duty = Team.objects.create(authority=authority, name="Duty", kind="duty")
    team = Team.objects.create(authority=authority, name=f"{name} locality", kind="locality")
    users = [
        make_user(f"{code}-duty Officer", authority, "duty_officer", team=duty),
        make_user(f"{code}-worker Officer", authority, "practitioner", team=team),
        make_user(f"{code}-manager Officer", authority, "manager", team=team),
    ]
    return Desk(authority, team, *map(actor_of_user, users), users={user.pk: user for user in users})


@dataclass
class World:
    """Every record, by class and stage, and the two authorities."""

    here: Desk
    there: Desk
    records: list[Record] = field(default_factory=list)

    def at(self, klass: str, stage: str) -> Record:
        """The record of this class at this stage; a closed case is an open one that was closed."""
        klass, stage = ("open", "closed") if klass == "closed" else (klass, stage)
        return next(record for record in self.records if (record.klass, record.stage) == (klass, stage))


def build() -> World:
    """All of it, in a few seconds."""
    world = World(make_desk("eastmere", "Eastmere"), make_desk("westmere", "Westmere"))
    for klass in CLASSES:
        desk = world.there if klass == "elsewhere" else world.here
        for stage in (*STAGES[1:], "waiting"):
            number = len(world.records)
            world.records.append(make_record(world, desk, klass, stage, number))
    for record in world.records:
        if record.case is not None:
            CLASSES[record.klass](record.case)
            record.case.refresh_from_db()
    for record in (each for each in world.records if each.case and each.klass == "open"):
        link(record.case, world.at("sealed", record.stage).case, kind="related", at=TUESDAY)  # type: ignore[arg-type]
    world.records.append(named_elsewhere(world))
    return world


def named_elsewhere(world: World) -> Record:
    """A report here about somebody known elsewhere only."""
    known, own = world.at("elsewhere", "concern"), word(len(world.records))
    contact = report_about(world.here, own, known.adult)
    file = file_of(world.here, contact, own)
    return Record("named_elsewhere", "waiting", own, world.here, contact, known.adult, known.alleged, file)


def make_record(world: World, desk: Desk, klass: str, stage: str, number: int) -> Record:
    """A report and, unless it waits, its case, worked to its stage. A waiting one is about somebody already known."""
    own = word(number)
    if stage == "waiting":
        known = world.at(klass, "concern")
        contact = report_about(desk, own, known.adult)
        return Record(klass, stage, own, desk, contact, known.adult, known.alleged, file_of(desk, contact, own))
    adult = make_adult(desk, own, protected=klass == "protected")
    contact = report_about(desk, own, adult)
    alleged = add_person(at=FRIDAY, given_name=f"{own}ush", family_name="Alleged")
    record = Record(klass, stage, own, desk, contact, adult, alleged, file_of(desk, contact, own))
    work_to(record, stage)
    return record


def make_adult(desk: Desk, own: str, *, protected: bool) -> Person:
    """Somebody with an address of their own; a protected one has a refuge too, and a number nobody may read."""
    adult = add_person(
        at=FRIDAY, known_as=f"{own}a", given_name=f"{own}el", family_name=f"{own}ton", language="English",
        date_of_birth=date(1943, 5, 2) + timedelta(days=31 * SYLLABLES.index(own[:3].lower())),
    )  # fmt: skip
    where = {"authority_id": desk.authority.pk, "by": desk.duty, "at": FRIDAY}
    add_address(adult, lines=f"4 {own}home Row", postcode=f"{district(own)} 4AR", source="GP", **where)
    if protected:
        refuge = {"lines": f"{own}refuge", "postcode": f"{district(own)} 9ZZ", "protected": True}
        add_address(adult, source="Police", **refuge, **where)
        add_contact_point(adult, kind="mobile", value=f"{own}refuge", protected=True, **where)
    return adult


def report_about(desk: Desk, own: str, adult: Person) -> Contact:
    """A report that names the adult as a stranger would: not as they are known."""
    named = {"given_name": adult.given_name, "family_name": adult.family_name, "date_of_birth": adult.date_of_birth}
    told = {"name": f"{own}friend", "relationship": "Neighbour", "source_code": "neighbour", "safe_ways": ["ring"]}
    return make_report(
        desk.authority, Actor.public(desk.authority.pk), adults=[named], children_present=False, referrer=told,
        answers={"worry": f"{own}said"}, first_line=f"{own}said",
    )  # fmt: skip


def file_of(desk: Desk, contact: Contact, own: str) -> Document:
    where = {"authority_id": desk.authority.pk, "contact_id": contact.pk}
    upload = ContentFile(b"A bruise.", name=f"{own}file.txt")
    return keep_document(upload, by=Actor.public(desk.authority.pk), at=FRIDAY, **where)


def work_to(record: Record, stage: str) -> None:
    """Take the report on, and the case to its stage, as its worker and manager do."""
    concern = take_on(record)
    steps = WORK[stage]
    if steps:
        enquiry = begin(record, concern)
        for step in steps[1:]:
            step(record, enquiry)
    hang_on(record)


def take_on(record: Record) -> Concern:
    desk, named = record.desk, {record.contact.adults.get().pk: record.adult}
    [concern] = adults.accept_report(record.contact, persons=named, team=desk.team, by=desk.duty, at=TUESDAY)
    record.case = concern.case
    people: dict[str, Any] = {"worker": desk.user(desk.worker), "manager": desk.user(desk.manager)}
    adults.allocate_concern(concern, **people, by=desk.duty, at=TUESDAY)
    by = desk.worker
    adults.record_hearing(concern, heard=True, words=f"{record.word}wish", agrees="yes", by=by, at=TUESDAY)
    adults.record_types(concern, types=["financial"], location="own_home", sources=["relative"], by=by, at=TUESDAY)
    adults.name_alleged_source(concern, person=record.alleged, by=by, at=TUESDAY)
    adults.answer_limbs(concern, needs=YES, abuse=YES, protect=YES, by=by, at=TUESDAY)
    return concern


def begin(record: Record, concern: Concern) -> Enquiry:
    desk = record.desk
    enquiry = adults.decide_concern(concern, outcome="section_42", reasons="Yes.", by=desk.manager, at=TUESDAY)
    assert enquiry is not None
    adults.add_action(enquiry, words=f"{record.word}act", owner_words="The bank", by=desk.worker, at=TUESDAY)
    return adults.allocate_enquiry(enquiry, officer=desk.user(desk.worker), by=desk.manager, at=TUESDAY)


def conclude(record: Record, enquiry: Enquiry) -> None:
    adults.conclude_short_enquiry(
        enquiry, conversation={"happened_at": TUESDAY, "adult_words": "Stop."},
        capacity={"capacity": "no_doubt", "difficulty": "no"}, asked="expressed", outcomes=["Safe."],
        ratings=[("fully", "fully")], risk={"assessment": "identified_action", "outcome": "reduced", "words": "Less."},
        words="Done.", by=record.desk.worker, at=LATER,
    )  # fmt: skip


def plan(record: Record, enquiry: Enquiry) -> None:
    agreed = adults.agree_plan(
        enquiry, words=f"{record.word}plan", adult_agrees="yes", review_on=day_of(LATER + timedelta(days=30)),
        by=record.desk.worker, at=LATER,
    )  # fmt: skip
    step = {"words": "Call weekly.", "who": "The bank", "due_on": day_of(LATER + timedelta(days=9))}
    adults.add_plan_action(agreed, **step, by=record.desk.worker, at=LATER)
    authorise(record, enquiry)


def authorise(record: Record, enquiry: Enquiry) -> None:
    adults.authorise_conclusion(enquiry, reasons="Done well.", by=record.desk.manager, at=LATER)


def close(record: Record, enquiry: Enquiry) -> None:
    """What was to do done, the adult told, a receipt to who told us, and closed."""
    adults.finish_action(enquiry.actions.get(), words="The bank was told.", by=record.desk.worker, at=LATER)
    case, desk = enquiry.case, record.desk
    adults.tell_adult(case, told_at=LATER, how="in_person", by=desk.worker, at=LATER)
    adults.send_feedback(
        case, contact=record.contact, level="receipt", how="telephone", by=desk.worker, at=LATER
    )  # fmt: skip
    adults.close_case(case, reasons="Safe.", how_to_come_back="Ring the council.", by=desk.manager, at=LATER)


WORK: dict[str, tuple[Any, ...]] = {
    "concern": (),
    "enquiry": (begin,),
    "concluded": (begin, conclude),
    "plan": (begin, conclude, plan),
    "closing": (begin, conclude, authorise),
    "closed": (begin, conclude, authorise, close),
}
"""What is done after the report was taken on, for the case to stand at each stage."""


def hang_on(record: Record) -> None:
    """A note, a file, a task of the team's and an alert."""
    case, desk = record.case, record.desk
    assert case is not None
    case.refresh_from_db()
    where: dict[str, Any] = {"authority_id": desk.authority.pk, "at": LATER}
    record.note = add_case_note(
        case, how="call", happened_at=LATER, words=f"{record.word}note", by=desk.worker, at=LATER
    )  # fmt: skip
    record.paper = keep_document(
        ContentFile(b"A letter.", name=f"{record.word}paper.txt"), case=case, by=desk.worker, **where
    )
    to_do = {"kind": "call", "words": f"{record.word}task", "due_on": day_of(LATER)}
    record.task = add_task(case=case, team=desk.team, by=desk.worker, **to_do, **where)
    record.alert = raise_alert(
        BREAK_GLASS, key=record.word, by=Actor.job("watch"), reader_id=desk.duty.id, case_id=case.pk,
        codes={"reason": "immediate_danger"}, authority_id=desk.authority.pk, at=timezone.now(),
    )  # fmt: skip
