"""What a reader shares with the people they look at, by the digests of what they gave of themselves (PR-26)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from uuid import UUID

from haven.casework.people.models import Person
from haven.casework.watch.details import OwnDetail
from haven.casework.watch.own_details import digest_of, digests_of, nearby_keys

WEIGHED = ("address", "phone", "postcode", "street")


def shared_by_digest(people: Mapping[UUID, Set[UUID]]) -> Iterator[tuple[UUID, UUID, str]]:
    """For each reader who gave their own details, what the records of these people hold alike; four statements."""
    own: defaultdict[UUID, set[tuple[str, bytes]]] = defaultdict(set)
    kept = OwnDetail.objects.filter(user__in=people, kind__in=WEIGHED)
    for reader_id, kind, digest in kept.values_list("user_id", "kind", "digest"):
        own[reader_id].add((kind, bytes(digest)))
    wanted = {pk for reader_id in own for pk in people[reader_id]}
    records = Person.objects.filter(pk__in=wanted).prefetch_related("addresses", "contact_points")
    theirs = {person.pk: digests_near(person) for person in records}
    for reader_id, details in own.items():
        for person_id in people[reader_id]:
            yield from ((reader_id, person_id, kind) for kind, _digest in details & theirs.get(person_id, set()))


def digests_near(person: Person) -> set[tuple[str, bytes]]:
    """What the facts of a person would be as details, with the streets and postcodes they live in."""
    near = [key for each in person.addresses.all() for key in nearby_keys(each.lines, each.postcode)]
    return digests_of(person) | {(kind, digest_of(kind, key)) for kind, key in near if key}
