"""What is logged: one line an event, and nothing of anybody's life in it."""

import json
import logging
import sys

from django.db import DataError

from haven.project.logs import OneLine


def line(message: str, *, fault: Exception | None = None, **added: object) -> dict[str, object]:
    told = None
    if fault is not None:
        try:
            raise fault
        except type(fault):
            told = sys.exc_info()
    record = logging.LogRecord("haven.request", logging.ERROR, __file__, 1, message, (), told)
    record.__dict__.update(added)
    written = OneLine().format(record)
    assert "\n" not in written
    return json.loads(written)


def test_a_fault_is_known_by_its_type_and_place_and_not_by_the_value_it_refused():
    said = line("the database failed in case", fault=DataError("value too long: Joan Whitlock, 4 Almond Row"))

    assert said["fault"] == "DataError"
    assert "test_logs.py" in said["through"][0]
    assert "Joan" not in json.dumps(said)


def test_what_was_asked_for_in_an_address_is_left_out():
    assert line("Not Found: /search?q=Joan+Whitlock")["says"] == "Not Found: /search"


def test_only_what_is_named_may_be_added_to_a_line():
    said = line("slow", status_code=200, body="Joan Whitlock", request="GET /people/")

    assert said["status_code"] == 200
    assert {"body", "request"}.isdisjoint(said)
