"""A report or a search that meets a kept case: nothing shows, and its keeper and the guardian are told (PR-05)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import transaction
from django.utils import timezone

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.clocks.policies import set_policy
from haven.casework.contacts.kept import KeptReport
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.tasks.models import Task
from haven.casework.watch.keeping import keep_case
from haven.casework.watch.kept_reports import seal_report, unseal_report
from haven.casework.watch.models import Alert
from haven.casework.watch.operations import decide_alert
from haven.casework.watch.sealed import (
    ACT_NOW,
    asked_row,
    compare_with_kept,
    take_over_report,
    tell_duty_managers,
)
from haven.casework.watch.searched import SearchedFor
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.report import accept_report
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_report, make_user
from haven.project.testing.working import work_off

ABOUT_JOAN = [{"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": date(1943, 5, 2)}]
ABOUT_NOBODY = [{"given_name": "Ottoline", "family_name": "Quarrie", "date_of_birth": date(1950, 1, 9)}]
ONLY_SOMETHING_WAITS = ("Joan", "Whitlock", "AS-", "C-")


def again(actor: Actor) -> Actor:
    return actor_of_user(User.objects.get(pk=actor.user_id))


@pytest.fixture
def samira(authority: Authority) -> User:
    """The guardian."""
    return make_user("Samira Example", authority, "information_governance_officer")


@pytest.fixture
def kept(case: Case, desmond: Actor, grace: Actor) -> Case:
    """Joan's case, sealed by Desmond with Grace as its keeper."""
    keeper = User.objects.get(pk=grace.user_id)
    keep_case(
        case, restriction="sealed", because="about_a_worker", words="It is alleged of a worker.", keepers=[keeper],
        review_on=date(2026, 4, 10), by=desmond, at=FRIDAY,
    )  # fmt: skip
    Alert.objects.all().delete()
    Delivery.objects.all().delete()
    return case


def compared(at: Any = TUESDAY) -> int:
    """What the jobs would do with every row that waits."""
    return sum(compare_with_kept(pk, at) for pk in list(SearchedFor.objects.values_list("pk", flat=True)))


def test_a_report_about_the_adult_of_a_sealed_case_alerts_its_keeper_and_the_guardian(
    kept: Case, authority: Authority, neighbour: Actor, grace: Actor, samira: User
) -> None:
    report = make_report(authority, neighbour, adults=ABOUT_JOAN)

    assert compared() == 1
    alert = Alert.objects.get()
    assert (alert.kind, alert.also_for_id, alert.contact_id) == ("sealed_report", grace.id, report.pk)
    told = Delivery.objects.filter(purpose="guardian_alert")
    assert {each.to_address for each in told} == {samira.email, "grace@example.org"}
    for each in told:
        assert not [word for word in ONLY_SOMETHING_WAITS if word in each.subject + each.body]


@pytest.mark.parametrize("adults", [ABOUT_JOAN, ABOUT_NOBODY])
def test_every_report_leaves_one_row_without_words_and_one_job_with_an_id(
    kept: Case, authority: Authority, neighbour: Actor, adults: Any
) -> None:
    from_before = jobs()
    report = make_report(authority, neighbour, adults=adults)

    row = SearchedFor.objects.get()
    assert (row.contact_id, row.name, row.date_of_birth) == (report.pk, "", None)
    assert jobs()[len(from_before) :] == [{"row_id": str(row.pk)}]


def jobs() -> list[Any]:
    found = apps.get_model("procrastinate", "ProcrastinateJob").objects.filter(task_name="watch_compare_with_kept")
    return list(found.order_by("id").values_list("args", flat=True))


@pytest.mark.parametrize("words", ["Joan Whitlock", "Ottoline Quarrie", "AS-2222-2222"])
def test_every_search_leaves_one_row_and_one_job(kept: Case, amara: Actor, sign_in: Any, words: str) -> None:
    assert sign_in(amara).post("/search", {"q": words}).status_code == 200

    assert SearchedFor.objects.count() == 1
    assert set(jobs()[-1]) == {"row_id"}


def test_a_search_for_the_adult_of_a_sealed_case_shows_nothing_and_alerts_who_was_not_named(
    kept: Case, amara: Actor, grace: Actor, sign_in: Any
) -> None:
    page = sign_in(amara).post("/search", {"q": "Joan Whitlock"})
    assert "Nothing that you may open matches" in page.content.decode()
    assert compared() == 1
    assert Alert.objects.get().kind == "sealed_search"

    sign_in(grace).post("/search", {"q": "Joan Whitlock"})
    assert compared() == 0, "its keeper may look for them"
    assert not SearchedFor.objects.exists()


@pytest.mark.parametrize("adults", [ABOUT_NOBODY, [{"given_name": "Joan", "family_name": "Barrow"}]])
def test_a_report_about_somebody_else_alerts_nobody(
    kept: Case, authority: Authority, neighbour: Actor, adults: Any
) -> None:
    make_report(authority, neighbour, adults=adults)
    assert compared() == 0
    assert not Alert.objects.exists()


def test_a_report_of_another_authority_alerts_nobody(kept: Case, elsewhere: Authority) -> None:
    make_report(elsewhere, Actor.public(elsewhere.pk), adults=ABOUT_JOAN)
    assert compared() == 0


def test_running_the_job_twice_alerts_once(kept: Case, authority: Authority, neighbour: Actor) -> None:
    report = make_report(authority, neighbour, adults=ABOUT_JOAN)
    compared()
    compare_with_kept(asked_row(how="report", at=TUESDAY, contact_id=report.pk), TUESDAY)

    assert Alert.objects.count() == 1


def test_taken_over_the_report_is_the_keepers_and_the_desk_sees_that_it_was_taken_on(
    kept: Case, authority: Authority, neighbour: Actor, amara: Actor, grace: Actor, sign_in: Any
) -> None:
    report = make_report(authority, neighbour, adults=ABOUT_JOAN)
    desk = sign_in(amara)
    assert report.reference in desk.get("/duty").content.decode()
    compared()
    alert = Alert.objects.get()
    keeper = sign_in(grace)
    assert "Joan Whitlock" in keeper.get(f"/kept/{alert.pk}/").content.decode()
    assert keeper.post(f"/kept/{alert.pk}/").status_code == 302

    page = desk.get("/duty").content.decode()
    assert "Taken on in the last day" in page
    assert "Joan" not in page
    answer = desk.get(f"/reports/{report.reference}/")
    assert answer.status_code == 409
    assert "was taken on" in answer.content.decode()
    assert "Joan" not in answer.content.decode()
    assert keeper.get(f"/reports/{report.reference}/").status_code == 200
    alert.refresh_from_db()
    assert (alert.outcome, alert.decided_by_id) == ("taken_over", grace.id)
    assert not Contact.objects.visible_to(amara).exists()


def test_the_guardian_may_take_it_over_for_the_keeper(
    kept: Case, authority: Authority, neighbour: Actor, grace: Actor, samira: User
) -> None:
    make_report(authority, neighbour, adults=ABOUT_JOAN)
    compared()
    take_over_report(Alert.objects.get(), by=actor_of_user(samira), at=TUESDAY)

    assert KeptReport.objects.get().keeper_id == grace.id


def test_nobody_else_takes_it_over(
    kept: Case, authority: Authority, neighbour: Actor, amara: Actor, desmond: Actor, sign_in: Any
) -> None:
    make_report(authority, neighbour, adults=ABOUT_JOAN)
    compared()
    alert = Alert.objects.get()
    for other in (amara, desmond):
        assert sign_in(other).get(f"/kept/{alert.pk}/").status_code == 404
        with pytest.raises(NotAllowed):
            take_over_report(alert, by=other, at=TUESDAY)


def test_unanswered_within_the_act_now_time_the_duty_manager_is_told_only_whom_to_ring(
    kept: Case, authority: Authority, neighbour: Actor, desmond: Actor, sign_in: Any
) -> None:
    report = make_report(authority, neighbour, adults=ABOUT_JOAN)
    compared()
    assert tell_duty_managers(TUESDAY + timedelta(minutes=59)) == 0
    assert tell_duty_managers(TUESDAY + timedelta(minutes=60)) == 1
    assert tell_duty_managers(TUESDAY + timedelta(minutes=61)) == 0, "once"

    words = f"Ring the guardian about {report.reference}."
    assert Delivery.objects.get(purpose="ring_guardian").body == words
    assert [(each.words, each.owner_id, each.case_id) for each in Task.objects.all()] == [(words, desmond.id, None)]
    assert words in sign_in(desmond).get("/home").content.decode()


def test_the_act_now_time_is_the_authoritys_own(kept: Case, authority: Authority, neighbour: Actor) -> None:
    administrator = actor_of_user(make_user("Linh Example", authority, "authority_administrator"))
    policy: Any = {"timescale": ACT_NOW, "amount": 3, "from_on": date(2026, 1, 1), "source": "Local"}
    set_policy(authority, by=administrator, at=FRIDAY, **policy)
    make_report(authority, neighbour, adults=ABOUT_JOAN)
    compared()

    assert tell_duty_managers(TUESDAY + timedelta(hours=2)) == 0
    assert tell_duty_managers(TUESDAY + timedelta(hours=3)) == 1


def test_answered_nobody_is_told(kept: Case, authority: Authority, neighbour: Actor, grace: Actor) -> None:
    make_report(authority, neighbour, adults=ABOUT_JOAN)
    compared()
    decide_alert(Alert.objects.get(), outcome="not_them", reasons="Another Joan.", by=again(grace), at=TUESDAY)

    assert tell_duty_managers(TUESDAY + timedelta(hours=5)) == 0


@pytest.mark.usefixtures("own_database")
def test_the_whole_chain_with_the_real_worker(
    kept: Case, authority: Authority, neighbour: Actor, samira: User, grace: Actor
) -> None:
    began = timezone.now()
    with transaction.atomic():
        make_report(authority, neighbour, adults=ABOUT_JOAN)
    work_off()
    work_off()

    told = [message for message in mail.outbox if "/guardian" in message.body or "/kept" in message.body]
    assert {to for message in told for to in message.to} == {samira.email, "grace@example.org"}
    assert timezone.now() - began < timedelta(seconds=60)
    assert not SearchedFor.objects.exists()


def test_a_report_sealed_at_first_look_leaves_the_desk_at_once_and_has_a_keeper(
    report: Contact, amara: Actor, desmond: Actor, grace: Actor, bola: Actor, sign_in: Any
) -> None:
    answers = {"because": "staff_member", "words": "It names a colleague.", "keeper": str(grace.id), "deputy": ""}
    desk = sign_in(amara)
    assert desk.post(f"/reports/{report.reference}/seal", answers).status_code == 302

    for other in (amara, desmond):
        browser = sign_in(other)
        assert report.reference not in browser.get("/duty").content.decode()
        for page in ("", "copy", "accept", "join", "decline", "seal", "i-know-them"):
            assert browser.get(f"/reports/{report.reference}/{page}").status_code == 404
        waits = browser.get("/duty").context["waits"]
        assert [wait.label for wait in waits if wait.count] == []
    assert sign_in(grace).get(f"/reports/{report.reference}/").status_code == 200
    assert Alert.objects.get().kind == "report_sealed"


def test_the_case_a_sealed_report_becomes_is_sealed_for_the_same_keeper(
    report: Contact, amara: Actor, desmond: Actor, grace: Actor, teams: Any, joan: Any
) -> None:
    seal_report(
        report, because="councillor", words="A councillor.", keeper=User.objects.get(pk=grace.user_id), by=amara,
        at=TUESDAY,
    )  # fmt: skip
    report.refresh_from_db()
    concern = accept_report(report, persons={report.adults.get().pk: joan}, by=again(grace), at=TUESDAY)[0]

    assert Case.objects.get(pk=concern.case_id).restriction == "sealed"
    assert Case.objects.visible_to(again(grace)).exists()
    for other in (amara, desmond):
        assert not Case.objects.visible_to(again(other)).exists()
        assert not Contact.objects.visible_to(again(other)).exists()


def test_given_back_the_report_is_on_the_desk_again(report: Contact, amara: Actor, grace: Actor) -> None:
    keeper = User.objects.get(pk=grace.user_id)
    seal_report(report, because="other", words="Not sure.", keeper=keeper, by=amara, at=TUESDAY)
    with pytest.raises(NotAllowed):
        unseal_report(report, reasons="Mine.", by=again(amara), at=TUESDAY)
    unseal_report(report, reasons="It is another of the same name.", by=again(grace), at=TUESDAY)

    assert Contact.objects.visible_to(amara).get().claimed_by_id is None


def test_a_sealed_earlier_case_makes_no_repeat_of_the_next_concern(
    kept: Case, concern: Concern, authority: Authority, neighbour: Actor, amara: Actor, joan: Any
) -> None:
    Case.objects.filter(pk=concern.case_id).update(restriction="sealed")
    report = make_report(authority, neighbour, adults=ABOUT_JOAN, received_at=TUESDAY)
    again_ = accept_report(report, persons={report.adults.get().pk: joan}, by=amara, at=TUESDAY)[0]

    assert not again_.repeat
