"""What the making of one life shares: the staff, who is known, and a generator of its own."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from uuid import UUID

from haven.casework.access.models import Team
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.lib.calendar import day_of
from haven.pathways.adults.models import Concern, DesiredOutcome, PlanAction, SafeguardingPlan
from haven.pathways.adults.year.narrative import Teller
from haven.pathways.adults.year.plan import Life
from haven.pathways.adults.year.staff import Staff, Worker


@dataclass
class Building:
    """One life being made. `people` maps the plan's adults to the persons made of them so far.

    `seed_of_adults` is shared by lives that may be about the same adult. `ended` is when the last thing so far
    happened; `told` whether those who told us have heard since the decision;
    `owed` that they are not to hear yet.
    """

    staff: Staff
    life: Life
    key: str
    period_start: date
    period_end: date
    people: dict[int, UUID]
    rng: Random
    not_sent: str = "generated"
    seed_of_adults: str = ""
    danger: str = "no"
    children: bool | None = False
    owed: bool = False
    team: Team = field(init=False)
    worker: Worker = field(init=False)
    manager: Worker = field(init=False)
    desk: Worker = field(init=False)
    case: Case = field(init=False)
    contact: Contact = field(init=False)
    tell: Teller = field(init=False)
    plan: SafeguardingPlan = field(init=False)
    step: PlanAction = field(init=False)
    concern: Concern = field(init=False)
    wanted: list[DesiredOutcome] = field(init=False)
    ended: datetime = field(init=False)
    told: bool = False

    def __post_init__(self) -> None:
        self.team = self.rng.choice(self.staff.teams[1:])
        self.worker = self.rng.choice(self.staff.of_team(self.team))
        self.manager = self.rng.choice(self.staff.managers)
        self.desk = self.rng.choice(self.staff.duty)

    def spread(self, start: datetime, end: datetime, how_many: int) -> list[datetime]:
        """So many moments in order between two."""
        parts = sorted(self.rng.uniform(0.05, 0.95) for _ in range(how_many))
        return [start + (end - start) * part for part in parts]

    @classmethod
    def second(cls, staff: Staff, key: str, rng: Random, *, source: str, harm: str, at: datetime) -> "Building":
        """One that is only a report: of something already reported."""
        life = Life(source=source, type=harm, location="own_home", received_at=at)
        return cls(staff, life, key, day_of(at), day_of(at), {}, rng)
