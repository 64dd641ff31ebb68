"""What was recorded is sealed in signed heads: every row once, the late ones too, and gaps mean nothing (TR-42)."""

import base64
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from haven.casework.events import keeping, sealing
from haven.casework.events.heads import Head
from haven.casework.events.keeping import Machine
from haven.casework.events.keys import NoAuditKey, is_signed, key_from, public_part
from haven.casework.events.kinds import EventType
from haven.casework.events.models import Event, Seal, SealLeaves, Verification
from haven.casework.events.ranges import SLACK
from haven.casework.events.recording import record, record_read
from haven.casework.events.running import Sealer
from haven.casework.events.sealer import CannotSeal, seal
from haven.casework.events.verifying import Verdict, as_answer, verify
from haven.lib.ids import uuid7

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
VISITED = EventType("tests.visited", "{actor} visited", "Codes only.")
ANOTHER_KEY = base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def visit(modules_database: str) -> Any:
    """Record one event. The log goes on from one test to the next."""
    see_all()
    return lambda: record(VISITED, subject=Verification(), by=Machine(), at=FRIDAY)


@pytest.fixture
def another_session(modules_database: str) -> Iterator[Any]:
    """A second session of the application, with a transaction of its own."""
    given = connection.get_connection_params()
    kept = {name: given[name] for name in ("dbname", "user", "host", "port") if given.get(name)}
    with psycopg.connect(**kept) as session:
        yield session


def see_all() -> None:
    """Let the test's session through the second wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haven.authorities', 'all', false)")


def sealed_head() -> Head:
    head = seal(even_if_quiet=True)
    assert head is not None
    return head


def visit_in(session: Any) -> None:
    session.execute(
        "INSERT INTO events_event (id, at, type, actor_kind, subject_kind) "
        "VALUES (gen_random_uuid(), now(), 'tests.visited', 'job', 'tests')"
    )


def test_each_row_is_sealed_once_and_a_quiet_log_makes_no_head(visit: Any) -> None:
    record_read(actor=Machine(), route="case", method="GET", subjects=[("case", uuid7()), ("person", uuid7())])
    visit()
    first = seal()
    assert first is not None
    assert first.counts["events_event"] == Event.objects.count()
    assert (first.counts["events_read"], first.counts["events_readsubject"]) == (1, 2)

    assert seal() is None
    visit()
    second = seal()

    assert second is not None
    assert second.counts["events_event"] == first.counts["events_event"] + 1
    assert second.previous == first.link()
    assert as_answer(verify())["faults"] == []


def test_what_commits_late_is_in_a_later_head_and_holds_nothing_up(visit: Any, another_session: Any) -> None:
    visit_in(another_session)
    visit()
    first = seal()
    assert first is not None
    assert first.counts["events_event"] == Event.objects.count()

    another_session.commit()
    assert sealing.status(timezone.now()).unsealed_seconds > 0
    second = seal()

    assert second is not None
    assert second.counts["events_event"] == first.counts["events_event"] + 1
    assert sealing.status(timezone.now()).unsealed_seconds == 0
    assert verify().ok


def test_a_transaction_open_since_before_a_head_is_seen_in_the_status(another_session: Any, visit: Any) -> None:
    visit_in(another_session)
    first = sealed_head()

    known = sealing.status(first.sealed_at + timedelta(minutes=20))

    assert known.open_seconds >= 20 * 60
    assert known.problem == ""
    another_session.rollback()


def test_a_row_may_be_as_old_as_its_transaction_though_nothing_else_happened(another_session: Any, visit: Any) -> None:
    visit_in(another_session)
    sealed_head()
    time.sleep(SLACK.total_seconds() + 0.5)
    sealed_head()
    another_session.commit()

    assert verify().faults == []
    assert sealed_head().doubts == []


def test_what_was_rolled_back_leaves_a_gap_and_no_fault(visit: Any, another_session: Any) -> None:
    for _ in range(3):
        visit_in(another_session)
        another_session.rollback()
        visit()
        sealed_head()

    assert verify().faults == []


def test_a_head_says_its_counts_and_anybody_can_check_its_signature(visit: Any) -> None:
    visit()
    said = sealed_head().printed()

    key, signature, signed = (bytes.fromhex(said[name]) for name in ("public_key", "signature", "hash"))
    assert is_signed(key, signature, signed)
    assert not is_signed(key, signature, bytes(32))
    assert said["counts"]["events_event"] == Event.objects.count()
    assert verify(said).ok


def test_a_new_key_takes_over_when_the_old_one_hands_over_to_it(visit: Any, settings: Any) -> None:
    visit()
    before = sealed_head().printed()
    new = key_from(ANOTHER_KEY)

    old, settings.AUDIT_KEY = settings.AUDIT_KEY, ANOTHER_KEY
    with pytest.raises(CannotSeal, match="handed over"):
        seal(even_if_quiet=True)
    assert sealing.status(timezone.now()).problem

    settings.AUDIT_KEY = old
    seal(next_key=public_part(new))
    settings.AUDIT_KEY = ANOTHER_KEY
    after = sealed_head()

    assert after.key == public_part(new)
    assert verify(before).ok
    assert verify(after.printed()).ok

    seal(next_key=public_part(key_from(old)))
    settings.AUDIT_KEY = old
    assert verify(sealed_head().printed()).ok


def test_the_status_sees_the_whole_log_and_leaves_the_wall_as_it_was(visit: Any) -> None:
    sealed_head()
    visit()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haven.authorities', '', true)")
        assert sealing.status(timezone.now() + timedelta(seconds=5)).unsealed_seconds > 0
        assert not Event.objects.exists()


def test_a_key_that_is_none_is_refused_with_how_to_make_one() -> None:
    for words in ("", "short", "c2hvcnQ="):
        with pytest.raises(NoAuditKey, match="openssl rand"):
            key_from(words)


def test_without_a_key_nothing_is_sealed_and_the_log_can_still_be_verified(visit: Any, settings: Any) -> None:
    visit()
    kept = sealed_head().printed()
    settings.AUDIT_KEY = ""

    assert sealing.status(timezone.now()).problem == "There is no key to sign with."
    assert verify(kept).ok


def test_a_head_that_is_not_there_any_more_or_was_never_ours_is_told(visit: Any) -> None:
    visit()
    kept = sealed_head().printed()
    later = {**kept, "sequence": kept["sequence"] + 2}
    forged = {**kept, "hash": "00" * 32}

    assert [fault["kind"] for fault in verify(later).faults] == ["cut", "cut"]
    assert [fault["kind"] for fault in verify(forged).faults] == ["head_mismatch"]
    assert [fault["kind"] for fault in verify({"sequence": 1}).faults] == ["head_mismatch"]


def test_sealing_does_not_run_inside_somebody_elses_transaction(visit: Any) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        seal()


def test_the_sealer_beside_the_worker_seals_by_itself_and_goes_on_after_a_difficulty(visit: Any, settings: Any) -> None:
    key, settings.AUDIT_KEY = settings.AUDIT_KEY, "none"
    sealer = Sealer(every=0.1)
    visit()
    assert sealer.round() is None
    assert sealer.troubled == 1
    see_all()

    settings.AUDIT_KEY = key
    sealer.start()
    for _ in range(100):
        sealer.stopping.wait(0.1)
        if last := Seal.objects.order_by("-id").filter(counts__events_event=Event.objects.count()).first():
            break
    sealer.stop()

    assert not sealer.is_alive()
    assert last is not None
    assert SealLeaves.objects.filter(table_name="events_event", seal=last.pk).exists()


def test_a_verification_is_kept_and_recorded_and_itself_sealed(visit: Any) -> None:
    visit()
    head = sealed_head()

    kept = keeping.keep(verify(), by=Machine(), at=FRIDAY)

    assert (kept.found, kept.seal, kept.rows) == (0, head.id, sum(head.counts.values()))
    assert Event.objects.filter(type="events.log_verified", subject_id=kept.pk).count() == 1
    assert sealed_head().counts["events_verification"] == Verification.objects.count()
    assert sealing.status(timezone.now()).verified_ok is True


def test_a_fault_is_kept_recorded_logged_and_told(visit: Any, monkeypatch: Any, caplog: Any) -> None:
    told: list[Verification] = []
    monkeypatch.setattr(keeping, "ON_FAULT", [lambda kept, at: told.append(kept)])
    fault = {"table": "events_event", "id": "1", "kind": "edited"}
    keeping.log.addHandler(caplog.handler)

    kept = keeping.keep(Verdict(head=3, faults=[fault], found=1), by=Machine(), at=FRIDAY)

    keeping.log.removeHandler(caplog.handler)
    assert told == [kept]
    assert Event.objects.get(type="events.log_faults_found", subject_id=kept.pk).codes["faults"] == 1
    assert "1 faults" in caplog.text
    assert sealing.status(timezone.now()).verified_ok is False
