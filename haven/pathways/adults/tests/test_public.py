"""The public form: what Tom the neighbour and Joan the adult can tell us, skip, keep, send and ask about."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.drafts.models import Draft
from haven.pathways.adults.views.public import kept, sending
from haven.pathways.adults.views.public.hours import desk_now

FRIDAY_NIGHT = datetime(2026, 3, 6, 22, 0, tzinfo=ZoneInfo("Europe/London"))
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, tzinfo=ZoneInfo("Europe/London"))
JPEG = b"\xff\xd8\xff\xe0" + b"a photograph" * 10

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Authority:
    return Authority.objects.create(
        code="saeb",
        name="Saeb Council",
        telephone="020 7946 0100",
        out_of_hours_telephone="020 7946 0999",
        childrens_telephone="020 7946 0200",
    )


@pytest.fixture
def tom(council: Authority, client: Client) -> "Visitor":
    return Visitor(client)


class Visitor:
    """Somebody who fills in the form with a browser."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def at(self, name: str, *more: str) -> str:
        return reverse(f"public-{name}", args=["saeb", *more])

    def open(self, name: str, *more: str) -> Any:
        return self.client.get(self.at(name, *more))

    def answers(self, step: str, **answers: Any) -> Any:
        return self.client.post(self.at("step", step), answers)

    def tells_enough(self) -> None:
        self.answers("words", words="Shouting and crying every night.")
        self.answers("who", whereabouts="Flat above the bakery in Mill Lane")

    def sends(self, **more: Any) -> Any:
        return self.client.post(self.at("check"), more)


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_tom_tells_us_about_a_neighbour_from_the_first_page_to_the_receipt(tom: Visitor) -> None:
    assert "Tell us if you or someone else is being hurt or is not safe" in text_of(tom.open("start"))
    assert tom.answers("danger", danger="no").url == tom.at("step", "about")
    assert tom.answers("about", about="someone").url == tom.at("step", "words")
    assert tom.answers("words", words="Her son takes\nher pension.").url == tom.at("step", "who")
    who = {
        "given_name": "Joan",
        "age": "about 80",
        "whereabouts": "5 Mill Lane",
        "postcode": "se1",
        "setting": "own_home",
    }
    assert tom.answers("who", **who).url == tom.at("step", "happening")
    assert tom.answers("happening", happening="now").url == tom.at("step", "everyday")
    assert tom.answers("everyday", everyday="yes", everyday_words="Washing").url == tom.at("step", "cause")
    assert tom.answers("cause", cause="person", cause_who="Her son", cause_lives="yes").url == tom.at("step", "others")
    assert tom.answers("others", children="no").url == tom.at("step", "wishes")
    assert tom.answers("wishes", knows="not_safe", wants="Her money back").url == tom.at("step", "reach")
    assert tom.answers("reach", must_not_know="Her son").url == tom.at("step", "you")
    assert tom.answers("you", identity="inside", relation="neighbour").url == tom.at("step", "reply")
    reply = {"name": "Tom", "telephone": "07700 900123", "safe_ways": ["ring"]}
    assert tom.answers("reply", **reply).url == tom.at("check")
    assert "Her son takes" in text_of(tom.open("check"))

    page = tom.client.get(tom.sends().url)

    contact = Contact.objects.get()
    assert contact.reference in text_of(page)
    assert "withheld number" in text_of(page)
    assert "do not confront" in text_of(page)
    assert contact.first_line == "Her son takes her pension."
    assert (contact.channel, contact.about) == ("web", "someone")
    assert (contact.children_present, contact.setting_code, contact.immediate_danger) == (False, "own_home", "no")
    joan = contact.adults.get()
    assert (joan.given_name, joan.age_estimate, joan.whereabouts, joan.postcode) == ("Joan", 80, "5 Mill Lane", "SE1")
    told = contact.referrer
    assert (told.name, told.identity, told.source_code) == ("Tom", "inside", "neighbour")
    assert (told.safe_ways, told.relationship) == (["ring"], "Neighbour")
    assert {"question": "Who are they?", "answer": "Her son"} in contact.answers["asked"]
    assert contact.answers["given"]["knows"] == "not_safe"


def test_joan_who_tells_us_about_herself_is_called_you_and_is_asked_what_she_wants(tom: Visitor) -> None:
    tom.answers("about", about="me")
    pages = [text_of(tom.open("step", step)) for step in ("who", "everyday", "cause", "wishes", "reach", "you")]
    main = " ".join(page.split("<main")[1] for page in pages)
    assert "Where are you now?" in main
    assert "What would you like to happen?" in main
    assert "someone you trust" in main
    assert "Would you like help to take part?" in main
    assert "Do they" not in main.replace("Do they live with you?", "")

    tom.answers("words", words="I am frightened at home.")
    tom.answers(
        "who",
        **{"given_name": "Joan", "date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "1942"},
    )
    tom.answers("reach", safe_ways=["email"], email="joan@example.org")
    assert tom.answers("you", identity="use").url == tom.at("check")
    tom.sends()

    contact = Contact.objects.get()
    assert (contact.about, contact.referrer.source_code, contact.referrer.name) == ("me", "self", "Joan")
    assert str(contact.adults.get().date_of_birth) == "1942-03-27"


def test_everything_but_the_words_and_a_whereabouts_may_be_skipped(tom: Visitor) -> None:
    for step in ("danger", "about", "happening", "everyday", "cause", "others", "wishes", "reach", "you", "reply"):
        assert tom.answers(step).status_code == 302
    tom.tells_enough()

    assert tom.sends().status_code == 302
    contact = Contact.objects.get()
    assert (contact.immediate_danger, contact.children_present) == ("not_sure", None)
    assert contact.referrer.called() == "name not given"


def test_without_a_way_to_find_the_person_it_is_not_sent_and_nothing_is_lost(tom: Visitor) -> None:
    tom.answers("words", words="Someone is shouting.")

    page = tom.sends()

    assert page.status_code == 422
    assert "Tell us a way to find the person" in text_of(page)
    assert tom.at("step", "who") in text_of(page)
    assert "Someone is shouting." in text_of(page)
    assert not Contact.objects.exists()
    tom.answers("who", description="Grey coat, sits by the fountain")
    assert tom.sends().status_code == 302


def test_a_person_who_gives_only_their_number_is_not_turned_away(tom: Visitor) -> None:
    tom.answers("about", about="me")
    tom.answers("words", words="Help me.")
    tom.answers("reach", telephone="07700 900123", safe_ways=["ring"])
    tom.sends()
    assert Contact.objects.get().adults.get().whereabouts == "Telephone 07700 900123"


def test_sending_twice_gives_the_same_reference(tom: Visitor) -> None:
    tom.tells_enough()
    key = tom.open("check").context["key"]
    cookies = {name: morsel.value for name, morsel in tom.client.cookies.items()}

    first = tom.client.get(tom.sends(_key=key).url)
    tom.client.cookies.load(cookies)
    second = tom.client.get(tom.sends(_key=key).url)

    contact = Contact.objects.get()
    assert contact.reference in text_of(first)
    assert contact.reference in text_of(second)


def test_pressing_send_on_a_page_left_open_after_it_was_sent_shows_the_same_receipt(
    tom: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    tom.tells_enough()
    key = tom.open("check").context["key"]
    with django_capture_on_commit_callbacks(execute=True):
        tom.sends(_key=key)
    assert not Draft.objects.exists()

    again = tom.sends(_key=key)

    assert Contact.objects.get().reference in text_of(tom.client.get(again.url))


def test_a_program_may_give_the_submission_its_own_key(tom: Visitor) -> None:
    header = {"HTTP_IDEMPOTENCY_KEY": "0197b3a0-0000-7000-8000-000000000001"}
    tom.tells_enough()
    tom.client.post(tom.at("check"), **header)
    again = Client().post(tom.at("check"), **header)
    assert Contact.objects.get().reference in text_of(tom.client.get(again.url))


def test_an_email_goes_only_to_somebody_who_said_it_is_safe_and_says_nothing(tom: Visitor) -> None:
    tom.tells_enough()
    assert tom.answers("reply", safe_ways=["email"]).status_code == 422
    tom.answers("reply", email="tom@example.org", safe_ways=["email"])
    tom.sends()
    delivery = Delivery.objects.get(purpose="receipt")
    assert delivery.to_address == "tom@example.org"
    for telling in ("safeguarding", "hurt", "abuse", "concern", "report", "Shouting", "Mill Lane"):
        assert telling not in delivery.subject + delivery.body


def test_no_email_goes_without_that_yes(tom: Visitor) -> None:
    tom.tells_enough()
    tom.answers("reply", email="tom@example.org", safe_ways=[])
    tom.sends()
    assert not Delivery.objects.filter(purpose="receipt").exists()


def test_leaving_and_coming_back_with_the_code(tom: Visitor) -> None:
    assert tom.client.post(tom.at("step", "words"), {"words": "Half of it", "secondary": "1"}).url == tom.at("saved")
    code = tom.open("saved").context["code"]

    elsewhere = Visitor(Client())
    assert elsewhere.client.post(elsewhere.at("return"), {"code": code.lower()}).url == tom.at("step", "who")
    assert "Half of it" in text_of(elsewhere.open("step", "words"))


def test_every_wrong_code_gets_the_same_answer(tom: Visitor) -> None:
    def answer(code: str) -> str:
        page = tom.client.post(tom.at("return"), {"code": code})
        assert page.status_code == 422
        return text_of(page).split("<main")[1].split("<form")[0]

    tom.client.post(tom.at("step", "words"), {"words": "Kept", "secondary": "1"})
    code = tom.open("saved").context["code"]
    Draft.objects.update(expires_at=FRIDAY_NIGHT)

    assert answer(code) == answer("K7QM-2RTX-9C4D") == answer("-")


def test_what_was_typed_for_one_council_does_not_open_at_another(tom: Visitor) -> None:
    Authority.objects.create(code="next", name="Next Council")
    tom.client.post(tom.at("step", "words"), {"words": "Kept", "secondary": "1"})
    code = tom.open("saved").context["code"]
    assert tom.client.post(reverse("public-return", args=["next"]), {"code": code}).status_code == 422


def test_what_was_typed_can_be_closed_here_and_opened_elsewhere(tom: Visitor) -> None:
    tom.client.post(tom.at("step", "words"), {"words": "Half of it", "secondary": "1"})
    code = tom.open("saved").context["code"]
    tom.client.post(tom.at("close"))
    assert "Half of it" not in text_of(tom.open("step", "words"))
    assert tom.client.post(tom.at("return"), {"code": code}).url == tom.at("step", "who")


def test_what_was_typed_can_be_deleted(tom: Visitor) -> None:
    tom.tells_enough()
    assert "We have deleted what you typed" in text_of(tom.client.post(tom.at("forget"), follow=True))
    assert not Draft.objects.exists()
    assert "Nothing is waiting to be sent" in text_of(tom.open("check"))


def test_if_the_server_fails_the_page_says_we_have_not_received_this(tom: Visitor, monkeypatch: Any) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    tom.tells_enough()
    monkeypatch.setattr(sending, "receive", fails)
    page = tom.sends()
    assert page.status_code == 503
    assert "We have not received this" in text_of(page)
    assert "Shouting and crying every night." in text_of(page)
    assert "020 7946 0" in text_of(page)
    assert tom.at("check") in text_of(page)
    assert not Contact.objects.exists()


def test_if_keeping_a_page_fails_what_was_typed_on_it_is_shown(tom: Visitor, monkeypatch: Any) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(kept, "save_draft", fails)
    page = tom.answers("words", words="Only in this browser")
    assert page.status_code == 503
    assert "Only in this browser" in text_of(page)
    assert "csrf" not in text_of(page).lower()


def test_the_status_of_a_report_says_received_or_being_looked_at_and_unknown_ones_answer_alike(tom: Visitor) -> None:
    def status(reference: str) -> str:
        page = text_of(tom.client.post(tom.at("status"), {"reference": reference}))
        return page.split("<main")[1].replace(reference, "…")

    tom.tells_enough()
    tom.sends()
    contact = Contact.objects.get()
    assert "your report is received" in status(contact.reference)
    assert status(contact.reference) == status("C-2222-2222")

    for state in ("looked_at", "accepted", "refused"):
        Contact.objects.update(state=state, looked_at=TUESDAY_NOON, safe_tonight="yes")
        assert "is being looked at" in status(contact.reference)


def test_a_status_is_found_however_the_reference_is_typed(tom: Visitor) -> None:
    tom.tells_enough()
    tom.sends()
    reference = Contact.objects.get().reference
    page = tom.client.post(tom.at("status"), {"reference": f" {reference.lower().replace('-', ' ')} "})
    assert page.context["reference"] == reference


def test_a_receipt_does_not_open_with_a_made_up_address(tom: Visitor) -> None:
    assert "does not open any more" in text_of(tom.open("receipt", "made-up"))


@pytest.mark.parametrize(("answer", "page"), [({"danger": "yes"}, "danger"), ({"danger": "not_sure"}, "danger")])
def test_danger_leads_to_999_and_55(tom: Visitor, answer: dict[str, str], page: str) -> None:
    assert tom.answers("danger", **answer).url == tom.at(page)
    said = text_of(tom.open(page))
    assert "999" in said
    assert "press 55" in said
    assert tom.at("step", "about") in said


def test_who_it_is_about_leads_to_the_right_advice(tom: Visitor) -> None:
    assert tom.answers("about", about="under_18").url == tom.at("children")
    assert "020 7946 0200" in text_of(tom.open("children"))
    assert tom.answers("about", about="work").url == tom.at("work")
    assert tom.answers("about", about="someone", help=["bsl"]).url == tom.at("help")
    assert "We have noted what you need" in text_of(tom.open("help"))


def test_outside_desk_hours_it_says_when_it_is_read_and_whom_to_ring(council: Authority) -> None:
    night = desk_now(council, FRIDAY_NIGHT)
    assert (night.is_open, night.phone, night.reads_at) == (False, "020 7946 0999", "on Monday 9 March at 9am")
    noon = desk_now(council, TUESDAY_NOON)
    assert (noon.is_open, noon.phone, noon.hours) == (True, "020 7946 0100", "Monday to Friday, 9am to 5pm")


def test_every_page_offers_a_way_out_a_number_and_says_it_is_not_sent_yet(tom: Visitor) -> None:
    for step in ("danger", "words", "who", "reply"):
        page = text_of(tom.open("step", step))
        assert "We cannot read this until you send it" in page
        assert "Leave this page quickly" in page
        assert "history may still show" in page
        assert "no-store" in tom.open("step", step)["Cache-Control"]


def test_an_unknown_council_has_no_page(client: Client, db: None) -> None:
    assert client.get("/nowhere/").status_code == 404


SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT")


def test_a_submission_takes_few_statements(tom: Visitor) -> None:
    tom.tells_enough()
    with CaptureQueriesContext(connection) as statements:
        tom.sends()
    assert Contact.objects.exists()
    counted = [each for each in statements if not each["sql"].startswith(("SELECT set_config", *SAVEPOINTS))]
    assert len(counted) <= 12
