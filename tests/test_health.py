"""Whether this copy is alive, and whether it can do work: two questions, told apart."""

import pytest
from django.db import OperationalError
from django.test import Client

from haven.project import health


def test_alive_is_answered_without_the_database() -> None:
    """This test may not use the database, so an answer proves that none was asked."""
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_ready_means_that_the_database_answers(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/readyz").json() == {"ready": True}

    class Gone:
        def cursor(self) -> None:
            raise OperationalError("no route to the database")

    monkeypatch.setattr(health, "connections", {"apart": Gone()})
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})
