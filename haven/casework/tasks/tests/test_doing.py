"""Tasks have somebody to do them and a day."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from haven.casework.access.models import Team, User
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.tasks.doing import AlreadyDone, NobodyToDoIt, add_task, finish_task
from haven.casework.tasks.models import Task

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=ZoneInfo("Europe/London"))
TUESDAY = date(2026, 3, 10)


def given(case: Case, by: Actor, **facts: Any) -> Task:
    words: dict[str, Any] = {"kind": "visit", "words": "See Joan at home", "due_on": TUESDAY}
    return add_task(authority_id=case.authority_id, case=case, by=by, at=FRIDAY, **{**words, **facts})


def owner(actor: Actor) -> User:
    return User.objects.get(pk=actor.id)


def test_a_task_without_anybody_to_do_it_is_turned_away(case: Case, desmond: Actor) -> None:
    with pytest.raises(NobodyToDoIt, match="a person or a team"):
        given(case, desmond)


def test_the_database_too_wants_an_owner_or_a_team(case: Case, desmond: Actor, priya: Actor) -> None:
    task = given(case, desmond, owner=owner(priya))

    with pytest.raises(IntegrityError, match="a_task_has_an_owner_or_a_team"), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(owner=None)


def test_a_task_is_due_from_its_day_on_and_overdue_the_day_after(case: Case, desmond: Actor, priya: Actor) -> None:
    given(case, desmond, owner=owner(priya))

    assert not Task.objects.due(date(2026, 3, 9)).exists()
    assert Task.objects.due(TUESDAY).exists()
    assert not Task.objects.overdue(TUESDAY).exists()
    assert Task.objects.overdue(date(2026, 3, 11)).exists()


def test_people_find_their_own_tasks_and_their_teams(
    case: Case, desmond: Actor, priya: Actor, amara: Actor, other_team_worker: Actor
) -> None:
    own = given(case, desmond, owner=owner(priya))
    shared = given(case, desmond, team=Team.objects.get(pk=case.team_id))

    assert set(Task.objects.for_actor(priya)) == {own, shared}
    assert set(Task.objects.for_actor(desmond)) == {shared}
    assert not Task.objects.for_actor(other_team_worker).exists()
    assert not Task.objects.for_actor(Actor.job("sweep")).exists()


def test_a_teams_task_does_not_betray_a_sealed_case(case: Case, desmond: Actor, priya: Actor) -> None:
    given(case, desmond, team=Team.objects.get(pk=case.team_id))
    Case.objects.filter(pk=case.pk).update(restriction="sealed")

    assert not Task.objects.for_actor(priya).exists()


def test_a_task_is_finished_once_and_the_first_words_stay(case: Case, desmond: Actor, priya: Actor) -> None:
    task = given(case, desmond, owner=owner(priya))
    finish_task(task, words="Seen, safe tonight.", by=priya, at=FRIDAY)

    with pytest.raises(AlreadyDone):
        finish_task(task, words="Again", by=desmond, at=FRIDAY)
    task.refresh_from_db()
    assert (task.done_words, task.done_by_id) == ("Seen, safe tonight.", priya.id)
    assert not Task.objects.open().exists()
