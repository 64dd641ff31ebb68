"""Everything is lost and comes back to a second before a marker, by the commands of docs/operations.md alone (TR-35).

One service of its own serves the whole file, for making one takes as long as all that follows.
"""

import json
import shutil
from pathlib import Path

import pytest

from haven.lib.age import CannotOpen, opened
from haven.project.backups.settings import private_key
from haven.project.backups.target import Target
from haven.project.bench.restoring import Place, destroy_and_restore, drop_a_table, lose_the_disk, place_of_its_own


@pytest.fixture(scope="module")
def place():
    with place_of_its_own() as made:
        made.haven("demonstration", "--authority-only")
        (Path(made.environment["HAVEN_HOME"]) / "files" / "ab" / "cd").mkdir(parents=True)
        yield made


@pytest.fixture(scope="module")
def dropped(place):
    """A table was dropped; the service came back to the second before the second half of the markers."""
    return destroy_and_restore(place, drop_a_table)


def backups(place: Place) -> Target:
    return Target(place.folder / "backups")


def test_a_dropped_table_comes_back_to_a_second_before_and_nothing_after(place, dropped):
    assert (dropped.missing, dropped.too_many) == (0, 0)
    assert place.ask("SELECT count(*) FROM cases_case") == [(0,)]
    assert place.ask("SELECT count(*) FROM access_user")[0][0] > 5


def test_the_sealed_log_is_verified_against_the_head_kept_elsewhere(dropped):
    assert dropped.found["ok"] and dropped.found["faults"] == []
    assert dropped.found["heads"] >= 1


def test_what_stood_there_before_is_moved_aside_and_not_deleted(place, dropped):
    assert list(place.data().parent.glob("data.before-*"))


def test_no_plain_word_stands_in_any_file_of_the_backup(place, dropped):
    files = [path for path in backups(place).folder.rglob("*.age")]

    assert len(files) >= 4
    assert all(path.read_bytes().startswith(b"age-encryption.org/v1\n") for path in files)
    assert "Thamesbury" not in (next(backups(place).folder.rglob("manifest.json"))).read_text()


def test_a_backup_that_was_changed_is_refused(place, dropped):
    whole = next((backups(place).folder / "bases").glob("*/keys.age"))
    content = bytearray(whole.read_bytes())
    content[-5] ^= 1
    changed = place.folder / "changed.age"
    changed.write_bytes(content)

    with pytest.raises(CannotOpen), changed.open("rb") as file:
        list(opened(file, private_key(str(place.folder / "operator.key"))))


def test_the_machine_that_makes_backups_holds_no_key_that_opens_them(place, dropped):
    home = Path(place.environment["HAVEN_HOME"])

    assert not [path for path in home.rglob("*") if path.is_file() and b"AGE-SECRET-KEY" in path.read_bytes()]


def test_a_restored_copy_gives_one_record_back_without_rolling_back_the_others(place, dropped):
    operator = "marek@example.org"
    [[authority]] = place.ask("SELECT id::text FROM access_authority LIMIT 1")
    place.ask(
        "INSERT INTO access_user (id, email, name, telephone, is_active, persona, unused_warned, password) "
        f"VALUES (gen_random_uuid(), '{operator}', 'Marek Probnik', '', true, '', 0, '!')",
        "INSERT INTO access_membership (id, user_id, authority_id, role, from_on) SELECT gen_random_uuid(), u.id, "
        f"'{authority}', 'platform_operator', '2020-01-01' FROM access_user u WHERE u.email = '{operator}'",
    )
    place.haven("backup")
    telephone = f"SELECT telephone FROM access_authority WHERE id = '{authority}'"
    [[before]] = place.ask(telephone)
    place.ask(
        f"UPDATE access_authority SET telephone = '' WHERE id = '{authority}'",
        "INSERT INTO marker (number) VALUES (1000)",
    )
    side = Place(place.folder)
    side.environment["HAVEN_HOME"] = str(place.folder / "side")
    copy = ("recover_record", "access.authority", authority, "--home", side.environment["HAVEN_HOME"])
    try:
        side.haven("restore", "--key", str(place.folder / "operator.key"))
        assert before in place.haven(*copy) and place.ask(telephone) == [("",)]
        place.haven(*copy, "--as", operator)
    finally:
        folder = side.data().parent
        side.haven("stop")
        shutil.rmtree(folder, ignore_errors=True)

    assert place.ask(telephone) == [(before,)]
    assert place.ask("SELECT number FROM marker WHERE number = 1000") == [(1000,)]
    assert place.ask("SELECT count(*) FROM events_event WHERE type = 'project.record_put_back'") == [(1,)]


def test_a_lost_disk_comes_back_too_and_the_rehearsal_finds_it_whole(place, dropped):
    place.ask("DROP TABLE marker")
    key = place.folder / "operator.key"
    key.rename(place.folder / "earlier.key")

    lost = destroy_and_restore(place, lose_the_disk)
    assert (lost.missing, lost.too_many, lost.found["ok"]) == (0, 0, True)

    place.haven("backup")
    rehearsed = json.loads(place.haven("backup", "--check", "--key", str(key), "--json"))
    assert rehearsed["ok"] and rehearsed["rows"] > 0
    assert json.loads((backups(place).folder / "rehearsal.json").read_text())["ok"]
