"""A virus scanner to speak with: a small faithful one of our own, and the real clamd where the machine has it.

Both know one virus, EICAR, and stop listening after a megabyte.
"""

import shutil
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from haven.lib.inspecting.foreign import TESTED

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
SCANNERS = ["ours", *(["clamd"] if CLAMD else [])]
MOST = 1024 * 1024

CONFIGURATION = """
LocalSocket {folder}/clamd.ctl
DatabaseDirectory {folder}/signatures
Foreground yes
StreamMaxLength 1M
ScanArchive no
"""


class Ours(socketserver.BaseRequestHandler):
    """clamd's protocol: a command that begins with z ends with a zero; INSTREAM takes pieces with their length."""

    answer = b""
    """Said in place of what the protocol wants, where a test wants a scanner that misbehaves."""

    def handle(self) -> None:
        command = self.until_zero()
        if command == b"zPING":
            self.request.sendall(b"PONG\0")
        elif command == b"zINSTREAM":
            self.request.sendall(self.answer or self.scanned() + b"\0")
        else:
            self.request.sendall(b"UNKNOWN COMMAND\0")

    def until_zero(self) -> bytes:
        read = b""
        while not read.endswith(b"\0"):
            piece = self.request.recv(1)
            if not piece:
                return read
            read += piece
        return read[:-1]

    def exactly(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            piece = self.request.recv(size - len(read))
            if not piece:
                return read
            read += piece
        return read

    def scanned(self) -> bytes:
        content = b""
        while size := int.from_bytes(self.exactly(4), "big"):
            if len(content) + size > MOST:
                return b"INSTREAM size limit exceeded. ERROR"
            content += self.exactly(size)
        return b"stream: Eicar-Test-Signature FOUND" if TESTED in content else b"stream: OK"


class Threaded(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class ThreadedTcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def ours(folder: Path, answer: bytes = b"") -> Iterator[str]:
    """Our own, on a socket in the folder; says `answer` to whatever it is to scan, where one is given."""
    path = folder / "ours.ctl"
    handler = type("Saying", (Ours,), {"answer": answer})
    with Threaded(str(path), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"unix:{path}"
        server.shutdown()
    path.unlink()


@contextmanager
def ours_by_tcp() -> Iterator[str]:
    """Our own, on a port."""
    with ThreadedTcp(("127.0.0.1", 0), Ours) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp:127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def clamd(folder: Path) -> Iterator[str]:
    """The real one, with one signature, for as long as the block lasts."""
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "eicar.ndb").write_text(f"Eicar-Test-Signature:0:*:{TESTED.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(CONFIGURATION.format(folder=folder))
    socket = folder / "clamd.ctl"
    with subprocess.Popen([str(CLAMD), "--config-file", str(settings)], stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not socket.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        yield f"unix:{socket}"
        process.terminate()


@contextmanager
def scanner(which: str, folder: Path) -> Iterator[str]:
    """Where the one of this name listens."""
    with clamd(folder) if which == "clamd" else ours(folder) as where:
        yield where
