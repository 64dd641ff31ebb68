"""Refusing what would tell a linked person something protected, unless two named people release those bytes (TR-08)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case
from haven.casework.deliveries import events
from haven.casework.deliveries.leaving import Outgoing, given_away
from haven.casework.deliveries.models import Release
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.people.protected import ProtectedText, text_of
from haven.casework.tasks.doing import add_task
from haven.lib.calendar import day_of


class CarriesProtected(Refusal):
    """It would tell somebody something protected that must not reach them.

    `afterwards` keeps it for two people to look at, in the transaction that goes on after the refusal.
    """

    def __init__(self, item: Outgoing, kinds: list[str]) -> None:
        super().__init__(
            "This would tell somebody what must be kept from them: it holds something protected. Nothing was sent. "
            "Take it out. If it must go as it is, two people can release it: they have been asked."
            if item.case
            else "This would tell somebody something protected. Nothing was sent. Take it out."
        )
        self.item, self.kinds = item, kinds

    def afterwards(self, *, by: Actor, at: datetime) -> None:
        """Ask two people, where somebody who works on the case tried to send it."""
        if self.item.case is not None and by.is_user:
            ask_for_release(self.item.case, item=self.item, kinds=self.kinds, by=by, at=at)


class NotTwice(Refusal):
    """Two people release, one of them a manager, and nobody releases what they wrote themselves."""


class AlreadySettled(Refusal):
    """It has been released or declined."""


class ReasonsNeeded(Refusal):
    """Releasing or declining says why."""


def must_not_give_away(item: Outgoing) -> None:
    """Refuse what would tell a linked person something protected, unless exactly these bytes were released."""
    found = given_away(item)
    if found and not is_released(item):
        raise CarriesProtected(item, sorted({place.kind for place in found}))


def is_released(item: Outgoing) -> bool:
    """Two people let exactly these bytes go, in this case."""
    return item.case is not None and Release.objects.released().filter(case=item.case, sha256=item.sha256).exists()


@operation(may="deliveries.ask_for_release")
def ask_for_release(case: Case, *, item: Outgoing, kinds: list[str], by: Actor, at: datetime) -> Release:
    """Ask two people to let something protected go, exactly as it is. Asked twice for the same, it is asked once."""
    text = ProtectedText.of(item.as_bytes().decode(), case.authority_id)
    facts = {"authority_id": case.authority_id, "text": text, "kinds": kinds, "asked_by_id": by.user_id, "asked_at": at}
    asked, made = Release.objects.get_or_create(case=case, sha256=item.sha256, defaults=facts)
    if made:
        _ask_manager(case, by=by, at=at)
    record(events.RELEASE_ASKED, subject=asked, by=by, at=at, codes={"kinds": kinds, "repeat": not made})
    return asked


def _ask_manager(case: Case, *, by: Actor, at: datetime) -> None:
    words = "A message that holds something protected waits for two people to release it or decline it."
    add_task(authority_id=case.authority_id, kind="release_waiting", words=words, due_on=day_of(at), case=case,
             owner=case.manager, team=case.team, by=by, at=at)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """What waits to be released, read by one of the two: to whom, under what subject, the words and all with them."""

    value_id: UUID
    channel: str = ""
    to_address: str = ""
    subject: str = ""
    body: str = ""
    more: tuple[str, ...] = ()


@operation(may="deliveries.open_release")
def open_release(release: Release, *, by: Actor, at: datetime) -> Opened:
    """Read what waits to be released, as it would leave. Each reading is recorded."""
    record(events.RELEASE_OPENED, subject=release, by=by, at=at, codes={"kinds": release.kinds})
    channel, to_address, subject, body, *more = json.loads(text_of(release, Opened(release.pk)))
    return Opened(release.pk, channel, to_address, subject, body, tuple(more))


@operation(may="deliveries.release")
def release(asked: Release, *, reasons: str, by: Actor, at: datetime) -> Release:
    """Let exactly these bytes go, with reasons. It takes two people, one of them a manager, neither who wrote it."""
    _must_wait(asked, reasons)
    if by.id in (asked.asked_by_id, asked.first_by_id):
        raise NotTwice("You wrote this or have released it already. Somebody else must look at it too.")
    manager = by.has_role_at(asked.authority_id, *DECIDES)
    if asked.first_by_id is not None and not (manager or asked.has_manager):
        raise NotTwice("One of the two must be a manager. Ask a manager to look at it.")
    place = "second" if asked.first_by_id else "first"
    facts: dict[str, Any] = {f"{place}_by_id": by.user_id, f"{place}_at": at, f"{place}_reasons": reasons.strip()}
    _settle(asked, has_manager=manager or asked.has_manager, **facts)
    codes = {"place": 2 if place == "second" else 1, "kinds": asked.kinds, "sha256": asked.sha256}
    record(events.RELEASED, subject=asked, by=by, at=at, codes=codes)
    return asked


@operation(may="deliveries.decline_release")
def decline_release(asked: Release, *, reasons: str, by: Actor, at: datetime) -> Release:
    """Decline to let something protected go, with reasons."""
    _must_wait(asked, reasons)
    _settle(asked, declined_by_id=by.user_id, declined_at=at, declined_reasons=reasons.strip())
    record(events.RELEASE_DECLINED, subject=asked, by=by, at=at, codes={"kinds": asked.kinds})
    return asked


def _must_wait(asked: Release, reasons: str) -> None:
    if asked.second_by_id is not None or asked.declined_by_id is not None:
        raise AlreadySettled("This has been released or declined already.")
    if not reasons.strip():
        raise ReasonsNeeded("Say why.")


def _settle(asked: Release, **facts: Any) -> None:
    Release.objects.filter(pk=asked.pk).update(**facts)
    for name, value in facts.items():
        setattr(asked, name, value)
