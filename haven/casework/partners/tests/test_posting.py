"""A message is taken or it is not, within a time, whatever is at the other end."""

import base64
import hashlib
import hmac
import socket
import time
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from haven.casework.partners import posting
from haven.casework.partners.addresses import looked_at
from haven.casework.partners.posting import (
    AnsweredNo,
    Message,
    NotAnAnswer,
    NotReached,
    NotTaken,
    TooSlow,
    new_secret,
    post,
)
from haven.casework.partners.tests.sink import Sink, header, listening

MESSAGE = Message("0190-message", 1_770_000_000, '{"reference": "C-2222-3333"}', new_secret())


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    settings.WEBHOOKS_TO_THIS_MACHINE = True
    with listening() as sink:
        yield sink


@pytest.mark.parametrize("how", ["well", "well_in_a_header"])
def test_what_is_taken_arrives_signed_and_whole(sink: Sink, how: str) -> None:
    sink.how = how
    post(looked_at(sink.url), MESSAGE)

    (got,) = sink.came
    body = got.partition(b"\r\n\r\n")[2]
    signed = f"{header(got, 'webhook-id')}.{header(got, 'webhook-timestamp')}.".encode() + body
    key = base64.b64decode(MESSAGE.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert header(got, "webhook-signature") == f"v1,{expected}"
    assert body.decode() == MESSAGE.body
    assert sink.taken == [MESSAGE.id]


@pytest.mark.parametrize(
    ("how", "fails"),
    [
        ("no", AnsweredNo), ("elsewhere", AnsweredNo), ("lying", NotAnAnswer), ("garbage", NotAnAnswer),
        ("endless", NotAnAnswer), ("slow", TooSlow), ("dripping", TooSlow), ("reset", NotReached),
        ("closed", NotAnAnswer),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_known_not_to_be_and_soon(sink: Sink, how: str, fails: type[NotTaken]) -> None:
    sink.how = how
    began = time.monotonic()
    with pytest.raises(fails):
        post(looked_at(sink.url), MESSAGE, all_in=0.6)

    assert time.monotonic() - began < 1.5
    assert len(sink.came) == 1


def test_where_nobody_listens_it_is_not_reached(settings: Settings) -> None:
    settings.WEBHOOKS_TO_THIS_MACHINE = True
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/"

    with pytest.raises(NotReached):
        post(looked_at(url), MESSAGE, all_in=1)


def test_an_https_address_whose_certificate_is_not_its_own_is_not_reached(sink: Sink) -> None:
    with pytest.raises(NotTaken):
        post(looked_at(sink.url.replace("http://", "https://")), MESSAGE, all_in=1)
    assert sink.taken == []


def test_ten_seconds_are_all_that_is_waited() -> None:
    assert posting.ALL_IN == 10
