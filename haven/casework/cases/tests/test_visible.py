"""Who sees a case: the database's answer and the program's answer are the same (TR-02, TR-03)."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from haven.casework.access.models import Authority, Team, User
from haven.casework.access.predicates import related
from haven.casework.access.roles import CASE_READERS
from haven.casework.cases.casework import create_case, involve
from haven.casework.cases.models import Case
from haven.casework.cases.operations import WordsRequired, add_case_note, supersede_case_note
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.recording import add_person

TUESDAY = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)


def an_actor(user: User, authority: Authority, role: str, team: Team | None = None) -> Actor:
    teams = frozenset({team.pk}) if team else frozenset()
    held = frozenset({(authority.pk, role)})
    ours, roles, reads = frozenset({authority.pk}), frozenset({role}), teams if role in CASE_READERS else frozenset()
    return Actor("user", user.pk, user.name, ours, roles, teams, held, case_team_ids=reads)


@pytest.fixture
def setting(db: None) -> tuple[Authority, Authority, Team, Team, User, User]:
    here = Authority.objects.create(code="kenford", name="Kenford")
    there = Authority.objects.create(code="elsewhere", name="Elsewhere")
    north = Team.objects.create(authority=here, name="North")
    south = Team.objects.create(authority=here, name="South")
    priya = User.objects.create_user("priya@example.invalid", name="Priya")
    desmond = User.objects.create_user("desmond@example.invalid", name="Desmond")
    return here, there, north, south, priya, desmond


def a_case(authority: Authority, team: Team, **facts: object) -> Case:
    person = add_person(at=TUESDAY, given_name="Joan")
    case = create_case(
        pathway="nowhere",
        prefix="T",
        authority=authority,
        person=person,
        team=team,
        stage="s",
        awaits_duty=False,
        at=TUESDAY,
    )
    for name, value in facts.items():
        setattr(case, name, value)
    case.save()
    return case


def test_the_list_and_the_single_check_agree_on_every_combination(
    setting: tuple[Authority, Authority, Team, Team, User, User],
) -> None:
    here, there, north, south, priya, desmond = setting
    cases = [
        a_case(here, north, worker=worker, manager=manager, awaits_duty=waits, restriction=restriction)
        for worker, manager, waits, restriction in itertools.product(
            (None, priya), (None, desmond), (True, False), ("open", "restricted", "sealed")
        )
    ]
    roles = ("duty_officer", "practitioner", "manager", "head_of_service", "performance_analyst", "councillor")
    actors = [
        an_actor(user, authority, role, team)
        for user, authority, role, team in itertools.product(
            (priya, desmond), (here, there), roles, (None, north, south)
        )
    ]

    for actor in actors:
        listed = set(Case.objects.visible_to(actor).values_list("pk", flat=True))
        assert listed == {case.pk for case in cases if related(actor, case)}


def test_the_two_agree_where_somebody_has_a_relationship_of_their_own_or_a_conflict(
    setting: tuple[Authority, Authority, Team, Team, User, User],
) -> None:
    here, there, north, south, priya, desmond = setting
    cases = [
        a_case(here, north, worker=worker, restriction=restriction)
        for worker, restriction in itertools.product((None, priya), ("open", "restricted", "sealed"))
    ]
    alleged = add_person(at=TUESDAY, given_name="Kevin")
    involve(cases[-1], role="alleged_source", person=alleged, at=TUESDAY)
    seen = 0
    for role, authority, case_ids, conflict_ids in itertools.product(
        ("practitioner", "head_of_service"), (here, there), (set(), {case.pk for case in cases}),
        (set(), {cases[0].person_id}, {alleged.pk}),
    ):  # fmt: skip
        ties = {"case_ids": frozenset(case_ids), "conflict_ids": frozenset(conflict_ids)}
        actor = replace(an_actor(priya, authority, role, north), **ties)  # type: ignore[arg-type]
        listed = set(Case.objects.visible_to(actor).values_list("pk", flat=True))
        assert listed == {case.pk for case in cases if related(actor, case)}
        if conflict_ids:
            kept = {cases[0].pk} if cases[0].person_id in conflict_ids else {cases[-1].pk}
            assert not listed & kept
            assert kept <= set(Case.objects.kept_from(actor).values_list("pk", flat=True))
        seen += len(listed)
    assert seen


def test_somebody_with_a_relationship_of_their_own_sees_a_sealed_case(
    setting: tuple[Authority, Authority, Team, Team, User, User],
) -> None:
    here, _, north, _, priya, desmond = setting
    case = a_case(here, north, worker=priya, restriction="sealed")
    actor = replace(an_actor(desmond, here, "head_of_service"), case_ids=frozenset({case.pk}))

    assert list(Case.objects.visible_to(actor)) == [case]
    assert not Case.objects.kept_from(actor).exists()


def test_a_sealed_case_shows_only_to_its_named_people(
    setting: tuple[Authority, Authority, Team, Team, User, User],
) -> None:
    here, _, north, _, priya, desmond = setting
    case = a_case(here, north, worker=priya, restriction="sealed")

    assert list(Case.objects.visible_to(an_actor(priya, here, "practitioner"))) == [case]
    assert not Case.objects.visible_to(an_actor(desmond, here, "head_of_service", north)).exists()


def test_the_public_and_machines_see_no_case(setting: tuple[Authority, Authority, Team, Team, User, User]) -> None:
    here, _, north, _, _, _ = setting
    a_case(here, north)

    assert not Case.objects.visible_to(Actor.public(here.pk)).exists()
    assert not Case.objects.visible_to(Actor.job("sweep", frozenset({here.pk}))).exists()


def test_a_note_is_superseded_with_a_reason_and_both_texts_stay(
    setting: tuple[Authority, Authority, Team, Team, User, User],
) -> None:
    here, _, north, _, priya, _ = setting
    case, worker = a_case(here, north, worker=priya), an_actor(priya, here, "practitioner")
    note = add_case_note(case, how="call", happened_at=TUESDAY, words="Spoke to Jaon", by=worker, at=TUESDAY)

    with pytest.raises(WordsRequired):
        supersede_case_note(note, words="Spoke to Joan", reason=" ", by=worker, at=TUESDAY)
    better = supersede_case_note(note, words="Spoke to Joan", reason="Name misspelt", by=worker, at=TUESDAY)

    note.refresh_from_db()
    assert (note.words, note.superseded_by_id, better.words) == ("Spoke to Jaon", better.pk, "Spoke to Joan")


def test_somebody_of_another_team_cannot_add_a_note(
    setting: tuple[Authority, Authority, Team, Team, User, User],
) -> None:
    here, _, north, south, priya, desmond = setting
    case = a_case(here, north, worker=priya)

    with pytest.raises(NotAllowed):
        outsider = an_actor(desmond, here, "practitioner", south)
        add_case_note(case, how="call", happened_at=TUESDAY, words="x", by=outsider, at=TUESDAY)
