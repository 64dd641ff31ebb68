"""The guardian's pages: what waits, why it was noticed, what was decided, and a watch that stands still."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from haven.casework.access.models import Authority, Conflict
from haven.casework.cases.models import Case
from haven.casework.desk.guardian_figures import figures_for
from haven.casework.events.recording import record_read
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person
from haven.casework.watch.declared import BREAK_GLASS
from haven.casework.watch.looking_out import look_out
from haven.casework.watch.models import Alert, Lookout
from haven.casework.watch.operations import decide_alert
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.tests.looks import looked, seen_in
from haven.project.testing.people import TUESDAY, actor_of_user, make_case, make_user

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def samira(authority: Authority) -> Actor:
    """The guardian."""
    return actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))


def emergency(case: Case, reader: Actor, at: Any, key: str = "one") -> Alert:
    """An alert of another kind: a case opened in an emergency."""
    about = {"reader_id": reader.id, "case_id": case.pk, "person_id": case.person_id}
    codes = {"reason": "immediate_danger"}
    alert = raise_alert(
        BREAK_GLASS, authority_id=case.authority_id, key=key, by=Actor.job("test"), at=at, codes=codes, **about
    )
    assert alert is not None
    return alert


# The queue


def test_the_queue_says_how_many_since_when_and_how_many_too_long(
    case: Case, joan: Person, priya: Actor, other_team_worker: Actor, samira: Actor, sign_in: Any
) -> None:
    now = timezone.now()
    emergency(case, priya, now - 5 * DAY)
    seen_in(looked(other_team_worker, "case", case, joan, at=now - HOUR))
    answer = sign_in(samira).get("/guardian")
    queue = answer.context["queue"]

    assert (queue.count, queue.overdue, queue.oldest) == (2, 1, now - 5 * DAY)
    assert [told.alert.kind for told in queue.told] == ["break_glass", "look_no_relationship"]
    assert {(code, n) for code, _, n in queue.kinds} == {("break_glass", 1), ("look_no_relationship", 1)}


def test_one_kind_may_be_asked_for_and_the_counts_still_tell_of_everything(
    case: Case, joan: Person, priya: Actor, other_team_worker: Actor, samira: Actor, sign_in: Any
) -> None:
    emergency(case, priya, TUESDAY)
    seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY))
    browser = sign_in(samira)
    queue = browser.get("/guardian", {"kind": "break_glass"}).context["queue"]

    assert ([told.alert.kind for told in queue.told], queue.count) == (["break_glass"], 2)
    assert len(browser.get("/guardian", {"kind": "nonsense"}).context["queue"].told) == 2


# One alert


def test_an_alert_explains_itself_by_its_signs_its_looks_and_how_the_reader_has_been_reading(
    case: Case, joan: Person, other_team_worker: Actor, samira: Actor, sign_in: Any, shown: Any
) -> None:
    looked(other_team_worker, "home", at=TUESDAY - DAY)
    (alert,) = seen_in(looked(other_team_worker, "case-timeline", case, joan, at=TUESDAY.replace(hour=23)))
    page = sign_in(samira).get(f"/guardian/{alert.pk}/").content.decode()

    for said in (
        "Wren Ellis opened a record without being its worker, manager, team or duty.",
        "weighs 100 of the 100", "Reading at night, off duty", "23 o’clock at night", "The timeline of the case",
        "Tue 10 Mar 2026, 23:00", "Mon 9 Mar 2026", "What Wren Ellis looked at in the fortnight before", "Ali v Luton",
    ):  # fmt: skip
        assert said in page, said
    assert "TR-" not in page
    assert "Joan" not in page
    assert {("alert", alert.pk), ("case", case.pk)} <= shown()


def test_nobody_sees_an_alert_about_themselves_and_the_guardians_own_goes_to_the_head_of_service(
    case: Case, joan: Person, samira: Actor, grace: Actor, teams: Any, authority: Authority, sign_in: Any
) -> None:
    alert = emergency(case, samira, TUESDAY)

    assert sign_in(samira).get(f"/guardian/{alert.pk}/").status_code == 404
    assert sign_in(samira).get("/guardian").context["queue"].count == 0
    assert sign_in(grace).get(f"/guardian/{alert.pk}/").status_code == 200
    assert sign_in(grace).get("/guardian").context["queue"].count == 1


def test_what_was_decided_is_found_by_month_and_kind_with_outcome_and_reasons(
    case: Case, joan: Person, priya: Actor, samira: Actor, sign_in: Any
) -> None:
    alert = emergency(case, priya, TUESDAY)
    decide_alert(alert, outcome="advice", reasons="Ring the duty manager first.", by=samira, at=TUESDAY + DAY)
    browser = sign_in(samira)
    march = browser.get("/guardian/decided", {"month": "2026-03"}).content.decode()

    assert "Not needed for their work: advice or training given" in march
    assert "A case opened in an emergency" in march
    assert "Nothing was decided" in browser.get("/guardian/decided", {"month": "2026-02"}).content.decode()
    other = browser.get("/guardian/decided", {"month": "2026-03", "kind": "look_night"}).content.decode()
    assert "Nothing was decided" in other
    assert browser.get("/guardian/decided", {"month": "March"}).status_code == 200
    page = browser.get(f"/guardian/{alert.pk}/").content.decode()
    assert "Ring the duty manager first." in page
    assert "Your decision" not in page


def test_an_alert_names_a_sealed_case_to_its_guardian_and_none_of_a_conflict_of_interest(
    case: Case, joan: Person, kevin: Person, teams: Any, authority: Authority, other_team_worker: Actor, samira: Actor,
    sign_in: Any,
) -> None:  # fmt: skip
    others = [make_case(authority, teams.north, add_person(at=TUESDAY, given_name=f"Ann {n}")) for n in range(30)]
    kept = make_case(authority, teams.north, kevin)
    spree = [looked(other_team_worker, "case", each, each.person, at=TUESDAY) for each in (*others, case, kept)]
    seen_in(*spree)
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    facts = {"ground": "related", "from_at": TUESDAY, "authority": authority, "person": kevin}
    Conflict.objects.create(user_id=samira.user_id, **facts)
    browser = sign_in(samira)
    alerts = [told.alert for told in browser.get("/guardian").context["queue"].told]
    pages = "".join(browser.get(f"/guardian/{alert.pk}/").content.decode() for alert in alerts)

    assert case.reference in pages
    assert kept.reference not in pages


# Figures


def test_the_figures_count_alerts_and_outcomes_for_every_thousand_looks_of_the_guardians_authority(
    case: Case, joan: Person, priya: Actor, other_team_worker: Actor, elsewhere_worker: Actor, samira: Actor
) -> None:
    now = timezone.now()
    for n in range(499):
        looked(priya, "home", at=now - DAY - n * timedelta(minutes=1))
    looked(elsewhere_worker, "home", at=now - DAY)
    (alert,) = seen_in(looked(other_team_worker, "case", case, joan, at=now - HOUR))
    decide_alert(alert, outcome="explained", reasons="Covered.", by=samira, at=now)
    emergency(case, priya, now - HOUR)
    figures = figures_for(samira, now)

    assert (figures.looks, figures.alerts) == (500, 2)
    rows = {row[0]: row[1:] for row in figures.rows}
    assert rows["A record with which the reader has nothing to do"] == [1, "2.00", 0, 1, 0, 0]
    assert rows["A case opened in an emergency"] == [1, "2.00", 1, 0, 0, 0]


# A watch that stands still


def test_the_guardians_page_and_the_board_say_so_while_the_watch_stands_still(
    own_database: str, samira: Actor, desmond: Actor, sign_in: Any
) -> None:
    guardian, manager = sign_in(samira), sign_in(desmond)
    assert "has not started" in guardian.get("/guardian").content.decode()
    look_out(timezone.now())
    for browser, path in ((guardian, "/guardian"), (manager, "/board")):
        assert "The watch over who looks" not in browser.get(path).content.decode()

    Lookout.objects.update(ran_at=timezone.now() - timedelta(minutes=6))
    for browser, path in ((guardian, "/guardian"), (manager, "/board")):
        assert "has stood still since" in browser.get(path).content.decode()


def test_a_real_page_opened_without_cause_is_in_the_queue_at_the_next_turn(
    own_database: str, case: Case, joan: Person, other_team_worker: Actor, samira: Actor, sign_in: Any
) -> None:
    look_out(timezone.now())
    record_read(actor=other_team_worker, route="case", method="GET", subjects=[("case", case.pk), ("person", joan.pk)])
    assert len(look_out(timezone.now())) == 1

    assert case.reference in sign_in(samira).get("/guardian").content.decode()
