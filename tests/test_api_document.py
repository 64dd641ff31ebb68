"""The OpenAPI document says what the API does, and requests made from it by schemathesis end in no fault of ours.

Four callers: a partner with every scope, one that may only ask, one of another authority, and none.
`HAVEN_API_EXAMPLES=500 pytest tests/test_api_document.py -k no_fault -s` makes more.
"""

import json
import os
from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from partners import CONCERN, make_system

from haven.casework.access.models import Authority
from haven.project.api.urls import document

EXAMPLES = int(os.environ.get("HAVEN_API_EXAMPLES", "25"))
EVERY = schemathesis.openapi.from_dict(document())
OPERATIONS = [found.ok() for found in EVERY.get_all_operations()]
CALLERS = ("all", "asks", "elsewhere", "nobody")


def test_the_document_is_openapi_3_1_and_is_public() -> None:
    answer = Client().get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json() == json.loads(json.dumps(document()))


def test_it_has_each_address_with_what_each_takes_and_answers() -> None:
    paths = document()["paths"]

    assert {(path, method) for path, each in paths.items() for method in each} == {
        ("/api/v1/concerns", "post"),
        ("/api/v1/concerns/{reference}", "get"),
        ("/api/v1/concerns/{reference}/attachments", "post"),
        ("/api/v1/reconciliation", "get"),
        ("/api/v1/reconciliation", "post"),
    }
    for path, each in paths.items():
        for method, said in each.items():
            named = {one["name"]: one for one in said["parameters"]}
            assert ("Idempotency-Key" in named) == (method == "post")
            assert ("reference" in named) == ("{reference}" in path)
            assert said["security"]
            assert {"401", "429", "500"} <= {str(status) for status in said["responses"]}


def test_its_concern_has_the_published_fields_and_no_other() -> None:
    shapes = document()["components"]["schemas"]

    assert set(shapes["ConcernSent"]["properties"]) == set(CONCERN)
    assert set(shapes["ConcernSent"]["required"]) == {"adult", "what_happened", "immediate_danger", "referrer"}
    assert set(shapes["AdultSent"]["properties"]) == {
        "given_name", "family_name", "description", "whereabouts", "date_of_birth", "age_estimate", "postcode",
        "no_fixed_address",
    }  # fmt: skip
    assert set(shapes["ReferrerSent"]["properties"]) == set(CONCERN["referrer"])
    assert shapes["ConcernSent"]["additionalProperties"] is False
    assert set(shapes["Receipt"]["properties"]) == {"reference", "received_at", "status_url", "advice"}


@pytest.mark.parametrize("caller", CALLERS)
def test_no_request_made_from_the_document_ends_in_a_fault(caller: str, site: str, db: None) -> None:
    authority = Authority.objects.create(code="eastmere", name="Eastmere Council", telephone="01632 960 001")
    elsewhere = Authority.objects.create(code="westmere", name="Westmere Council")
    systems = {
        "all": make_system(authority),
        "asks": make_system(authority, "Asks", "police", "status"),
        "elsewhere": make_system(elsewhere, "Away"),
    }
    reference = systems["all"].send().json()["reference"]
    headers = systems[caller].headers() if caller in systems else {}

    for operation in OPERATIONS:
        answered = answers_of(operation, site, headers, reference)
        print(caller, operation.label, dict(sorted(answered.items())))  # noqa: T201
        assert sum(answered.values()) >= EXAMPLES // 2
        assert max(answered) < 500
        assert (set(answered) == {401}) == (caller == "nobody")


def answers_of(operation: Any, site: str, headers: dict[str, str], reference: str) -> Counter[int]:
    """How many requests were answered how."""
    answered: Counter[int] = Counter()

    @schemathesis_cases(operation)
    def ask(case: Any) -> None:
        status = asked(case, site, headers, reference)
        answered[status] += 1
        assert status < 500, f"{case.method} {case.path}: {case.body!r} {case.headers!r}"

    ask()
    return answered


def schemathesis_cases(operation: Any) -> Any:
    """Good requests and bad ones, the same each time."""
    made = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    made |= operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    rules = examples(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    return lambda run: rules(given(case=made)(run))


def asked(case: Any, site: str, headers: dict[str, str], reference: str) -> int:
    """Send the request as it was made; half of those that name a reference name one that is there."""
    if "reference" in (case.path_parameters or {}) and len(case.path_parameters["reference"]) % 2:
        case.path_parameters["reference"] = reference
    case.headers = {name: said for name, said in (case.headers or {}).items() if name.lower() != "authorization"}
    status: int = case.call(headers=headers, base_url=site).status_code
    return status
