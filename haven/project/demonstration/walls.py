"""Who may not: a sealed and a restricted case, an emergency, conflicts of interest, and those tied to one case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.protection import record_address
from haven.casework.watch.break_glass import open_in_emergency
from haven.casework.watch.conflicts import challenge_conflict, detect, end_conflict, know_person, record_conflict
from haven.casework.watch.keeping import keep_case
from haven.casework.watch.kept_reports import seal_report
from haven.casework.watch.models import Alert
from haven.casework.watch.operations import decide_alert
from haven.casework.watch.own_details import give_own_details
from haven.casework.watch.ties import tie
from haven.lib.calendar import day_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class Scene:
    """Who is there, what they have to do with, and now. Each case is used for one thing only."""

    authority: Authority
    people: dict[str, User]
    now: datetime
    cases: list[Case]
    led: list[Case]
    planned: list[Case]

    def by(self, role: str, at: datetime) -> dict[str, Any]:
        """This persona, at that moment, as an operation asks for it."""
        return {"by": self.actor(role, at), "at": at}

    def actor(self, role: str, at: datetime) -> Actor:
        return actor_for(self.people[role], at)


def scene_of(authority: Authority, people: dict[str, User], now: datetime) -> Scene:
    """Cases that the demonstration's social worker and manager hold, those the manager alone leads, and plans."""
    live = Case.objects.filter(authority=authority, restriction="open", closed_at=None).select_related("person")
    led = live.filter(manager=people["manager"]).order_by("opened_at")
    planned = list(led.filter(stage="plan")[:2])
    left = led.exclude(pk__in=[case.pk for case in planned]).exclude(worker=None)
    cases = list(left.filter(worker=people["practitioner"], stage="enquiry"))
    return Scene(authority, people, now, cases, list(left.exclude(worker=people["practitioner"])), planned)


def build_walls(scene: Scene) -> None:
    """Everything that keeps somebody from something, and what opens it for a while."""
    _keep_two_cases(scene)
    _seal_a_report(scene)
    _open_in_emergencies(scene)
    _know_somebody(scene)
    _find_a_conflict(scene)
    _tie_to_one_case(scene)


def _keep_two_cases(scene: Scene) -> None:
    """One about a relative of a councillor is sealed, one about somebody who works here is restricted."""
    at, desk = scene.now - 3 * DAY, scene.people
    shared: dict[str, Any] = {"review_on": day_of(scene.now + 25 * DAY), **scene.by("manager", at)}
    words = "The adult is the aunt of a councillor. Keep it to the two of us and her worker."
    keep_case(scene.led.pop(), restriction="sealed", because="councillor", words=words,
              keepers=[desk["manager"], desk["head_of_service"]], named=[desk["practitioner"]], **shared)  # fmt: skip
    words = "The adult used to work at the desk; her former colleagues should not come across it."
    case = scene.led[-1]
    keep_case(case, restriction="restricted", because="staff_member", words=words, keepers=[desk["manager"]], **shared)


def _seal_a_report(scene: Scene) -> None:
    report = Contact.objects.filter(authority=scene.authority, state="received").order_by("-received_at")[0]
    at = max(scene.now - HOUR, report.received_at + timedelta(minutes=5))
    words = "The report names a worker of the desk. It should not stay on it."
    keeper = scene.people["head_of_service"]
    seal_report(report, because="about_a_worker", words=words, keeper=keeper, **scene.by("duty_officer", at))


def _open_in_emergencies(scene: Scene) -> None:
    """One last night, decided since; one of an hour ago, which waits for the guardian."""
    restricted, other = scene.led.pop(), scene.led.pop()
    night = scene.now - DAY
    words = "Ambulance crew at the door asks whether it is safe to go in."
    given: dict[str, Any] = {"reason": "emergency_service", "hours": 2}
    open_in_emergency(other, words=words, **given, **scene.by("out_of_hours_worker", night))
    alert = Alert.objects.get(kind="break_glass", case_id=other.pk)
    reasons = "Rung through by the ambulance service; the time fits their log."
    guardian = scene.by("information_governance_officer", night + 11 * HOUR)
    decide_alert(alert, outcome="explained", reasons=reasons, **guardian)
    words = "Her neighbour rang: shouting next door, and nobody of her named people answers."
    open_in_emergency(restricted, reason="immediate_danger", words=words, **scene.by("duty_officer", scene.now - HOUR))


def _know_somebody(scene: Scene) -> None:
    """A worker who says so; a colleague said to be concerned, who challenges it; one that is over."""
    at, desk = scene.now - 2 * DAY, scene.people
    know_person(scene.cases.pop(), ground="other", **scene.by("practitioner", at))
    said = record_conflict(scene.led[-1], user=desk["learning_officer"], ground="alleged", **scene.by("manager", at))
    words = "It is somebody else of the same name. I have never met the adult."
    challenge_conflict(said, words=words, **scene.by("learning_officer", at + HOUR))
    over = record_conflict(scene.led[-1], user=desk["business_support"], ground="other", **scene.by("manager", at))
    end_conflict(over, reasons="She has left the committee they both sat on.", **scene.by("head_of_service", scene.now))


def _find_a_conflict(scene: Scene) -> None:
    """Somebody's own address is the one of an adult whose case is not theirs."""
    at, bridget = scene.now - DAY, scene.people["auditor"]
    case = scene.led[-2]
    place: dict[str, Any] = {"lines": "12 Example Close, Thamesbury", "postcode": "ZZ9 8EX", "source": "The adult"}
    record_address(case, person=case.person, protected=False, **place, **scene.by("manager", at))
    give_own_details(bridget, house="12 Example Close", postcode="ZZ9 8EX", **scene.by("auditor", at + HOUR))
    detect(bridget, Person.objects.get(pk=case.person_id).pk, "same_address", at + HOUR)


def _tie_to_one_case(scene: Scene) -> None:
    """An advocate, and the officer of a district who made the referral, each until a day."""
    until_on = day_of(scene.now + 90 * DAY)
    given: dict[str, Any] = {"until_on": until_on, **scene.by("manager", scene.now - DAY)}
    for case, role, kind in (
        (scene.planned[0], "advocate", "advocate"),
        (scene.planned[-1], "designated_safeguarding_officer", "referral_recipient"),
        (scene.led[-1], "auditor", "auditing"),
    ):
        tie(case, user=scene.people[role], kind=kind, **given)
