"""`script/haven states`: every state in which something can wait, in the form others rely on."""

import json
from io import StringIO

from django.core.management import call_command
from django.urls import resolve


def test_every_state_is_told_with_the_page_that_shows_it(db):
    told = StringIO()
    call_command("states", "--json", stdout=told)

    found = json.loads(told.getvalue())
    assert {tuple(one) for one in found} == {("pathway", "state", "queue")}
    assert {"adults", "every"} == {one["pathway"] for one in found}
    for one in found:
        assert resolve(one["queue"]).url_name
