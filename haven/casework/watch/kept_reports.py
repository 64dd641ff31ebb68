"""Sealing a report at first look, and what becomes of one that is sealed (TR-03, PR-05)."""

from datetime import datetime, timedelta
from typing import Any

import rules
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from haven.casework.access import wall
from haven.casework.access.models import Membership, User
from haven.casework.access.predicates import role_is
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import DECIDES, DUTY
from haven.casework.cases.codes import KEPT_BECAUSE
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import ContactConflict, KeptReport
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import must_wait
from haven.casework.contacts.permissions import shows
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.versions import change
from haven.casework.tasks.models import Task
from haven.casework.watch.keeping import KeeperRequired, NotKept, WhyRequired, keep
from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.raising import raise_alert
from haven.lib.calendar import day_of

REVIEWED_IN = timedelta(days=28)
"""When a case that a sealed report became is looked at again, unless its keeper says another day. Local."""

_WORDS = "The reasons and their salt go; that it was done, when and by whom stays."
SEALED = declare("watch.report_sealed", "{actor} sealed the report: {because}", erasure=_WORDS)
UNSEALED = declare("watch.report_unsealed", "{actor} gave the report back to the desk", erasure=_WORDS)

REPORT_SEALED = declare_alert(
    "report_sealed", _("A report was sealed at the desk"), _("{reader} sealed {reference}, which now has a keeper"),
    source="TR-03", outcomes={"right": _("Rightly so"), "back": _("Given back to the desk")},
)  # fmt: skip

rules.add_perm("watch.seal_report", role_is(*DUTY) & shows)
rules.add_perm("watch.unseal_report", role_is(*DECIDES) & shows)


@operation(may="watch.seal_report")
def seal_report(
    contact: Contact, *, because: str, words: str, keeper: User, deputy: User | None = None, by: Actor, at: datetime
) -> KeptReport:
    """Seal a report: it leaves the desk at once and is its keeper's. The guardian is told.

    Refused: no reason, or a keeper who does not decide cases for this authority or must not reach it.
    """
    must_wait(contact)
    if because not in KEPT_BECAUSE or not words.strip():
        raise WhyRequired("Choose why, and write it in a sentence.")
    may_keep = set(keepers_for(contact, at).values_list("pk", flat=True))
    if keeper.pk not in may_keep or (deputy is not None and deputy.pk not in may_keep):
        raise KeeperRequired("Choose a manager or head of service who is not concerned in it.")
    row = hold(contact, keeper, because=because, words=words.strip(), deputy=deputy, by=by, at=at)
    record(SEALED, subject=contact, by=by, at=at, codes={"because": because}, digest=row.seal(row.words))
    about: Any = {"reader_id": by.user_id, "contact_id": contact.pk}
    key = f"report_sealed:{row.pk}"
    raise_alert(
        REPORT_SEALED, authority_id=contact.authority_id, key=key, also_for=keeper, by=by, at=at, **about
    )  # fmt: skip
    return row


def hold(
    contact: Contact, keeper: User, *, because: str, by: Actor, at: datetime, words: str = "",
    deputy: User | None = None, taken_over: bool = False,
) -> KeptReport:  # fmt: skip
    """The report is the keeper's and nobody else's. A plain verb."""
    wall.hold(contact.pk)
    KeptReport.objects.filter(contact=contact, lifted_at=None).update(
        lifted_at=at, lifted_by_id=by.user_id, lifted_reasons="Kept by somebody else from then on."
    )
    row = KeptReport(contact=contact, authority_id=contact.authority_id, because=because, words=words, keeper=keeper)
    row.deputy, row.taken_over, row.kept_at, row.kept_by_id = deputy, taken_over, at, by.user_id
    row.save(force_insert=True)
    change(contact, claimed_by_id=keeper.pk, claimed_at=at)
    Task.objects.open().about(contact_id=contact.pk).exclude(kind="ring_guardian").update(owner=keeper, team=None)
    return row


@operation(may="watch.unseal_report")
def unseal_report(contact: Contact, *, reasons: str, by: Actor, at: datetime) -> KeptReport:
    """Give a sealed report back to the duty desk, with reasons."""
    row = KeptReport.objects.filter(contact=contact, lifted_at=None).first()
    if row is None:
        raise NotKept("This report is on the desk already.")
    if not reasons.strip():
        raise WhyRequired("Write why it may go back to the desk.")
    row.lifted_at, row.lifted_by_id, row.lifted_reasons = at, by.user_id, reasons.strip()
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_reasons"])
    change(contact, claimed_by_id=None, claimed_at=None)
    record(UNSEALED, subject=contact, by=by, at=at, digest=row.seal(reasons.strip()))
    return row


def keepers_for(contact: Contact, at: datetime) -> QuerySet[User]:
    """Managers and heads of service of the report's authority whom nothing keeps from it."""
    held = Membership.objects.on(day_of(at)).filter(authority_id=contact.authority_id, role__in=DECIDES)
    kept = ContactConflict.objects.filter(contact=contact, ended_at=None)
    found = User.objects.filter(is_active=True, pk__in=held.values("user_id")).exclude(pk__in=kept.values("user_id"))
    return found.order_by("name")


def carry_keeping(contact: Contact, cases: list[Case], *, by: Actor, at: datetime) -> None:
    """Seal the cases that a sealed report became, for the same people; nothing where it is not sealed."""
    row = KeptReport.objects.filter(contact=contact, lifted_at=None).select_related("keeper", "deputy").first()
    if row is None:
        return
    named = [row.deputy] if row.deputy else []
    words = row.words or "Taken over from the desk by its keeper."
    review_on = day_of(at + REVIEWED_IN)
    for case in cases:
        keep(case, Restriction.SEALED, row.because, words, [row.keeper], named, review_on, by=by, at=at)


def standing_on(contact: Contact) -> KeptReport | None:
    """How the report is kept now."""
    return KeptReport.objects.filter(contact=contact, lifted_at=None).select_related("keeper", "deputy").first()
