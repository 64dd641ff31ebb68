"""The same request many times at once, on a served copy: one record, one reference, the same answer (TR-20)."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from partners import CONCERN, with_

from haven.casework.access.models import Authority, Team
from haven.casework.contacts.models import Contact
from haven.casework.partners.models import PartnerCall, Submission
from haven.project.management.commands.issue_token import issued

TIMES = (2, 5, 10, 50)


@pytest.fixture
def token(db: None, own_database: str) -> str:
    authority = Authority.objects.create(code="eastmere", name="Eastmere Council", telephone="01632 960 001")
    Team.objects.create(authority=authority, name="Safeguarding duty", kind="duty")
    return issued(authority, "Eastmere Surgery", "gp")


def send(site: str, token: str, key: str, body: Any = CONCERN) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": "application/json"}
    asked = Request(f"{site}/api/v1/concerns", json.dumps(body).encode(), headers)  # noqa: S310
    try:
        with urlopen(asked, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read()
    except HTTPError as refused:
        return refused.code, refused.read()


def at_once(times: int, run: Any) -> list[tuple[int, bytes]]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_the_same_key_many_times_at_once_is_one_record_and_one_answer(site: str, token: str) -> None:
    for times in TIMES:
        before = Contact.objects.count()
        answers = at_once(times, lambda _, times=times: send(site, token, f"once-{times}"))

        assert {status for status, _ in answers} == {201}, answers
        assert len({body for _, body in answers}) == 1
        assert Contact.objects.count() == before + 1
    assert Submission.objects.count() == PartnerCall.objects.count() == len(TIMES)


def test_two_bodies_under_one_key_at_once_are_one_record_and_the_other_is_refused(site: str, token: str) -> None:
    bodies = [CONCERN, with_("what_happened", "Something else happened.")]
    answers = at_once(10, lambda n: send(site, token, "one-key", bodies[n % 2]))

    assert sorted(status for status, _ in answers) == [201] * 5 + [409] * 5
    assert Contact.objects.count() == 1


def test_different_keys_at_once_are_each_received(site: str, token: str) -> None:
    answers = at_once(20, lambda n: send(site, token, f"each-{n}"))

    assert {status for status, _ in answers} == {201}
    assert len({json.loads(body)["reference"] for _, body in answers}) == 20 == Contact.objects.count()
