"""One message to a partner's system, and whether it was taken: within a time and a size, at that address alone."""

import base64
import hashlib
import hmac
import secrets
import socket
import ssl
import time
from dataclasses import dataclass, field

from haven.casework.partners.addresses import Place

ALL_IN = 10.0
"""Seconds from the first packet to the last byte of the answer that we wait for, however slowly it drips."""

MOST = 16 * 1024
"""Bytes of an answer that are read."""

SECRET_BEGINS = "whsec_"  # noqa: S105


class NotTaken(Exception):
    """The message was not taken: it is tried again later. Each kind is a code on the outbox page."""


class AnsweredNo(NotTaken):
    """Its answer was not a 2xx. A redirect is one of these: nobody is followed anywhere."""


class NotAnAnswer(NotTaken):
    """What came back is no answer, or one that does not repeat the message's id: a sign-in page, a proxy."""


class TooSlow(NotTaken):
    """It had not answered in ten seconds."""


class NotReached(NotTaken):
    """No connection, or one that broke off."""


@dataclass(frozen=True)
class Message:
    """One message: its stable id, the moment it is signed, its body, the partner's secret (standardwebhooks.com)."""

    id: str
    timestamp: int
    body: str
    secret: str = field(repr=False)

    @property
    def signature(self) -> str:
        """HMAC-SHA256 of id, moment and body under the partner's secret."""
        key = base64.b64decode(self.secret.removeprefix(SECRET_BEGINS))
        signed = f"{self.id}.{self.timestamp}.{self.body}".encode()
        return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()

    def request(self, place: Place) -> bytes:
        """The bytes that go over the line."""
        body = self.body.encode()
        head = [
            f"POST {place.path} HTTP/1.1",
            f"Host: {place.host_header}",
            "User-Agent: Haven",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"webhook-id: {self.id}",
            f"webhook-timestamp: {self.timestamp}",
            f"webhook-signature: {self.signature}",
            "Accept: */*",
            "Connection: close",
        ]
        return "\r\n".join([*head, "", ""]).encode("ascii") + body


def new_secret() -> str:
    """A secret for signing: 256 random bits."""
    return SECRET_BEGINS + base64.b64encode(secrets.token_bytes(32)).decode()


def post(place: Place, message: Message, *, all_in: float = ALL_IN) -> None:
    """Send it; refused (NotTaken) unless the answer is a 2xx that repeats the message's id, in a header or its body."""
    ends = time.monotonic() + all_in
    try:
        with _connected(place, ends) as line:
            line.sendall(message.request(place))
            _must_be_taken(line, message.id.encode(), ends)
    except TimeoutError as slow:
        raise TooSlow from slow
    except OSError as broken:
        raise NotReached from broken


def _connected(place: Place, ends: float) -> socket.socket:
    """A connection to the number that was looked at, with the certificate of the name."""
    line = socket.create_connection((place.ip, place.port), timeout=_left(ends))
    if place.scheme != "https":
        return line
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=place.host)
    except BaseException:
        line.close()
        raise


def _must_be_taken(line: socket.socket, message_id: bytes, ends: float) -> None:
    """Read until the answer says the id, its end, its most or its time; a first line other than 2xx is enough of it."""
    got = b""
    while len(got) < MOST:
        line.settimeout(_left(ends))
        more = line.recv(2048)
        if not more:
            break
        got += more
        if b"\r\n" in got:
            _must_be_2xx(got)
            if message_id in got:
                return
    raise NotAnAnswer


def _must_be_2xx(got: bytes) -> None:
    words = got.split(b"\r\n", 1)[0].split(b" ", 2)
    if len(words) < 2 or words[0] not in (b"HTTP/1.1", b"HTTP/1.0") or len(words[1]) != 3 or not words[1].isdigit():
        raise NotAnAnswer
    if not words[1].startswith(b"2"):
        raise AnsweredNo


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
