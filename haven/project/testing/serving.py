"""Haven served on a free port in this process, for a browser or many callers at once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a line of a failing test should be about the test."""


class _Answering:
    """The application, which knows how many requests it is answering and answers none once it is closed.

    A page that is left still keeps what was typed into it; that must not reach the next test's database.
    """

    def __init__(self) -> None:
        self.answer, self.changed = WSGIHandler(), Condition()
        self.under_way, self.closed = 0, False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with self.changed:
            if self.closed:
                start("503 Service Unavailable", [])
                return []
            self.under_way += 1
        try:
            return self.answer(environ, start)
        finally:
            with self.changed:
                self.under_way -= 1
                self.changed.notify_all()

    def close(self) -> None:
        """Answer no more, and wait for what is being answered."""
        with self.changed:
            self.closed = True
            self.changed.wait_for(lambda: not self.under_way, timeout=10)


@contextmanager
def served() -> Iterator[str]:
    """Serve until the block ends; gives the address, by the name `localhost`, which passkeys need."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    application = _Answering()
    server.set_app(application)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        application.close()
        server.shutdown()
        server.server_close()
        thread.join()
