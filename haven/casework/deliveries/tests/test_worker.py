"""The worker takes what was committed, in a process's own connections."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction

from haven.casework.access.models import Authority
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.project.testing.working import work_off

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.usefixtures("own_database")
def test_what_was_committed_leaves_and_what_was_rolled_back_does_not() -> None:
    authority = Authority.objects.create(code="eastmere", name="Eastmere Council")
    words: dict[str, Any] = {"channel": "email", "subject": "Your message", "body": "Thank you.", "at": TUESDAY}
    with transaction.atomic():
        kept = send(authority_id=authority.pk, to_address="tom@example.org", purpose="feedback", **words)
    with pytest.raises(RuntimeError), transaction.atomic():
        send(authority_id=authority.pk, to_address="never@example.org", purpose="feedback", **words)
        raise RuntimeError("the operation failed")

    work_off()

    assert [message.to for message in mail.outbox] == [["tom@example.org"]]
    assert Delivery.objects.get().pk == kept.pk
    assert Delivery.objects.get().state == Delivery.State.SENT
