"""Guessing the code of somebody's unsent report is slowed down; mistyping one's own is not."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from haven.pathways.adults.views.public.tries import MOST

pytestmark = pytest.mark.django_db
RETURN = "/eastmere/tell-us/return"


@pytest.fixture(autouse=True)
def nothing_counted() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def code(authority: Any) -> str:
    """The code of what Tom typed and kept."""
    tom = Client()
    tom.post("/eastmere/tell-us/words/", {"words": "Shouting at night."})
    return tom.get("/eastmere/tell-us/saved/").context["code"]


def tries(code: str) -> Any:
    return Client().post(RETURN, {"code": code})


def others_like(code: str, count: int) -> list[str]:
    """Other codes that begin in the same way."""
    letters = "CDFGHJKMNPQRTVWXYZ"
    return [f"{code[:4]}-CCCC-CC{first}{second}" for first in letters for second in letters][:count]


def test_codes_that_begin_alike_are_not_run_through(code: str) -> None:
    for other in others_like(code, MOST):
        assert "Nothing opens with this code" in tries(other).content.decode()

    stopped = tries(code)
    assert stopped.status_code == 422
    assert "tried too often" in stopped.content.decode()


def test_a_few_mistakes_and_many_tries_of_other_codes_lock_nobody_out(code: str) -> None:
    for other in [*others_like(code, 5), *others_like("XXXX", 2 * MOST)]:
        tries(other)

    assert tries(code).status_code == 302
