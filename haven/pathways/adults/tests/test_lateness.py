"""Why something takes longer than the aim: said by whoever works on it, and read by the manager on the board."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from haven.casework.clocks.models import Clock
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.operations.answers import AnswerNeeded, WrongTime
from haven.pathways.adults.operations.next_steps import next_actions
from haven.pathways.adults.panels.board import board
from haven.pathways.adults.timescales import ENQUIRY
from haven.project.testing.people import TUESDAY

LATER = TUESDAY + timedelta(days=100)


def ninety_days(enquiry: Enquiry) -> Clock:
    return Clock.objects.of(ENQUIRY, case=enquiry.case).get()


def test_the_reason_given_stands_on_the_board(enquiry: Enquiry, priya, desmond):
    clock = ninety_days(enquiry)
    adults.explain_delay(enquiry.case, clock=clock, reason="Joan is in hospital.", by=priya, at=LATER)

    shown = next(block for block in board(desmond, LATER) if block.title == "Enquiries over 90 days")
    assert shown.rows[0]["cells"][-1] == "Joan is in hospital."


def test_what_is_not_late_needs_no_reason_and_a_reason_needs_words(enquiry: Enquiry, priya):
    with pytest.raises(WrongTime):
        adults.explain_delay(enquiry.case, clock=ninety_days(enquiry), reason="Busy.", by=priya, at=TUESDAY)
    with pytest.raises(AnswerNeeded):
        adults.explain_delay(enquiry.case, clock=ninety_days(enquiry), reason=" ", by=priya, at=LATER)


def test_the_clock_of_another_case_is_not_explained_here(enquiry: Enquiry, concern: Concern, priya):
    clock = ninety_days(enquiry)
    clock.case_id = None
    with pytest.raises(WrongTime):
        adults.explain_delay(concern.case, clock=clock, reason="Busy.", by=priya, at=LATER)


def test_the_page_offers_what_is_late_and_keeps_the_reason(sign_in, priya, enquiry: Enquiry):
    clock = ninety_days(enquiry)
    Clock.objects.filter(case=enquiry.case).exclude(pk=clock.pk).update(stopped_at=TUESDAY)
    Clock.objects.filter(pk=clock.pk).update(due_at=timezone.now() - timedelta(days=1))
    address = reverse("explain-delay", args=[enquiry.case.reference])
    client = sign_in(priya)

    assert "Complete the enquiry in under 90 days" in client.get(address).content.decode()
    assert client.post(address, {"clock": str(clock.pk), "reason": "Joan is in hospital."}).status_code == 302
    assert "Joan is in hospital." in client.get(f"/cases/{enquiry.case.reference}/").content.decode()


def test_a_late_case_offers_to_say_why_and_one_in_time_does_not(enquiry: Enquiry, priya):
    Clock.objects.filter(case=enquiry.case).update(due_at=timezone.now() + timedelta(days=1))
    assert "explain_delay" not in [step.code for step in next_actions(enquiry.case, priya)]

    Clock.objects.filter(case=enquiry.case).update(due_at=timezone.now() - timedelta(days=1))
    assert "explain_delay" in [step.code for step in next_actions(enquiry.case, priya)]
