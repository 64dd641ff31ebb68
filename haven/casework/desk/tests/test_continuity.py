"""The pack for when Haven is down: who may have it, what stands in it and what never does, that it opens elsewhere."""

import io
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from pypdf import PdfReader

from haven.casework.access import wall
from haven.casework.access.models import CaseRelationship, Conflict, User
from haven.casework.cases.models import Case
from haven.casework.desk.continuity import make_packs
from haven.casework.documents.keeping import get
from haven.casework.people.models import Flag, Person
from haven.casework.upkeep.models import ContinuityPack
from haven.casework.upkeep.words import renew_words, words_of
from haven.project.testing.people import FRIDAY, TUESDAY, make_case, protect_addresses


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.HAVEN_FILES, settings.HAVEN_KEYS = tmp_path / "files", tmp_path / "keys"


def read(pack: ContinuityPack) -> str:
    """The words of the pack, as any reader of PDF shows them."""
    reader = PdfReader(io.BytesIO(get(pack.path, pack.sha256)))
    assert reader.decrypt(words_of(pack.keeper_id or pack.authority_id))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pack_says_who_where_what_danger_and_whom_to_ring(case, joan, authority, grace):
    Flag.objects.create(
        person=joan, authority=authority, kind="visit_in_pairs", words="A dog.", starts_on=FRIDAY.date()
    )

    [pack] = make_packs(authority, TUESDAY)
    said = read(pack)

    assert case.reference in said and "Joan Whitlock" in said and "4 Almond Row" in said
    assert "Visit in pairs: A dog." in said
    assert "Priya Nair, 01632 960 123" in said and "Out of hours: 01632 960 002" in said
    assert "Grace Lim, Head of service" in said
    assert "no voicemail" in said
    assert pack.case_ids == [case.pk]


def test_a_routine_case_without_any_danger_is_not_in_it(case, authority):
    Case.objects.filter(pk=case.pk).update(urgency="routine")

    [pack] = make_packs(authority, TUESDAY)

    assert pack.case_ids == []
    assert "Joan" not in read(pack)


@pytest.mark.parametrize("restriction", ["restricted", "sealed"])
def test_a_kept_case_stands_in_its_keepers_pack_alone(case, authority, grace, restriction):
    Case.objects.filter(pk=case.pk).update(restriction=restriction)
    CaseRelationship.objects.create(case=case, user_id=grace.id, authority=authority, kind="keeper", from_at=FRIDAY)

    desk, *kept = make_packs(authority, TUESDAY)

    assert "Joan" not in read(desk) and case.reference not in read(desk) and desk.case_ids == []
    assert {pack.keeper.name for pack in kept} == {"Grace Lim", "Priya Nair", "Desmond Clarke"}
    assert all(case.reference in read(pack) for pack in kept)


def test_nothing_protected_stands_in_it_wherever_it_was_typed(case, joan, authority, amara, priya):
    protect_addresses(joan, by=amara)
    Person.objects.filter(pk=joan.pk).update(known_as="Joan")
    Flag.objects.create(
        person=joan, authority=authority, kind="risk_to_staff", words="Wait outside 4 Almond Row, ZZ1 4AR.",
        starts_on=FRIDAY.date(),
    )  # fmt: skip

    [pack] = make_packs(authority, TUESDAY)
    said = read(pack)

    assert "Almond" not in said and "ZZ1" not in said
    assert said.count("[protected]") >= 2


def test_without_its_words_it_does_not_open(case, authority):
    [pack] = make_packs(authority, TUESDAY)
    content = get(pack.path, pack.sha256)

    assert b"Joan" not in content and b"Whitlock" not in content
    assert PdfReader(io.BytesIO(content)).is_encrypted
    assert not PdfReader(io.BytesIO(content)).decrypt("AAAA-AAAA-AAAA-AAAA-AAAA")


def test_each_authority_and_keeper_has_words_of_their_own_until_they_are_renewed(authority, elsewhere):
    words = words_of(authority.pk)

    assert re.fullmatch(r"([2-9A-HJKMNP-Z]{4}-){4}[2-9A-HJKMNP-Z]{4}", words)
    assert words_of(authority.pk) == words != words_of(elsewhere.pk)
    assert renew_words(authority.pk) != words


@pytest.fixture
def pack(case, authority) -> ContinuityPack:
    return make_packs(authority, timezone.now())[0]


def events(kind: str) -> int:
    return apps.get_model("events", "Event").objects.filter(type=kind).count()


def test_fetching_asks_for_the_second_factor_is_recorded_and_is_a_look_at_each_case(
    pack, case, desmond, sign_in, shown
):
    address = f"/continuity/{pack.pk}/fetch"

    assert sign_in(desmond).get(address).status_code == 302
    assert events("upkeep.pack_fetched") == 0
    answer = sign_in(desmond, proved_at=timezone.now()).get(address)

    assert answer.status_code == 200 and answer.content == get(pack.path, pack.sha256)
    assert "attachment" in answer["Content-Disposition"] and "Eastmere" not in answer["Content-Disposition"]
    assert events("upkeep.pack_fetched") == 1
    assert ("case", case.pk) in shown()


def test_the_words_are_shown_after_the_second_factor_and_that_is_recorded(pack, desmond, sign_in):
    answer = sign_in(desmond, proved_at=timezone.now()).get(f"/continuity/{pack.pk}/words")

    assert words_of(pack.authority_id) in answer.content.decode()
    assert events("upkeep.pack_words_shown") == 1


def test_whoever_is_not_on_duty_there_finds_no_pack(pack, priya, elsewhere_worker, sign_in):
    for actor in (priya, elsewhere_worker):
        browser = sign_in(actor, proved_at=timezone.now())
        assert browser.get(f"/continuity/{pack.pk}/fetch").status_code == 404
        assert browser.get(f"/continuity/{pack.pk}/words").status_code == 404
        assert "There is no pack for you yet" in browser.get("/continuity").content.decode()


def test_a_keepers_pack_is_that_keepers_alone(case, authority, grace, priya, sign_in):
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    kept = {pack.keeper_id: pack for pack in make_packs(authority, timezone.now())[1:]}

    theirs = kept[priya.id]
    assert sign_in(priya, proved_at=timezone.now()).get(f"/continuity/{theirs.pk}/fetch").status_code == 200
    assert sign_in(grace, proved_at=timezone.now()).get(f"/continuity/{theirs.pk}/fetch").status_code == 404


def test_behind_the_second_wall_a_keepers_pack_is_no_row_for_a_colleague(case, authority, grace, priya):
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    make_packs(authority, TUESDAY)

    wall.open_for(grace)
    assert set(ContinuityPack.objects.values_list("keeper", flat=True)) == {None}
    wall.open_for(priya)
    assert set(ContinuityPack.objects.values_list("keeper", flat=True)) == {None, priya.id}


def test_a_pack_that_names_somebody_one_must_not_reach_is_not_there(pack, joan, desmond, authority, sign_in):
    Conflict.objects.create(user_id=desmond.id, person=joan, authority=authority, ground="relative", from_at=FRIDAY)

    browser = sign_in(desmond, proved_at=timezone.now())
    assert browser.get(f"/continuity/{pack.pk}/fetch").status_code == 404
    assert "There is no pack for you yet" in browser.get("/continuity").content.decode()


def test_an_old_pack_says_so_on_its_page(case, authority, desmond, sign_in):
    make_packs(authority, timezone.now() - timedelta(hours=37))

    assert "This pack is old" in sign_in(desmond).get("/continuity").content.decode()


def test_another_teams_case_is_in_the_desks_pack(case, joan, authority, teams, other_team_worker):
    other = make_case(authority, teams.south, joan, urgency="act_now")
    User.objects.filter(pk=other_team_worker.id).update(telephone="01632 960 111")

    [pack] = make_packs(authority, TUESDAY)

    assert set(pack.case_ids) == {case.pk, other.pk}
    assert pack.case_ids[0] == other.pk
