"""Asking for a page in this process, through every middleware, and counting what it asks of the database."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from haven.casework.access.models import User
from haven.casework.access.sessions import open_session
from haven.project.bench.database import ALIASES
from haven.project.bench.timing import Timing

TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEF"  # noqa: S105  (stands in the cookie and in the form, as a browser's would)
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "SELECT set_config(")
"""How a transaction is kept, not what a page asks. BEGIN and COMMIT do not pass here."""

THERE = 'UPDATE "django_session"'
"""With it a session writes down, each half minute, that somebody is there; which page that falls on is chance."""


@dataclass(frozen=True)
class Asked:
    """One request: who asks (a session's cookie), for what, and with what form."""

    path: str
    cookies: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] | None = None
    expect: int = 200


class WrongAnswer(Exception):
    """A page answered with another status than it should, so its time means nothing."""


def sign_in(user: User) -> tuple[tuple[str, str], ...]:
    """The cookies of somebody signed in, with everything proved."""
    return (open_session(user),)


class Asker:
    """Asks through Django's own handler, as gunicorn does."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.status = ""
        self.body = b""
        self.statements: list[str] = []

    def warm(self, requests: list[Asked]) -> None:
        """Ask once in each session for a page that only shows, so that templates, plans and sessions are ready.

        A session's first request, and one each half minute, keeps besides that somebody is there: three statements.
        """
        begun: set[tuple[tuple[str, str], ...]] = set()
        for request in requests:
            if request.form is None and request.cookies not in begun:
                begun.add(request.cookies)
                self.ask(request)

    def time(self, request: Asked, timing: Timing) -> None:
        """Ask once and keep the time; once more, where the session's half minute fell on it."""
        taken, processor = self.ask(request)
        if request.form is None and any(statement.startswith(THERE) for statement in self.statements):
            taken, processor = self.ask(request)
        timing.add(taken, processor, len(self.statements))

    def ask(self, request: Asked) -> tuple[float, float]:
        """Ask once; the milliseconds it took, and those of our processor. Refused where the answer is another."""
        environ = environ_of(request)
        self.statements = []
        with counting(self.statements.append):
            began, worked = time.perf_counter(), time.thread_time()
            response = self.handler(environ, self._start)
            self.body = b"".join(response)
            getattr(response, "close", lambda: None)()
            taken, processor = time.perf_counter() - began, time.thread_time() - worked
        if not self.status.startswith(str(request.expect)):
            raise WrongAnswer(f"{request.path} answered {self.status}, expected {request.expect}")
        return taken * 1000, processor * 1000

    def _start(self, status: str, headers: Any, exc_info: Any = None) -> Callable[[bytes], object]:
        self.status = status
        return lambda data: None


@contextmanager
def counting(seen: Callable[[str], None]) -> Iterator[None]:
    """Tell of each statement sent to the database, on either alias, but those that keep the transaction."""

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).startswith(NOT_COUNTED):
            seen(str(sql))
        return execute(sql, params, many, context)

    default, apart = (connections[alias] for alias in ALIASES)
    with default.execute_wrapper(wrapper), apart.execute_wrapper(wrapper):
        yield


def environ_of(request: Asked) -> dict[str, Any]:
    """What a web server hands over."""
    path, _, query = request.path.partition("?")
    given = (("csrfmiddlewaretoken", TOKEN), *request.form) if request.form is not None else ()
    body = urlencode(given).encode()
    return {
        "REQUEST_METHOD": "GET" if request.form is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in (*request.cookies, ("csrftoken", TOKEN))),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
