"""Ways in that were tried by somebody who had not built the walls, and that once led somewhere (TR-01…TR-06, TR-33)."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.access.models import Authority, CaseRelationship, Invitation, Membership, User
from haven.casework.access.operations.invitations import accept_invitation, invite
from haven.casework.access.operations.roles import give_role
from haven.casework.access.operations.second_steps import forget_second_step
from haven.casework.access.operations.single_sign_on import add_single_sign_on
from haven.casework.access.policies.tables import tables, walled
from haven.casework.cases.models import Case
from haven.casework.deliveries.models import Delivery
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.opening import open_document
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.casework.watch.conflicts import record_report_conflict
from haven.casework.watch.keeping import keep_case
from haven.casework.watch.kept_reports import seal_report
from haven.casework.watch.models import Alert
from haven.casework.watch.sealed import compare_with_kept, take_over_report
from haven.casework.watch.searched import SearchedFor
from haven.casework.watch.ties import read_with_reason, untie
from haven.project.testing.people import FRIDAY, TUESDAY, Teams, actor_of_user, make_report, make_user

ABOUT_JOAN = [{"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": date(1943, 5, 2)}]


def again(actor: Actor) -> Actor:
    return actor_of_user(User.objects.get(pk=actor.user_id))


@pytest.fixture
def samira(authority: Authority) -> Actor:
    """The guardian."""
    return actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))


@pytest.fixture
def nadia(authority: Authority, teams: Teams) -> Actor:
    """A manager of the South team, who has nothing to do with Joan."""
    return actor_of_user(make_user("Nadia Haddad", authority, "manager", team=teams.south))


@pytest.fixture
def met(case: Case, authority: Authority, neighbour: Actor, desmond: Actor, nadia: Actor, grace: Actor) -> Alert:
    """Joan's case is sealed, with Nadia and Grace as its keepers; a report at the desk may be about her."""
    keepers = [User.objects.get(pk=each.user_id) for each in (nadia, grace)]
    keep_case(
        case, restriction="sealed", because="about_a_worker", words="It is alleged of a worker.", keepers=keepers,
        review_on=date(2026, 4, 10), by=desmond, at=FRIDAY,
    )  # fmt: skip
    make_report(authority, neighbour, adults=ABOUT_JOAN)
    for pk in list(SearchedFor.objects.values_list("pk", flat=True)):
        compare_with_kept(pk, FRIDAY)
    return Alert.objects.get(kind="sealed_report", also_for_id=nadia.id)


def end_keeping(case: Case, actor: Actor, by: Actor) -> Actor:
    held = CaseRelationship.objects.get(case=case, user_id=actor.id, kind="keeper", until_at=None)
    untie(held, by=again(by), at=FRIDAY)
    return again(actor)


def test_a_former_keeper_is_shown_no_report_that_meets_the_case_and_takes_none_over(
    met: Alert, case: Case, nadia: Actor, grace: Actor, sign_in: Any
) -> None:
    assert sign_in(nadia).get(f"/kept/{met.pk}/").status_code == 200
    former = end_keeping(case, nadia, grace)

    assert sign_in(former).get(f"/kept/{met.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        take_over_report(met, by=former, at=TUESDAY)


def test_a_guardian_hands_a_report_to_who_keeps_the_case_now(
    met: Alert, case: Case, nadia: Actor, grace: Actor, samira: Actor
) -> None:
    end_keeping(case, nadia, grace)

    contact = take_over_report(met, by=samira, at=TUESDAY)

    contact.refresh_from_db()
    assert contact.claimed_by_id == grace.id


def test_where_nobody_keeps_the_case_any_more_taking_over_is_refused_in_words(
    met: Alert, case: Case, nadia: Actor, grace: Actor, samira: Actor
) -> None:
    User.objects.filter(pk__in=[nadia.id, grace.id]).update(is_active=False)

    with pytest.raises(Refusal):
        take_over_report(met, by=samira, at=TUESDAY)


def test_a_guardian_alleged_in_a_report_is_shown_no_alert_about_it(
    authority: Authority, neighbour: Actor, amara: Actor, desmond: Actor, samira: Actor, sign_in: Any
) -> None:
    report = make_report(authority, neighbour, adults=ABOUT_JOAN)
    record_report_conflict(report, user=User.objects.get(pk=samira.user_id), ground="alleged", by=amara, at=FRIDAY)
    keeper = User.objects.get(pk=desmond.user_id)
    seal_report(report, because="about_a_worker", words="Of the guardian.", keeper=keeper, by=amara, at=FRIDAY)
    alert = Alert.objects.get(kind="report_sealed")

    assert not Alert.objects.visible_to(again(samira)).exists()
    assert sign_in(samira).get(f"/guardian/{alert.pk}/").status_code == 404


def test_an_alert_that_no_guardian_may_see_stands_in_the_queue_of_the_head_of_service(
    authority: Authority, neighbour: Actor, amara: Actor, desmond: Actor, grace: Actor, samira: Actor
) -> None:
    report = make_report(authority, neighbour, adults=ABOUT_JOAN)
    record_report_conflict(report, user=User.objects.get(pk=samira.user_id), ground="alleged", by=amara, at=FRIDAY)
    keeper = User.objects.get(pk=desmond.user_id)
    seal_report(report, because="about_a_worker", words="Of the guardian.", keeper=keeper, by=amara, at=FRIDAY)

    assert Alert.objects.visible_to(grace).filter(kind="report_sealed").exists()


def test_a_manager_who_may_only_read_a_case_takes_it_from_nobody(case: Case, nadia: Actor) -> None:
    read_with_reason(case, reason="call_came_in", by=nadia, at=TUESDAY)
    nadia = again(nadia)
    assert Case.objects.visible_to(nadia).filter(pk=case.pk).exists()

    me = User.objects.get(pk=nadia.user_id)
    with pytest.raises(NotAllowed):
        keep_case(
            case, restriction="sealed", because="about_a_worker", words="Mine now.", keepers=[me],
            review_on=date(2026, 4, 10), by=nadia, at=TUESDAY,
        )  # fmt: skip
    assert not [step for step in ("watch.tie", "watch.untie", "watch.record_conflict") if may(nadia, step, case)]


def test_business_support_in_one_team_opens_no_case_of_it_by_being_a_social_worker_in_another(
    case: Case, authority: Authority, teams: Teams, sign_in: Any
) -> None:
    user = make_user("Nadia Haddad", authority, "practitioner", team=teams.south)
    assert case.team_id == teams.north.pk
    Membership.objects.create(
        user=user, authority=authority, role="business_support", team=teams.north, from_on=date(2015, 1, 1)
    )
    nadia = actor_of_user(user)

    assert not Case.objects.visible_to(nadia).filter(pk=case.pk).exists()
    assert sign_in(nadia).get(f"/cases/{case.reference}/").status_code == 404


@pytest.mark.parametrize("address", ["/open-case", "/emergency"])
def test_a_seat_on_a_board_elsewhere_tells_no_reference_of_there_from_one_that_is_not(
    address: str, case: Case, authority: Authority, elsewhere_worker: Actor, sign_in: Any
) -> None:
    user = User.objects.get(pk=elsewhere_worker.user_id)
    Membership.objects.create(user=user, authority=authority, role="board_member", from_on=date(2015, 1, 1))
    browser = sign_in(actor_of_user(user), proved_at=timezone.now())
    sent = {
        "reason": "call_came_in" if address == "/open-case" else "immediate_danger",
        "words": "A fall.",
        "hours": "4",
    }

    answers = [
        browser.post(address, {**sent, "reference": reference}) for reference in (case.reference, "AS-2222-2222")
    ]

    assert answers[0].status_code == answers[1].status_code


@pytest.mark.parametrize(
    "address", ["/cases/AS-2222-2222/", "/no/such/page", "/accounts/2fa/", "/accounts/logout/", "/duty"]
)
def test_no_answer_is_kept_by_a_browser_refused_or_not_ours_or_led_elsewhere(
    address: str, amara: Actor, sign_in: Any
) -> None:
    for browser in (sign_in(amara), Client()):
        assert "no-store" in browser.get(address).headers["Cache-Control"]


def test_the_page_that_says_it_was_not_received_and_shows_what_was_typed_is_kept_by_no_browser(
    amara: Actor, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any, **_more: Any) -> None:
        raise DatabaseError("the database is gone")

    monkeypatch.setattr("haven.pathways.adults.views.entering.sent", broken)
    answer = sign_in(amara).post("/reports/new", {"told": "She is afraid."})

    assert answer.status_code == 503 and "She is afraid." in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_every_table_of_the_database_is_one_that_the_wall_knows(db: None) -> None:
    known = {*tables(), "django_migrations", "access_cache"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
            "AND NOT relispartition"
        )
        assert {table for (table,) in cursor.fetchall()} - known == set()


def test_a_table_between_two_others_is_walled_by_what_it_joins() -> None:
    assert "letters_writingpart_about" in walled()


def test_an_administrator_who_lets_a_second_self_in_is_seen_by_the_guardian(
    authority: Authority, linh: Actor, samira: Actor, sign_in: Any
) -> None:
    invite(authority, email="linh.again@example.net", name="L Vi", roles=["manager"], by=linh, at=TUESDAY)
    accept_invitation(
        Invitation.objects.get(), password="otter lantern quarry velvet", by=Actor.public(authority.pk), at=TUESDAY
    )

    alert = Alert.objects.get(kind="role_given")
    assert alert.reader_id == linh.id and Alert.objects.visible_to(samira).filter(pk=alert.pk).exists()
    page = sign_in(samira).get(f"/guardian/{alert.pk}/").content.decode()
    assert "Linh Vi-Du let L Vi in as manager" in page
    assert Delivery.objects.filter(purpose="guardian_alert", to_address="samira@example.org").exists()


def test_a_guardian_whom_an_administrator_lets_in_does_not_decide_about_that(
    authority: Authority, linh: Actor, samira: Actor, grace: Actor, amara: Actor
) -> None:
    user = User.objects.get(pk=amara.user_id)
    give_role(
        user, authority=authority, role="information_governance_officer", from_on=date(2026, 1, 5), by=linh, at=TUESDAY
    )

    alert = Alert.objects.get(kind="role_given")
    assert not Alert.objects.visible_to(again(amara)).filter(pk=alert.pk).exists()
    for other in (samira, grace):
        assert Alert.objects.visible_to(other).filter(pk=alert.pk).exists()


def test_a_role_that_opens_no_case_alerts_nobody(authority: Authority, linh: Actor, amara: Actor) -> None:
    user = User.objects.get(pk=amara.user_id)
    give_role(user, authority=authority, role="board_member", from_on=date(2026, 1, 5), by=linh, at=TUESDAY)

    assert not Alert.objects.exists()


def test_a_sign_in_that_answers_for_everybody_and_a_second_step_taken_away_are_seen_by_the_guardian(
    authority: Authority, linh: Actor, samira: Actor, amara: Actor
) -> None:
    add_single_sign_on(
        authority, kind="oidc", name="Mine", issuer="https://mine.example.net", domains=["example.org"],
        client_id="haven", secret="secret", second_step=["mfa"], by=linh, at=TUESDAY,
    )  # fmt: skip
    forget_second_step(User.objects.get(pk=amara.user_id), by=linh, at=TUESDAY)

    seen = Alert.objects.visible_to(samira)
    assert set(seen.values_list("kind", flat=True)) == {"sign_on_changed", "second_step_forgotten"}
    assert not Alert.objects.visible_to(linh).exists()
    told = Delivery.objects.get(to_address="amara@example.org")
    assert told.subject == "Your second step was taken away"


def test_one_tap_that_opens_a_case_for_a_day_opens_no_restricted_file_of_it(
    case: Case, priya: Actor, other_team_worker: Actor
) -> None:
    upload = SimpleUploadedFile("arm.txt", b"She lives there now.")
    facts: dict[str, Any] = {"authority_id": case.authority_id, "case": case, "restriction": "restricted"}
    document = keep_document(upload, by=priya, at=FRIDAY, **facts)
    read_with_reason(case, reason="call_came_in", by=other_team_worker, at=TUESDAY)
    wren = again(other_team_worker)
    assert wren.tied(case.pk, "covering")

    with pytest.raises(NotAllowed):
        open_document(document, warned=True, by=wren, at=TUESDAY)
    assert open_document(document, warned=True, by=priya, at=TUESDAY).content == b"She lives there now."
