"""A random walk over what is done with reports: at every step, what came is somewhere (TR-15).

HAVEN_EXAMPLES says how many walks; each takes up to 20 steps.
"""

import logging
import os
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import claim, first_look
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.casework.waiting.counting import standing_at
from haven.casework.waiting.reconciling import reconcile
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.closing import close_case
from haven.pathways.adults.operations.report import accept_report, join_report, refuse_report
from haven.project.testing.people import FRIDAY, make_report

CHANNELS = st.sampled_from(["web", "telephone", "email", "letter"])
WALKS = int(os.environ.get("HAVEN_EXAMPLES", "4"))
AN_HOUR = timedelta(hours=1)


class Reports(RuleBasedStateMachine):
    """Everybody does anything with any report, in any order; what is refused changes nothing."""

    authority: Authority
    tom: Actor
    amara: Actor
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.at, self.came, self.keys = FRIDAY, 0, list[str]()
        self.point = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def any_report(self, data: Any) -> Contact:
        return data.draw(st.sampled_from(list(Contact.objects.order_by("recorded_at", "pk"))))

    def tries(self, what: Any, *given: Any, **answers: Any) -> None:
        """Do it, or be refused and have done nothing."""
        self.at += AN_HOUR
        try:
            with transaction.atomic():
                what(*given, by=self.amara, at=self.at, **answers)
        except Refusal:
            pass

    @rule(channel=CHANNELS, days=st.integers(0, 3), children=st.booleans())
    def somebody_tells_us(self, channel: str, days: int, children: bool) -> None:
        received: datetime = self.at - timedelta(days=days)
        made = make_report(self.authority, self.tom, channel=channel, received_at=received, children_present=children)
        self.keys.append(made.idempotency_key)
        self.came += 1

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def the_same_form_is_sent_again(self, data: Any) -> None:
        key = data.draw(st.sampled_from(self.keys))
        first = Contact.objects.get(idempotency_key=key)
        again = make_report(self.authority, self.tom, idempotency_key=key, channel=first.channel)
        assert again.pk == first.pk

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def somebody_takes_it(self, data: Any) -> None:
        self.tries(claim, self.any_report(data), take_over=True)

    @precondition(lambda self: self.keys)
    @rule(data=st.data(), urgency=st.sampled_from(["act_now", "today", "routine"]))
    def somebody_looks(self, data: Any, urgency: str) -> None:
        self.tries(first_look, self.any_report(data), safe_tonight="yes", urgency=urgency)

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def it_is_taken_on(self, data: Any) -> None:
        self.tries(accept_report, self.any_report(data))

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def it_is_declined(self, data: Any) -> None:
        self.tries(refuse_report, self.any_report(data), reasons="Nothing of the kind.")

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def it_joins_another(self, data: Any) -> None:
        concerns = list(Concern.objects.order_by("received_at", "pk"))
        if concerns:
            self.tries(join_report, self.any_report(data), to=data.draw(st.sampled_from(concerns)), reasons="The same.")

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def somebody_tries_to_close_it(self, data: Any) -> None:
        concerns = list(Concern.objects.order_by("received_at", "pk"))
        if concerns:
            self.tries(close_case, data.draw(st.sampled_from(concerns)))

    @invariant()
    def what_came_is_somewhere(self) -> None:
        Reports.steps += 1
        days = reconcile()
        assert all(day.balanced for day in days), days
        assert sum(day.received for day in days) == self.came
        waiting = {one.waiting.code: one.of_all.n for one in standing_at(self.authority.pk, self.at)}
        assert waiting["contacts.received"] + waiting["contacts.looked_at"] == sum(day.open for day in days)


def test_whatever_is_done_nothing_is_lost(authority, neighbour, amara, teams):
    Reports.authority, Reports.tom, Reports.amara, Reports.steps = authority, neighbour, amara, 0
    run_state_machine_as_test(
        Reports,
        settings=settings(
            max_examples=WALKS, stateful_step_count=20, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    logging.getLogger("haven.walk").warning("%s walks, %s steps", WALKS, Reports.steps)
    assert Reports.steps > WALKS
