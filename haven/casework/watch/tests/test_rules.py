"""Every rule of the watch: what it sees, and the near miss that it lets pass."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from haven.casework.access.models import Authority, CaseRelationship, Conflict, Membership, User
from haven.casework.cases.casework import allocate
from haven.casework.cases.models import Allocation, Case
from haven.casework.clocks.models import LocalPolicy
from haven.casework.contacts.models import Contact
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.people.models import ContactPoint, Person
from haven.casework.people.recording import add_person
from haven.casework.watch import surnames
from haven.casework.watch.events import RAISED
from haven.casework.watch.registries import ON_DUTY, OWN_DETAILS
from haven.casework.watch.tests.looks import looked, seen_in, signs
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_case, make_user

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def shares() -> Iterator[set[tuple[Any, Any, str]]]:
    """What readers share with people, as the part that keeps their details would say it."""
    told: set[tuple[Any, Any, str]] = set()
    OWN_DETAILS.append(lambda people: told)
    yield told
    OWN_DETAILS.pop()


@pytest.fixture
def colin(authority: Authority, teams: Any) -> Actor:
    """A colleague of Priya in the North team, who has no case of his own there."""
    return actor_of_user(make_user("Colin Whitlock", authority, "practitioner", team=teams.north))


def kinds(alerts: list[Any]) -> list[str]:
    return [alert.kind for alert in alerts]


# Own address or telephone number


@pytest.mark.parametrize("what", ["address", "phone"])
def test_a_record_with_the_readers_own_address_or_number_alerts_even_where_it_is_their_case(
    case: Case, joan: Person, priya: Actor, shares: Any, what: str
) -> None:
    shares.add((priya.id, joan.pk, what))

    assert kinds(seen_in(looked(priya, "case", case, joan, at=TUESDAY))) == ["look_own_details"]


def test_being_shown_in_a_list_is_no_opening(case: Case, joan: Person, priya: Actor, shares: Any) -> None:
    shares.add((priya.id, joan.pk, "address"))

    assert seen_in(looked(priya, "team", case, joan, at=TUESDAY)) == []
    assert signs() == []


# A neighbour


def test_the_record_of_somebody_of_the_same_postcode_alerts(
    case: Case, joan: Person, colin: Actor, shares: Any
) -> None:
    shares.add((colin.id, joan.pk, "postcode"))

    assert kinds(seen_in(looked(colin, "case", case, joan, at=TUESDAY))) == ["look_neighbour"]


def test_the_same_street_alone_does_not_alert_and_weighs_half_for_the_allocated_worker(
    case: Case, joan: Person, priya: Actor, colin: Actor, shares: Any
) -> None:
    shares.update({(colin.id, joan.pk, "street"), (priya.id, joan.pk, "street")})

    assert seen_in(*(looked(who, "case", case, joan, at=TUESDAY) for who in (colin, priya))) == []
    assert signs() == [("neighbour", 30), ("neighbour", 60)]


# A family name


@pytest.mark.parametrize(
    ("in_10000", "weight"), [(0.4, 1.0), (1, 1.0), (10, 0.5), (100, 0.0), (400, 0.0)],
)  # fmt: skip
def test_a_family_name_weighs_less_the_more_common_it_is_here(in_10000: float, weight: float) -> None:
    assert surnames.rarity(in_10000) == pytest.approx(weight)


def test_a_rare_family_name_is_a_sign_but_never_alerts_by_itself_however_often(
    case: Case, joan: Person, colin: Actor
) -> None:
    Person.objects.bulk_create(Person(given_name="Ann", family_name="Smith") for _ in range(9999))
    looks = [looked(colin, "case", case, joan, at=TUESDAY + n * HOUR) for n in range(5)]

    assert seen_in(*looks) == []
    assert signs() == [("surname", 50)]


def test_a_common_family_name_is_no_sign_at_all(case: Case, joan: Person, colin: Actor) -> None:
    Person.objects.bulk_create(Person(given_name="Ann", family_name="Whitlock") for _ in range(30))
    Person.objects.bulk_create(Person(given_name="Ann", family_name="Smith") for _ in range(1500))

    seen_in(looked(colin, "case", case, joan, at=TUESDAY))
    assert signs() == []


def test_where_few_people_are_known_nobody_can_say_how_common_a_name_is(case: Case, joan: Person, colin: Actor) -> None:
    seen_in(looked(colin, "case", case, joan, at=TUESDAY))

    assert signs() == []


# A colleague


@pytest.mark.parametrize("how", ["declared", "by e-mail"])
def test_a_record_about_somebody_with_an_account_alerts(
    how: str, case: Case, joan: Person, authority: Authority, colin: Actor, other_team_worker: Actor
) -> None:
    if how == "declared":
        facts = {"ground": "same_person", "from_at": FRIDAY, "authority": authority, "person": joan}
        Conflict.objects.create(user_id=other_team_worker.user_id, **facts)
    else:
        facts = {"kind": "email", "value": "Wren@example.org", "authority": authority, "recorded_at": FRIDAY}
        ContactPoint.objects.create(person=joan, **facts)

    assert kinds(seen_in(looked(colin, "case", case, joan, at=TUESDAY))) == ["look_colleague"]


def test_the_allocated_worker_of_a_colleagues_case_raises_nothing(
    case: Case, joan: Person, authority: Authority, priya: Actor, other_team_worker: Actor
) -> None:
    facts = {"ground": "same_person", "from_at": FRIDAY, "authority": authority, "person": joan}
    Conflict.objects.create(user_id=other_team_worker.user_id, **facts)

    assert seen_in(looked(priya, "case", case, joan, at=TUESDAY)) == []


# Bulk


def open_people(reader: Actor, authority: Authority, team: Any, people: int, at: Any) -> list[Any]:
    cases = [make_case(authority, team, add_person(at=FRIDAY, given_name=f"Ann {n}")) for n in range(people)]
    return [looked(reader, "case", case, case.person, at=at + n * MINUTE / 2) for n, case in enumerate(cases)]


def test_opening_thirty_people_in_half_an_hour_beyond_ones_habit_alerts_once_a_day(
    authority: Authority, teams: Any, colin: Actor
) -> None:
    looks = open_people(colin, authority, teams.north, 31, TUESDAY)

    assert kinds(seen_in(*looks)) == ["look_bulk"]
    assert seen_in(*open_people(colin, authority, teams.north, 31, TUESDAY + 2 * HOUR)) == []


def test_twenty_nine_people_or_as_many_as_every_day_are_nothing(authority: Authority, teams: Any, colin: Actor) -> None:
    assert seen_in(*open_people(colin, authority, teams.north, 29, TUESDAY)) == []
    for days in range(5, 9):
        open_people(colin, authority, teams.north, 31, TUESDAY - days * DAY)
    assert seen_in(*open_people(colin, authority, teams.north, 31, TUESDAY + DAY)) == []


def test_the_number_is_the_authoritys_own_from_the_day_it_set_it(
    authority: Authority, teams: Any, colin: Actor, priya: Actor
) -> None:
    own = {"authority": authority, "rule": "watch.bulk.people", "amount": 10, "source": "Board, May"}
    LocalPolicy.objects.create(from_on=TUESDAY.date() + DAY, **own)

    assert seen_in(*open_people(colin, authority, teams.north, 12, TUESDAY)) == []
    assert kinds(seen_in(*open_people(priya, authority, teams.north, 12, TUESDAY + 2 * DAY))) == ["look_bulk"]


# After a transfer or closing


def transferred(case: Case, colin: Actor, priya: Actor, at: Any) -> None:
    """The case was Colin's and went to Priya at the moment."""
    Allocation.objects.filter(case=case).delete()
    allocate(case, user=User.objects.get(pk=colin.id), kind="concern", at=FRIDAY)
    allocate(case, user=User.objects.get(pk=priya.id), kind="concern", at=at)


def test_a_case_opened_long_after_it_went_to_another_team_alerts(
    case: Case, joan: Person, colin: Actor, priya: Actor, teams: Any
) -> None:
    transferred(case, colin, priya, FRIDAY + HOUR)
    Membership.objects.filter(user_id=colin.id).update(team=teams.south)
    (alert,) = seen_in(looked(colin, "case", case, joan, at=FRIDAY + 10 * DAY))

    assert {sign.rule for sign in alert.signs.all()} == {"after_transfer", "no_relationship"}


def test_within_the_same_team_or_within_a_week_a_transfer_does_not_alert(
    case: Case, joan: Person, colin: Actor, priya: Actor
) -> None:
    transferred(case, colin, priya, FRIDAY + HOUR)
    week = looked(colin, "case", case, joan, at=FRIDAY + 6 * DAY)

    assert seen_in(week) == []
    assert signs() == []
    assert seen_in(looked(colin, "case", case, joan, at=FRIDAY + 9 * DAY)) == []
    assert signs() == [("after_transfer", 60)]


def test_a_case_closed_a_month_ago_is_a_sign_but_not_for_its_worker(
    case: Case, joan: Person, colin: Actor, priya: Actor
) -> None:
    Case.objects.filter(pk=case.pk).update(closed_at=FRIDAY)
    early = looked(colin, "case", case, joan, at=FRIDAY + 20 * DAY)
    late = [looked(who, "case", case, joan, at=FRIDAY + 40 * DAY) for who in (colin, priya)]
    seen_in(early)
    assert signs() == []

    assert seen_in(*late) == []
    assert signs() == [("after_transfer", 60)]


# At night

NIGHT = TUESDAY.replace(hour=2)


def test_reading_at_night_off_duty_is_a_sign(case: Case, joan: Person, colin: Actor) -> None:
    assert seen_in(looked(colin, "case", case, joan, at=NIGHT)) == []
    assert signs() == [("night", 40)]


def test_ten_in_the_evening_is_night_and_ten_to_is_not(case: Case, joan: Person, colin: Actor) -> None:
    seen_in(looked(colin, "case", case, joan, at=TUESDAY.replace(hour=21, minute=50)))
    assert signs() == []
    seen_in(looked(colin, "case", case, joan, at=TUESDAY.replace(hour=22)))
    assert signs() == [("night", 40)]


def test_whoever_usually_works_at_night_or_is_on_duty_is_no_sign(
    case: Case, joan: Person, colin: Actor, authority: Authority, teams: Any
) -> None:
    for n in range(1, 8):
        looked(colin, "home", at=NIGHT - n * DAY)
    seen_in(looked(colin, "case", case, joan, at=NIGHT))
    nora = actor_of_user(make_user("Nora Quill", authority, "out_of_hours_worker", "practitioner", team=teams.north))
    seen_in(looked(nora, "case", case, joan, at=NIGHT))
    rota = actor_of_user(make_user("Rota Quill", authority, "practitioner", team=teams.north))
    ON_DUTY.append(lambda readers, at: [rota.id] if at == NIGHT else [])
    seen_in(looked(rota, "case", case, joan, at=NIGHT))
    ON_DUTY.pop()

    assert signs() == []


# Searching only


def searched(reader: Actor, person: Person, times: int) -> list[Any]:
    return [looked(reader, "search", person, at=TUESDAY + n * DAY / 4) for n in range(times)]


def test_searching_four_times_for_somebody_one_has_no_case_with_alerts(
    case: Case, joan: Person, other_team_worker: Actor
) -> None:
    three = searched(other_team_worker, joan, 3)
    assert seen_in(*three) == []
    assert signs() == [("search_only", 75)]
    (alert,) = seen_in(looked(other_team_worker, "search", joan, at=TUESDAY + DAY))

    assert alert.kind == "look_search_only"
    assert len(alert.signs.get().reads) == 4


def test_searching_twice_or_for_ones_own_adult_is_nothing(
    case: Case, joan: Person, other_team_worker: Actor, colin: Actor
) -> None:
    seen_in(*searched(other_team_worker, joan, 2), *searched(colin, joan, 6))

    assert signs() == []


def test_a_duty_officer_who_opened_the_report_about_them_may_search_as_often_as_needed(
    case: Case, joan: Person, report: Contact, amara: Actor
) -> None:
    looked(amara, "report", report, joan, at=TUESDAY)
    seen_in(*searched(amara, joan, 5))

    assert signs() == []


# No relationship


def test_opening_a_case_without_any_tie_alerts(case: Case, joan: Person, other_team_worker: Actor) -> None:
    (alert,) = seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY))

    assert (alert.kind, alert.case_id, alert.person_id) == ("look_no_relationship", case.pk, joan.pk)


@pytest.mark.parametrize("who", ["priya", "desmond", "colin", "grace"])
def test_worker_manager_team_and_head_of_service_have_a_tie(
    who: str, request: Any, case: Case, joan: Person, priya: Actor, desmond: Actor, colin: Actor, grace: Actor
) -> None:
    reader = request.getfixturevalue(who)

    assert seen_in(looked(reader, "case", case, joan, at=TUESDAY)) == []
    assert signs() == []


@pytest.mark.parametrize(
    ("kind", "kept"), [("supervising", []), ("triage", []), ("break_glass", [("no_relationship", 30)])]
)
def test_a_relationship_of_ones_own_is_a_tie_and_a_reason_given_is_weighed(
    kind: str, kept: list[Any], case: Case, joan: Person, authority: Authority, other_team_worker: Actor
) -> None:
    given = {"case": case, "user_id": other_team_worker.id, "authority": authority, "kind": kind}
    CaseRelationship.objects.create(from_at=TUESDAY - HOUR, until_at=TUESDAY + HOUR, **given)
    assert seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY)) == []
    assert signs() == kept

    alerts = seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY + 2 * HOUR))
    assert len(alerts) == 1


def test_duty_has_a_tie_to_what_waits_and_none_once_somebody_has_it(
    concern: Any, joan: Person, amara: Actor, priya: Actor, teams: Any, authority: Authority
) -> None:
    reader = actor_of_user(make_user("Dan Ott", authority, "duty_officer"))
    case = concern.case
    assert seen_in(looked(reader, "case", case, joan, at=TUESDAY)) == []

    Case.objects.filter(pk=case.pk).update(awaits_duty=False, worker_id=priya.id, team=teams.north)
    Allocation.objects.create(case=case, user_id=priya.id, kind="concern", at=TUESDAY + HOUR)
    assert len(seen_in(looked(reader, "case", case, joan, at=TUESDAY + DAY))) == 1


def test_a_report_is_for_duty_and_for_whoever_has_it(report: Contact, amara: Actor, other_team_worker: Actor) -> None:
    assert seen_in(looked(amara, "report", report, at=TUESDAY)) == []
    (alert,) = seen_in(looked(other_team_worker, "report", report, at=TUESDAY))

    assert (alert.kind, alert.contact_id) == ("look_no_relationship", report.pk)


def test_following_who_looked_is_the_guardians_own_work(case: Case, joan: Person, authority: Authority) -> None:
    samira = actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))

    assert seen_in(looked(samira, "person-looks", joan, case, at=TUESDAY)) == []


# Many looks, no work


def many(reader: Actor, case: Case, times: int) -> list[Any]:
    return [looked(reader, "case", case, case.person, at=TUESDAY + n // 10 * DAY + n % 10 * HOUR) for n in range(times)]


def test_ten_looks_without_work_are_a_sign_and_twenty_an_alert(case: Case, colin: Actor) -> None:
    looks = many(colin, case, 20)
    assert seen_in(*looks[:10]) == []
    assert signs() == [("many_looks", 60)]

    assert kinds(seen_in(looks[-1])) == ["look_many_looks"]


def test_nine_looks_or_work_recorded_or_ones_own_case_are_nothing(
    case: Case, colin: Actor, priya: Actor, bola: Actor
) -> None:
    seen_in(*many(colin, case, 9), *many(priya, case, 20))
    assert signs() == []

    record(RAISED, subject=case, by=colin, at=TUESDAY, case_id=case.pk, codes={"kind": "note"})
    looks = many(colin, case, 20)
    seen_in(*looks)
    assert signs() == []


# Several weak signs


def test_weak_signs_that_meet_make_one_alert_that_explains_them_all(
    case: Case, joan: Person, colin: Actor, shares: Any
) -> None:
    shares.add((colin.id, joan.pk, "street"))
    assert seen_in(looked(colin, "case", case, joan, at=TUESDAY)) == []
    (alert,) = seen_in(looked(colin, "case", case, joan, at=NIGHT + DAY))

    assert alert.kind == "several_signs"
    assert signs() == [("neighbour", 60), ("night", 40)]
    assert {sign.rule for sign in alert.signs.all()} == {"neighbour", "night"}
    assert alert.reader_id == colin.id


def test_weak_signs_a_fortnight_apart_do_not_meet(case: Case, joan: Person, colin: Actor, shares: Any) -> None:
    shares.add((colin.id, joan.pk, "street"))
    seen_in(looked(colin, "case", case, joan, at=TUESDAY))
    shares.clear()

    assert seen_in(looked(colin, "case", case, joan, at=NIGHT + 20 * DAY)) == []
