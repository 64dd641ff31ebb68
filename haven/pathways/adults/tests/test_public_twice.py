"""Two presses of the button at the same moment are one report."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.test import Client

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.drafts.models import Draft

CHECK = "/saeb/tell-us/check/"


def press(cookies: str, key: str) -> str:
    """Press the button in a browser of one's own, with the same cookies; gives the page it leads to."""
    client = Client()
    client.cookies.load(cookies)
    try:
        return client.get(client.post(CHECK, {"_key": key}).url).context["contact"].reference
    finally:
        connections.close_all()


@pytest.mark.usefixtures("own_database")
def test_two_presses_at_the_same_moment_give_one_report_and_one_reference() -> None:
    Authority.objects.create(code="saeb", name="Saeb Council")
    tom = Client()
    tom.post("/saeb/tell-us/words/", {"words": "Shouting every night."})
    tom.post("/saeb/tell-us/who/", {"whereabouts": "Flat above the bakery"})
    key = str(tom.get(CHECK).context["key"])
    cookies = tom.cookies.output(header="", sep=";")
    with ThreadPoolExecutor(4) as browsers:
        references = set(browsers.map(press, [cookies] * 4, [key] * 4))

    with transaction.atomic():
        wall.open_to_all()
        assert references == {Contact.objects.get().reference}
    assert not Draft.objects.exists()
