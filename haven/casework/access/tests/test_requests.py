"""A request is one transaction: no read row, no page; no answer, no read row."""

from typing import Any

import pytest

from haven.casework.access import middleware


def test_a_page_whose_read_cannot_be_written_is_not_shown(
    sign_in: Any, priya: Any, case: Any, shown: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, address = sign_in(priya), f"/cases/{case.reference}/"
    assert "Joan" in browser.get(address).content.decode()
    before = shown()
    # Too long for its column: the database itself refuses the row.
    monkeypatch.setattr(middleware, "_route", lambda request: "r" * 81)

    answer = browser.get(address)

    assert answer.status_code == 500
    assert "Joan" not in answer.content.decode()
    assert shown() == before


def test_somebody_who_may_not_see_a_case_leaves_no_trace_of_having_been_shown_it(
    sign_in: Any, other_team_worker: Any, case: Any, shown: Any
) -> None:
    assert sign_in(other_team_worker).get(f"/cases/{case.reference}/").status_code == 404
    assert shown() == set()
