"""The worker takes what was committed, in a process's own connections."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django import app

from haven.casework.access.models import Authority
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/London"))


def run_what_is_queued() -> None:
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.usefixtures("own_database")
def test_what_was_committed_leaves_and_what_was_rolled_back_does_not() -> None:
    authority = Authority.objects.create(code="eastmere", name="Eastmere Council")
    words: dict[str, Any] = {"channel": "email", "subject": "Your message", "body": "Thank you.", "at": TUESDAY}
    with transaction.atomic():
        kept = send(authority_id=authority.pk, to_address="tom@example.org", purpose="feedback", **words)
    with pytest.raises(RuntimeError), transaction.atomic():
        send(authority_id=authority.pk, to_address="never@example.org", purpose="feedback", **words)
        raise RuntimeError("the operation failed")

    run_what_is_queued()

    assert [message.to for message in mail.outbox] == [["tom@example.org"]]
    assert Delivery.objects.get().pk == kept.pk
    assert Delivery.objects.get().state == Delivery.State.SENT
