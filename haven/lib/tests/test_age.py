"""The format of age: what another implementation wrote is read, and whatever was changed is refused."""

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.lib import age, bech32

THEIR_KEY = "AGE-SECRET-KEY-1TUFKF0GFXDAHD4EFE5V9UU5SHDCSG442UF2H3C268U5FZWLRL99SMAYN4Q"  # pragma: allowlist secret
THEIR_PUBLIC = "age14vhuat7grkkc0ns7eg7y5rjw29rnzzk7mt60rafqcqgfjqkwvcgsvel5dh"
THEIR_FILE = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB6SG1xL011VzcrenR4cGlTZVJ6Ym05OWQ5dTJ4dTlXZDExNmNmcGlEbmo4CnJObmxPL2NF"
    "RnR4ZWZIZFB5ZkltLzBDcitINFhtNFhMa1YycDR1Sm80azgKLT4gNWlldWYwXS1ncmVhc2UKa016VVVGYnNTSDk2a0xlSTNrVHYvdkIvZjdBRm5Y"
    "OW5Tc3pwNXoyK2YrNC9nNVpmbEovb21naVoyeHE5VmVDNgo3LzlZVVNnQkQ5RXJEaHRNMHY2RElSRWxTUQotLS0gWmJYcU9rZXdUQVd0MzRpb1Nn"
    "U3YzbGxMYTZFSWFNbzkyRk9HWlJVb2xhcwoLaC59trVd90cXC0YsZfqrbiAM2ODHuZ0sUPY0YRKmGttd4vf/g6b5h5sNqfViCdXze3QrX8MtC6S9"
    "3fnAmNGp3S+Y"
)
"""Written by pyrage, the Rust implementation, in November 2026; a part of its head is noise to be passed over."""


def sealed(plain: bytes, public: str) -> bytes:
    out = io.BytesIO()
    with age.Sealing(out, public) as file:
        file.write(plain)
    return out.getvalue()


def opened(content: bytes, key: str) -> bytes:
    return b"".join(age.opened(io.BytesIO(content), key))


def test_what_another_implementation_wrote_is_read():
    assert age.public_of(THEIR_KEY) == THEIR_PUBLIC
    assert opened(THEIR_FILE, THEIR_KEY) == b"Read on a machine that is not ours."


@pytest.mark.parametrize("size", [0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 2 * age.CHUNK, 200_001])
def test_what_is_sealed_is_opened_whatever_its_size(size):
    plain = bytes(range(256)) * (size // 256 + 1)
    private, public = age.new_key()

    content = sealed(plain[:size], public)

    assert opened(content, private) == plain[:size]
    assert age.Opened(io.BytesIO(content), private).readall() == plain[:size]


PRIVATE, PUBLIC = age.new_key()
WHOLE = sealed(b"Joan Whitlock " * 10_000, PUBLIC)


@given(place=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_a_file_with_any_bit_changed_is_refused(place, bit):
    changed = bytearray(WHOLE)
    changed[place] ^= 1 << bit

    with pytest.raises((age.CannotOpen, ValueError)):
        opened(bytes(changed), PRIVATE)


@given(length=st.integers(0, len(WHOLE) - 1))
def test_a_file_that_was_cut_is_refused(length):
    with pytest.raises(age.CannotOpen):
        opened(WHOLE[:length], PRIVATE)


def test_another_key_does_not_open_it():
    with pytest.raises(age.CannotOpen, match="not encrypted to this key"):
        opened(WHOLE, age.new_key()[0])


@pytest.mark.parametrize(
    "wrong", ["age1nothing", THEIR_PUBLIC[:-1] + "q", THEIR_PUBLIC[:20] + THEIR_PUBLIC[20:].upper()]
)
def test_a_mistyped_key_is_refused(wrong):
    with pytest.raises(bech32.NotBech32):
        age.Sealing(io.BytesIO(), wrong)
