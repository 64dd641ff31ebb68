"""The worker's part: comparing what came and what was looked for with kept cases, and own details with facts."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.access import wall
from haven.casework.access.models import Conflict
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import loading_in_bulk
from haven.casework.people.finding import find_many
from haven.casework.watch.conflicts import CONFLICT_FOUND, keep_from_report
from haven.casework.watch.details import OwnDetail
from haven.casework.watch.leaving import sweep
from haven.casework.watch.own_details import (
    address_key,
    compare_person,
    compare_user,
    person_key,
    phone_key,
    users_like,
)
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.sealed import MANY, asked_of, asked_row, compare_with_kept, tell_duty_managers
from haven.casework.watch.searched import SearchedFor
from haven.casework.watch.ties import SAME_PERSON

LEFT_OVER = timedelta(minutes=2)
"""After which a row whose job was lost is compared by the sweep."""


@app.task(name="watch_compare_with_kept", queue="watch", priority=10)
def compare(row_id: str) -> None:
    """Compare what arrived or was looked for with the kept cases; the id is all it is given."""
    at = timezone.now()
    with transaction.atomic():
        wall.open_to_all("what arrived or was looked for is compared with every kept case")
        row = SearchedFor.objects.filter(pk=row_id).values("contact_id").first()
        if row is not None and row["contact_id"]:
            keep_the_concerned_away(row["contact_id"], at)
        compare_with_kept(UUID(row_id), at)


@app.task(name="watch_compare_person")
def compare_person_now(person_id: str) -> None:
    """Compare a person's facts with the details of staff."""
    with transaction.atomic():
        wall.open_to_all("a person's facts are compared with the details of staff")
        compare_person(UUID(person_id), timezone.now())


@app.task(name="watch_compare_user")
def compare_user_now(user_id: str) -> None:
    """Compare the details of one account with every record of its authorities."""
    with transaction.atomic():
        wall.open_to_all("one account's details are compared with every record")
        compare_user(UUID(user_id), timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="watch_sweep_kept", queueing_lock="watch_sweep_kept")
def sweep_kept(timestamp: int) -> None:
    """Every minute: rows whose job was lost, duty managers to tell, cases held against a conflict."""
    at = timezone.now()
    for row_id in SearchedFor.objects.filter(asked_at__lte=at - LEFT_OVER).values_list("pk", flat=True)[:200]:
        compare.defer(row_id=str(row_id))
    with transaction.atomic():
        wall.open_to_all("duty managers to tell and cases to hand on, in every authority")
        tell_duty_managers(at)
        sweep(at)


@app.periodic(cron="40 3 * * *")
@app.task(name="watch_backfill_details", queueing_lock="watch_backfill_details")
def backfill(timestamp: int) -> None:
    """Every night, everybody's details against every record: for what was written in bulk."""
    for user_id in OwnDetail.objects.values_list("user_id", flat=True).distinct():
        compare_user_now.defer(user_id=str(user_id))


def keep_the_concerned_away(contact_id: UUID, at: datetime) -> int:
    """Keep from a report whoever shares an address, number or birth with its adult or has a conflict with whom it may
    be; how many accounts."""
    contact = Contact.objects.select_related("referrer").prefetch_related("adults").get(pk=contact_id)
    adults = list(contact.adults.all())
    keys = [("address", address_key(each.whereabouts, each.postcode)) for each in adults]
    keys += [("person", person_key(each.named, each.date_of_birth)) for each in adults]
    keys += [("phone", phone_key(contact.referrer.telephone))]
    concerned = {user.pk: ground for user, ground in users_like(keys)}
    asked = [asked_of(each) for each in adults]
    people = {match.person.pk for found in find_many(asked, MANY) for match in found if match.score >= SAME_PERSON}
    for held in Conflict.objects.live().filter(person__in=people):
        concerned.setdefault(held.user_id, held.ground)
    ended = set(contact.conflicts.exclude(ended_by=None).values_list("user_id", "ground"))
    for user_id, ground in concerned.items():
        if (user_id, ground) in ended:
            continue  # somebody decided that it need not keep them away
        keep_from_report(contact, user_id, ground, at, detected=True)
        raise_alert(
            CONFLICT_FOUND, authority_id=contact.authority_id, key=f"conflict:{contact.pk}:{user_id}", at=at,
            by=Actor.job("conflicts of interest"), reader_id=user_id, contact_id=contact.pk, codes={"ground": ground},
        )  # fmt: skip
    return len(concerned)


def on_arrival(contact: Contact, by: Actor, at: datetime) -> None:
    """With every report, in its transaction: one row and one job."""
    if not loading_in_bulk():
        compare.defer(row_id=str(asked_row(how="report", at=at, contact_id=contact.pk)))


def on_fact(person_id: UUID) -> None:
    """With every fact that may tell who somebody is: one job. What is loaded in bulk is compared at night."""
    if not loading_in_bulk():
        compare_person_now.defer(person_id=str(person_id))
