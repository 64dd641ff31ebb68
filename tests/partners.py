"""A partner's system, as the tests of the API have it: its token, what it sends, how it asks."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from haven.casework.access.models import Authority
from haven.casework.operations.actor import Actor
from haven.casework.partners.models import Partner
from haven.casework.partners.operations.partners import add_partner, issue_token

CONCERN: dict[str, Any] = {
    "adult": {
        "given_name": "Joan",
        "family_name": "Whitlock",
        "date_of_birth": "1943-05-02",
        "whereabouts": "4 Almond Row, Eastmere",
        "postcode": "zz14ar",
    },
    "what_happened": "Her nephew shouts at her and takes her pension.",
    "types_of_harm": ["financial", "psychological"],
    "location_of_harm": "own_home",
    "immediate_danger": False,
    "referrer": {
        "name": "Dr Ines Probe",
        "role": "GP",
        "organisation": "Eastmere Surgery",
        "email": "ines@example.org",
        "wants_feedback": True,
    },
}
"""What a surgery's system sends about Joan."""

JOB = Actor.job("a test")


class System:
    """A partner's system: `system.send(CONCERN)`, `system.ask(reference)`."""

    def __init__(self, partner: Partner, *scopes: str) -> None:
        self.partner = partner
        given = {"scopes": scopes} if scopes else {}
        self.token = issue_token(partner, by=JOB, at=timezone.now(), **given)
        self.browser = Client(raise_request_exception=False)

    def headers(self, **more: str) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            **{name.replace("_", "-"): said for name, said in more.items()},
        }

    def post(
        self, path: str, body: Any, *, key: str | None = "", content_type: str = "application/json", **more: str
    ) -> Any:
        """`key=None` sends none; an empty one is a new one."""
        keyed = {} if key is None else {"Idempotency_Key": key or str(uuid4())}
        data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        headers = self.headers(**keyed, **more)
        return self.browser.post(f"/api/v1/{path}", data, content_type=content_type, headers=headers)

    def send(self, body: Any = CONCERN, **more: Any) -> Any:
        return self.post("concerns", body, **more)

    def attach(self, reference: str, file: Any, *, key: str = "") -> Any:
        headers = self.headers(Idempotency_Key=key or str(uuid4()))
        return self.browser.post(f"/api/v1/concerns/{reference}/attachments", {"file": file}, headers=headers)

    def get(self, path: str) -> Any:
        return self.browser.get(f"/api/v1/{path}", headers=self.headers())

    def ask(self, reference: str) -> Any:
        return self.get(f"concerns/{reference}")


def make_system(authority: Authority, name: str = "Eastmere Surgery", source: str = "gp", *scopes: str) -> System:
    """A partner of this authority with a token."""
    return System(add_partner(authority, name=name, source_code=source, by=JOB, at=timezone.now()), *scopes)


def without(*names: str, of: dict[str, Any] = CONCERN) -> dict[str, Any]:
    """The concern without these, "adult.postcode" being a part of a part."""
    body = json.loads(json.dumps(of))
    for name in names:
        *path, last = name.split(".")
        where = body
        for part in path:
            where = where[part]
        where.pop(last, None)
    return body


def with_(name: str, value: Any, of: dict[str, Any] = CONCERN) -> dict[str, Any]:
    """The concern with this instead."""
    body = without(name, of=of)
    *path, last = name.split(".")
    where = body
    for part in path:
        where = where[part]
    where[last] = value
    return body


Make = Callable[..., System]
