"""An alarm is raised when something has waited too long, told again while it does, and ends by itself."""

from datetime import timedelta

import pytest

from haven.casework.access import wall
from haven.casework.contacts.operations import first_look
from haven.casework.deliveries.models import Delivery
from haven.casework.waiting.ageing import look_for_ageing
from haven.casework.waiting.models import Ageing
from haven.project.testing.people import FRIDAY

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def told(db):
    """Whom the alarms were sent to, in the order they went."""

    def told() -> list[str]:
        wall.open_to_all()
        return list(
            Delivery.objects.filter(purpose="ageing").order_by("created_at", "pk").values_list("to_address", flat=True)
        )

    return told


def test_a_report_nobody_has_looked_at_for_too_long_is_told_once_and_names_nobody(report, desmond, told):
    assert look_for_ageing(FRIDAY + AN_HOUR) == 0
    assert look_for_ageing(FRIDAY + AN_HOUR * 5) == 1
    assert look_for_ageing(FRIDAY + AN_HOUR * 6) == 0

    assert told() == ["desmond@example.org"]
    message = Delivery.objects.get(purpose="ageing")
    assert "Joan" not in message.body and report.reference not in message.body
    assert (message.case_id, message.contact_id) == (None, None)


def test_a_day_later_it_is_told_again_and_to_the_head_of_service_too(report, desmond, grace, told):
    look_for_ageing(FRIDAY + AN_HOUR * 5)
    look_for_ageing(FRIDAY + AN_HOUR * 5 + A_DAY)

    assert told().count("desmond@example.org") == 2
    assert Ageing.objects.get(ended_at=None, state="contacts.received").times_told == 2


def test_it_ends_by_itself_once_somebody_has_looked_and_a_later_one_is_another(report, amara, desmond):
    look_for_ageing(FRIDAY + AN_HOUR * 5)
    wall.open_to_all()
    first_look(report, safe_tonight="yes", urgency="routine", by=amara, at=FRIDAY + AN_HOUR * 6)

    look_for_ageing(FRIDAY + AN_HOUR * 7)

    wall.open_to_all()
    assert not Ageing.objects.filter(state="contacts.received", ended_at=None).exists()
    assert Ageing.objects.get(state="contacts.received").ended_at == FRIDAY + AN_HOUR * 7


def test_the_page_says_what_has_waited_too_long_and_who_was_told(report, desmond, sign_in):
    look_for_ageing(FRIDAY + AN_HOUR * 5)

    page = sign_in(desmond).get("/waiting").content.decode()

    assert "Too long, and somebody was told" in page
    assert "told once" in page
