"""Conflict of interest: whoever must not reach a case loses it at once, and it is never left alone (TR-05, PR-26)."""

from datetime import date
from typing import Any

import pytest

from haven.casework.access.models import Authority, CaseRelationship, Conflict, User
from haven.casework.cases.casework import HeldByNobodyConcerned, allocate, involve
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import ContactConflict
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.casework.people.recording import add_address, add_contact_point, add_person, name_risk_to
from haven.casework.tasks.models import Task
from haven.casework.watch.conflicts import (
    challenge_conflict,
    end_conflict,
    know_person,
    know_reported,
    record_conflict,
)
from haven.casework.watch.details import OwnDetail
from haven.casework.watch.fairness import group_of, ratio_of
from haven.casework.watch.keeping import keep_case
from haven.casework.watch.kept_jobs import keep_the_concerned_away
from haven.casework.watch.leaving import sweep
from haven.casework.watch.models import Alert
from haven.casework.watch.own_details import (
    address_key,
    compare_person,
    compare_user,
    give_own_details,
    person_key,
    phone_key,
)
from haven.casework.watch.report_conflicts import challenge_report_conflict, end_report_conflict
from haven.pathways.adults.operations.report import accept_report
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_report, make_user
from haven.project.testing.working import work_off


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def again(actor: Actor) -> Actor:
    return actor_of_user(user(actor))


def details(actor: Actor, **given: Any) -> None:
    give_own_details(user(actor), by=actor, at=FRIDAY, **given)


def test_i_know_this_person_gives_the_case_away_and_the_head_is_told(
    case: Case, priya: Actor, grace: Actor, sign_in: Any
) -> None:
    answer = sign_in(priya).post(f"/cases/{case.reference}/i-know-them", {"ground": "related"})
    assert answer.url == "/home"
    case.refresh_from_db()

    assert case.worker_id is None
    assert not Case.objects.visible_to(again(priya)).exists()
    task = Task.objects.get(kind="hold_case")
    assert (task.owner_id, task.case_id) == (grace.id, case.pk)
    assert case.reference in sign_in(grace).get("/home").content.decode()


def test_a_worker_recorded_as_alleged_loses_the_case_at_once_and_the_guardian_is_told(
    case: Case, priya: Actor, desmond: Actor, grace: Actor, sign_in: Any
) -> None:
    browser = sign_in(priya)
    assert browser.get(f"/cases/{case.reference}/").status_code == 200
    record_conflict(case, user=user(priya), ground="alleged", by=desmond, at=TUESDAY)

    assert browser.get(f"/cases/{case.reference}/").status_code == 404
    alert = Alert.objects.get()
    assert (alert.kind, alert.reader_id) == ("conflict_alleged", priya.id)
    assert Task.objects.get(kind="hold_case").owner_id == grace.id


def test_the_only_keeper_of_a_sealed_case_who_is_concerned_is_followed_by_the_head_of_service(
    case: Case, desmond: Actor, grace: Actor
) -> None:
    keep_case(
        case, restriction="sealed", because="other", words="Kept.", keepers=[user(desmond)], by=desmond, at=FRIDAY,
        review_on=date(2026, 4, 1),
    )  # fmt: skip
    know_person(Case.objects.get(), ground="other", by=again(desmond), at=TUESDAY)

    keepers = CaseRelationship.objects.live(TUESDAY).filter(kind="keeper")
    assert [each.user_id for each in keepers] == [grace.id]
    assert Case.objects.visible_to(again(grace)).exists()
    assert not Case.objects.visible_to(again(desmond)).exists()


def test_where_there_is_no_head_of_service_the_guardian_hears_that_a_case_has_nobody(case: Case, priya: Actor) -> None:
    know_person(case, ground="other", by=priya, at=TUESDAY)
    assert Alert.objects.get().kind == "case_without_anybody"


def test_somebody_concerned_is_not_given_the_case_again(case: Case, priya: Actor, desmond: Actor, sign_in: Any) -> None:
    know_person(case, ground="related", by=priya, at=TUESDAY)

    with pytest.raises(HeldByNobodyConcerned):
        allocate(case, user=user(priya), kind="concern", at=TUESDAY)


def test_a_conflict_that_comes_by_a_later_naming_is_let_go_by_the_sweep(
    case: Case, priya: Actor, grace: Actor, kevin: Person, authority: Authority
) -> None:
    Conflict.objects.create(user=user(priya), person=kevin, authority=authority, ground="related", from_at=FRIDAY)
    assert sweep(TUESDAY) == 0
    involve(case, role="alleged_source", person=kevin, at=TUESDAY)
    assert not Case.objects.visible_to(again(priya)).exists(), "out of sight at once"

    assert sweep(TUESDAY) == 1
    case.refresh_from_db()
    assert case.worker_id is None


def test_a_report_about_somebody_i_know_goes_back_to_the_desk_and_not_to_me(
    report: Contact, amara: Actor, desmond: Actor, sign_in: Any, teams: Any, joan: Person
) -> None:
    browser = sign_in(amara)
    browser.post(f"/reports/{report.reference}/claim")
    browser.get("/duty")
    assert browser.post(f"/reports/{report.reference}/i-know-them", {"ground": "same_address"}).status_code == 302

    assert report.reference not in browser.get("/duty").content.decode()
    assert browser.get(f"/reports/{report.reference}/").status_code == 404
    assert Contact.objects.visible_to(desmond).get().claimed_by_id is None
    accept_report(report, persons={report.adults.get().pk: joan}, by=desmond, at=TUESDAY)
    assert Conflict.objects.get().person_id == joan.pk


@pytest.mark.parametrize(
    ("lines", "postcode", "same"),
    [("4 Almond Row, Eastmere", "ZZ1 4AR", True), ("4, Almond row", "zz14ar", True), ("14 Almond", "ZZ1 4AR", False),
     ("4 Almond Row", "ZZ1 4AS", False), ("", "ZZ1 4AR", False)],
)  # fmt: skip
def test_an_address_is_the_same_by_house_and_postcode(lines: str, postcode: str, same: bool) -> None:
    assert (address_key(lines, postcode) == address_key("4", "ZZ1 4AR")) is same


@pytest.mark.parametrize("number", ["01632 960 123", "+44 1632 960123", "0044 1632 960123", "(01632) 960-123"])
def test_a_telephone_number_has_one_spelling(number: str) -> None:
    assert phone_key(number) == "+441632960123"
    assert phone_key("ask Tom") == ""


def test_what_is_typed_is_not_kept(priya: Actor) -> None:
    details(priya, house="4", postcode="ZZ1 4AR", phones=["07700 900123"], date_of_birth=date(1988, 4, 2))

    kept = list(OwnDetail.objects.values_list("kind", "digest"))
    kinds = [kind for kind, _digest in kept]
    counted = {kind: kinds.count(kind) for kind in ("address", "person", "phone")}
    assert counted == {"address": 1, "person": 1, "phone": 2}
    assert {len(bytes(digest)) for _kind, digest in kept} == {32}
    details(priya, postcode="ZZ9 9ZZ", house="1")
    assert OwnDetail.objects.filter(kind="address").count() == 1, "replaced, not added to"


def test_the_same_address_blocks_and_alerts_and_the_case_is_let_go(
    case: Case, joan: Person, priya: Actor, grace: Actor
) -> None:
    details(priya, house="4 Almond Row", postcode="zz1 4ar")
    assert compare_user(priya.user_id, TUESDAY) == 1

    conflict = Conflict.objects.get()
    assert (conflict.ground, conflict.detected, conflict.person_id) == ("same_address", True, joan.pk)
    assert Alert.objects.get().kind == "conflict_found"
    case.refresh_from_db()
    assert case.worker_id is None
    assert compare_user(priya.user_id, TUESDAY) == 0, "found once"


def test_a_number_added_later_is_compared_too(case: Case, joan: Person, priya: Actor, amara: Actor) -> None:
    details(priya, phones=["07700 900123"])
    add_contact_point(joan, authority_id=case.authority_id, kind="mobile", value="+447700900123", by=amara, at=TUESDAY)

    assert compare_person(joan.pk, TUESDAY) == 1
    assert Conflict.objects.get().ground == "same_phone"


@pytest.mark.usefixtures("own_database")
def test_facts_and_details_are_compared_by_the_worker(case: Case, joan: Person, priya: Actor, amara: Actor) -> None:
    details(priya, house="9", postcode="ZZ1 4AR")
    place = {"lines": "9 Almond Row", "postcode": "ZZ1 4AR"}
    add_address(joan, authority_id=case.authority_id, by=amara, at=TUESDAY, **place)
    work_off()

    assert Conflict.objects.get(user_id=priya.id).ground == "same_address"


def test_the_same_person_and_whoever_is_close_to_them_is_kept_away(
    case: Case, joan: Person, authority: Authority, desmond: Actor
) -> None:
    own = add_person(at=FRIDAY, given_name="Desmond", family_name="Clarke", date_of_birth=date(1970, 6, 1))
    name_risk_to(joan, other=own, kind="child", lives_with=False, authority_id=authority.pk, at=FRIDAY)
    details(desmond, date_of_birth=date(1970, 6, 1))
    compare_person(own.pk, TUESDAY)

    assert set(Conflict.objects.values_list("person", "ground")) == {(own.pk, "same_person"), (joan.pk, "related")}
    assert not Case.objects.visible_to(again(desmond)).exists()


def test_a_surname_alone_neither_alerts_nor_blocks(case: Case, authority: Authority, teams: Any) -> None:
    worker = make_user("Robin Whitlock", authority, "practitioner", team=teams.north)
    actor = actor_of_user(worker)
    details(actor, house="80", postcode="ZZ9 9ZZ", date_of_birth=date(1990, 1, 1))

    assert compare_user(worker.pk, TUESDAY) == 0
    assert not Conflict.objects.exists()
    assert not Alert.objects.exists()
    assert Case.objects.visible_to(actor_of_user(worker)).exists()


def test_a_block_is_challenged_by_its_holder_and_ended_by_somebody_not_concerned(
    case: Case, joan: Person, priya: Actor, desmond: Actor, sign_in: Any
) -> None:
    details(priya, house="4", postcode="ZZ1 4AR")
    compare_user(priya.user_id, TUESDAY)
    mine = sign_in(priya)
    page = mine.get("/my-details").content.decode()
    assert "Lives at the same address" in page
    assert "Joan" not in page
    conflict = Conflict.objects.get()
    answer = mine.post(f"/my-details/{conflict.pk}/challenge", {"words": "I moved away in 2019."})
    assert answer.status_code == 302
    conflict.refresh_from_db()

    for wrong in (priya, replaced(desmond, joan)):
        with pytest.raises(NotAllowed):
            end_conflict(conflict, reasons="Fine.", by=wrong, at=TUESDAY)
    listed = sign_in(desmond).get("/conflicts").content.decode()
    assert "I moved away in 2019." in listed
    done = sign_in(desmond).post(f"/conflicts/{conflict.pk}/end", {"reasons": "She moved in 2019."})
    assert done.status_code == 302
    assert not Conflict.objects.live().exists()
    assert compare_user(priya.user_id, TUESDAY) == 0, "what was ended is not found again"


def replaced(actor: Actor, joan: Person) -> Actor:
    """The same manager, with a conflict of their own there."""
    Conflict.objects.create(
        user_id=actor.id, person=joan, ground="other", authority_id=next(iter(actor.authority_ids)), from_at=FRIDAY,
        ended_at=None,
    )  # fmt: skip
    concerned = again(actor)
    Conflict.objects.filter(user_id=actor.id).delete()
    return concerned


def test_nobody_challenges_for_another(case: Case, priya: Actor, desmond: Actor) -> None:
    conflict = know_person(case, ground="related", by=priya, at=TUESDAY)
    with pytest.raises(NotAllowed):
        challenge_conflict(conflict, words="Wrong.", by=desmond, at=TUESDAY)


def test_a_report_from_ones_own_house_is_not_on_ones_own_desk(
    authority: Authority, neighbour: Actor, amara: Actor, desmond: Actor
) -> None:
    details(amara, house="4", postcode="ZZ1 4AR")
    adult = {"given_name": "Mo", "whereabouts": "4 Almond Row", "postcode": "ZZ1 4AR"}
    report = make_report(authority, neighbour, adults=[adult])

    assert keep_the_concerned_away(report.pk, TUESDAY) == 1
    assert not Contact.objects.visible_to(amara).exists()
    assert Contact.objects.visible_to(desmond).exists()
    assert Alert.objects.get().kind == "conflict_found"


def test_a_block_on_a_report_not_matched_yet_is_challenged_the_same_day_and_decided(
    report: Contact, authority: Authority, amara: Actor, desmond: Actor, sign_in: Any
) -> None:
    details(amara, house="4", postcode="ZZ1 4AR")
    report.adults.update(whereabouts="4 Almond Row", postcode="ZZ1 4AR")
    assert keep_the_concerned_away(report.pk, TUESDAY) == 1
    block, mine = ContactConflict.objects.get(), sign_in(amara)

    page = mine.get("/my-details").content.decode()
    assert f"/my-details/{block.pk}/challenge" in page and report.reference not in page
    assert mine.get(f"/reports/{report.reference}/").status_code == 404
    assert mine.post(f"/my-details/{block.pk}/challenge", {"words": "I moved in 2019."}).status_code == 302
    for wrong in (again(amara), desmond):
        refused = end_report_conflict if wrong.id == amara.id else challenge_report_conflict
        with pytest.raises(NotAllowed):
            refused(block, **{"reasons" if wrong.id == amara.id else "words": "No."}, by=wrong, at=TUESDAY)
    assert mine.post(f"/conflicts/{block.pk}/end", {"reasons": "Fine."}).status_code == 404

    assert "I moved in 2019." in sign_in(desmond).get("/conflicts").content.decode()
    assert sign_in(desmond).post(f"/conflicts/{block.pk}/end", {"reasons": "She moved."}).status_code == 302
    assert mine.get(f"/reports/{report.reference}/").status_code == 200
    keep_the_concerned_away(report.pk, TUESDAY)
    assert not ContactConflict.objects.filter(ended_at=None).exists(), "what was ended is not found again"


def test_a_challenge_of_a_report_goes_along_to_whom_it_turns_out_to_be_about(
    report: Contact, joan: Person, teams: Any, amara: Actor, desmond: Actor
) -> None:
    block = know_reported(report, ground="other", by=amara, at=FRIDAY)
    challenge_report_conflict(block, words="By mistake.", by=again(amara), at=FRIDAY)
    accept_report(report, persons={report.adults.get().pk: joan}, by=desmond, at=TUESDAY)

    assert Conflict.objects.get(person=joan).challenged_words == "By mistake."


def test_a_report_about_somebody_with_whom_one_has_a_conflict_is_not_on_ones_own_desk(
    case: Case, joan: Person, authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    Conflict.objects.create(user_id=amara.id, person=joan, ground="related", authority=authority, from_at=FRIDAY)
    named = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    report = make_report(authority, neighbour, adults=[named])
    keep_the_concerned_away(report.pk, TUESDAY)

    assert not Contact.objects.visible_to(again(amara)).filter(pk=report.pk).exists()


def test_know_reported_refuses_a_ground_that_is_not_on_the_list(report: Contact, amara: Actor) -> None:
    with pytest.raises(Exception, match="Choose how"):
        know_reported(report, ground="nosy", by=amara, at=TUESDAY)


def test_birth_and_name_are_compared_in_any_order() -> None:
    born = date(1943, 5, 2)
    assert person_key("Whitlock Joan", born) == person_key("joan  WHITLOCK", born)
    assert person_key("Joan Whitlock", None) == ""


def test_fairness_gives_a_ratio_and_an_interval_only_where_there_is_enough() -> None:
    ratio, low, high = ratio_of(8, 40, 10, 160)
    assert ratio is not None and low is not None and high is not None
    assert ratio == pytest.approx(3.2)
    assert low == pytest.approx(1.26, abs=0.01)
    assert high == pytest.approx(8.11, abs=0.01)
    assert ratio_of(0, 40, 10, 160) == (None, None, None)
    assert group_of("Priya Patel") == "south_asian"
    assert group_of("Robin Whitlock") == group_of("") == "other"


def test_the_guardian_sees_whether_blocks_fall_evenly_and_no_group_of_fewer_than_ten(
    authority: Authority, case: Case, joan: Person, sign_in: Any
) -> None:
    for n in range(12):
        made = make_user(f"Worker{n} Patel", authority, "practitioner")
        if n < 3:
            Conflict.objects.create(
                user=made, person=joan, authority=authority, ground="same_phone", detected=True, from_at=TUESDAY
            )
    for n in range(3):
        make_user(f"Other{n} Nowak", authority, "practitioner")
    samira = actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))
    page = sign_in(samira).get("/conflicts")

    groups = {str(group.label): group for group in page.context["groups"]}
    assert set(groups) == {"South Asian names", "Other names, or cannot be said"}
    assert groups["South Asian names"].blocks_per_1000 == pytest.approx(1000 * 3 / 13), "Priya Nair is of them"
    assert "too few to say" in page.content.decode()


def test_a_manager_sees_no_groups(desmond: Actor, sign_in: Any) -> None:
    assert sign_in(desmond).get("/conflicts").context["groups"] == []
