"""What is logged: one line an event, and nothing of anybody's life in it."""

import json
import logging
import sys

from django.core.files.base import ContentFile
from django.db import DataError
from django.test import Client

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


NAMES = ("Joan", "Whitlock", "Almond", "ZZ1", "960099", "tom@example", "shouts")


def test_a_request_with_names_in_every_place_leaves_none_in_any_log(
    own_database, authority, amara, sign_in, monkeypatch, settings
):
    """In the path, the query, the body, a header, a cookie, a file's name, what fails and what the database refuses."""
    lines: list[str] = []
    handler = logging.Handler(level=1)
    handler.setFormatter(OneLine())
    handler.emit = lambda record: lines.append(handler.format(record))
    places = [logging.getLogger(name) for name in ("", "django", "django.server", "django.request", "haven",
                                                   "haven.request", "procrastinate", "django.security")]  # fmt: skip
    for place in places:
        monkeypatch.setattr(place, "handlers", [handler])
        monkeypatch.setattr(place, "level", logging.INFO)
    settings.DEBUG = False
    browser, somebody = sign_in(amara), Client(raise_request_exception=False)
    browser.raise_request_exception = False
    words = {"worry": "He shouts at Joan Whitlock, 4 Almond Row ZZ1 4AR", "email": "tom@example.org", "q": "Whitlock"}
    for each in (browser, somebody):
        each.cookies["seen"] = "Whitlock"
        for path in (
            "/search",
            "/eastmere/",
            "/cases/Joan-Whitlock/",
            "/people/Whitlock/",
            "/enter-report",
            "/no/Joan/",
        ):
            each.get(f"{path}?q=Joan+Whitlock", headers={"referer": "https://x/?who=Whitlock", "x-name": "Joan"})
            each.post(path, {**words, "file": ContentFile(b"shouts", name="Joan Whitlock.pdf")})
        each.get("/healthz", headers={"host": "joan-whitlock.example"})
    monkeypatch.setattr("haven.casework.desk.views.home.tasks_due", fails)
    browser.get("/home?who=Joan+Whitlock")
    logging.getLogger("haven.request").error("told", exc_info=failure(DataError("too long: Joan Whitlock")))

    assert len(lines) > 10
    assert any('"RuntimeError"' in line for line in lines) and any('"DataError"' in line for line in lines)
    assert [line for line in lines for name in NAMES if name.lower() in line.lower()] == []


def fails(*_given: object, **_named: object) -> None:
    raise RuntimeError("open work of Joan Whitlock, 4 Almond Row, ZZ1 4AR")


def failure(fault: Exception) -> object:
    try:
        raise fault
    except type(fault):
        return sys.exc_info()
