"""Lists, searches, counts and figures: who may be met there, who must be, and that what is hidden changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from matrix_asking import Answer, path_of
from matrix_oracle import Situation, may_know
from matrix_population import Record
from matrix_questions import KEEPS_PAGE, Matrix
from matrix_readers import DUTY, Reader
from matrix_table import FIGURES, LISTS

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.people.models import Person
from haven.casework.tasks.models import Task
from haven.casework.watch.models import Alert

MARCH = {"from": "2026-03-01", "to": "2026-03-31"}
UNCHANGED = ("home", "team", "board", "duty", "guardian", "figure-cases", "search", "waiting", "waiting-for")
"""Where what is hidden must change nothing. Not the figures: they count every case, sealed ones included."""


@dataclass(frozen=True)
class Looked:
    """One list looked at by one reader, standing to one record; `typed` is what was searched for."""

    name: str
    reader: Reader
    klass: str
    stage: str
    what: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.what} by {self.reader}, asked with {self.klass}/{self.stage}".replace("  ", " ")


STAGES_OF = {"duty": ("waiting", "concern"), "board": ("waiting", "concluded"), "guardian": ("enquiry",),
             "search": ("concern", "plan")}  # fmt: skip
SEARCHES: dict[str, Callable[[Record], str]] = {
    "name": lambda r: f"{r.adult.given_name} {r.adult.family_name}",
    "reference": lambda r: r.case.reference if r.case else r.contact.reference,
    "report": lambda r: r.contact.reference,
    "postcode": lambda r: f"{r.district} 4AR",
}


def looks(readers: list[Reader], classes: Any) -> Iterator[Looked]:
    """Every list × reader × class of the record the reader stands to."""
    for name in LISTS:
        for klass in classes:
            for stage in STAGES_OF.get(name, ("enquiry",)):
                for reader in readers:
                    kinds = SEARCHES if name == "search" else ("",)
                    yield from (Looked(name, reader, klass, stage, kind) for kind in kinds)


def look(matrix: Matrix, looked: Looked) -> None:
    """Ask for the list, and judge it."""
    record, rule = matrix.world.at(looked.klass, looked.stage), LISTS[looked.name]
    situation = Situation(matrix.world, looked.reader, record)
    answer, typed = ask(matrix, looked, record)
    matrix.tally.asked["lists"] += 1
    held = any(not rule.roles or role in rule.roles for _where, role in looked.reader.held)
    if held != answer.allowed:
        matrix.tally.fault("wrong denies" if held else "wrong allows", f"{looked}: {answer.status}")
    for leak in matrix.asker.leaks(situation, answer, but=typed):
        matrix.tally.fault("leaks", f"{looked}: {leak}")
    if answer.status in KEEPS_PAGE:
        for unread in matrix.asker.unread(situation, answer, but=typed):
            matrix.tally.fault("missing reads", f"{looked}: {unread}")
    for missing in absent(looked, situation, answer) if held else ():
        matrix.tally.fault("wrong denies", f"{looked}: {missing} is not there")
    if held and looked.name in UNCHANGED and changed_by_the_hidden(matrix, looked, situation, answer):
        matrix.tally.fault("hidden records that change a list", str(looked))


def ask(matrix: Matrix, looked: Looked, record: Record, before: Any = None) -> tuple[Answer, str]:
    """The answer, and what was typed to get it."""
    path, typed = path_of(looked.name, LISTS[looked.name].address(record)), ""
    if looked.name.startswith("figure"):
        path += "?" + urlencode({"authority": record.desk.authority.code, **MARCH})
    if looked.name == "search":
        typed = SEARCHES[looked.what](record)
        return matrix.asker.ask(looked.reader, record, "POST", path, {"q": typed}, before), typed
    return matrix.asker.ask(looked.reader, record, "GET", path, None, before), typed


def absent(looked: Looked, situation: Situation, answer: Answer) -> list[str]:
    """What this reader should have met and did not."""
    wanted = EXPECTED.get(looked.name, lambda _looked, _situation: iter(()))(looked, situation)
    return [token for token in wanted if token not in answer.body and not answer.leads_to.endswith(f"/{token}/")]


def own_work(_looked: Looked, s: Situation) -> Iterator[str]:
    for record in s.world.records:
        if record.case and record.stage != "closed" and s.stands(record, "worker") and s.sees_case(record):
            yield record.case.reference
        if s.sees_task(record):
            yield f"{record.word}task"


def of_team(_looked: Looked, s: Situation) -> Iterator[str]:
    for record in s.world.records:
        if record.case and record.stage != "closed" and s.of_team(record) and s.sees_case(record):
            yield record.case.reference


def at_the_desk(_looked: Looked, s: Situation) -> Iterator[str]:
    for record in s.world.records:
        if record.stage == "waiting" and s.decides_report(record) and s.holds(record, *DUTY):
            yield record.contact.reference
        if record.case and record.stage == "concern" and s.at_desk(record):
            yield record.case.reference


def on_the_board(_looked: Looked, s: Situation) -> Iterator[str]:
    for record in s.world.records:
        if record.stage == "waiting" and s.holds(record, "manager", "head_of_service"):
            yield record.contact.reference


def alerted(_looked: Looked, s: Situation) -> Iterator[str]:
    """Every alert of a guardian's authority, sealed cases' too, by the reference of its case."""
    seen = (each for each in s.world.records if each.case and s.sees_alert(each))
    return (each.case.reference for each in seen if s.holds(each, "information_governance_officer"))


def behind_a_figure(_looked: Looked, s: Situation) -> Iterator[str]:
    for record in s.world.records:
        if record.case and record.desk is s.about.desk and s.holds(record, *FIGURES) and s.sees_case(record):
            yield record.case.reference


def searched(looked: Looked, s: Situation) -> Iterator[str]:
    """The person; or the very page of a reference."""
    record = s.about
    if looked.what in ("name", "postcode") and s.sees_person(record):
        yield f"{record.word}a"
    if looked.what == "reference" and record.case and s.sees_case(record):
        yield record.case.reference
    if looked.what == "report" and s.sees_report(record):
        yield record.contact.reference


EXPECTED: dict[str, Callable[[Looked, Situation], Iterator[str]]] = {
    "home": own_work, "team": of_team, "duty": at_the_desk, "board": on_the_board, "guardian": alerted,
    "figure-cases": behind_a_figure, "search": searched,
}  # fmt: skip


def changed_by_the_hidden(matrix: Matrix, looked: Looked, situation: Situation, answer: Answer) -> bool:
    """Whether the page changes when everything the reader may not meet is made urgent, old and otherwise named.

    What is hidden changes it every time; a clock that ticks meanwhile does not.
    """
    for _time in range(3):
        other, _typed = ask(matrix, looked, situation.about, lambda: disturb(situation))
        again, _typed = ask(matrix, looked, situation.about)
        if (other.status, other.body) in ((answer.status, answer.body), (again.status, again.body)):
            return False
        answer = again
    return True


def disturb(s: Situation) -> None:
    """Change all that is hidden: a count, an order or a name that changes with it betrays it."""
    before = timezone.now() - timedelta(days=700)
    hidden = [each for each in s.world.records if not may_know(s, "case reference", each)]
    cases = [each.case.pk for each in hidden if each.case]
    Case.objects.filter(pk__in=cases).update(urgency="act_now", opened_at=before)
    tasks = [each.task.pk for each in hidden if each.task and not may_know(s, "task", each)]
    Task.objects.filter(pk__in=tasks).update(due_on=before.date())
    alerts = [each.alert.pk for each in hidden if each.alert and not s.sees_alert(each)]
    Alert.objects.filter(pk__in=alerts).update(raised_at=before)
    reports = [each.contact.pk for each in hidden if not may_know(s, "report", each)]
    Contact.objects.filter(pk__in=reports).update(urgency="act_now", received_at=before, immediate_danger="yes")
    people = {each.adult.pk for each in s.world.records if not may_know(s, "person", each)}
    Person.objects.filter(pk__in=people).update(known_as="Somebody")
