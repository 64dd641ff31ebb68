"""The body of a request as an object, kept beside the request as it came."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from haven.project.api.reading import object_in


class JsonInOneWay(Parser):
    """Reads a body as `reading.object_in` does."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        found = object_in(request.body)
        request.sent = found  # type: ignore[attr-defined]
        return found


def sent_of(request: HttpRequest) -> dict[str, Any]:
    """What was sent, as it came."""
    sent: dict[str, Any] = request.sent  # type: ignore[attr-defined]
    return sent
