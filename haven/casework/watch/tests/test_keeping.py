"""Restricting and sealing: who keeps a case, who loses it, and that the guardian is told (TR-03, R-353)."""

from datetime import date, timedelta
from typing import Any

import pytest

from haven.casework.access.models import CaseRelationship, User
from haven.casework.access.predicates import related
from haven.casework.cases.keeping import Keeping
from haven.casework.cases.models import Allocation, Case
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.tasks.doing import add_task
from haven.casework.watch.keeping import (
    KeeperRequired,
    ReviewRequired,
    WhyRequired,
    keep_case,
    lift_case,
    name_on_case,
)
from haven.casework.watch.models import Alert
from haven.casework.watch.ties import NotTheirs, tie, untie
from haven.lib.calendar import day_of
from haven.project.testing.people import TUESDAY, actor_of_user, make_user

REVIEW = date(2026, 4, 10)
LATER = TUESDAY + timedelta(hours=1)


def again(actor: Actor) -> Actor:
    return actor_of_user(User.objects.get(pk=actor.user_id))


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def sealed(case: Case, by: Actor, *keepers: Actor, **more: Any) -> Case:
    given: dict[str, Any] = {
        "restriction": "sealed", "because": "about_a_worker", "words": "It is alleged of a worker.",
        "keepers": [user(each) for each in keepers], "review_on": REVIEW,
    }  # fmt: skip
    return keep_case(case, by=by, at=TUESDAY, **{**given, **more})


def test_a_sealed_case_shows_to_its_keeper_and_named_people_and_to_nobody_else(
    case: Case, desmond: Actor, priya: Actor, grace: Actor, amara: Actor
) -> None:
    sealed(case, desmond, grace, named=[user(desmond)])

    assert {name: Case.objects.visible_to(again(who)).exists() for name, who in
            {"grace": grace, "desmond": desmond, "priya": priya, "amara": amara}.items()} == {
        "grace": True, "desmond": True, "priya": False, "amara": False}  # fmt: skip
    assert not Case.objects.showing(again(priya)).exists()


def test_the_worker_who_is_not_named_has_the_case_and_its_tasks_no_more(
    case: Case, desmond: Actor, priya: Actor, grace: Actor
) -> None:
    task = add_task(
        authority_id=case.authority_id, kind="call", words="Ring Joan", due_on=day_of(TUESDAY), at=TUESDAY, by=priya,
        case=case, owner=user(priya),
    )  # fmt: skip
    sealed(case, desmond, grace)
    case.refresh_from_db()
    task.refresh_from_db()

    assert (case.worker_id, case.manager_id) == (None, None)
    assert task.owner_id == grace.id
    assert not Allocation.objects.filter(case=case, until_at=None).exists()


def test_the_guardian_is_told_that_a_case_was_kept_and_that_it_was_lifted(
    case: Case, desmond: Actor, grace: Actor
) -> None:
    sealed(case, desmond, grace)
    lift_case(case, reasons="The enquiry ended.", by=again(grace), at=LATER)

    assert set(Alert.objects.values_list("kind", "reader")) == {
        ("case_kept", desmond.id), ("case_lifted", grace.id)
    }  # fmt: skip
    kept = Keeping.objects.get()
    assert (kept.lifted_by_id, kept.lifted_reasons) == (grace.id, "The enquiry ended.")


def test_lifting_gives_the_case_back_to_its_team_and_needs_a_reason(case: Case, desmond: Actor, grace: Actor) -> None:
    sealed(case, desmond, grace)
    with pytest.raises(WhyRequired):
        lift_case(case, reasons=" ", by=again(grace), at=LATER)
    with pytest.raises(NotAllowed):
        lift_case(case, reasons="I want it back.", by=again(desmond), at=LATER)
    lift_case(case, reasons="The enquiry ended.", by=again(grace), at=LATER)

    assert Case.objects.visible_to(again(desmond)).exists()


@pytest.mark.parametrize(
    ("more", "refusal"),
    [({"words": " "}, WhyRequired), ({"because": "vip"}, WhyRequired), ({"restriction": "open"}, WhyRequired),
     ({"review_on": date(2026, 3, 1)}, ReviewRequired), ({"review_on": date(2028, 3, 1)}, ReviewRequired),
     ({"keepers": []}, KeeperRequired)],
)  # fmt: skip
def test_a_case_is_not_kept_without_a_reason_a_keeper_and_a_day_to_look_again(
    case: Case, desmond: Actor, grace: Actor, more: Any, refusal: Any
) -> None:
    with pytest.raises(refusal):
        sealed(case, desmond, grace, **more)
    case.refresh_from_db()
    assert case.restriction == "open"


def test_only_a_manager_who_may_read_a_case_restricts_it(
    case: Case, priya: Actor, grace: Actor, elsewhere_worker: Actor, authority: Any, teams: Any
) -> None:
    of_south = actor_of_user(make_user("Nadia Haddad", authority, "manager", team=teams.south))
    for other in (priya, elsewhere_worker, of_south):
        with pytest.raises(NotAllowed):
            sealed(case, other, grace)


def test_the_last_keeper_stays_until_there_is_another(case: Case, desmond: Actor, grace: Actor, priya: Actor) -> None:
    sealed(case, desmond, grace)
    held = CaseRelationship.objects.get(kind="keeper")
    held.case = case
    with pytest.raises(NotTheirs):
        untie(held, by=again(grace), at=LATER)
    name_on_case(case, user=user(desmond), kind="keeper", by=again(grace), at=LATER)
    untie(held, by=again(grace), at=LATER + timedelta(minutes=1))

    later = LATER + timedelta(hours=1)
    assert [each.user_id for each in CaseRelationship.objects.live(later).filter(case=case)] == [desmond.id]


def test_restricting_again_ends_the_first_keeping(case: Case, desmond: Actor, grace: Actor) -> None:
    sealed(case, desmond, grace, restriction="restricted")
    sealed(case, again(grace), grace)
    case.refresh_from_db()

    assert case.restriction == "sealed"
    assert Keeping.objects.filter(lifted_at=None).count() == 1


def test_whoever_was_tied_to_the_open_case_is_not_when_it_is_sealed(
    case: Case, desmond: Actor, grace: Actor, authority: Any
) -> None:
    auditor = make_user("Bridget Sample", authority, "auditor")
    tie(case, user=auditor, kind="auditing", until_on=REVIEW, by=desmond, at=TUESDAY)
    assert related(actor_of_user(auditor), case)

    sealed(case, desmond, grace)

    assert not related(actor_of_user(auditor), Case.objects.get(pk=case.pk))
