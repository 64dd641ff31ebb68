"""A page asks the database as often for twelve rows as for three, and at most fifteen times.

BEGIN, COMMIT, savepoints and set_config are not counted.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haven.casework.access.models import User
from haven.casework.cases.casework import allocate, involve
from haven.casework.cases.operations import add_case_note
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import first_look
from haven.casework.people.recording import add_address, add_flag, add_person, name_risk_to
from haven.casework.tasks.doing import add_task
from haven.pathways.adults.operations.report import accept_report
from haven.project.testing.people import make_report

MOST = 15
FREE = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


@pytest.fixture
def grow(authority, teams, amara, desmond, priya, neighbour):
    """Adds so many of everything a page may list: reports, cases with their clocks, notes, tasks, facts of Joan."""
    users = User.objects.in_bulk([priya.id, desmond.id])
    now = timezone.now()
    joan = add_person(at=now, given_name="Joan", family_name="Whitlock")

    def one(n: int) -> None:
        at = now - timedelta(days=n + 1)
        make_report(authority, neighbour, received_at=at)
        report = make_report(authority, neighbour, received_at=at)
        first_look(report, safe_tonight="no", urgency="act_now", by=amara, at=at)
        person = joan if n == 0 else add_person(at=at, given_name="Joan", family_name="Whitlock")
        concern = accept_report(report, persons={report.adults.get().pk: person}, team=teams.north, by=amara, at=at)[0]
        case = concern.case
        allocate(case, user=users[priya.id], manager=users[desmond.id], kind="concern", at=at)
        add_task(authority_id=authority.pk, kind="action", words="Ring", due_on=at.date(), at=at, by=priya, case=case,
                 owner=users[priya.id])  # fmt: skip
        about_joan(n, at)

    def about_joan(n: int, at) -> None:
        case = joan.cases.get()
        other = add_person(at=at, given_name="Kevin", family_name=f"Whitlock {n}")
        name_risk_to(joan, other=other, kind="child", lives_with=True, authority_id=authority.pk, at=at)
        involve(case, role="alleged_source", person=other, at=at)
        add_address(joan, authority_id=authority.pk, by=amara, at=at, lines=f"{n} Almond Row")
        add_flag(joan, authority_id=authority.pk, kind="visit_in_pairs", at=at)
        add_case_note(case, how="call", happened_at=at, words="Seen.", by=priya, at=now)

    def grown(upto: int, since: int = 0):
        for n in range(since, upto):
            one(n)
        return joan

    return grown


def statements(browser, method: str, url: str, data=None) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(browser, method)(url, data or {})
    assert answer.status_code == 200, answer.content[:500]
    return [query["sql"] for query in asked if not query["sql"].startswith(FREE)]


PAGES = {
    "home": ("priya", "get", "/home"),
    "team": ("priya", "get", "/team"),
    "duty": ("amara", "get", "/duty"),
    "case": ("priya", "get", "/cases/{case}/"),
    "summary": ("priya", "get", "/cases/{case}/summary"),
    "person": ("priya", "get", "/people/{person}/"),
    "board": ("desmond", "get", "/board"),
    "search": ("amara", "post", "/search"),
    "report": ("amara", "get", "/reports/{report}/"),
    "timeline": ("priya", "get", "/cases/{case}/timeline"),
    "figures": ("grace", "get", "/figures"),
    "cases behind a figure": ("grace", "get", "/figures/concerns_raised/all/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_more_of_the_database_as_its_rows_grow(name, grow, sign_in, request):
    who, method, url = PAGES[name]
    browser = sign_in(request.getfixturevalue(who))
    joan = grow(3)
    case, newest = joan.cases.get(), Contact.objects.waiting().latest("received_at")
    url = url.format(case=case.reference, person=joan.pk, report=newest.reference)
    browser.get("/accounts/")

    statements(browser, "get", url)  # figures that nobody has counted yet are counted the first time
    few = statements(browser, method, url, {"q": "Joan Whitlock"} if method == "post" else None)
    grow(12, since=3)
    many = statements(browser, method, url, {"q": "Joan Whitlock"} if method == "post" else None)

    assert len(many) == len(few), "\n".join(sql[:160] for sql in many)
    assert len(many) <= MOST, "\n".join(sql[:160] for sql in many)
