"""Counting, every night, how many records of each authority break each rule; and which ones a reader may see."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.upkeep.models import Finding
from haven.casework.upkeep.rules import INVARIANTS, Invariant


def count_findings(at: datetime) -> int:
    """Count every rule for every authority; how many records break one. A rule nobody breaks is counted too: 0."""
    with transaction.atomic():
        wall.open_to_all("the rules of the data are counted over every case, sealed included")
        authorities = list(Authority.objects.values_list("pk", flat=True))
        found = [row for rule in INVARIANTS for row in _counted(rule, authorities, at)]
        Finding.objects.bulk_create(
            found, update_conflicts=True, unique_fields=["authority", "rule"], update_fields=["count", "counted_at"]
        )
    return sum(row.count for row in found)


def _counted(rule: Invariant, authorities: list[Any], at: datetime) -> list[Finding]:
    grouped = rule.find(at).order_by().values("authority_id").annotate(n=Count("pk", distinct=True))
    counts = {row["authority_id"]: row["n"] for row in grouped}
    return [Finding(authority_id=pk, rule=rule.code, count=counts.get(pk, 0), counted_at=at) for pk in authorities]


def seen_by(rule: Invariant, actor: Actor, at: datetime) -> QuerySet[Any]:
    """The records that break the rule and that this reader may open, as of now, the oldest first."""
    found = rule.find(at).filter(authority_id__in=actor.authority_ids)
    cases = Case.objects.visible_to(actor)
    if rule.of == "case":
        return cases.filter(pk__in=found.values("pk")).select_related("person", "worker").order_by("opened_at")
    if rule.of == "contact":
        return Contact.objects.readable_by(actor).filter(pk__in=found.values("pk")).order_by("received_at")
    theirs = Q(case__in=cases) | Q(case=None, contact_id=None)
    return found.filter(theirs).select_related("case").order_by("created_at")
