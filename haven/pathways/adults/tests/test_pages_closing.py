"""The pages of closing: only what is missing, the letter read before it leaves, a named person's decision."""

import pytest
from django.urls import reverse

from haven.casework.contacts.models import Referrer
from haven.casework.deliveries.models import Delivery
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Closing, Concern, Feedback
from haven.project.testing.people import TUESDAY


def url(name: str, case) -> str:
    return reverse(name, args=[case.reference])


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def case(closing):
    """Joan's case at closing, its enquiry authorised."""
    return closing.case


@pytest.fixture
def professional(told):
    """The report as a nurse's, who may be written to."""
    Referrer.objects.filter(contact=told).update(
        name="Ama Boateng", organisation="Eastmere GP Practice", is_professional=True, source_code="gp",
        email="ama@example.org", safe_ways=["email"],
    )  # fmt: skip
    return told


@pytest.fixture
def joan_told(case, priya):
    adults.tell_adult(case, told_at=TUESDAY, how="in_person", by=priya, at=TUESDAY)
    return case


def send(client, case, **given):
    """Press Send on the letter as the page shows it."""
    shown = client.post(url("send-feedback", case), {**given, "preview": "1"})
    seen = shown.context["telling"].seen
    return client.post(url("send-feedback", case), {**given, "seen": seen})


def test_the_closing_page_shows_only_what_is_missing(sign_in, desmond, case):
    page = text(sign_in(desmond).get(url("prepare-closing", case)))

    assert "The adult was told" in page and "Those who told us" in page
    assert "Sent to its destination" not in page and 'name="reasons"' not in page


def test_closing_asks_at_most_five_answers(sign_in, desmond, priya, case, told):
    client = sign_in(desmond)
    first = client.get(url("prepare-closing", case)).context
    feedback = client.get(url("send-feedback", case)).context["form"]
    adults.tell_adult(case, told_at=TUESDAY, how="in_person", by=priya, at=TUESDAY)
    adults.hold_feedback(case, contact=told, because="no_safe_way", by=priya, at=TUESDAY)
    last = client.get(url("prepare-closing", case)).context["close_form"]

    tell = [name for name in ("told", "how") if not first["tell_form"][name].value()]
    send_ = [name for name in ("contact", "level", "how") if not feedback[name].value()]
    close = [name for name, field in last.fields.items() if field.required and not last[name].value()]
    assert len(tell + send_ + close) <= 5
    assert close == ["reasons"]


def test_the_adult_is_told_and_the_page_goes_back_to_what_is_missing(sign_in, priya, case):
    given = {"told": "told", "how": "in_person", "told_at": "2026-03-16T10:00"}
    answer = sign_in(priya).post(url("tell-adult", case), given)

    assert answer.status_code == 302 and answer.url == url("prepare-closing", case)
    assert Closing.objects.get(case=case).adult_told_how == "in_person"


def test_a_letter_to_joan_is_refused_where_post_is_not_safe(sign_in, priya, case):
    case.person.safe_contact.no_post = True
    adults.record_safe_contact(case, never=["no_post"], by=priya, at=TUESDAY)
    given = {"told": "told", "how": "letter", "told_at": "2026-03-16T10:00"}
    answer = sign_in(priya).post(url("tell-adult", case), given)

    assert answer.status_code == 422 and "says not to reach them that way" in text(answer)


def test_a_stale_form_of_telling_joan_shows_both(sign_in, priya, joan_told):
    given = {"told": "not_told", "because": "unsafe", "_version": 1}
    answer = sign_in(priya).post(url("tell-adult", joan_told), given)

    assert answer.status_code == 409


def test_a_neighbour_is_told_no_more_than_a_receipt(sign_in, priya, joan_told, told):
    client = sign_in(priya)
    page = client.get(url("send-feedback", joan_told))
    given = {"contact": str(told.pk), "level": "stage", "how": "telephone", "checked": "on"}
    answer = send(client, joan_told, **given)

    assert page.context["telling"].allowed.level == "receipt" and "Tom Baker" in text(page)
    assert answer.status_code == 422 and "no more than a receipt" in text(answer)


def test_the_letter_is_read_before_it_is_sent(sign_in, priya, joan_told, professional):
    client = sign_in(priya)
    given = {"contact": str(professional.pk), "level": "outcome", "ground": "keeps_adult_safe", "checked": "on",
             "words": "Please keep the new lock code.", "how": "email"}  # fmt: skip
    unread = client.post(url("send-feedback", joan_told), given)
    assert unread.status_code == 200 and not Feedback.objects.exists()
    assert "Please keep the new lock code." in text(unread) and "ama@example.org" in text(unread)

    answer = send(client, joan_told, **given)

    assert answer.status_code == 302, text(answer)
    assert "Please keep the new lock code." in Delivery.objects.get(purpose="feedback").body
    assert Feedback.objects.get().level == "outcome"


def test_words_changed_after_reading_are_read_again(sign_in, priya, joan_told, professional):
    client = sign_in(priya)
    given = {"contact": str(professional.pk), "level": "outcome", "ground": "keeps_adult_safe", "checked": "on",
             "words": "First words.", "how": "email"}  # fmt: skip
    seen = client.post(url("send-feedback", joan_told), {**given, "preview": "1"}).context["telling"].seen
    answer = client.post(url("send-feedback", joan_told), {**given, "words": "Other words.", "seen": seen})

    assert answer.status_code == 200 and "Other words." in text(answer)
    assert not Feedback.objects.exists()


def test_a_police_hold_leaves_only_a_receipt_and_says_so(sign_in, priya, joan_told, professional):
    adults.set_police_hold(joan_told, words="Do not speak to Kevin.", officer="DC Rao", by=priya, at=TUESDAY)
    client = sign_in(priya)
    page = text(client.get(url("send-feedback", joan_told)))
    given = {"contact": str(professional.pk), "level": "stage", "checked": "on", "how": "email"}
    refused = send(client, joan_told, **given)

    assert "Only a receipt" in page and "A police hold is on" in page
    assert refused.status_code == 422 and "Only a receipt may be sent" in text(refused)


def test_nobody_is_told_before_joan(sign_in, priya, case, professional):
    case.conversations.all().delete()
    given = {"contact": str(professional.pk), "level": "stage", "checked": "on", "how": "email"}
    answer = send(sign_in(priya), case, **given)

    assert answer.status_code == 422 and "Tell the adult first" in text(answer)


def test_feedback_is_held_back_with_a_reason(sign_in, priya, joan_told, told):
    answer = sign_in(priya).post(url("hold-feedback", joan_told), {"contact": str(told.pk), "because": "no_safe_way"})

    assert answer.status_code == 302 and Feedback.objects.get().held_because == "no_safe_way"


def test_a_case_with_gaps_does_not_close_and_names_each(sign_in, desmond, case):
    given = {"reasons": "She is safe.", "how_to_come_back": "Ring us.", "plan_status": "none_needed"}
    answer = sign_in(desmond).post(url("close-case", case), given)

    case.refresh_from_db()
    assert answer.status_code == 422 and case.stage == "closing"
    assert "the adult has not been told" in text(answer) and "She is safe." in text(answer)


def test_a_manager_closes_the_case_and_it_may_be_opened_again(sign_in, desmond, priya, joan_told, told):
    adults.hold_feedback(joan_told, contact=told, because="no_safe_way", by=priya, at=TUESDAY)
    client = sign_in(desmond)
    page = client.get(url("prepare-closing", joan_told))
    form = page.context["close_form"]
    assert "Closing: nothing is missing" in text(page)
    given = {name: form[name].value() for name in form.fields if form[name].value()}
    closed = client.post(url("close-case", joan_told), {**given, "reasons": "She is safe."})
    joan_told.refresh_from_db()
    stage = joan_told.stage
    opened = client.post(url("reopen-case", joan_told), {"reasons": "It began again.", "kind": "section_42"})
    joan_told.refresh_from_db()

    assert closed.status_code == 302 and stage == "closed"
    assert opened.status_code == 302 and joan_told.stage == "enquiry"


def test_a_social_worker_does_not_close(sign_in, priya, joan_told):
    page = text(sign_in(priya).get(url("prepare-closing", joan_told)))

    assert "a manager closes the case" in page
    assert sign_in(priya).get(url("close-case", joan_told)).status_code == 404


def test_a_declined_concern_is_closed_from_one_page(sign_in, desmond, priya, concern):
    adults.record_hearing(concern, heard=False, not_heard_because="unsafe", by=priya, at=TUESDAY)
    no, yes = ("no", "The money was found."), ("yes", "She has a carer.")
    adults.answer_limbs(concern, needs=yes, abuse=no, protect=no, by=priya, at=TUESDAY)
    given = {"outcome": "not_an_enquiry", "reasons": "Found.", "destination": "care_review"}
    adults.decide_concern(concern, **given, by=desmond, at=TUESDAY)
    client = sign_in(desmond)
    page = client.get(url("prepare-closing", concern.case))
    sent = {"sent_at": "2026-03-11T10:00", "accepted_by": "Lena Ortiz, reviewing team"}
    answer = client.post(url("record-destination", concern.case), sent)

    assert "Sent to its destination" in text(page)
    assert answer.status_code == 302
    assert Concern.objects.get(pk=concern.pk).destination_accepted_by.startswith("Lena Ortiz")


def test_closing_before_the_decision_says_so(sign_in, priya, concern):
    answer = sign_in(priya).post(url("prepare-closing", concern.case), follow=True)

    assert "Closing begins when the concern is decided" in text(answer)


@pytest.mark.parametrize("name", ["prepare-closing", "tell-adult", "send-feedback", "hold-feedback", "close-case"])
def test_another_team_finds_no_page_of_closing(sign_in, other_team_worker, case, name):
    assert sign_in(other_team_worker).get(url(name, case)).status_code == 404
