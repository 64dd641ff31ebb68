"""Asking: one request in a savepoint that is undone, and what was answered, said to the database and written down."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse
from matrix_oracle import Situation, may_know, subjects_for, tokens_of
from matrix_population import Record, World
from matrix_readers import Reader, cookie_of, take_stance

from haven.casework.access import wall

WORDS = re.compile(r"[A-Z][a-z]{6,}|[A-Z]{1,3}-[2-9A-Z]{4}-[2-9A-Z]{4}|ZZ\d\d [49](?:AR|ZZ)")
DIFFERS = re.compile(r'value="[^"]{36,}"|data-left="\d+"')
"""What differs between two answers to one question: the tokens of their forms, the seconds until the screen locks."""

READS = "SELECT kind, subject_id FROM events_readsubject WHERE recorded_at >= now() - interval '1 day'"
TOUCHES = (
    'SELECT MIN("access_authority"."idle_minutes")',
    'UPDATE "access_user" SET "last_used_on"',
    'UPDATE "django_session"',
)
"""What a session asks once each half minute, whatever page it is at: it tells of the clock and not of the record."""

CHANGES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I)
ANEW = 300.0
"""Seconds after which a reader signs in again."""

HARMLESS = ("events_read", "events_readsubject", "django_session")
"""What looking may change: the record of looks, and the session."""


@dataclass
class Answer:
    """What came back, and what it took."""

    status: int
    body: str
    leads_to: str
    statements: int
    changed: set[str]
    shown: set[tuple[str, Any]] = field(default_factory=set)

    @property
    def asks_to_sign_in(self) -> bool:
        return self.status == 302 and self.leads_to.startswith("/accounts/login/")

    @property
    def allowed(self) -> bool:
        """Neither "not found" nor "sign in": a refusal in words, or a form to be put right, is an answer (TR-03)."""
        return self.status not in (404, 405) and not self.asks_to_sign_in

    def like(self, other: "Answer", path: str, others: str) -> bool:
        """Byte for byte the same, the addresses apart."""
        leads = (self.leads_to.replace(path, ""), other.leads_to.replace(others, ""))
        return (self.status, self.body) == (other.status, other.body) and leads[0] == leads[1]


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens inside stays."""
    with transaction.atomic():
        wall.open_to_all()
        yield
        transaction.set_rollback(True)


@dataclass
class Asker:
    """Asks as each reader, and looks into what came back."""

    world: World
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))
    cookies: dict[Any, str] = field(default_factory=dict)
    signed_in: dict[Any, float] = field(default_factory=dict)
    tokens: dict[str, list[tuple[str, Record]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.world.records:
            for token, kind in tokens_of(record).items():
                self.tokens.setdefault(token, []).append((kind, record))

    def ask(
        self, reader: Reader, about: Record, method: str, path: str, data: Any = None,
        before: Callable[[], Any] | None = None,
    ) -> Answer:  # fmt: skip
        """Ask once, standing to the record as this reader does; `before` disturbs the world first."""
        self._sign_in(reader)
        with undone():
            take_stance(self.world, reader, about)
            if before is not None:
                before()
            return self._send(reader, method, path, data)

    def _sign_in(self, reader: Reader) -> None:
        """Anew after some minutes: an undone request is no sign of life, and the screen would lock (PR-25)."""
        now = time.monotonic()
        if reader.user is not None and now - self.signed_in.get(reader.held, -ANEW) >= ANEW:
            self.cookies[reader.held] = cookie_of(reader.user)
            self.signed_in[reader.held] = now

    def _send(self, reader: Reader, method: str, path: str, data: Any) -> Answer:
        statements: list[str] = []

        def heard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            statements.append(sql if isinstance(sql, str) else sql.as_string(None))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(heard):
            response = self.handler(self._environ(reader, method, path, data))
        wall.open_to_all()
        body = b"".join(response) if response.streaming else response.content
        text = DIFFERS.sub("", body.decode(errors="replace"))
        changed = {found[1] for sql in statements if (found := CHANGES.match(sql))}
        asked = sum(not sql.startswith(TOUCHES) for sql in statements)
        answer = Answer(response.status_code, text, response.get("Location", ""), asked, changed)
        if any("events_read" in sql for sql in statements):
            answer.shown = self._shown()
        return answer

    def _environ(self, reader: Reader, method: str, path: str, data: Any) -> dict[str, Any]:
        factory = RequestFactory()
        if reader.user is not None:
            factory.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[reader.held]
        made: dict[str, Any] = getattr(factory, method.lower())(path, data).environ
        return made

    def _shown(self) -> set[tuple[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(READS)
            return set(cursor.fetchall())

    def found_in(self, answer: Answer, *, but: str = "") -> Iterator[tuple[str, str, Record]]:
        """Each token on the page; `but` is what was typed, which a page may repeat."""
        for token in set(WORDS.findall(answer.body)) & self.tokens.keys():
            if token not in but:
                yield from ((token, kind, record) for kind, record in self.tokens[token])

    def leaks(self, situation: Situation, answer: Answer, *, but: str = "") -> list[str]:
        """What the page shows that this reader may meet nowhere."""
        found = self.found_in(answer, but=but)
        return [f"{token} ({kind} of {record})" for token, kind, record in found
                if not may_know(situation, kind, record)]  # fmt: skip

    def unread(self, situation: Situation, answer: Answer, *, but: str = "") -> list[str]:
        """What the page shows without having written that it was shown (TR-06)."""
        return [f"{token} ({kind} of {record})" for token, kind, record in self.found_in(answer, but=but)
                if not subjects_for(situation, kind, record) & answer.shown]  # fmt: skip


@dataclass
class Tally:
    """The numbers, and each fault in words."""

    asked: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, kind: str, words: str) -> None:
        self.faults.setdefault(kind, []).append(words)

    def count(self, kind: str) -> int:
        return len(self.faults.get(kind, []))

    def __str__(self) -> str:
        numbers = ", ".join(f"{name} {number}" for name, number in sorted(self.asked.items()))
        faults = ", ".join(f"{kind} {len(found)}" for kind, found in sorted(self.faults.items())) or "no fault"
        return f"{numbers}; {faults}"


def path_of(name: str, arguments: Any) -> str:
    if name == "account_reset_password_from_key":
        return "/accounts/password/reset/key/a-b-c/"
    return reverse(name, args=arguments)
