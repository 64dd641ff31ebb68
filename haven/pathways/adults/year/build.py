"""One concern's whole life, by the operations that people use, at the moments it would have happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import first_look
from haven.casework.people.models import Person
from haven.casework.people.recording import add_address, add_person
from haven.lib.calendar import day_of
from haven.pathways.adults import operations as do
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.year import names, narrative
from haven.pathways.adults.year.plan import Life
from haven.pathways.adults.year.report import receive_report
from haven.pathways.adults.year.staff import Staff, Worker

GENERATED = "generated"
CRIMES = ("financial", "physical", "domestic", "sexual", "modern_slavery", "neglect")
DECLINED = ("care_management", "care_act_assessment", "care_review", "advice", "customer_services", "quality_alert",
            "complaint", "domestic_abuse_agency", "trading_standards", "advice")  # fmt: skip


@dataclass
class Building:
    """What the building of one life needs: the staff, who is known, and a generator of its own."""

    staff: Staff
    life: Life
    key: str
    period_end: Any
    period_start: Any
    people: dict[int, UUID]
    rng: Random
    worker: Worker = field(init=False)
    manager: Worker = field(init=False)
    desk: Worker = field(init=False)
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        team = self.rng.choice(self.staff.teams[1:])
        self.team = team
        self.worker = self.rng.choice(self.staff.of_team(team))
        self.manager = self.rng.choice(self.staff.managers)
        self.desk = self.rng.choice(self.staff.duty)

    def live(self) -> Concern:
        """From the report to the closed case."""
        concern = self.begin()
        self.decide(concern)
        return concern

    # ------------------------------------------------------------------------------------------ report and concern

    def begin(self) -> Concern:
        """The report, its first look, and the concern it becomes."""
        life, desk = self.life, self.desk.actor
        person = self.person()
        self.tell = narrative.Teller(self.rng, person.given_name, life.adult.woman)
        self.contact = receive_report(self, person)
        urgency = self.rng.choices(("act_now", "today", "routine"), (8, 42, 50))[0]
        safe = "no" if urgency == "act_now" and self.rng.random() < 0.3 else self.rng.choice(("yes", "yes", "yes", "not_known"))
        words = self.tell.fill("Rang and spoke with {name}'s carer; {name} is safe for now." if safe == "yes" else "Tried to ring twice; a visit is arranged.")
        first_look(self.contact, safe_tonight=safe, urgency=urgency, words=words, by=desk, at=life.looked_at)
        (concern,) = do.accept_report(
            self.contact,
            persons={adult.pk: person for adult in self.contact.adults.all()},
            team=self.team,
            generated_key=self.key,
            by=desk,
            at=life.accepted_at,
        )
        self.case = concern.case
        self.allocate(concern)
        return concern

    def person(self) -> Person:
        """The adult: as met before, or made now."""
        adult = self.life.adult
        if adult.number in self.people:
            return Person.objects.get(pk=self.people[adult.number])
        rng = Random(f"{self.key.partition(':')[0]} adult {adult.number}")
        called = names.name(rng, woman=adult.woman)
        person = add_person(
            given_name=called.given,
            family_name=called.family,
            date_of_birth=names.born(rng, aged_65_plus=adult.aged_65_plus, on=self.period_end, adult_on=self.period_start),
            gender="female" if adult.woman else "male",
            ethnicity=called.ethnicity if rng.random() < 0.94 else "not_known",
            language=called.language,
            interpreter_needed=bool(called.language) and rng.random() < 0.6,
            primary_support_reason=_support(rng, adult.aged_65_plus),
            at=self.life.received_at,
        )
        add_address(
            person,
            authority_id=self.staff.authority.pk,
            lines=names.address(rng),
            postcode=names.postcode(rng),
            source="The report",
            by=self.desk.actor,
            at=self.life.received_at,
        )
        self.people[adult.number] = person.pk
        return person

    def allocate(self, concern: Concern) -> None:
        """The named worker."""
        do.allocate_concern(
            concern, worker=self.worker.user, manager=self.manager.user, by=self.desk.actor, at=self.life.allocated_at
        )

    # ------------------------------------------------------------------------------------------ decision

    def decide(self, concern: Concern) -> None:
        """What the adult says, the three parts, the decision and what follows it."""
        life = self.life
        steps = self.spread(life.allocated_at, life.decided_at, 4)
        self.work_out(concern, steps)
        answers = self.limbs()
        do.answer_limbs(concern, **answers, by=self.worker.actor, at=steps[3])
        reasons = " ".join(reason for _, reason in answers.values())
        enquiry = do.decide_concern(
            concern,
            outcome=life.outcome,
            reasons=reasons,
            destination="" if life.is_enquiry else self.rng.choice(DECLINED),
            by=self.manager.actor,
            at=life.decided_at,
        )
        if enquiry is None:
            self.decline(concern)
        else:
            self.enquire(enquiry)
        self.close()

    def work_out(self, concern: Concern, steps: Sequence[datetime]) -> None:
        """Hear the adult, name the kind of harm, and ask whether it may be a crime."""
        life, by = self.life, self.worker.actor
        heard = self.rng.random() < 0.8
        do.record_hearing(
            concern,
            heard=heard,
            words=f"“{self.tell.wants(life.type, 1)[0]}.”" if heard else "",
            knows="yes" if heard else "not_known",
            agrees=self.rng.choices(("yes", "not_asked"), (4, 1))[0] if heard else "not_asked",
            wants=self.tell.wants(life.type, 1)[0] if heard else "",
            not_heard_because="" if heard else self.rng.choice(("not_reached", "not_reached", "unsafe", "capacity")),
            by=by,
            at=steps[0],
        )
        if life.type != "not_known":
            sources = narrative.RISK_FROM.get(life.type, ("known_not_related",))
            do.record_types(
                concern,
                types=self.types(),
                primary=life.type,
                location=life.location,
                sources=[self.rng.choice(sources)],
                by=by,
                at=steps[1],
            )
        if life.police or (life.type in CRIMES and self.rng.random() < 0.12):
            self.record_crime(concern, steps[2])

    def types(self) -> list[str]:
        """The primary kind, and sometimes a second."""
        second = self.rng.choice(("psychological", "neglect", "financial", "physical"))
        return list(dict.fromkeys([self.life.type, second])) if self.rng.random() < 0.25 else [self.life.type]

    def record_crime(self, concern: Concern, at: datetime) -> None:
        """Told to the police, or why not."""
        told = self.life.police
        do.record_crime(
            concern,
            answer="yes",
            told_at=at if told else None,
            told_by=self.worker.user.name if told else "",
            reference=f"CAD {self.rng.randrange(1000, 9999)}" if told else "",
            why_not="" if told else "The adult, with capacity, does not want the police told, and nobody else is at risk.",
            by=self.worker.actor,
            at=at,
        )

    def limbs(self) -> dict[str, tuple[str, str]]:
        """Three yeses for section 42; otherwise at least one is not yes, and none is left not yet known."""
        tell, outcome = self.tell, self.life.outcome
        needs, protect = ("yes", tell.one(narrative.NEEDS)), ("yes", tell.one(narrative.PROTECT))
        if outcome != "section_42":
            if self.rng.random() < 0.4:
                needs = ("no", tell.one(narrative.NO_NEEDS))
            else:
                protect = ("no", tell.one(narrative.CAN_PROTECT))
        return {"needs": needs, "abuse": ("yes", tell.one(narrative.ABUSE)), "protect": protect}

    def decline(self, concern: Concern) -> None:
        """Not an enquiry: a second person where one is needed, and sent to somebody who accepts it by name."""
        decided = self.life.decided_at
        assert decided is not None
        if concern.second_person_because:
            second = self.rng.choice([each for each in self.staff.managers if each is not self.manager])
            words = "I have read the record and agree: the needs are met elsewhere."
            do.countersign_concern(concern, agrees=True, reasons=words, by=second.actor, at=decided + timedelta(minutes=20))
        at = decided + timedelta(minutes=40)
        accepted = names.name(self.rng, woman=True).full
        do.record_destination(concern, sent_at=at, accepted_by=accepted, by=self.manager.actor, at=at)
        self.ended = at

    # ------------------------------------------------------------------------------------------ enquiry

    def enquire(self, enquiry: Enquiry) -> None:
        """The enquiry, short or long, its conclusion, and the plan that may follow it."""
        life = self.life
        officer = self.worker
        do.allocate_enquiry(enquiry, officer=officer.user, lead=self.manager.user, by=self.manager.actor, at=life.officer_at)
        short = life.outcome == "other" and self.rng.random() < 0.6
        steps = self.spread(life.officer_at, life.authorised_at, 7)
        (self.short_enquiry if short else self.long_enquiry)(enquiry, steps)
        planned = not short and life.risk_outcome in ("reduced", "remained") and self.rng.random() < 0.2
        if planned:
            self.agree_plan(enquiry, steps[6])
        reasons = "The enquiry did what it was for, and the adult's wishes were followed as far as they could be."
        if life.asked == "not_asked":
            reasons = "Asking would not have been safe or possible. I am satisfied that it was tried."
        do.authorise_conclusion(enquiry, reasons=reasons, by=self.manager.actor, at=life.authorised_at)
        self.ended = life.authorised_at
        if planned:
            self.carry_out_plan()

    def asking(self) -> dict[str, Any]:
        """Whether the adult was asked what they want, and what they said."""
        life = self.life
        wanted = self.tell.wants(life.type, 1 if self.rng.random() < 0.6 else 2) if life.asked == "expressed" else []
        because = self.rng.choice(("not_reached", "nobody_to_speak", "unsafe")) if life.asked == "not_asked" else ""
        return {"asked": life.asked, "outcomes": wanted, "because": because}

    def capacity(self) -> dict[str, Any]:
        """Presumed in most; where it is lacking somebody supports the adult."""
        capacity = self.rng.choices(("no_doubt", "assessed_has", "lacks", "not_known"), (52, 14, 28, 6))[0]
        difficulty = "yes" if capacity == "lacks" or self.rng.random() < 0.15 else "no"
        advocate = self.rng.choices(("advocate", "appropriate_person", "imca", "declined"), (30, 45, 15, 10))[0]
        return {
            "capacity": capacity,
            "difficulty": difficulty,
            "under_pressure": self.rng.random() < 0.1,
            "advocate": advocate if difficulty == "yes" else "",
            "suitable": advocate == "appropriate_person",
            "advocate_name": names.name(self.rng, woman=True).full if difficulty == "yes" else "",
        }

    def risk(self) -> dict[str, Any]:
        """The assessment, and what became of the risk where one was found."""
        life = self.life
        if life.risk_identified:
            assessment = "identified_action" if life.risk_outcome != "remained" or self.rng.random() < 0.6 else "identified_no_action"
        else:
            options = ("none_no_action", "none_action", "inconclusive_action", "inconclusive_no_action", "ceased")
            assessment = self.rng.choices(options, (40, 22, 20, 10, 8))[0]
        because = self.rng.choice(("adult_accepts", "adult_accepts", "family_contact", "other_agency"))
        return {
            "assessment": assessment,
            "outcome": life.risk_outcome,
            "words": self.tell.fill(narrative.RISK_WORDS[life.risk_outcome]),
            "remained_because": because if life.risk_outcome == "remained" else "",
        }

    def ratings(self, how_many: int) -> list[tuple[str, str]]:
        """Each outcome as the adult and the worker see it, so that the case's rating is the planned one."""
        return [(self.life.achieved, self.life.achieved)] * how_many

    def talk(self, at: datetime) -> dict[str, Any]:
        """A conversation with the adult."""
        said = "; ".join(self.tell.wants(self.life.type, 1))
        return {"happened_at": at, "how": self.rng.choice(("visit", "visit", "telephone")), "adult_words": f"“{said}.”"}

    def short_enquiry(self, enquiry: Enquiry, steps: Sequence[datetime]) -> None:
        """The whole enquiry on one page."""
        asking = self.asking()
        do.conclude_short_enquiry(
            enquiry,
            conversation=self.talk(steps[0]) if self.life.asked in ("expressed", "none_expressed") else None,
            capacity=self.capacity(),
            **asking,
            ratings=self.ratings(len(asking["outcomes"])),
            risk=self.risk(),
            words=self.tell.one(narrative.FOUND),
            by=self.worker.actor,
            at=steps[5],
        )

    def long_enquiry(self, enquiry: Enquiry, steps: Sequence[datetime]) -> None:
        """The enquiry step by step."""
        by, life = self.worker.actor, self.life
        if life.asked in ("expressed", "none_expressed"):
            do.record_conversation(enquiry, **self.talk(steps[0]), by=by, at=steps[0])
        elif self.rng.random() < 0.5:
            do.record_attempt(enquiry, happened_at=steps[0], by=by, at=steps[0])
        wanted = do.record_outcomes_asked(enquiry, **self.asking(), by=by, at=steps[1])
        do.record_capacity(enquiry, **self.capacity(), by=by, at=steps[2])
        if self.rng.random() < 0.6:
            self.act(enquiry, steps[2], steps[4])
        do.assess_risk(enquiry, **self.risk(), by=by, at=steps[4])
        if wanted:
            ratings = dict(zip([row.pk for row in wanted], self.ratings(len(wanted)), strict=True))
            do.rate_outcomes(enquiry, ratings=ratings, by=by, at=steps[5])
        do.propose_conclusion(enquiry, words=self.tell.one(narrative.FOUND), by=by, at=steps[6])

    def act(self, enquiry: Enquiry, begun: datetime, done: datetime) -> None:
        """Something done in the enquiry."""
        code, words = self.tell.action(self.life.type)
        action = do.add_action(
            enquiry, words=words, code=code, owner_words=self.worker.user.name, due_on=day_of(done), by=self.worker.actor, at=begun
        )
        do.finish_action(action, words="Done, and recorded.", by=self.worker.actor, at=done)

    # ------------------------------------------------------------------------------------------ plan and closing

    def agree_plan(self, enquiry: Enquiry, at: datetime) -> None:
        """A safeguarding plan with a step and a review day."""
        by = self.worker.actor
        review_on = day_of(self.life.authorised_at) + timedelta(days=self.rng.randrange(28, 85))
        self.plan = do.agree_plan(
            enquiry,
            words=self.tell.fill("{name} is visited weekly by the same worker, and rings the line if worried."),
            adult_agrees="yes",
            triggers="Any new injury, money missing, or visits stopped.",
            contingency="Ring the safeguarding line; out of hours, the duty number.",
            review_on=review_on,
            by=by,
            at=at,
        )
        self.step = do.add_plan_action(
            self.plan, words="Weekly visit", who=self.worker.user.name, agency="Adult social care", due_on=review_on, by=by, at=at
        )

    def carry_out_plan(self) -> None:
        """The step done, the review held, the plan ended."""
        by = self.worker.actor
        assert self.ended is not None
        self.ended += timedelta(days=self.rng.randrange(25, 80))
        do.finish_plan_action(self.step, words="Visits made each week.", by=by, at=self.ended - timedelta(days=1))
        self.plan.case = self.case
        do.review_plan(self.plan, outcome="end", words="The plan has done its work.", by=by, at=self.ended)

    def close(self) -> None:
        """The adult told, whoever told us told or held, and the case closed by a manager."""
        closed = max(self.life.closed_at, self.ended + timedelta(hours=2))
        steps = self.spread(self.ended, closed, 2)
        self.tell_adult(steps[0])
        self.give_feedback(steps[1])
        do.close_case(
            self.case,
            reasons="Everything is settled and everybody who should know has been told.",
            how_to_come_back=narrative.COME_BACK,
            children_considered="no_children",
            by=self.manager.actor,
            at=closed,
        )

    def tell_adult(self, at: datetime) -> None:
        """In person or by telephone; or why not."""
        if self.rng.random() < 0.93:
            how = self.rng.choice(("telephone", "in_person", "letter"))
            do.tell_adult(self.case, told_at=at, how=how, by=self.worker.actor, at=at)
        else:
            do.tell_adult(self.case, because=self.rng.choice(("not_reached", "nobody_to_tell")), by=self.worker.actor, at=at)

    def give_feedback(self, at: datetime) -> None:
        """As much as they may be told; held where they left no safe way. Nothing generated is ever sent."""
        referrer, by = self.contact.referrer, self.worker.actor
        if not referrer.wants_feedback or self.contact.about == "me":
            return
        if not referrer.email or self.rng.random() < 0.06:
            because = "no_safe_way" if not referrer.email else "adult_does_not_agree"
            do.hold_feedback(self.case, contact=self.contact, because=because, by=by, at=at)
            return
        level = "receipt"
        if referrer.is_professional:
            level = self.rng.choices(("stage", "outcome"), (1, 2))[0]
        do.send_feedback(
            self.case,
            contact=self.contact,
            level=level,
            words="Thank you. We have looked into this with the adult; please go on visiting and ring us if anything changes." if level == "outcome" else "",
            ground="keeps_adult_safe" if level == "outcome" else "",
            checked=True,
            not_sent=GENERATED,
            by=by,
            at=at,
        )

    def spread(self, start: Any, end: Any, how_many: int) -> list[datetime]:
        """So many moments in order between two."""
        parts = sorted(self.rng.uniform(0.05, 0.95) for _ in range(how_many))
        return [start + (end - start) * part for part in parts]


def _support(rng: Random, aged_65_plus: bool) -> str:
    reasons = ("physical", "memory", "learning_disability", "mental_health", "sensory", "social", "not_known")
    weights = (50, 25, 1, 8, 5, 3, 8) if aged_65_plus else (28, 2, 26, 30, 3, 5, 6)
    return rng.choices(reasons, weights)[0]


def contact_of(case: Case) -> Contact:
    """The report a case began with."""
    return Contact.objects.get(pk=case.contact_id)
