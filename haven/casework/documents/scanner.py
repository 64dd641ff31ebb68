"""Speaking with ClamAV's daemon (clamd) through its socket: INSTREAM, and nothing of ours named to it.

HAVEN_CLAMAV says where it listens: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; empty where there is none.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

CONNECT_WITHIN, ANSWER_WITHIN = 5.0, 60.0
"""Seconds."""

PIECE = 64 * 1024
LONGEST_ANSWER = 4096
_FOUND = re.compile(rb"^stream: (?P<name>.+) FOUND$")


class ScannerSilent(Exception):
    """There is a scanner and it gave no answer that counts: down, busy, too slow, or the file is over its own limit."""


@dataclass(frozen=True)
class Scanned:
    """What the scanner said: clean, or the name of what it found."""

    virus: str = ""

    @property
    def is_clean(self) -> bool:
        """Nothing was found."""
        return not self.virus


def is_configured() -> bool:
    """Whether there is a scanner to ask."""
    return bool(getattr(settings, "HAVEN_CLAMAV", ""))


def ask_scanner(content: bytes) -> Scanned:
    """Have these bytes scanned. Anything but “OK” or “FOUND” counts as silence (ScannerSilent), never as clean."""
    try:
        with _connected(settings.HAVEN_CLAMAV) as line:
            _send(line, content)
            answer = _answer(line)
    except (OSError, ValueError) as error:
        raise ScannerSilent from error
    found = _FOUND.match(answer)
    if found is not None:
        return Scanned(found["name"].decode("ascii", errors="replace")[:100])
    if answer != b"stream: OK":
        raise ScannerSilent
    return Scanned()


def is_listening() -> bool:
    """Whether the scanner answers at all."""
    try:
        with _connected(settings.HAVEN_CLAMAV) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == b"PONG"
    except (OSError, ValueError):
        return False


@contextmanager
def _connected(where: str) -> Iterator[socket.socket]:
    kind, _, place = where.partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_WITHIN)
        line.connect(place)
    else:
        host, _, port = place.rpartition(":")
        line = socket.create_connection((host, int(port)), timeout=CONNECT_WITHIN)
    with line:
        line.settimeout(ANSWER_WITHIN)
        yield line


def _send(line: socket.socket, content: bytes) -> None:
    """The command, then pieces with their length in front, then a piece of no length. A scanner whose limit is passed
    answers and hangs up meanwhile: its answer is still to be read."""
    try:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket) -> bytes:
    """Up to the zero that ends it. Refused: one that is cut off, or never ends."""
    answer = b""
    while not answer.endswith(b"\0"):
        piece = line.recv(LONGEST_ANSWER)
        answer += piece
        if not piece or len(answer) > LONGEST_ANSWER:
            raise ValueError("no whole answer")
    return answer.rstrip(b"\0")
