"""Who may read a case, and why, in rows; and what is kept to the reader (TR-02, TR-03)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from haven.casework.access.models import CaseRelationship, Membership
from haven.casework.access.models.relationships import RELATIONSHIPS
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import KeptReport
from haven.casework.operations.actor import Actor
from haven.casework.watch.models import Alert
from haven.casework.watch.openings import EMERGENCIES
from haven.casework.watch.sealed import REPORT_MET
from haven.casework.watch.ties import TAPS
from haven.design.moments import day_in_words, london, moment_in_words
from haven.lib.calendar import day_of


@dataclass(frozen=True)
class Reader:
    """One who may read the case, or a group of them: who, why, until when; `held` where it can be ended."""

    name: str
    why: str
    until_at: datetime | None = None
    held: CaseRelationship | None = None

    @property
    def until(self) -> str:
        """The moment it ends; the day, where it ends with one."""
        if self.until_at is None or (london(self.until_at).hour, london(self.until_at).minute) != (0, 0):
            return moment_in_words(self.until_at)
        return day_in_words(day_of(self.until_at - timedelta(minutes=1)))


def readers_of(case: Case, at: datetime) -> list[Reader]:
    """Everybody who may read the case now: who holds it, by name, and (while it is open) the team, duty and heads."""
    rows = [
        Reader(user.name, str(why)) for user, why in ((case.worker, _("Worker")), (case.manager, _("Manager"))) if user
    ]
    held = CaseRelationship.objects.live(at).filter(case=case, user__is_active=True).select_related("user", "given_by")
    rows += [Reader(each.user.name, why_of(each), each.until_at, each) for each in held.order_by("from_at")]
    return rows if case.restriction != Restriction.OPEN else rows + _groups(case, at)


def _groups(case: Case, at: datetime) -> list[Reader]:
    members = Membership.objects.on(day_of(at)).filter(authority_id=case.authority_id, user__is_active=True)
    team = members.filter(team=case.team_id).values("user_id").distinct().count()
    heads = members.filter(role="head_of_service").values_list("user__name", flat=True).distinct()
    found = [Reader(_("%(team)s, %(n)s people") % {"team": case.team.name, "n": team}, _("The case’s team"))]
    found += [Reader(name, _("Head of service: supervises every team")) for name in heads]
    return found + ([Reader(_("Whoever is on duty"), _("While it waits at the desk"))] if case.awaits_duty else [])


def why_of(held: CaseRelationship) -> str:
    """A relationship in words, with its reason."""
    said = RELATIONSHIPS[held.kind]
    if held.kind == "triage":
        return _("Triage of %(report)s") % {"report": held.reason}
    reason = {**TAPS, **EMERGENCIES}.get(held.reason, "")
    return f"{said}: {reason}" if reason else said


def kept_cases(actor: Actor) -> Any:
    """The restricted and sealed cases that the actor is named on, newest first."""
    kept = Case.objects.visible_to(actor).exclude(restriction=Restriction.OPEN)
    return kept.select_related("person", "worker").prefetch_related("keepings").order_by("-opened_at")[:100]


def kept_reports(actor: Actor) -> Any:
    """The sealed reports that the actor keeps, oldest first."""
    ours = KeptReport.objects.filter(lifted_at=None, contact__state__in=("received", "looked_at"))
    mine = ours.filter(keeper_id=actor.id) | ours.filter(deputy_id=actor.id)
    return mine.select_related("contact").order_by("kept_at")[:100]


def met_reports(actor: Actor) -> Any:
    """Reports that may be about somebody of a case the actor keeps, and that nobody has answered."""
    return Alert.objects.visible_to(actor).waiting().filter(kind=REPORT_MET.code).order_by("raised_at")[:50]
