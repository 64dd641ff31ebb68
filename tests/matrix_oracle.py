"""What the requirements say: who may see which record, in plain rules written from their words and not from the code.

No predicate, permission, declaration or queryset of Haven's is used here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matrix_population import Record, World
from matrix_readers import CASEWORK, DUTY, ENTERS, NAMED, READS_ONLY, Reader, another, avoided


@dataclass(frozen=True)
class Situation:
    """One reader, standing to one record (`about`) as they do, in the world with all its other records."""

    world: World
    reader: Reader
    about: Record

    def holds(self, record: Record, *roles: str) -> bool:
        """One of these roles, at the authority the record belongs to (issue "Trust" B.1: per authority)."""
        return any((record.desk.authority.code, role) in self.reader.held for role in roles)

    def stands(self, record: Record, *stances: str) -> bool:
        return record is self.about and self.reader.stance in stances

    def named(self, record: Record) -> bool:
        """Worker, manager or in a relationship in force (TR-02)."""
        elsewhere = self.reader.stance == "another_case" and record is another(self.world, self.about)
        return record.case is not None and (elsewhere or self.stands(record, *NAMED))

    def of_team(self, record: Record) -> bool:
        """Of the team that holds the case (TR-02)."""
        member = any(where == record.desk.authority.code for where, _role in self.reader.held)
        return self.reader.stance == "team" and member and record.desk is self.about.desk

    def kept_from(self, record: Record) -> bool:
        """A conflict of interest (TR-05), or a case kept to named people of whom the reader is none (TR-03)."""
        closed = record.restriction != "open" and not self.named(record)
        return record.case is not None and (self.conflict(record) or closed)

    def conflict(self, record: Record) -> bool:
        """It concerns somebody whom the reader must not reach (TR-05)."""
        return bool(set(avoided(self.about)) & {record.adult.pk, record.alleged.pk})

    def sees_case(self, record: Record) -> bool:
        """A relationship: named, of its team, on duty while it waits, or supervising every team (TR-02, PR-24)."""
        if record.case is None or self.kept_from(record):
            return False
        own = self.named(record) and self.holds(record, *CASEWORK)
        return own or self.given_one(record) or self.by_work(record)

    def given_one(self, record: Record) -> bool:
        """Given this case to audit, or as a referral (TR-02)."""
        audits = self.stands(record, "auditing") and self.holds(record, "auditor")
        refers = self.stands(record, "referral_recipient") and self.holds(record, "designated_safeguarding_officer")
        return audits or refers

    def by_work(self, record: Record) -> bool:
        """By team, by duty while it waits, or by supervising every team: of what is kept to nobody (TR-02, PR-24)."""
        waits = record.stage == "concern" and self.holds(record, *DUTY)
        shared = self.of_team(record) or waits or self.holds(record, "head_of_service")
        return record.restriction == "open" and shared and self.holds(record, *CASEWORK)

    def reads(self, record: Record) -> bool:
        """Sees it in a role of casework."""
        return self.sees_case(record) and self.holds(record, *CASEWORK)

    def works(self, record: Record) -> bool:
        """Reads the case by more than a relationship for reading (TR-02, PR-24)."""
        only = self.named(record) and self.stands(record, *READS_ONLY)
        return self.reads(record) and (not only or self.by_work(record))

    def notes(self, record: Record) -> bool:
        """Works on it, or took a call for a colleague (PR-24)."""
        covers = self.stands(record, "covering") and record.restriction == "open"
        return self.works(record) or (covers and self.reads(record))

    def works_or_decides(self, record: Record) -> bool:
        return self.works(record) or self.decides(record)

    def works_or_desk(self, record: Record) -> bool:
        return self.works(record) or self.at_desk(record)

    def keeps(self, record: Record) -> bool:
        """Says who may read it (PR-05): who decides in it and, once it is kept, those it is kept by."""
        own = record.restriction == "open" or self.stands(record, "keeper", "named", "manager", "worker")
        return self.decides(record) and own

    def at_desk(self, record: Record) -> bool:
        """On duty, and the case is theirs to see (PR-24)."""
        open_to_them = record.restriction == "open" or self.works(record)
        return self.reads(record) and self.holds(record, *DUTY) and open_to_them

    def decides(self, record: Record) -> bool:
        """Decides under section 42, authorises and closes (PR-12): a manager or head of service, of a case they see."""
        open_to_them = record.restriction == "open" or self.works(record)
        return self.reads(record) and self.holds(record, "manager", "head_of_service") and open_to_them

    def sees_report(self, record: Record) -> bool:
        """On duty while it waits (PR-24); who keyed or took it; once it is a case, who sees the case (TR-02)."""
        if self.kept_from(record) or not self.holds(record, *ENTERS):
            return False
        if self.stands(record, "claimed", "entered"):
            return True
        return self.reads(record) if record.case else self.holds(record, *DUTY)

    def administers(self, record: Record) -> bool:
        """Configures the authority the record belongs to (issue "Trust" B.1)."""
        return self.holds(record, "authority_administrator")

    def follows(self, record: Record) -> bool:
        """Follows who looked at it: the guardian of its authority, of a sealed one first of all, or its manager; nobody
        with a conflict of interest (TR-05, TR-06, PR-05)."""
        guards = self.holds(record, "information_governance_officer")
        manages = self.stands(record, "manager") and self.decides(record)
        return record.case is not None and not self.conflict(record) and (guards or manages)

    def speaks_for(self, record: Record) -> bool:
        """The adult's advocate, of an open case that is kept to nobody (R-097, TR-03)."""
        tied = self.stands(record, "advocate") and self.holds(record, "advocate")
        return record.case is not None and record.stage != "closed" and tied and not self.kept_from(record)

    def discloses(self, record: Record) -> bool:
        """Gives the adult what is held of them: who decides in the case, or the guardian, unless kept from them (D)."""
        guards = record.case is not None and self.holds(record, "information_governance_officer")
        return self.decides(record) or (guards and not self.kept_from(record))

    def reads_or_discloses(self, record: Record) -> bool:
        return self.reads(record) or self.discloses(record)

    def decides_report(self, record: Record) -> bool:
        """On duty, of a report they see (PR-24)."""
        return self.sees_report(record) and self.holds(record, *DUTY)

    def sees_person(self, record: Record, person: Any = None) -> bool:
        """A person shows where a case does of which they are part (TR-02)."""
        who = (person or record.adult).pk
        return any(self.sees_case(each) for each in self.world.records if who in (each.adult.pk, each.alleged.pk))

    def at_night(self, record: Record) -> bool:
        """The out-of-hours worker's view of open cases: risk, plans, whom to ring (R-016, R-366)."""
        runs = record.case is not None and record.stage != "closed" and not self.kept_from(record)
        return runs and self.holds(record, "out_of_hours_worker")

    def guards_person(self, record: Record) -> bool:
        """The guardian of an authority that knows them, without a conflict of interest (TR-05, C.1)."""
        return record.case is not None and self.follows(record) and self.sees_alert(record)

    def sees_strip(self, record: Record) -> bool:
        """Duty is told of a person matched: dates, outcomes, whom to ring; never of what is kept from them (PR-24)."""
        cases = [each for each in self.world.records if each.case and each.adult.pk == record.adult.pk]
        return any(self.holds(each, *DUTY) and not self.kept_from(each) for each in cases)

    def sees_alert(self, record: Record) -> bool:
        """The information-governance officer, of the own authority, without a conflict; the head of service, where no
        guardian may decide it (TR-04, TR-05)."""
        if record.alert is None or self.conflict(record):
            return False
        heads = record.alert.about_guardian and self.holds(record, "head_of_service")
        return heads or self.holds(record, "information_governance_officer")

    def sees_task(self, record: Record) -> bool:
        """Its owner, or the team it was given to; never where the case is kept from them (TR-03, TR-05)."""
        here = any(where == record.desk.authority.code for where, _role in self.reader.held)
        given = self.of_team(record) or (here and self.stands(record, "owner"))
        return record.task is not None and given and not self.kept_from(record)


ADDED = ("note", "paper", "act", "plan", "wish")


def tokens_of(record: Record) -> dict[str, str]:
    """What betrays a record on a page → what kind of thing it betrays."""
    own = record.word
    said = dict.fromkeys((f"{own}said", f"{own}friend", f"{own}file"), "report")
    found = said | {record.contact.reference: "report reference"}
    if record.case is None:
        return found
    found |= {record.case.reference: "case reference", f"{own}task": "task", f"{own}ush": "alleged"}
    found |= dict.fromkeys((f"{own}{ending}" for ending in ADDED), "case")
    found |= {f"{own}a": "person", f"{own}home": "person", f"{record.district} 4AR": "person"}
    return found | {
        f"{own}el": "name", f"{own}ton": "name", f"{own}refuge": "secret", f"{record.district} 9ZZ": "secret",
    }  # fmt: skip


def may_know(situation: Situation, kind: str, record: Record) -> bool:
    """Whether this reader may meet this token of the record on any page. What is protected, on none."""
    if kind == "secret":
        return False
    s = situation
    return s.sees_case(record) or s.discloses(record) or MEETS[kind](s, record)


def hears_of(s: Situation, record: Record) -> bool:
    """Is told of a person or case without opening it: a strip, an alert, who looked at it, or the night's list."""
    return s.sees_strip(record) or s.follows(record) or s.at_night(record) or s.speaks_for(record)


def names(s: Situation, record: Record) -> bool:
    """Reads a name, on a report or of a person."""
    named = (each for each in s.world.records if each.adult.pk == record.adult.pk)
    return s.sees_person(record) or hears_of(s, record) or any(s.sees_report(each) for each in named)


MEETS: dict[str, Callable[[Situation, Record], bool]] = {
    "report": Situation.sees_report,
    "report reference": Situation.sees_report,
    "case reference": lambda s, r: hears_of(s, r) or s.sees_task(r),
    "task": Situation.sees_task,
    "alleged": lambda s, r: s.sees_person(r, r.alleged),
    "name": names,
    "person": lambda s, r: s.sees_person(r) or hears_of(s, r),
    "case": Situation.speaks_for,
}
"""Each kind of token, and who may meet it without seeing the case."""


def subjects_for(situation: Situation, kind: str, record: Record) -> set[tuple[str, Any]]:
    """The read subjects of which one must have been written where this token stood on the page (TR-06)."""
    reports = {("contact", each.contact.pk) for each in situation.world.records if each.adult.pk == record.adult.pk}
    case = {("case", record.case.pk)} if record.case else set()
    return {
        "report": {("contact", record.contact.pk)} | case,
        "report reference": {("contact", record.contact.pk)},
        "alleged": {("person", record.alleged.pk)},
        "name": {("person", record.adult.pk)} | reports,
        "person": {("person", record.adult.pk)},
    }.get(kind, case)
