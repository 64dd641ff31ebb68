"""What happened and who looked: only added, kept by month, without a name or a narrative."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from haven.casework.events.kinds import EVENT_TYPES, EventType, declare, event_type
from haven.casework.events.models import Event, Read
from haven.casework.events.partitions import TABLES, make_months
from haven.casework.events.recording import (
    WordsInAnEvent,
    gathering,
    history,
    history_with,
    opened_by_somebody,
    record,
    record_read,
)
from haven.casework.events.sealing import new_salt, seal_words

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
TUESDAY = FRIDAY + timedelta(days=4)
VISITED = EventType("tests.visited", "{actor} visited ({how})", "Codes only.")


def test_what_happens_in_one_operation_is_written_in_one_statement(
    case: Any, amara: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1), gathering():
        record(VISITED, subject=case, by=amara, at=FRIDAY)
        with gathering():
            record(VISITED, subject=case, by=amara, at=TUESDAY)

    assert [event.at for event in history(case.pk)[:2]] == [TUESDAY, FRIDAY]


def test_what_a_failed_operation_gathered_is_not_written(case: Any, amara: Any) -> None:
    before = len(history(case.pk))
    with pytest.raises(RuntimeError), gathering():
        record(VISITED, subject=case, by=amara, at=FRIDAY)
        raise RuntimeError("half way")

    assert len(history(case.pk)) == before


@pytest.mark.parametrize(
    "codes",
    [{"how": "She was crying"}, {"who": "Joan Whitlock"}, {"said": ["visit", "on her own"]}, {"told": {"by": "x"}}],
)
def test_words_and_names_are_kept_out_of_an_event(case: Any, amara: Any, codes: dict[str, Any]) -> None:
    with pytest.raises(WordsInAnEvent):
        record(VISITED, subject=case, by=amara, at=FRIDAY, codes=codes)


def test_ids_codes_days_and_numbers_are_taken(case: Any, amara: Any) -> None:
    codes = {"how": "visit", "case": str(case.pk), "n": 3, "on": "2026-03-06", "sure": True, "kinds": ["text/plain"]}
    record(VISITED, subject=case, by=amara, at=TUESDAY, codes=codes)

    assert history(case.pk)[0].codes == codes


def test_a_case_shows_what_happened_to_its_report_before_it_was_a_case(case: Any, amara: Any, report: Any) -> None:
    record(VISITED, subject=report, by=amara, at=FRIDAY - timedelta(days=1))
    found = history_with(case.pk, "contacts.contact", report.pk)

    assert {event.subject_id for event in found} >= {report.pk}


def test_who_looked_is_one_statement_with_everything_shown(
    case: Any, joan: Any, amara: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        subjects = [("case", case.pk), ("person", joan.pk)]
        record_read(actor=amara, route="case", method="GET", subjects=subjects)

    assert Read.objects.get().actor_id == amara.id
    assert opened_by_somebody("person", [joan.pk, case.pk], route="case") == {joan.pk}
    assert opened_by_somebody("person", [joan.pk], route="search") == set()


def test_a_kind_of_event_is_declared_once_and_says_its_sentence_and_its_erasure() -> None:
    known = next(iter(EVENT_TYPES))
    for code, sentence, erasure in ((known, "x", "x"), ("tests.silent", "", "x"), ("tests.for_ever", "x", "")):
        with pytest.raises(ValueError, match="event type"):
            declare(code, sentence, erasure=erasure)


def test_an_event_of_an_older_release_still_has_a_sentence() -> None:
    assert event_type("gone.long_ago").sentence.format(actor="Amara") == "Amara recorded gone.long_ago"


def test_a_month_not_yet_made_loses_nothing_and_a_made_one_takes_its_rows(db: None, case: Any, amara: Any) -> None:
    later = datetime(2041, 5, 10, 12, 0, tzinfo=UTC)
    assert kept_in(later, case, amara) == "events_event_default"

    make_months(date(2042, 5, 31), 2)
    make_months(date(2042, 5, 31), 2)

    assert kept_in(later.replace(year=2042), case, amara) == "events_event_2042_05"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE '%\\_2042\\_0_'")
        assert cursor.fetchone() == (2 * len(TABLES),)


def kept_in(moment: datetime, case: Any, by: Any) -> str:
    """Which table took an event recorded at this moment."""
    row = Event(type=VISITED.code, at=moment, recorded_at=moment, actor_kind=by.kind, actor_id=by.id)
    row.subject_kind, row.subject_id = case._meta.label_lower, case.pk
    with transaction.atomic():
        Event.objects.bulk_create([row])
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM events_event WHERE id = %s", [row.pk])
        return str(cursor.fetchone()[0])


def test_a_seal_proves_the_words_only_beside_their_salt() -> None:
    salt = new_salt()

    assert seal_words(salt, "She is safe.") == seal_words(memoryview(salt), "She is safe.")
    assert seal_words(salt, "She is safe.") != seal_words(salt, "She is safe!")
    assert seal_words(salt, "She is safe.") != seal_words(new_salt(), "She is safe.")
