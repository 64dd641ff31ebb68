"""A partner's system that is told things, real and on this machine: it may be well, slow, lying, or reset the line."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """Answers each message as `how` says; keeps what came."""

    port: int
    how: str = "well"
    came: list[bytes] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/haven"

    def answer(self, line: socket.socket) -> None:
        line.settimeout(5)
        got = read_request(line)
        if not got:
            return
        self.came.append(got)
        getattr(self, f"be_{self.how}")(line, header(got, "webhook-id"))

    def be_well(self, line: socket.socket, message_id: str) -> None:
        self.taken.append(message_id)
        said(line, "200 OK", message_id)

    def be_well_in_a_header(self, line: socket.socket, message_id: str) -> None:
        self.taken.append(message_id)
        line.sendall(f"HTTP/1.1 204 No Content\r\nwebhook-id: {message_id}\r\n\r\n".encode())

    def be_no(self, line: socket.socket, message_id: str) -> None:
        said(line, "500 Server Error", message_id)

    def be_elsewhere(self, line: socket.socket, message_id: str) -> None:
        line.sendall(f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{self.port}/in\r\n\r\n{message_id}".encode())

    def be_lying(self, line: socket.socket, message_id: str) -> None:
        """Says yes to everything, as a sign-in page does."""
        said(line, "200 OK", "<html>Please sign in</html>" * 50)

    def be_garbage(self, line: socket.socket, message_id: str) -> None:
        line.sendall(b"\x00\x01\x02200 OK" + message_id.encode() + b"\r\n")

    def be_endless(self, line: socket.socket, message_id: str) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(10_000):
            line.sendall(b"x" * 4096)

    def be_slow(self, line: socket.socket, message_id: str) -> None:
        time.sleep(2)

    def be_dripping(self, line: socket.socket, message_id: str) -> None:
        """One letter at a time, never late for the next."""
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200:
            line.sendall(bytes([letter]))
            time.sleep(0.05)

    def be_reset(self, line: socket.socket, message_id: str) -> None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def be_closed(self, line: socket.socket, message_id: str) -> None:
        """Takes it and says nothing."""


def read_request(line: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        more = line.recv(4096)
        if not more or not got.startswith(b"POST"[: len(got)]):
            return b""
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(header(head, "Content-Length"))
    while len(body) < length:
        body += line.recv(4096)
    return head + b"\r\n\r\n" + body


def header(request: bytes, name: str) -> str:
    head = request.partition(b"\r\n\r\n")[0].decode("latin-1")
    rows = (row.split(": ", 1)[1] for row in head.split("\r\n") if row.lower().startswith(name.lower() + ": "))
    return next(rows, "0")


def said(line: socket.socket, status: str, words: str) -> None:
    body = words.encode()
    line.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink on a port of this machine, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        sink = Sink(server.getsockname()[1])
        threading.Thread(target=_serve, args=(server, sink), daemon=True).start()
        try:
            yield sink
        finally:
            server.shutdown(socket.SHUT_RDWR)


def _serve(server: socket.socket, sink: Sink) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_one, args=(line, sink), daemon=True).start()


def _one(line: socket.socket, sink: Sink) -> None:
    with line:
        try:
            sink.answer(line)
        except OSError:
            return
