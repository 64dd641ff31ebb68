"""What a partner is told of what it sent: five words, never why, whatever its own system does (PR-21)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from partners import CONCERN, System, make_system, with_
from pytest_django import Settings

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import claim
from haven.casework.deliveries.carrying import WAITS, carry_out, carry_out_waiting
from haven.casework.deliveries.models import Delivery
from haven.casework.events.recording import history_of
from haven.casework.operations.actor import Actor
from haven.casework.partners import posting
from haven.casework.partners.models import Submission
from haven.casework.partners.operations.webhooks import set_webhook
from haven.casework.partners.telling import body_of, tell_what_moved
from haven.casework.partners.tests.sink import Sink, listening
from haven.casework.people.models import Person
from haven.casework.stages.moves import move
from haven.casework.tasks.models import Task
from haven.casework.watch.keeping import keep_case
from haven.casework.watch.kept_reports import seal_report
from haven.lib.calendar import day_of
from haven.pathways.adults.models import Conversation
from haven.pathways.adults.operations.crime import lift_police_hold, set_police_hold
from haven.pathways.adults.operations.report import accept_report, join_report, refuse_report
from haven.project.testing.people import Teams


@pytest.fixture
def surgery(authority: Authority, teams: Teams) -> System:
    return make_system(authority)


@pytest.fixture
def sent(surgery: System) -> Contact:
    """The surgery's concern about Joan."""
    return Contact.objects.get(reference=surgery.send().json()["reference"])


def told(surgery: System, contact: Contact) -> str:
    """What the partner is told when it asks, once the job has run."""
    tell_what_moved(timezone.now())
    stage: str = surgery.ask(contact.reference).json()["stage"]
    return stage


def accepted(contact: Contact, amara: Actor, *, heard: bool = True) -> Case:
    """Taken on; Joan has been spoken with, unless she has not."""
    contact.refresh_from_db()
    case: Case = accept_report(contact, by=amara, at=timezone.now())[0].case
    if heard:
        spoken_with(case, amara)
    return case


def spoken_with(case: Case, by: Actor) -> None:
    facts = {"at": timezone.now(), "recorded_at": timezone.now(), "adult_words": "I want him to stop."}
    Conversation.objects.create(case=case, by_id=by.id, how="visit", reached=True, **facts)


def go(case: Case, *stages: str, by: Actor) -> None:
    for stage in stages:
        move(case, to=stage, by=by, at=timezone.now())


def test_the_words_follow_the_report_and_its_case(surgery: System, sent: Contact, amara: Actor) -> None:
    assert told(surgery, sent) == "received"
    claim(sent, by=amara, at=timezone.now())
    assert told(surgery, sent) == "being_looked_at"
    case = accepted(sent, amara)
    assert told(surgery, sent) == "being_looked_at"
    go(case, "enquiry", by=amara)
    assert told(surgery, sent) == "making_enquiries"
    go(case, "closing", by=amara)
    assert told(surgery, sent) == "decided"
    go(case, "closed", by=amara)
    assert told(surgery, sent) == "finished"


def test_the_answer_is_reference_stage_words_and_since_alone(surgery: System, sent: Contact) -> None:
    answer = surgery.ask(sent.reference).json()

    assert set(answer) == {"reference", "stage", "words", "since"}
    assert answer["words"] == "We have received it"


def test_a_report_that_is_declined_is_finished(surgery: System, sent: Contact, amara: Actor) -> None:
    Contact.objects.filter(pk=sent.pk).update(children_present=False)
    sent.refresh_from_db()
    refuse_report(sent, reasons="Help is in place.", by=amara, at=timezone.now())

    assert told(surgery, sent) == "finished"


def test_a_report_that_was_joined_follows_the_case_it_joined(surgery: System, sent: Contact, amara: Actor) -> None:
    case = accepted(sent, amara)
    second = Contact.objects.get(reference=surgery.send().json()["reference"])
    join_report(second, to=case.concern, reasons="The same evening.", by=amara, at=timezone.now())
    go(case, "enquiry", by=amara)

    assert told(surgery, second) == "making_enquiries"


def test_before_the_adult_was_spoken_with_nobody_else_is_told_more(
    surgery: System, sent: Contact, amara: Actor
) -> None:
    go(accepted(sent, amara, heard=False), "enquiry", by=amara)

    assert told(surgery, sent) == "being_looked_at"


def test_a_police_hold_leaves_the_words_as_they_were(
    surgery: System, sent: Contact, amara: Actor, grace: Actor
) -> None:
    case = accepted(sent, amara)
    go(case, "enquiry", by=amara)
    assert told(surgery, sent) == "making_enquiries"

    hold = set_police_hold(case, words="Do not speak with Kevin.", officer="PC Test", by=grace, at=timezone.now())
    assert told(surgery, sent) == "making_enquiries"
    go(case, "closing", by=amara)
    assert told(surgery, sent) == "making_enquiries"

    lift_police_hold(hold, words="Done.", by=grace, at=timezone.now())
    assert told(surgery, sent) == "decided"


def test_a_case_that_becomes_sealed_leaves_the_words_as_they_were(
    surgery: System, sent: Contact, amara: Actor, grace: Actor
) -> None:
    case = accepted(sent, amara)
    keeper = User.objects.get(pk=grace.id)
    review = day_of(timezone.now()) + timedelta(days=28)
    keep_case(case, restriction="sealed", because="other", words="Why.", keepers=[keeper], review_on=review, by=grace,
              at=timezone.now())  # fmt: skip
    go(case, "enquiry", "closing", by=amara)

    assert told(surgery, sent) == "being_looked_at"


def test_a_sealed_report_stays_where_it_was(surgery: System, sent: Contact, amara: Actor, desmond: Actor) -> None:
    keeper = User.objects.get(pk=desmond.id)
    seal_report(sent, because="other", words="Why.", keeper=keeper, by=amara, at=timezone.now())

    assert told(surgery, sent) == "received"


def test_whoever_tells_us_and_is_the_alleged_source_is_told_no_more(
    surgery: System, authority: Authority, amara: Actor, joan: Person, kevin: Person
) -> None:
    body = with_("referrer.name", "Kevin Whitlock")
    contact = Contact.objects.get(reference=surgery.send(body).json()["reference"])
    concern = accept_report(contact, persons={contact.adults.get().pk: joan}, by=amara, at=timezone.now())[0]
    spoken_with(concern.case, amara)
    go(concern.case, "enquiry", by=amara)

    assert told(surgery, contact) == "being_looked_at"


# ------------------------------------------------------------------------------------------------ its own system


@pytest.fixture
def sink(settings: Settings, surgery: System, linh: Actor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """The surgery's system, told on this machine, with less patience of ours."""
    settings.WEBHOOKS_TO_THIS_MACHINE = True
    monkeypatch.setattr(posting, "ALL_IN", 0.5)
    monkeypatch.setattr(posting.post, "__kwdefaults__", {"all_in": 0.5})
    with listening() as sink:
        set_webhook(surgery.partner, webhook_url=sink.url, by=linh, at=timezone.now())
        yield sink


def moved(surgery: System, contact: Contact, amara: Actor) -> Delivery:
    """The message that the report is being looked at, waiting to leave."""
    claim(contact, by=amara, at=timezone.now())
    tell_what_moved(timezone.now())
    return Delivery.objects.get(channel="webhook", contact_id=contact.pk)


def test_its_system_is_told_once_with_reference_and_stage_and_nothing_else(
    surgery: System, sent: Contact, sink: Sink, amara: Actor
) -> None:
    delivery = moved(surgery, sent, amara)
    tell_what_moved(timezone.now())
    carry_out(delivery.pk, timezone.now())

    (came,) = sink.came
    body = json.loads(came.partition(b"\r\n\r\n")[2])
    assert body == {"reference": sent.reference, "stage": "being_looked_at", "words": "We are looking at it"}
    assert sink.taken == [str(delivery.message_id)]
    assert Delivery.objects.get(pk=delivery.pk).state == Delivery.State.SENT


def test_who_did_not_ask_to_be_told_is_not(surgery: System, sent: Contact, amara: Actor) -> None:
    claim(sent, by=amara, at=timezone.now())
    tell_what_moved(timezone.now())

    assert not Delivery.objects.filter(channel="webhook").exists()


@pytest.mark.parametrize(
    "how", ["no", "elsewhere", "lying", "garbage", "endless", "slow", "dripping", "reset", "closed", "gone"]
)
def test_whatever_its_system_does_the_message_is_delivered_or_stands_among_the_given_up(
    surgery: System, sent: Contact, sink: Sink, amara: Actor, how: str
) -> None:
    delivery, at = moved(surgery, sent, amara), timezone.now()
    if how == "gone":
        set_url(surgery, "http://127.0.0.1:9/")
    sink.how = "well" if how == "gone" else how
    for wait in (*WAITS, timedelta()):
        carry_out(delivery.pk, at)
        at += wait

    found = Delivery.objects.get(pk=delivery.pk)
    assert (found.state, found.attempts, sink.taken) == (Delivery.State.DEAD, len(WAITS) + 1, [])
    assert found.last_error_code in ("AnsweredNo", "NotAnAnswer", "TooSlow", "NotReached")
    assert Task.objects.get(kind="delivery_dead").contact_id == sent.pk


def set_url(surgery: System, url: str) -> None:
    type(surgery.partner).objects.filter(pk=surgery.partner.pk).update(webhook_url=url)


def test_a_system_that_is_well_again_is_told_under_the_same_message_id(
    surgery: System, sent: Contact, sink: Sink, amara: Actor
) -> None:
    delivery, at = moved(surgery, sent, amara), timezone.now()
    for how in ("reset", "lying", "slow", "well"):
        sink.how = how
        carry_out_waiting(at)
        at += WAITS[-1]

    assert sink.taken == [str(delivery.message_id)]
    assert len(sink.came) == 4
    assert Delivery.objects.get(pk=delivery.pk).state == Delivery.State.SENT


def test_an_address_that_turns_inside_is_not_sent_to(
    surgery: System, sent: Contact, sink: Sink, amara: Actor, settings: Settings
) -> None:
    delivery = moved(surgery, sent, amara)
    settings.WEBHOOKS_TO_THIS_MACHINE = False
    carry_out(delivery.pk, timezone.now())

    assert sink.came == []
    assert Delivery.objects.get(pk=delivery.pk).last_error_code == "AddressRefused"


def test_the_secret_is_shown_once_and_kept_encrypted(surgery: System, sink: Sink, linh: Actor) -> None:
    secret = set_webhook(surgery.partner, webhook_url=sink.url, by=linh, at=timezone.now())
    surgery.partner.refresh_from_db()

    assert secret.startswith("whsec_")
    assert secret not in surgery.partner.webhook_secret


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=4, max_size=60).filter(str.strip)


@given(given_name=WORDS, family_name=WORDS, where=WORDS, happened=WORDS, who=WORDS)
@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_of_a_report_leaves_in_a_message(
    surgery: System, sink: Sink, amara: Actor,
    given_name: str, family_name: str, where: str, happened: str, who: str,
) -> None:  # fmt: skip
    """Through everything: sent by the API, looked at, told by the job, as the row that leaves."""
    body: Any = {**CONCERN, "adult": {"given_name": given_name, "family_name": family_name, "whereabouts": where},
                 "what_happened": happened, "referrer": {"name": who}}  # fmt: skip
    answer = surgery.send(body)
    contact = Contact.objects.get(reference=answer.json()["reference"])
    delivery = moved(surgery, contact, amara)

    expected = body_of(contact.reference, "being_looked_at")
    assert (delivery.body, delivery.subject) == (expected, "partner_stage")
    assert delivery.known_as == []
    assert Submission.objects.get(contact=contact).stage == "being_looked_at"


def test_what_was_told_is_recorded_once_by_its_code(surgery: System, sent: Contact, amara: Actor) -> None:
    claim(sent, by=amara, at=timezone.now())

    assert [tell_what_moved(timezone.now()), tell_what_moved(timezone.now())] == [1, 0]
    events = history_of("partners.submission", Submission.objects.get().pk)
    assert [(event.type, event.codes) for event in events] == [("partners.stage_told", {"stage": "being_looked_at"})]
