"""A task is finished where it is seen, by whoever it was given to."""

from datetime import timedelta

import pytest
from django.urls import reverse

from haven.casework.access.models import User
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.project.testing.people import TUESDAY


@pytest.fixture
def task(case, priya, desmond):
    return add_task(
        authority_id=case.authority_id,
        kind="feedback_limited",
        words="Ring the clinic back",
        due_on=TUESDAY.date() - timedelta(days=2),
        at=TUESDAY,
        by=desmond,
        case=case,
        owner=User.objects.get(pk=priya.id),
    )


def test_the_owner_marks_it_done_from_their_own_work(task, sign_in, priya):
    browser = sign_in(priya)
    assert reverse("finish-task", args=[task.pk]) in browser.get("/home").content.decode()

    browser.post(reverse("finish-task", args=[task.pk]))

    assert Task.objects.get(pk=task.pk).done_by_id == priya.id
    assert "Ring the clinic back" not in browser.get("/home").content.decode()


def test_somebody_elses_task_answers_as_one_that_does_not_exist(task, sign_in, other_team_worker):
    answer = sign_in(other_team_worker).post(reverse("finish-task", args=[task.pk]))

    assert answer.status_code == 404
    assert Task.objects.get(pk=task.pk).done_at is None


def test_an_actions_task_is_finished_on_its_own_page(task, sign_in, priya):
    Task.objects.filter(pk=task.pk).update(kind="adults.action")
    browser = sign_in(priya)

    assert reverse("finish-task", args=[task.pk]) not in browser.get("/home").content.decode()
    browser.post(reverse("finish-task", args=[task.pk]))
    assert Task.objects.get(pk=task.pk).done_at is None
