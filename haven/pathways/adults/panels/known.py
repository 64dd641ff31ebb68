"""Everything known of one adult safeguarding case, gathered in two statements however much there is.

The case page's panels and the strip above every form are made of it, so that nobody flips pages (PR-16, PR-29).
It is read once a request and kept on the case.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from haven.casework.cases.models import Case
from haven.casework.desk.facts import dated
from haven.casework.operations.actor import Actor
from haven.pathways.adults import codes
from haven.pathways.adults.panels import asking
from haven.pathways.adults.questions import CONCLUSION

Row = dict[str, Any]
Rows = list[Row]


@dataclass
class Known:
    """The rows of one case, each as a dictionary with its codes said in words beside them (`…_said`)."""

    case: Case
    concerns: Rows = field(default_factory=list)
    reports: Rows = field(default_factory=list)
    limbs: Rows = field(default_factory=list)
    types: Rows = field(default_factory=list)
    sources: Rows = field(default_factory=list)
    alleged: Rows = field(default_factory=list)
    crimes: Rows = field(default_factory=list)
    holds: Rows = field(default_factory=list)
    talks: Rows = field(default_factory=list)
    enquiries: Rows = field(default_factory=list)
    wishes: Rows = field(default_factory=list)
    actions: Rows = field(default_factory=list)
    plans: Rows = field(default_factory=list)
    steps: Rows = field(default_factory=list)
    reviews: Rows = field(default_factory=list)
    closings: Rows = field(default_factory=list)
    feedback: Rows = field(default_factory=list)
    told: Rows = field(default_factory=list)
    documents: Rows = field(default_factory=list)
    earlier: Rows = field(default_factory=list)
    decisions: Rows = field(default_factory=list)
    links: Rows = field(default_factory=list)
    looks: Rows = field(default_factory=list)
    tries: Rows = field(default_factory=list)
    repeats: Rows = field(default_factory=list)

    @property
    def concern(self) -> Row:
        """The concern; nothing where the case has none yet."""
        return next(iter(self.concerns), {})

    @property
    def report(self) -> Row:
        """The report the concern came from; those that joined it are in `reports` too."""
        return next((row for row in self.reports if not row["joined"]), {})

    @property
    def hold(self) -> Row:
        """The police hold that is on."""
        return next((row for row in self.holds if not row["lifted_at"]), {})

    @property
    def crime(self) -> Row:
        return next(iter(self.crimes), {})

    @property
    def enquiry(self) -> Row:
        """The newest enquiry."""
        return next(iter(self.enquiries), {})

    def newest_with(self, answer: str) -> Row:
        """The newest enquiry that gives this answer: a case opened again still knows what the last one found."""
        return next((row for row in self.enquiries if row[answer]), self.enquiry)

    @property
    def plan(self) -> Row:
        """The newest plan."""
        return next(iter(self.plans), {})

    @property
    def closing(self) -> Row:
        return next(iter(self.closings), {})

    @property
    def conversations(self) -> Rows:
        """Those in which somebody was reached, newest first."""
        return [row for row in self.talks if row["reached"]]

    @property
    def attempts(self) -> int:
        """How often nobody answered (PR-17): attempts with their own page, and those kept by one tap."""
        return sum(not row["reached"] for row in self.talks) + len(self.tries)

    @property
    def sent_back(self) -> Row:
        """The manager's reasons for sending the conclusion back, until it is proposed again."""
        newest = next((row for row in self.decisions if row["question"] == CONCLUSION.code), {})
        waits = bool(self.enquiry) and not self.enquiry["concluded_at"] and not self.enquiry["authorised_at"]
        return newest if waits and newest.get("outcome") == "sent_back" else {}

    @property
    def asked_for(self) -> Rows:
        """What the adult wants to happen, of the newest enquiry."""
        return [row for row in self.wishes if row["enquiry_id"] == self.enquiry.get("id")]

    @property
    def open_actions(self) -> Rows:
        return [row for row in self.actions if not row["done_at"]]

    @property
    def open_steps(self) -> Rows:
        return [row for row in self.steps if not row["done_at"] and not row["transferred_to"]]

    @property
    def primary(self) -> str:
        """The main type of harm, in words."""
        return next((row["said"] for row in self.types if row["primary"]), "")


def known_of(case: Case, actor: Actor) -> Known:
    """What is known of the case, read once; the earlier concerns are those this reader may see."""
    found: Known | None = case.__dict__.get("known_here")
    if found is None:
        found = Known(case, **{name: dated(rows) for name, rows in asking.lists_of(case, actor).items()})
        _say(found)
        case.__dict__["known_here"] = found
    return found


SAID: dict[str, dict[str, codes.Codes]] = {
    "concerns": {
        "not_heard_because": codes.NOT_YET_HEARD,
        "adult_knows": codes.YES_NO_NOT_KNOWN,
        "adult_agrees": codes.AGREES,
        "override_ground": codes.GROUNDS_TO_OVERRIDE,
        "outcome": codes.OUTCOMES,
        "destination": codes.DESTINATIONS,
        "location": codes.LOCATIONS,
        "source_code": codes.SOURCES,
    },
    "crimes": {"answer": codes.CRIME_ANSWERS},
    "talks": {"how": codes.HOW_SPOKEN, "with_whom": codes.ASKED_WHOM},
    "enquiries": {
        "kind": codes.ENQUIRY_KINDS,
        "asked": codes.ASKED,
        "not_asked_because": codes.NOT_ASKED_REASONS,
        "achieved": codes.ACHIEVED,
        "risk_assessment": codes.RISK_ASSESSMENT,
        "risk_outcome": codes.RISK_OUTCOMES,
        "remained_because": codes.REMAINED_REASONS,
        "capacity": codes.CAPACITY,
        "difficulty": codes.DIFFICULTY,
        "advocate": codes.ADVOCATE,
    },
    "wishes": {"by_adult": codes.ACHIEVED, "by_worker": codes.ACHIEVED},
    "plans": {"adult_agrees": codes.AGREES},
    "reviews": {"outcome": codes.REVIEW_OUTCOMES},
    "closings": {"adult_not_told_because": codes.ADULT_NOT_TOLD, "adult_told_how": codes.TOLD_HOW},
    "feedback": {"level": codes.FEEDBACK_LEVELS, "held_because": codes.HELD_REASONS, "how": codes.TOLD_HOW},
    "earlier": {"outcome": codes.OUTCOMES},
}
"""Which columns hold a code, and of which list."""

LISTS: dict[str, codes.Codes] = {
    "types": codes.HARM_TYPES,
    "sources": codes.SOURCES_OF_RISK,
    "told": codes.ALSO_TELL,
}


def _say(known: Known) -> None:
    for part, columns in SAID.items():
        for row in getattr(known, part):
            row.update({f"{name}_said": codes.label(entries, row[name] or "") for name, entries in columns.items()})
    for part, entries in LISTS.items():
        for row in getattr(known, part):
            row["said"] = codes.label(entries, row["code"])
    for row in known.limbs:
        entry = codes.find(codes.LIMBS, row["limb"])
        row["text"], row["source"] = (str(entry.label), entry.source) if entry else (row["limb"], "")
        row["said"] = codes.label(codes.LIMB_ANSWERS, row["answer"])
    known.limbs.sort(key=lambda row: codes.values(codes.LIMBS).index(row["limb"]))


def years_old(case: Case, day: date) -> str:
    """The adult's age in words, or that it is not known."""
    age = case.person.age_on(day)
    return "age not known" if age is None else str(age)
