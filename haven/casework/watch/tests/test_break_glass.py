"""Opening in an emergency: told at once, over by itself, and never a sealed case or one's own family's (TR-04)."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch.break_glass import TooLong, WordsNeeded, end_emergency, open_in_emergency
from haven.casework.watch.models import Alert
from haven.casework.watch.openings import EmergencyOpening
from haven.casework.watch.searched import SearchedFor
from haven.casework.watch.tests.stepping_up import proved
from haven.project.testing.people import TUESDAY, actor_of_user, make_user
from haven.project.testing.signing_in import with_password_and_app
from haven.project.testing.working import work_off

WHY: dict[str, Any] = {"reason": "immediate_danger", "words": "Police at the door."}


def again(actor: Actor, at: Any = TUESDAY) -> Actor:
    return actor_of_user(User.objects.get(pk=actor.user_id))


@pytest.fixture
def samira(authority: Authority) -> User:
    """The guardian."""
    return make_user("Samira Example", authority, "information_governance_officer")


@pytest.mark.parametrize("restriction", ["open", "restricted"])
def test_an_emergency_opens_an_open_or_restricted_case_and_the_guardian_is_told_without_personal_data(
    case: Case, other_team_worker: Actor, samira: User, restriction: str
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction=restriction)
    assert not Case.objects.visible_to(other_team_worker).exists()
    open_in_emergency(Case.objects.get(), by=other_team_worker, at=TUESDAY, **WHY)

    assert Case.objects.visible_to(again(other_team_worker)).exists()
    alert = Alert.objects.get()
    assert (alert.kind, alert.reader_id, alert.case_id) == ("break_glass", other_team_worker.id, case.pk)
    told = Delivery.objects.get(purpose="guardian_alert")
    assert told.to_address == samira.email
    for word in ("Joan", "Whitlock", case.reference, "Wren"):
        assert word not in told.subject + told.body


def test_an_emergency_ends_by_itself_and_can_be_ended_earlier(case: Case, other_team_worker: Actor) -> None:
    opening = open_in_emergency(case, by=other_team_worker, at=TUESDAY - timedelta(hours=5), **WHY)
    assert not Case.objects.visible_to(again(other_team_worker)).exists(), "four hours are over"

    opening = open_in_emergency(case, by=other_team_worker, at=TUESDAY, hours=8, **WHY)
    assert Case.objects.visible_to(again(other_team_worker)).exists()
    end_emergency(opening, by=other_team_worker, at=TUESDAY)
    assert not Case.objects.visible_to(again(other_team_worker)).exists()


def test_an_emergency_needs_a_reason_words_and_no_more_than_eight_hours(case: Case, other_team_worker: Actor) -> None:
    for more, refusal in (({"reason": "curious"}, WordsNeeded), ({"words": " "}, WordsNeeded), ({"hours": 9}, TooLong)):
        with pytest.raises(refusal):
            open_in_emergency(case, by=other_team_worker, at=TUESDAY, **{**WHY, **more})
    assert not Alert.objects.exists()


def test_no_emergency_opens_a_sealed_case_or_one_of_another_authority(
    case: Case, other_team_worker: Actor, elsewhere_worker: Actor
) -> None:
    with pytest.raises(NotAllowed):
        open_in_emergency(case, by=elsewhere_worker, at=TUESDAY, **WHY)
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    with pytest.raises(NotAllowed):
        open_in_emergency(Case.objects.get(), by=other_team_worker, at=TUESDAY, **WHY)
    assert not EmergencyOpening.objects.exists()


def typed(case: Case, **more: Any) -> dict[str, Any]:
    return {"reference": case.reference, "hours": "4", **WHY, **more}


def test_the_page_asks_for_the_second_factor_first(case: Case, other_team_worker: Actor, sign_in: Any) -> None:
    with_password_and_app(other_team_worker.id)
    browser = sign_in(other_team_worker)
    for answer in (browser.get("/emergency"), browser.post("/emergency", typed(case))):
        assert answer.status_code == 302
        assert answer.url == "/accounts/2fa/reauthenticate/?next=%2Femergency"
    assert not EmergencyOpening.objects.exists()


def test_the_case_opens_with_a_banner_on_each_of_its_pages_and_the_reason_in_every_read(
    case: Case, other_team_worker: Actor, sign_in: Any, samira: User
) -> None:
    browser = proved(sign_in(other_team_worker))
    answer = browser.post("/emergency", typed(case, reference=case.reference.lower()))
    assert answer.url == f"/cases/{case.reference}/"

    for page in ("", "timeline", "summary", "readers", "notes/new"):
        shown = browser.get(f"/cases/{case.reference}/{page}").content.decode()
        assert "Opened in an emergency" in shown, page
    assert reasons() == {"break_glass: immediate_danger"}
    waiting = sign_in(actor_of_user(samira)).get("/guardian").content.decode()
    assert case.reference in waiting


def reasons() -> set[str]:
    return set(apps.get_model("events", "Read").objects.filter(route__contains="case").values_list("reason", flat=True))


def test_a_sealed_case_a_conflict_and_a_reference_nobody_gave_are_answered_in_the_same_words(
    case: Case, other_team_worker: Actor, desmond: Actor, sign_in: Any, samira: User, joan: Any
) -> None:
    browser = proved(sign_in(other_team_worker))
    nobodys = browser.post("/emergency", typed(case, reference="AS-2222-2222"))
    assert nobodys.status_code == 422
    assert f"ring the guardian on {samira.telephone}" in nobodys.content.decode()

    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    sealed = browser.post("/emergency", typed(case))
    Case.objects.filter(pk=case.pk).update(restriction="open")
    samira.conflicts.model.objects.create(
        user_id=other_team_worker.id, person=joan, authority_id=case.authority_id, ground="related", from_at=TUESDAY
    )
    own = browser.post("/emergency", typed(case))

    def said(answer: Any) -> str:
        page = answer.content.decode().replace(case.reference, "AS-2222-2222")
        return "".join(line for line in page.splitlines() if "csrf" not in line and "_key" not in line)

    assert said(sealed) == said(nobodys) == said(own)
    assert SearchedFor.objects.count() == 3, "each of them leaves the same row and job"


@pytest.mark.usefixtures("own_database")
def test_the_keeper_of_a_sealed_case_that_somebody_tries_to_open_is_told(
    case: Case, other_team_worker: Actor, desmond: Actor, sign_in: Any, samira: User
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    proved(sign_in(other_team_worker)).post("/emergency", typed(case))
    work_off()
    work_off()

    alert = Alert.objects.get()
    assert (alert.kind, alert.reader_id, alert.also_for_id) == ("sealed_search", other_team_worker.id, desmond.id)
    assert {address for message in mail.outbox for address in message.to} == {samira.email, "desmond@example.org"}
    assert alert.raised_at - timezone.now() < timedelta(seconds=60)
    assert not SearchedFor.objects.exists()
