"""What could harm whoever opens a file is found; what people really send is not taken for it."""

import random
import time

import pytest

from haven.lib.inspecting.findings import FINDINGS, Room, TooMuch
from haven.lib.inspecting.looking import findings_in
from haven.lib.inspecting.tests.harmless import HARMLESS
from haven.lib.inspecting.tests.hostile import bomb, mail, pdf, picture, word
from haven.lib.inspecting.tests.hostile_kinds import HOSTILE

SEED = 20260306


@pytest.mark.parametrize("what", HOSTILE)
def test_what_could_do_harm_is_found(what: str) -> None:
    _name, make, wanted = HOSTILE[what]
    found = findings_in(make())

    assert set(found) <= set(FINDINGS)
    assert wanted in found or wanted == "unknown_kind"


def test_there_are_more_than_seventy_kinds_of_it() -> None:
    assert len(HOSTILE) > 70
    assert len({make() for _name, make, _wanted in HOSTILE.values()}) == len(HOSTILE)


@pytest.mark.parametrize("what", HARMLESS)
def test_what_people_really_send_is_not_taken_for_harm(what: str) -> None:
    assert findings_in(HARMLESS[what]()) == ()


def test_looking_at_a_bomb_takes_little_time_and_room() -> None:
    content, began = bomb(), time.monotonic()

    assert findings_in(content) == ("bomb",)
    assert time.monotonic() - began < 10
    with pytest.raises(TooMuch):
        Room(10).take(11)


def test_no_damaged_file_makes_the_looking_fail() -> None:
    """Bytes changed, cut off and swapped at random in files of every kind: looked at to the end, whatever they are."""
    chance = random.Random(SEED)
    kinds = [make() for make in HARMLESS.values()] + [word(), pdf(), picture("PNG"), mail("a.docx", word())]
    kinds = [content for content in kinds if len(content) < 200_000]
    for _ in range(600):
        content = bytearray(chance.choice(kinds))
        for _ in range(chance.randrange(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert set(findings_in(bytes(content[: chance.randrange(1, len(content) + 1)]))) <= set(FINDINGS)
