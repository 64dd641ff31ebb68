"""Every state in which something can wait is known, counted and shown."""

from datetime import timedelta

from django.urls import resolve

from haven.casework.access.routes import Declared
from haven.casework.clocks.policies import set_policy
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.casework.operations.models import OutboxRow
from haven.casework.stages.pathway import PATHWAYS
from haven.casework.waiting import limits
from haven.casework.waiting.counting import NOT_SAID, Standing, standing_at, standing_for
from haven.casework.waiting.states import queue_of, states
from haven.project.testing.people import FRIDAY, TUESDAY, make_report

AN_HOUR = timedelta(hours=1)


def of(standings: list[Standing], code: str) -> Standing:
    return next(one for one in standings if one.waiting.code == code)


def test_each_state_has_a_name_of_its_own_and_a_page_that_says_who_may_open_it(db):
    found = states()

    assert len({one.code for one in found}) == len(found)
    for one in found:
        declared: Declared = resolve(queue_of(one)).func.declared  # type: ignore[attr-defined]
        assert declared.roles, one.code


def test_no_state_that_a_case_a_report_or_a_message_can_wait_in_is_left_out(db):
    known = {one.code for one in states()}

    for pathway in PATHWAYS.values():
        assert {f"{pathway.code}.{stage.code}" for stage in pathway.stages if not stage.final} <= known
    assert {f"contacts.{state}" for state in Contact.WAITING} <= known
    unsettled = set(OutboxRow.State.values) - {OutboxRow.State.SENT, OutboxRow.State.NOT_SENT}
    assert {f"deliveries.{state}" for state in unsettled} <= known
    assert set(Delivery.State.values) == set(OutboxRow.State.values)


def test_a_report_is_counted_by_its_urgency_with_its_age_and_whether_it_is_too_old(report, authority, neighbour, amara):
    make_report(authority, neighbour, urgency="act_now", received_at=FRIDAY - AN_HOUR * 5)

    unseen = of(standing_for(amara, FRIDAY + AN_HOUR), "contacts.received")

    assert (unseen.of_all.n, unseen.of_all.oldest, unseen.of_all.late) == (2, FRIDAY - AN_HOUR * 5, 1)
    assert {code: (count.n, count.late) for code, count in unseen.by_urgency.items()} == {
        NOT_SAID: (1, 0),
        "act_now": (1, 1),
    }
    assert [words for words, _count in unseen.in_words] == ["Not yet judged", "Act now"]


def test_an_authoritys_own_number_is_the_limit(report, authority, amara, grace):
    set_policy(authority, timescale=limits.NOT_LOOKED_AT, amount=1, from_on=FRIDAY.date(), source="Local", by=grace,
               at=FRIDAY)  # fmt: skip

    assert of(standing_for(amara, FRIDAY + AN_HOUR * 2), "contacts.received").of_all.late == 1


def test_nothing_is_counted_that_the_reader_may_not_see(
    report, case, elsewhere_worker: Actor, other_team_worker: Actor
):
    for reader in (elsewhere_worker, other_team_worker):
        assert sum(one.of_all.n for one in standing_for(reader, TUESDAY)) == 0


def test_everything_is_counted_for_an_alarm_whoever_may_see_it(report, case, authority):
    counted = standing_at(authority.pk, TUESDAY)

    assert of(counted, "contacts.received").of_all.n == 1
    assert of(counted, "adults.concern").of_all.n == 1


def test_one_statement_counts_them_all(amara, django_assert_num_queries):
    with django_assert_num_queries(1 + len(amara.authority_ids)):
        standing_for(amara, TUESDAY)
