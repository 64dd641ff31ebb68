"""Nobody sees what they should not, and every look is written down: every address × method × reader × class of object.

    HAVEN_MATRIX=all .venv/bin/pytest tests/test_trust_matrix.py -s     all of it, with the counts

Otherwise a sample is asked, the same in every run; `HAVEN_MATRIX_SEED` draws another, `HAVEN_MATRIX_SHARE` a larger.
"""

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import rules
from django.db import transaction
from django.db.models import Q
from django.test import override_settings
from matrix_asking import Asker, Tally
from matrix_lists import look, looks
from matrix_population import CLASSES, World, build
from matrix_questions import OF_RECORDS, Matrix, Pair, drawn, pairs, wanted
from matrix_readers import HERE, Reader, readers
from matrix_table import BOTH, TABLE

from haven.casework.access import predicates, wall
from haven.casework.cases import models as cases
from haven.project.management.commands.routes import routes

SEED = os.environ.get("HAVEN_MATRIX_SEED", "Eastmere")
ALL = os.environ.get("HAVEN_MATRIX") == "all"
SHARE = 1.0 if ALL else float(os.environ.get("HAVEN_MATRIX_SHARE", "0.004"))
OTHER_METHODS = ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")


@pytest.fixture(scope="module")
def world(django_db_setup: str, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The whole population, made once for this module and undone after it."""
    logging.getLogger("django.request").setLevel(logging.ERROR)
    files = override_settings(HAVEN_FILES=tmp_path_factory.mktemp("files"))
    with files, django_db_blocker.unblock(), transaction.atomic():
        wall.open_to_all()
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def everybody(world: World) -> list[Reader]:
    return readers(world)


@pytest.fixture(scope="module")
def asker(world: World, everybody: list[Reader]) -> Asker:
    return Asker(world)


@pytest.fixture
def matrix(world: World, asker: Asker) -> Iterator[Matrix]:
    """Asks and judges; says its numbers in the end."""
    found, begun = Matrix(world, asker), time.monotonic()
    yield found
    sys.stdout.write(f"\n{time.monotonic() - begun:.0f} s, seed {SEED}, share {SHARE}: {found.tally}\n")


def of(readers: list[Reader], stance: str, *roles: str) -> list[Reader]:
    """The readers here with one of these roles alone, standing so."""
    wanted = [((HERE, role),) for role in roles]
    return [reader for reader in readers if reader.held in wanted and reader.stance == stance]


def assert_sound(tally: Tally) -> None:
    """No fault; the first of each kind are said, and all are written to the file HAVEN_MATRIX_FAULTS."""
    if path := os.environ.get("HAVEN_MATRIX_FAULTS"):
        with open(path, "a") as file:
            file.writelines(f"{kind} | {words}\n" for kind, found in tally.faults.items() for words in found)
    said = "\n".join(f"{kind}: {len(found)}, as {words}" for kind, found in tally.faults.items() for words in found[:5])
    assert not tally.faults, said


def test_every_address_is_in_the_table() -> None:
    assert {route["name"] for route in routes()} == set(TABLE)


def test_every_record_is_opened_to_whom_the_requirements_give_it_and_to_nobody_else(
    matrix: Matrix, everybody: list[Reader]
) -> None:
    for pair in wanted(everybody, SEED, SHARE):
        matrix.judge(pair)
    assert matrix.tally.asked["allowed"] > 100
    assert matrix.tally.asked["denied"] > 2000
    assert_sound(matrix.tally)


def test_lists_and_searches_show_what_may_be_seen_and_are_changed_by_nothing_else(
    matrix: Matrix, everybody: list[Reader]
) -> None:
    for looked in looks(everybody, CLASSES):
        if ALL or drawn(looked, SEED, 3 * SHARE):
            look(matrix, looked)
    assert matrix.tally.asked["lists"] > 50
    assert_sound(matrix.tally)


def test_addresses_of_no_record_show_nobody(matrix: Matrix, everybody: list[Reader]) -> None:
    roles = [reader for reader in everybody if reader.stance == "nothing" and len(reader.held) < 2]
    for name, rule in TABLE.items():
        if rule.kind in ("public", "account"):
            for reader in roles if ALL else (roles[0], roles[5]):
                for method in BOTH:
                    matrix.outside(name, rule, reader, method)
    assert_sound(matrix.tally)


def test_methods_that_nobody_uses_are_refused_or_harmless(matrix: Matrix, everybody: list[Reader]) -> None:
    [head] = of(everybody, "worker", "head_of_service")
    for name, rule in OF_RECORDS.items():
        for method in OTHER_METHODS:
            matrix.others(Pair(name, method, head, "protected", rule.stages[0]))
    assert matrix.tally.asked["other methods"] == len(OTHER_METHODS) * len(OF_RECORDS)
    assert_sound(matrix.tally)


def ignore_restriction(patch: pytest.MonkeyPatch) -> None:
    """`visible_to` shows a team whatever it holds, sealed or not."""
    patch.setattr(cases, "_by_team_or_duty", lambda actor: Q(team_id__in=actor.team_ids))


def allow_every_role(patch: pytest.MonkeyPatch) -> None:
    """Whoever sees a case may do anything with it, whatever their role."""
    patch.setattr(rules, "has_perm", lambda _permission, _actor, _subject: True)


def forget_conflicts(patch: pytest.MonkeyPatch) -> None:
    """`visible_to` keeps nobody from what concerns somebody close to them."""
    patch.setattr(predicates, "in_conflict", lambda _actor, _case: False)
    patch.setattr(cases, "_in_conflict", lambda _actor: Q(pk=None))


@pytest.mark.parametrize(
    ("broken", "klass", "stance", "name"),
    [
        (ignore_restriction, "sealed", "team", "case"),
        (allow_every_role, "open", "worker", "close-case"),
        (forget_conflicts, "conflict_adult", "worker", "case"),
    ],
)
def test_a_broken_rule_is_noticed(
    matrix: Matrix, everybody: list[Reader], monkeypatch: pytest.MonkeyPatch, broken: Callable[..., None], klass: str,
    stance: str, name: str,
) -> None:  # fmt: skip
    asked = [pair for pair in pairs(of(everybody, stance, "practitioner"), {name: TABLE[name]}) if pair.klass == klass]
    for pair in asked:
        matrix.judge(pair)
    assert_sound(matrix.tally)

    broken(monkeypatch)
    monkeypatch.setattr(wall, "open_for", lambda _actor: wall.open_to_all())
    for pair in asked:
        matrix.judge(pair)
    assert matrix.tally.count("wrong allows") > 0


@pytest.mark.parametrize(
    ("broken", "klass", "stance"),
    [(ignore_restriction, "sealed", "team"), (forget_conflicts, "conflict_adult", "worker")],
)
def test_where_a_rule_is_broken_the_second_wall_stands(
    matrix: Matrix, everybody: list[Reader], monkeypatch: pytest.MonkeyPatch, broken: Callable[..., None], klass: str,
    stance: str,
) -> None:  # fmt: skip
    broken(monkeypatch)
    for pair in pairs(of(everybody, stance, "practitioner"), {"case": TABLE["case"]}):
        if pair.klass == klass:
            matrix.judge(pair)
    assert matrix.tally.asked["denied"] > 10
    assert matrix.tally.count("wrong allows") == 0
