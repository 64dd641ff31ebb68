"""What ties a reader to a case at a moment: why they looked, in the access report and for the watch (TR-02, PR-24)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import CaseRelationship, Membership
from haven.casework.access.models.relationships import RELATIONSHIPS
from haven.casework.access.roles import DUTY, GUARDIANS, ROLES
from haven.casework.cases.models import Allocation, Case
from haven.casework.watch.openings import EMERGENCIES
from haven.casework.watch.ties import TAPS
from haven.lib.calendar import day_of

TIES: dict[str, Any] = {
    "worker": _("Allocated worker"),
    "manager": _("Accountable manager"),
    **RELATIONSHIPS,
    "team": _("Of the case’s team"),
    "duty": _("On duty while it waited"),
    "head": _("Head of service"),
    "had_it": _("Had claimed or entered the report"),
    "guardian": _("Follows who looked"),
    "": _("No tie recorded"),
}
"""Code to words, the closest first."""

CODES: dict[str, Any] = {**TAPS, **EMERGENCIES}
"""The reasons somebody gives for opening one case, in words."""

ALLOCATED = ("worker", "manager")


@dataclass
class Ties:
    """Who was what to which case, loaded at once for some cases and some readers."""

    allocations: dict[UUID, list[Allocation]] = field(default_factory=lambda: defaultdict(list))
    relationships: dict[tuple[UUID, UUID], list[CaseRelationship]] = field(default_factory=lambda: defaultdict(list))
    memberships: dict[UUID, list[Membership]] = field(default_factory=lambda: defaultdict(list))

    def of(self, reader_id: UUID, case: Case, at: datetime) -> str:
        """The closest tie of this reader to the case at the moment, as a code of TIES; empty where there is none."""
        if self._worked(reader_id, case, at):
            return "worker"
        if case.manager_id == reader_id:
            return "manager"
        own = [each.kind for each in self.relationships[case.pk, reader_id] if _covers(each, at)]
        return next((kind for kind in RELATIONSHIPS if kind in own), "") or self._by_role(reader_id, case, at)

    def _worked(self, reader_id: UUID, case: Case, at: datetime) -> bool:
        held = (each for each in self.allocations[case.pk] if each.user_id == reader_id)
        given = any(each.at <= at and (each.until_at is None or at < each.until_at) for each in held)
        return given or case.worker_id == reader_id

    def _by_role(self, reader_id: UUID, case: Case, at: datetime) -> str:
        held = self.held(reader_id, at)
        if case.team_id in {each.team_id for each in held}:
            return "team"
        roles = {each.role for each in held if each.authority_id == case.authority_id}
        if not roles.isdisjoint(DUTY) and self._waited(case, at):
            return "duty"
        if "head_of_service" in roles:
            return "head"
        return "" if roles.isdisjoint(GUARDIANS) else "guardian"

    def _waited(self, case: Case, at: datetime) -> bool:
        return case.awaits_duty or all(each.at > at for each in self.allocations[case.pk])

    def held(self, reader_id: UUID, at: datetime) -> list[Membership]:
        """The roles this reader held that day."""
        day = day_of(at)
        of = self.memberships[reader_id]
        return [each for each in of if each.from_on <= day and (each.until_on is None or each.until_on >= day)]

    def roles(self, reader_id: UUID, at: datetime) -> str:
        """Those roles in words."""
        return ", ".join(sorted({ROLES.get(each.role, each.role) for each in self.held(reader_id, at)}))

    def last_held(self, reader_id: UUID, case: Case) -> datetime | None:
        """When a case last went from this reader to somebody else; None where it never did."""
        ended = [each.until_at for each in self.allocations[case.pk] if each.user_id == reader_id and each.until_at]
        return max(ended) if ended else None


def ties_of(cases: Collection[Case], reader_ids: Iterable[UUID]) -> Ties:
    """Load what ties these readers to these cases; three statements."""
    ties, ids, readers = Ties(), [case.pk for case in cases], list(reader_ids)
    for allocation in Allocation.objects.filter(case__in=ids):
        ties.allocations[allocation.case_id].append(allocation)
    for own in CaseRelationship.objects.filter(case__in=ids, user__in=readers):
        ties.relationships[own.case_id, own.user_id].append(own)
    for membership in Membership.objects.filter(user__in=readers):
        ties.memberships[membership.user_id].append(membership)
    return ties


def closest(codes: Iterable[str]) -> str:
    """Of several ties the closest."""
    found = set(codes)
    return next((code for code in TIES if code in found), "")


def _covers(own: CaseRelationship, at: datetime) -> bool:
    return own.from_at <= at and (own.until_at is None or at < own.until_at)


def reason_in_words(reason: str) -> str:
    """The reason recorded with a look, its codes in words: “break_glass: other” is “Opened in an emergency: …”."""
    said = ", ".join(_part_in_words(part) for part in reason.split(", ")) if reason else ""
    return said[:1].upper() + said[1:]


def _part_in_words(part: str) -> str:
    kind, _colon, code = part.partition(": ")
    return ": ".join(str(words) for words in (TIES.get(kind, kind), CODES.get(code, code)) if words)
