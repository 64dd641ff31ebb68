"""The answers of the API, as they are published."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StrictInt, WithJsonSchema

A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written(value: Any) -> Any:
    if isinstance(value, date) or isinstance(value, str) and A_DAY.fullmatch(value):
        return value
    raise ValueError("must be a day written YYYY-MM-DD")


WrittenDay = Annotated[
    date,
    BeforeValidator(_written),
    Field(ge=date(2000, 1, 1), le=date(2199, 12, 31)),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A day, London time, written YYYY-MM-DD."""


class Receipt(Schema):
    """We have it: it is kept, and a named person will look at it."""

    reference: str
    received_at: datetime
    status_url: str
    advice: str = Field(description="What to do now, with the number to ring. Show it to whoever sent the concern.")


class Progress(Schema):
    """How far we are with something you sent."""

    reference: str
    stage: str = Field(description="received, being_looked_at, making_enquiries, decided or finished")
    words: str
    since: datetime


class FileKept(Schema):
    """We have the file."""

    reference: str
    sha256: str
    bytes: int
    received_at: datetime


class DayCount(Schema):
    """How many concerns you sent on a day, London time."""

    model_config = ConfigDict(extra="forbid")

    day: WrittenDay
    sent: StrictInt = Field(ge=0, le=1_000_000)


class DayCounted(Schema):
    """Both counts of a day; they agree or somebody will ask."""

    day: date
    sent: int | None
    received: int
    agrees: bool | None


class Numbers(Schema):
    """The numbers you gave (X-Sequence): of this day, and those missing by now, of any day."""

    first: int | None
    last: int | None
    missing: list[tuple[int, int]]


class Reconciliation(DayCounted):
    """What we received from you on a day: compare the digests with those of the references you hold."""

    digests: list[str] = Field(description="SHA-256 of each reference, in hexadecimal, in the order received")
    sequence: Numbers


class FieldError(Schema):
    """One field and what is wrong with it. What was sent is never repeated."""

    field: str
    message: str


class Problem(Schema):
    """What went wrong and what to do (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []
