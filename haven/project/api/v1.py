"""The addresses of the partner API, each with one call of what does it."""

import hashlib
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import File, NinjaAPI, Status
from ninja.files import UploadedFile

from haven.casework.contacts.arriving import digest_of
from haven.casework.partners import counting
from haven.casework.partners.models.senders import STAGES
from haven.casework.partners.once import key_digest, once
from haven.casework.partners.submissions import own_submission, send_file
from haven.pathways.adults.api import ConcernSent, advice_for, send_concern
from haven.project.api.answers import (
    DayCount,
    DayCounted,
    FileKept,
    Problem,
    Progress,
    Receipt,
    Reconciliation,
    WrittenDay,
)
from haven.project.api.calling import Token, caller_of
from haven.project.api.parsing import JsonInOneWay, sent_of
from haven.project.api.reading import key_of, sequence_of

PREFIX = "/api/v1/"

api = NinjaAPI(
    title="Haven partner API",
    version="1",
    description="Tell an authority of a concern about an adult, and hear how far it is. See docs/api.md.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=JsonInOneWay(),
)

FAILS = dict.fromkeys((400, 401, 403, 404, 409, 411, 413, 415, 422, 429, 500), Problem)
KEY_PARAMETER = {
    "name": "Idempotency-Key", "in": "header", "required": True,
    "description": "The same when you send the same again: it is then received once, with the same answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
}  # fmt: skip
SEQUENCE_PARAMETER = {
    "name": "X-Sequence", "in": "header", "required": False,
    "description": "Your own number of this concern, one more each time, so that both sides see when one is missing.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
}  # fmt: skip


def _failing(*statuses: int) -> dict[int, Any]:
    return {status: FAILS[status] for status in (401, 403, 429, 500, *statuses)}


@api.post(
    "concerns",
    response={201: Receipt, **_failing(400, 409, 411, 413, 415, 422)},
    auth=Token("submit"),
    url_name="send-concern",
    openapi_extra={"parameters": [KEY_PARAMETER, SEQUENCE_PARAMETER]},
)
def post_concern(request: HttpRequest, concern: ConcernSent) -> Status[Any]:
    """Send a concern. Answered once it is kept for good; incomplete is accepted."""
    key, sequence, sent = key_of(request), sequence_of(request), sent_of(request)
    run = partial(_take_concern, request, concern, sent, key, sequence)
    return Status(201, _once(request, "concerns", key, digest_of(sent), run))


def _take_concern(
    request: HttpRequest, concern: ConcernSent, sent: dict[str, Any], key: str, sequence: int | None
) -> dict[str, Any]:
    caller, at = caller_of(request), timezone.now()
    kept_under = key_digest(caller.partner, key)
    facts: dict[str, Any] = {"sent": sent, "key": kept_under, "sequence": sequence}
    contact = send_concern(caller.partner, concern, by=caller.actor, at=at, **facts)
    return {
        "reference": contact.reference,
        "received_at": contact.received_at.isoformat(),
        "status_url": f"{settings.PUBLIC_ADDRESS}{PREFIX}concerns/{contact.reference}",
        "advice": advice_for(contact, at),
    }


@api.get(
    "concerns/{reference}", response={200: Progress, **_failing(404)}, auth=Token("status"), url_name="concern-status"
)
def get_concern(request: HttpRequest, reference: str) -> dict[str, Any]:
    """How far we are with a concern that you sent, by stage only."""
    found = own_submission(caller_of(request).partner, reference)
    words = {"stage": found.stage, "words": STAGES[found.stage]}
    return {"reference": found.reference, **words, "since": found.stage_at}


@api.post(
    "concerns/{reference}/attachments",
    response={201: FileKept, **_failing(400, 404, 409, 411, 413, 415, 422)},
    auth=Token("attach"),
    url_name="send-file",
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
def post_attachment(request: HttpRequest, reference: str, file: File[UploadedFile]) -> Status[Any]:
    """Send a file that belongs to a concern that you sent: one file a request, up to 25 MB."""
    key, found = key_of(request), own_submission(caller_of(request).partner, reference)
    fingerprint = hashlib.sha256(b"".join(file.chunks())).hexdigest()
    run = partial(_take_file, request, found, file)
    return Status(201, _once(request, "attachments", key, digest_of([reference, file.name, fingerprint]), run))


def _take_file(request: HttpRequest, found: Any, file: UploadedFile) -> dict[str, Any]:
    at = timezone.now()
    kept = send_file(found, upload=file, by=caller_of(request).actor, at=at)
    size = {"sha256": kept.sha256, "bytes": kept.size}
    return {"reference": found.reference, **size, "received_at": at.isoformat()}


@api.get(
    "reconciliation", response={200: Reconciliation, **_failing(422)}, auth=Token("status"), url_name="reconciliation"
)
def get_reconciliation(request: HttpRequest, day: WrittenDay) -> dict[str, Any]:
    """What we received from you on a day: compare it with what you sent."""
    partner = caller_of(request).partner
    counted = counting.count_of(partner, day)
    first, last = counting.numbers_of(partner, day)
    numbers = {"first": first, "last": last, "missing": counting.missing_numbers(partner)}
    return {**_counted(counted), "digests": counting.digests_of(partner, day), "sequence": numbers}


@api.post(
    "reconciliation",
    response={201: DayCounted, **_failing(400, 409, 411, 413, 415, 422)},
    auth=Token("status"),
    url_name="say-count",
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
def post_reconciliation(request: HttpRequest, count: DayCount) -> Status[Any]:
    """Say how many concerns you sent on a day. Where the counts differ, somebody here is asked to find out why."""
    key, sent = key_of(request), sent_of(request)
    return Status(201, _once(request, "reconciliation", key, digest_of(sent), partial(_take_count, request, count)))


def _take_count(request: HttpRequest, count: DayCount) -> dict[str, Any]:
    caller = caller_of(request)
    counted = counting.say_count(caller.partner, day=count.day, sent=count.sent, by=caller.actor, at=timezone.now())
    return {**_counted(counted), "day": counted.day.isoformat()}


def _counted(counted: counting.Day) -> dict[str, Any]:
    return {"day": counted.day, "sent": counted.sent, "received": counted.received, "agrees": counted.agrees}


def _once(request: HttpRequest, route: str, key: str, body: str, run: Any) -> dict[str, Any]:
    partner = caller_of(request).partner
    return once(partner, key=key, route=route, body_digest=body, at=timezone.now(), run=run)
