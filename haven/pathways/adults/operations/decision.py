"""The section 42 decision: three parts answered, proposed by the system, decided by a named person (PR-11, PR-12)."""

from collections.abc import Mapping
from datetime import date, datetime

from haven.casework.clocks.running import start, start_many, stop
from haven.casework.clocks.timescales import Timescale
from haven.casework.decisions.deciding import countersign, decide
from haven.casework.decisions.models import Decision
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.stages.moves import move
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Concern, Enquiry, LimbAnswer
from haven.pathways.adults.operations.answers import WrongTime, happened, known, known_or_unset, needed
from haven.pathways.adults.operations.crime import pause_where_held
from haven.pathways.adults.operations.ending import move_to_closing
from haven.pathways.adults.operations.telling import children_considered
from haven.pathways.adults.questions import SECOND_PERSON, SECTION_42
from haven.pathways.adults.timescales import ALLOCATE_ENQUIRY, DECIDE_CONCERN, ENQUIRY, FEEDBACK

ENQUIRIES = ("section_42", "other")
NEITHER = "not_an_enquiry"
Limb = tuple[str, str]
"""An answer (yes, no, not_yet) and its reasons."""


class AlreadyDecided(Refusal):
    """The concern has been decided; it is decided again only when a second person disagrees or the case reopens."""


class HearFirst(Refusal):
    """Before deciding, hear the adult or say why not yet (PR-11)."""


class LimbsFirst(Refusal):
    """The three parts of section 42 are answered before the decision (R-044)."""


class ChildrenFirst(Refusal):
    """The children line blocks the decision until it is answered (PR-04)."""


class NotOffered(Refusal):
    """The three answers do not allow this outcome."""


class GroundNeeded(Refusal):
    """Going further than the adult agrees to needs a ground (PR-11)."""


class SamePerson(Refusal):
    """The second view is somebody else's (R-048)."""


@operation(may="adults.answer_limbs")
def answer_limbs(
    concern: Concern,
    *,
    needs: Limb,
    abuse: Limb,
    protect: Limb,
    settle: Mapping[str, tuple[str, date]] | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Answer the three parts of section 42(1), each with its reasons; gives the outcome they propose.

    The test is reasonable cause to suspect. A part not yet known says what would settle it and by when (`settle`).
    """
    _must_be_undecided(concern)
    given = {"needs": needs, "abuse": abuse, "protect": protect}
    rows = [_limb(concern, limb, *given[limb], (settle or {}).get(limb)) for limb in given]
    LimbAnswer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["concern", "limb"],
        update_fields=["answer", "reasons", "settle_how", "settle_by"],
    )
    answers = {row.limb: row.answer for row in rows}
    record(events.LIMBS_ANSWERED, subject=concern, by=by, at=at, codes=answers)
    return proposed_outcome(answers)


def _limb(concern: Concern, limb: str, answer: str, reasons: str, settled: tuple[str, date] | None) -> LimbAnswer:
    entry = codes.find(codes.LIMBS, limb)
    title = str(entry.label) if entry else limb
    known(codes.LIMB_ANSWERS, answer, title)
    reasons = needed(reasons, f"Give your reasons for “{title}”.")
    how, by_day = settled or ("", None)
    if answer == "not_yet":
        how = needed(how if by_day else "", f"Say what would settle “{title}”, and by when.")
    return LimbAnswer(concern=concern, limb=limb, answer=answer, reasons=reasons, settle_how=how, settle_by=by_day)


def proposed_outcome(answers: Mapping[str, str]) -> str:
    """What the answers propose: three yeses, section 42; a no, not an enquiry; otherwise nothing yet."""
    if set(answers.values()) == {"yes"}:
        return "section_42"
    return NEITHER if "no" in answers.values() else ""


def outcomes_offered(concern: Concern, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The outcomes that may be decided. Three yeses: section 42 alone; an adult who died: never that (PR-13)."""
    if concern.died:
        return ("other", NEITHER)
    return ("section_42",) if proposed_outcome(answers) == "section_42" else ("other", NEITHER)


def reasons_drafted(concern: Concern) -> str:
    """The notes of the three parts as one text, for the person who decides to make their own (PR-16)."""
    return reasons_of({limb.limb: (limb.answer, limb.reasons) for limb in concern.limbs.all()})


def reasons_of(limbs: Mapping[str, Limb]) -> str:
    """The same, of answers that are not saved yet."""
    given = [(entry.label, *limbs[entry.code]) for entry in codes.LIMBS if entry.code in limbs]
    return "\n".join(f"{part}: {codes.label(codes.LIMB_ANSWERS, answer).lower()}. {why}" for part, answer, why in given)


@operation(may="adults.decide_concern")
def decide_concern(
    concern: Concern,
    *,
    outcome: str,
    reasons: str,
    destination: str = "",
    not_known_reasons: str = "",
    ground: str = "",
    by: Actor,
    at: datetime,
) -> Enquiry | None:
    """Decide whether the section 42 duty to make enquiries applies.

    Gives the enquiry that begins, if one does. *Not an enquiry* needs a destination, and a second person where the
    concern is a repeat, about a care provider, about self-neglect, or the adult died. `ground`: for going further than
    the adult agrees to, where none is recorded yet.
    """
    _must_be_undecided(concern)
    answers = _ready(concern)
    _must_be_offered(concern, outcome, answers)
    if outcome == NEITHER:
        known(codes.DESTINATIONS, destination, "Where does this go?")
        reasons = _with_not_known(reasons, not_known_reasons, answers)
    ground = known_or_unset(codes.GROUNDS_TO_OVERRIDE, ground, "On what ground?") or concern.override_ground
    if outcome != NEITHER and concern.adult_agrees == "no" and not ground:
        raise GroundNeeded("The adult does not agree to sharing. Record the ground for going further, then decide.")
    decide(concern.case, SECTION_42, outcome=outcome, reasons=reasons, proposed=proposed_outcome(answers), by=by, at=at)
    kept = destination if outcome == NEITHER else ""
    met = outcome in ENQUIRIES
    change(concern, outcome=outcome, decided_at=at, threshold_met=met, destination=kept, override_ground=ground)
    stop(DECIDE_CONCERN, case=concern.case, at=at, by=by)
    record(events.CONCERN_DECIDED, subject=concern, by=by, at=at, codes={"outcome": outcome, "destination": kept})
    return _go_on(concern, by=by, at=at)


def _must_be_undecided(concern: Concern) -> None:
    if concern.outcome or concern.case.stage != "concern":
        raise AlreadyDecided("This concern has already been decided. Open the case again to see the decision.")


def _ready(concern: Concern) -> dict[str, str]:
    """The three answers, where all that comes before a decision is there."""
    if not children_considered(concern.contact, concern.case):
        raise ChildrenFirst(
            "Children may be affected. Say when children's services were told, or why they need not be."
        )
    if concern.heard is None:
        raise HearFirst("Record what the adult says, or why you have not heard them yet. Then decide.")
    answers = dict(concern.limbs.values_list("limb", "answer"))
    if len(answers) < len(codes.LIMBS):
        raise LimbsFirst("Answer the three parts of section 42, then decide.")
    return answers


def _must_be_offered(concern: Concern, outcome: str, answers: Mapping[str, str]) -> None:
    known(codes.OUTCOMES, outcome, str(SECTION_42.text))
    offered = outcomes_offered(concern, answers)
    if outcome in offered:
        return
    if concern.died:
        raise NotOffered("The adult died, so there is no section 42 enquiry for them. Ask about others at risk.")
    if offered == ("section_42",):
        raise NotOffered("All three parts are yes, so section 42 applies. Change a part if you do not agree with it.")
    raise NotOffered("Section 42 applies only when all three parts are yes. Choose another outcome, or change a part.")


def _with_not_known(reasons: str, why: str, answers: Mapping[str, str]) -> str:
    if "not_yet" not in answers.values():
        return reasons
    why = needed(why, "A part of section 42 is not yet known. Say why you decline the concern without knowing it.")
    return f"{reasons.strip()}\n\nDecided although a part is not yet known: {why}" if reasons.strip() else ""


def _go_on(concern: Concern, *, by: Actor, at: datetime) -> Enquiry | None:
    """What follows from a decision that stands; one that waits for a second person changes nothing yet."""
    case = concern.case
    if concern.outcome in ENQUIRIES:
        wanted = [ALLOCATE_ENQUIRY, ENQUIRY, *_to_tell(concern)]
        start_many(wanted, authority_id=case.authority_id, case=case, at=at, by=by)
        pause_where_held(case, by=by, at=at)
        move(case, to="enquiry", by=by, at=at)
        enquiry = Enquiry(case=case, kind=concern.outcome, begun_at=at, location=concern.location)
        enquiry.save(force_insert=True)
        return enquiry
    if not concern.second_person_because:
        _begin_closing(concern, by=by, at=at)
    return None


def _to_tell(concern: Concern) -> list[Timescale]:
    """The clock of feedback, where somebody other than the adult told us and wants to hear."""
    contact = concern.contact
    return [FEEDBACK] if contact.about != "me" and contact.referrer.wants_feedback else []


def _begin_closing(concern: Concern, *, by: Actor, at: datetime) -> None:
    case = concern.case
    start_many(_to_tell(concern), authority_id=case.authority_id, case=case, at=at, by=by)
    move_to_closing(case, by=by, at=at)


@operation(may="adults.countersign_concern")
def countersign_concern(concern: Concern, *, agrees: bool, reasons: str, by: Actor, at: datetime) -> None:
    """Agree, or not, that a concern is not an enquiry. Somebody other than the person who decided (R-048).

    Disagreeing sets the decision aside: the concern waits to be decided again, and its clock runs again.
    """
    if concern.outcome != NEITHER or concern.case.stage != "concern":
        raise WrongTime("There is no decision here that waits for a second person.")
    decision = Decision.objects.filter(case=concern.case, question=SECTION_42.code).latest("at")
    if decision.by_id == by.id:
        raise SamePerson("You made this decision. Ask another manager to look at it.")
    outcome = "agrees" if agrees else "disagrees"
    decide(concern.case, SECOND_PERSON, outcome=outcome, reasons=reasons, by=by, at=at)
    record(events.CONCERN_COUNTERSIGNED, subject=concern, by=by, at=at, codes={"outcome": outcome})
    if agrees:
        countersign(decision, by=by, at=at)
        _begin_closing(concern, by=by, at=at)
    else:
        change(concern, outcome="", decided_at=None, threshold_met=None, destination="")
        start(DECIDE_CONCERN, authority_id=concern.authority_id, case=concern.case, at=at, by=by)


@operation(may="adults.record_destination")
def record_destination(
    concern: Concern,
    *,
    sent_at: datetime,
    accepted_by: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Concern:
    """Record when the concern was sent to its destination and who accepted it by name. It stays ours until then."""
    if concern.outcome != NEITHER:
        raise WrongTime("Only a concern that is not an enquiry has a destination.")
    change(
        concern, version=version, destination_sent_at=happened(sent_at, at), destination_accepted_by=accepted_by.strip()
    )
    told = {"destination": concern.destination, "accepted": bool(accepted_by.strip())}
    record(events.DESTINATION_RECORDED, subject=concern, by=by, at=at, codes=told)
    return concern
