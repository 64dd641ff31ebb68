"""Files that are encrypted to somebody who is not here: the format age-encryption.org/v1, with X25519 keys.

Whoever writes knows the public key alone, so a machine that makes backups cannot read them. The tool `age` opens what
is written here, and this opens what `age` wrote to such a key. A cut, changed or reordered file is refused.
"""

import base64
import hashlib
import hmac
import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haven.lib import bech32

VERSION = b"age-encryption.org/v1"
CHUNK = 64 * 1024
_TAG, _NONCE = 16, 16
_LONGEST_LINE = 1024


class CannotOpen(ValueError):
    """The file was not encrypted to this key, or it is not whole and unchanged."""


def new_key() -> tuple[str, str]:
    """A new private key and its public one, as age writes them: AGE-SECRET-KEY-1… and age1…"""
    private = X25519PrivateKey.generate()
    return bech32.encode("age-secret-key-", private.private_bytes_raw()).upper(), _public(private)


def public_of(private_key: str) -> str:
    """The public key that belongs to a private one."""
    return _public(_private(private_key))


class Sealing(io.RawIOBase):
    """Write plain bytes to this, and they arrive encrypted in `out`. Closing it ends the file; `out` stays open."""

    def __init__(self, out: BinaryIO, public_key: str) -> None:
        kind, raw = bech32.decode(public_key)
        if kind != "age" or len(raw) != 32:
            raise bech32.NotBech32("A public key begins with age1.")
        file_key, nonce = os.urandom(16), os.urandom(_NONCE)
        out.write(_header(file_key, raw) + nonce)
        self._out, self._chunks, self._held = out, _Chunks(file_key, nonce), bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def]  # anything with bytes in it
        self._held += data
        while len(self._held) > CHUNK:
            self._out.write(self._chunks.seal(bytes(self._held[:CHUNK]), last=False))
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._out.write(self._chunks.seal(bytes(self._held), last=True))
        super().close()


def opened(file: BinaryIO, private_key: str) -> Iterator[bytes]:
    """The plain bytes of a file, piece by piece. Refused (CannotOpen) at the first piece that is not as it was sealed:
    use nothing of it before the last piece has come."""
    file_key = _file_key(file, _private(private_key))
    chunks, held = _Chunks(file_key, _exactly(file, _NONCE)), file.read(CHUNK + _TAG)
    while True:
        ahead = file.read(CHUNK + _TAG)
        yield chunks.open(held, last=not ahead)
        if not ahead:
            return
        held = ahead


class Opened(io.RawIOBase):
    """The plain bytes of a file as a file, for whoever reads files: `tarfile`, `gzip`."""

    def __init__(self, file: BinaryIO, private_key: str) -> None:
        self._pieces, self._held = opened(file, private_key), b""

    def readable(self) -> bool:
        return True

    def readinto(self, into) -> int:  # type: ignore[no-untyped-def]  # a buffer
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = piece
        taken = self._held[: len(into)]
        into[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)


class _Chunks:
    """The payload: chunks of 64 KiB under one key, each numbered, the last one marked."""

    def __init__(self, file_key: bytes, nonce: bytes) -> None:
        self._cipher, self._number = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")), 0

    def seal(self, plain: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._next(last), plain, None)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        first = self._number == 0
        try:
            plain = self._cipher.decrypt(self._next(last), sealed, None)
        except InvalidTag:
            raise CannotOpen("The file was cut or changed after it was encrypted.") from None
        if last and not plain and not first:
            raise CannotOpen("The file was changed after it was encrypted.")
        return plain

    def _next(self, last: bool) -> bytes:
        nonce = self._number.to_bytes(11, "big") + bytes([last])
        self._number += 1
        return nonce


def _header(file_key: bytes, recipient: bytes) -> bytes:
    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    key = _wrapping(once.exchange(X25519PublicKey.from_public_bytes(recipient)), share, recipient)
    body = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    signed = VERSION + b"\n-> X25519 " + _text(share) + b"\n" + _text(body) + b"\n---"
    return signed + b" " + _text(_mac(file_key, signed)) + b"\n"


def _file_key(file: BinaryIO, private: X25519PrivateKey) -> bytes:
    signed, found = _line(file), None
    if signed != VERSION + b"\n":
        raise CannotOpen("This is not a file of age.")
    while not (line := _line(file)).startswith(b"---"):
        signed += line
        if line.startswith(b"-> X25519 "):
            body = _line(file)
            signed += body
            found = found or _unwrapped(line.split(b" ")[2].strip(), body.strip(), private)
    if found is None:
        raise CannotOpen("The file was not encrypted to this key.")
    if not hmac.compare_digest(_bytes(line[4:].strip()), _mac(found, signed + b"---")):
        raise CannotOpen("The head of the file was changed.")
    return found


def _unwrapped(share: bytes, body: bytes, private: X25519PrivateKey) -> bytes | None:
    theirs, ours = _bytes(share), private.public_key().public_bytes_raw()
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(theirs))
        return ChaCha20Poly1305(_wrapping(shared, theirs, ours)).decrypt(bytes(12), _bytes(body), None)
    except (InvalidTag, ValueError):
        return None


def _wrapping(shared: bytes, share: bytes, recipient: bytes) -> bytes:
    return _derived(shared, share + recipient, VERSION + b"/X25519")


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=purpose).derive(secret)


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.new(_derived(file_key, b"", b"header"), signed, hashlib.sha256).digest()


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def _line(file: BinaryIO) -> bytes:
    line = file.readline(_LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise CannotOpen("This is not a file of age.")
    return line


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise CannotOpen("The file ends too early.")
    return data


def _private(text: str) -> X25519PrivateKey:
    kind, raw = bech32.decode(text)
    if kind != "age-secret-key-" or len(raw) != 32:
        raise bech32.NotBech32("A private key begins with AGE-SECRET-KEY-1.")
    return X25519PrivateKey.from_private_bytes(raw)


def _public(private: X25519PrivateKey) -> str:
    return bech32.encode("age", private.public_key().public_bytes_raw())
