"""By no route: a case sealed for others, or about somebody one must not reach, is nowhere (TR-03, TR-05).

Every address of staff is asked, by every kind of reader, before and after: each must show the case before, somewhere,
or the test would prove nothing.
"""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haven.casework.access.models import Authority, Conflict, User
from haven.casework.cases.casework import allocate, involve
from haven.casework.cases.models import Case
from haven.casework.cases.operations import add_case_note
from haven.casework.documents.keeping import keep_document
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person, name_risk_to
from haven.casework.tasks.doing import add_task
from haven.casework.watch.break_glass import open_in_emergency
from haven.casework.watch.keeping import keep_case
from haven.casework.watch.tests.stepping_up import proved
from haven.lib.calendar import day_of
from haven.lib.ids import uuid7
from haven.pathways.adults.models import Concern
from haven.project.management.commands.routes import routes
from haven.project.testing.people import TUESDAY, actor_of_user, make_report, make_user

STAFF = [route for route in routes() if "public" not in route["roles"] and not route["path"].startswith("/accounts/")]
PLAIN = [route["path"] for route in STAFF if "<" not in route["path"] and "GET" in route["methods"]]
OF_ONE = [route["path"] for route in STAFF if "reference>" in route["path"]]
NOBODYS = "AS-2222-2222"
WALKERS = ("desmond", "priya")
"""Manager and worker: between them they hold every role that any address of one case asks for, and both had it."""
READERS = ("amara", "desmond", "priya", "grace", "other_team_worker", "samira", "kofi")


@pytest.fixture
def samira(authority: Authority) -> Actor:
    """The guardian."""
    return actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))


@pytest.fixture
def kofi(authority: Authority) -> Actor:
    """The out-of-hours worker."""
    return actor_of_user(make_user("Kofi Sample", authority, "out_of_hours_worker"))


@pytest.fixture
def joans(
    concern: Concern, priya: Actor, desmond: Actor, amara: Actor, teams: Any, settings: Any, tmp_path: Any
) -> Case:
    """Joan's case with everything that could betray it: a note, tasks, a file, a second report, links, an emergency."""
    settings.HAVEN_FILES = tmp_path
    case, now = concern.case, timezone.now()
    users = User.objects.in_bulk([priya.id, desmond.id])
    allocate(case, user=users[priya.id], manager=users[desmond.id], kind="concern", at=now)
    Case.objects.filter(pk=case.pk).update(team=teams.north, urgency="act_now")
    case.refresh_from_db()
    add_case_note(case, how="call", happened_at=TUESDAY, words="Whitlock rang.", by=priya, at=now)
    for owner in ({"owner": users[priya.id]}, {"team": teams.north}, {"owner": users[desmond.id]}):
        task = {"kind": "call", "words": "Ring Joan", "due_on": day_of(TUESDAY), "case": case, **owner}
        add_task(authority_id=case.authority_id, at=now, by=priya, **task)
    kevin = add_person(at=now, given_name="Kevin", family_name="Whitlock")
    involve(case, role="alleged_source", person=kevin, standing="alleged", at=now)
    name_risk_to(case.person, other=kevin, kind="child", lives_with=True, authority_id=case.authority_id, at=now)
    keep_document(
        ContentFile(b"A bruise.", name="joan.txt"), by=amara, at=now, authority_id=case.authority_id, case=case
    )
    return case


def words_of(case: Case) -> list[str]:
    return [case.reference, "Joan", "Whitlock", "Kevin"]


def filled(path: str, reference: str, pk: Any) -> str:
    return re.sub(r"<slug:\w+>", "police", path.replace("<str:reference>", reference).replace("<uuid:pk>", str(pk)))


def shows(browser: Any, case: Case) -> list[str]:
    """Every plain address, and every search, whose answer holds a word of the case."""
    asked = [(path, browser.get(path)) for path in PLAIN]
    asked += [
        (f"search {q}", browser.post("/search", {"q": q})) for q in ("Joan Whitlock", "Kevin Whitlock", "2 5 1943")
    ]
    asked += [("night", browser.post("/out-of-hours", {"q": "Joan Whitlock"}))]
    asked += [("figure", browser.get("/figures/concerns_raised/all/?from=2026-03-01&to=2026-03-31"))]
    for person in Person.objects.filter(family_name="Whitlock"):
        asked.append(("person", browser.get(f"/people/{person.pk}/")))
    return [path for path, answer in asked if found_in(answer, path, case)]


def found_in(answer: Any, path: str, case: Case) -> list[str]:
    """The words of the case in an answer; what a search repeats of what was typed does not count."""
    text = re.sub(r"<(input|textarea)[^>]*>", "", answer.content.decode())
    return [word for word in words_of(case) if word in text]


def opens(browser: Any, case: Case, pk: Any) -> list[str]:
    """Every address of one case or report that answers otherwise than for a reference nobody gave."""
    report = case.reported_in.get().contact  # type: ignore[attr-defined]
    differing = []
    for path in OF_ONE:
        own = report.reference if path.startswith("/reports/") else case.reference
        for method in ("get", "post"):
            theirs = answered(browser, method, filled(path, own, pk), own)
            nobodys = answered(browser, method, filled(path, NOBODYS, uuid7()), NOBODYS)
            differing += [f"{method} {path}"] if theirs != nobodys else []
    return differing


def answered(browser: Any, method: str, where: str, reference: str) -> tuple[int, str]:
    answer = getattr(browser, method)(where)
    words = re.sub(r'value="[^"]{36,}"', "", answer.content.decode())
    return answer.status_code, words.replace(reference, "")


def test_the_walk_asks_enough() -> None:
    assert len(PLAIN) > 12
    assert len(OF_ONE) > 55


@pytest.mark.parametrize("whose", ["amara", "desmond", "priya", "grace", "kofi"])
def test_before_it_is_kept_these_readers_see_the_case(
    request: pytest.FixtureRequest, sign_in: Any, joans: Case, whose: str, grace: Actor
) -> None:
    browser = sign_in(request.getfixturevalue(whose))
    assert shows(browser, joans)


@pytest.mark.parametrize("whose", READERS)
def test_a_case_sealed_for_somebody_else_is_nowhere(
    request: pytest.FixtureRequest, sign_in: Any, joans: Case, whose: str, authority: Authority, desmond: Actor
) -> None:
    reader = request.getfixturevalue(whose)
    keeper = make_user("Nadia Haddad", authority, "manager")
    named = [] if whose != "samira" else [User.objects.get(pk=desmond.id)]
    keep_case(
        joans, restriction="sealed", because="about_a_worker", words="It is alleged of a worker.", keepers=[keeper],
        named=named, review_on=day_of(timezone.now()).replace(day=1, year=2027), by=by(desmond), at=timezone.now(),
    )  # fmt: skip
    browser = sign_in(reader)
    allowed = {"/guardian"} if whose == "samira" else set()

    assert set(shows(browser, joans)) - allowed == set()
    if whose in WALKERS:
        assert opens(browser, joans, uuid7()) == []


def by(actor: Actor) -> Actor:
    return actor_of_user(User.objects.get(pk=actor.user_id))


@pytest.mark.parametrize("whose", READERS)
@pytest.mark.parametrize("through", ["adult", "alleged_source"])
def test_whoever_has_a_conflict_of_interest_reaches_the_case_by_no_route(
    request: pytest.FixtureRequest, sign_in: Any, joans: Case, whose: str, through: str, authority: Authority,
    other_team_worker: Actor,
) -> None:  # fmt: skip
    reader = request.getfixturevalue(whose)
    person = joans.person if through == "adult" else Person.objects.get(given_name="Kevin")
    open_in_emergency(joans, reason="other", words="Before.", by=by(other_team_worker), at=timezone.now())
    Conflict.objects.create(
        user_id=reader.id, person=person, ground="alleged", authority=authority, from_at=timezone.now()
    )
    browser = sign_in(reader)

    assert shows(browser, joans) == []
    if whose in WALKERS:
        assert opens(browser, joans, uuid7()) == []


def test_a_new_report_about_the_adult_looks_the_same_beside_a_sealed_case_as_beside_none(
    sign_in: Any, joans: Case, amara: Actor, authority: Authority, neighbour: Actor, desmond: Actor
) -> None:
    keeper = make_user("Nadia Haddad", authority, "manager")
    keep_case(
        joans, restriction="sealed", because="other", words="Kept.", keepers=[keeper], by=by(desmond),
        review_on=date(2027, 1, 1), at=timezone.now(),
    )  # fmt: skip
    who = {"date_of_birth": joans.person.date_of_birth, "postcode": "ZZ1 4AR"}
    adult = {"given_name": "Joan", "family_name": "Whitlock", **who}
    report = make_report(authority, neighbour, adults=[adult])
    browser = sign_in(amara)

    desk = browser.get("/duty").context["queue"].rows
    assert [(row.record.pk, row.signals) for row in desk] == [(report.pk, [])]
    page = browser.get(f"/reports/{report.reference}/").content.decode()
    assert "Nobody like this is known" in page
    refused = {"reasons": "Not one.", "told": "no", "not_told_because": "None given."}
    answer = browser.post(f"/reports/{report.reference}/decline", refused)
    assert "There was a concern about this adult" not in answer.content.decode()


def asked_of_the_database(ask: Any) -> list[str]:
    """The statements of one request, without what differs between two of them."""
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return [query["sql"].split(" ")[0] for query in asked]


def test_what_meets_a_sealed_case_and_what_meets_nothing_ask_the_same_of_the_database(
    case: Case, joan: Person, authority: Authority, neighbour: Actor, amara: Actor, other_team_worker: Actor,
    sign_in: Any,
) -> None:  # fmt: skip
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    born = joan.date_of_birth
    joans, nobodys = (
        make_report(authority, neighbour, adults=[{"given_name": given, "family_name": family, "date_of_birth": born}])
        for given, family in (("Joan", "Whitlock"), ("Ottoline", "Quarrie"))
    )
    nobodys.adults.update(date_of_birth=date(1950, 1, 9))
    desk, night = sign_in(amara), proved(sign_in(other_team_worker))
    why = {"reason": "other", "words": "Now.", "hours": "4"}
    pairs = (
        (lambda: desk.post("/search", {"q": "Joan Whitlock"}), lambda: desk.post("/search", {"q": "Ottoline Quarrie"})),
        (lambda: desk.get(f"/reports/{joans.reference}/"), lambda: desk.get(f"/reports/{nobodys.reference}/")),
        (lambda: desk.get(f"/cases/{case.reference}/"), lambda: desk.get(f"/cases/{NOBODYS}/")),
        (lambda: night.post("/emergency", {"reference": case.reference, **why}),
         lambda: night.post("/emergency", {"reference": NOBODYS, **why})),
    )  # fmt: skip
    for met, nothing in pairs:
        assert asked_of_the_database(met) == asked_of_the_database(nothing)
