"""Being shown what is protected: a reason, once a worker, case and day, and every time written down (PR-24)."""

from datetime import datetime
from typing import Any

from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import check_may, operation
from haven.casework.operations.refusals import Refusal
from haven.casework.people import events
from haven.casework.people.codes import REVEAL_REASONS
from haven.casework.people.models import Person, ProtectedValue, Reveal
from haven.casework.people.protected import text_of
from haven.lib.calendar import day_of


class ReasonNeeded(Refusal):
    """Nothing protected is shown without a reason from the list."""


class NoLongerProtected(Refusal):
    """Its protection has been ended, or it was replaced."""


@operation(may="people.reveal_protected")
def reveal(value: ProtectedValue, *, reason: str = "", by: Actor, at: datetime) -> Reveal:
    """Be shown something protected, for a reason from the list. Asked once a worker, case and day.

    `value.case` is the case it is needed for. Each showing is recorded, the later ones of a day under the same reason.
    """
    check_may(f"people.reveal_{value.kind}", by, value)
    if value.ended_at is not None:
        raise NoLongerProtected("This is no longer protected. Open the person page again.")
    found = todays_reveal(value, by=by, at=at)
    if found is None and reason not in REVEAL_REASONS:
        raise ReasonNeeded("Choose why you need to see this.")
    shown = found or _first_today(value, reason, by=by, at=at)
    codes = {"reason": shown.reason, "kind": value.kind, "again": found is not None}
    record(events.REVEALED, subject=value, case_id=_case_id(value), by=by, at=at, codes=codes)
    return shown


def todays_reveal(value: ProtectedValue, *, by: Actor, at: datetime) -> Reveal | None:
    """The reveal of this value to this worker for this case today: no reason is asked again."""
    return Reveal.objects.filter(value=value, by_id=by.id, case_id=_case_id(value), on=day_of(at)).first()


def words_shown(value: ProtectedValue, shown: Reveal) -> str:
    """The words, for this one answer. Lines are set apart by commas."""
    return ", ".join(part for part in text_of(value, shown).split("\n") if part)


def _first_today(value: ProtectedValue, reason: str, *, by: Actor, at: datetime) -> Reveal:
    facts = {"value": value, "by_id": by.user_id, "case_id": _case_id(value), "on": day_of(at)}
    defaults = {"reason": reason, "at": at, "authority_id": value.authority_id}
    return Reveal.objects.get_or_create(**facts, defaults=defaults)[0]


def _case_id(value: ProtectedValue) -> Any:
    return value.case.pk if value.case is not None else None


@operation(may="people.show_former_names")
def show_former_names(case: Any, *, person: Person, reason: str, by: Actor, at: datetime) -> str:
    """Be shown the names somebody was known by before (Gender Recognition Act 2004 s22, PR-30)."""
    if reason not in REVEAL_REASONS:
        raise ReasonNeeded("Choose why you need to see this.")
    record(events.FORMER_NAMES_SHOWN, subject=person, case_id=case.pk, authority_id=case.authority_id, by=by, at=at,
           codes={"reason": reason})  # fmt: skip
    return person.other_names
