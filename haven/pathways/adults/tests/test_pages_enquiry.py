"""The pages of the enquiry, as Priya makes it and Desmond authorises it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from haven.casework.access.models import User
from haven.casework.clocks.models import Clock, Pause
from haven.casework.people.models import Person
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Action, Concern, Conversation, DesiredOutcome, Enquiry, Participation
from haven.project.testing.people import TUESDAY

SHORT = {
    "happened_at": "2026-03-11T10:00", "how": "visit", "adult_words": "I want my pension to be mine.",
    "capacity": "no_doubt", "under_pressure": "no", "difficulty": "no",
    "asked": "expressed", "wish_1": "My pension is mine.", "adult_1": "fully", "worker_1": "fully",
    "assessment": "identified_action", "outcome": "reduced", "risk_words": "The bank was told.",
    "conclusion": "Her money is safe.",
}  # fmt: skip


def url(name: str, case) -> str:
    return reverse(name, args=[case.reference])


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def begun(ready: Concern, desmond) -> Enquiry:
    """A section 42 enquiry that nobody has yet."""
    found = adults.decide_concern(ready, outcome="section_42", reasons="Three yeses.", by=desmond, at=TUESDAY)
    assert found is not None
    return found


def test_the_enquiry_is_given_to_a_named_officer_with_everybodys_work_in_sight(sign_in, desmond, priya, begun):
    client = sign_in(desmond)
    page = text(client.get(url("allocate-enquiry", begun.case)))
    answer = client.post(url("allocate-enquiry", begun.case), {"officer": str(priya.id)})

    begun.refresh_from_db()
    assert "Open work" in page and "Priya Nair" in page and "Act now" in page
    assert answer.status_code == 302 and begun.officer_id == priya.id and begun.lead_id == desmond.id


def test_a_conversation_is_recorded_with_how_joan_wants_us_to_work(sign_in, priya, enquiry):
    given = {"happened_at": "2026-03-11T10:00", "how": "visit", "adult_words": "Come in the morning, please.",
             "how_to_work_with_me": "A woman, before noon, without Kevin."}  # fmt: skip
    answer = sign_in(priya).post(url("record-conversation", enquiry.case), given)

    talk = Conversation.objects.latest("recorded_at")
    assert answer.status_code == 302 and talk.how_to_work_with_me.startswith("A woman")


def test_a_conversation_without_words_is_asked_for_them(sign_in, priya, enquiry):
    answer = sign_in(priya).post(
        url("record-conversation", enquiry.case), {"happened_at": "2026-03-11T10:00", "how": "visit"}
    )

    assert answer.status_code == 422 and "Write what was said." in text(answer)


def test_an_attempt_is_counted_and_is_no_conversation(sign_in, priya, enquiry):
    given = {"happened_at": "2026-03-11T10:00", "how": "telephone"}
    answer = sign_in(priya).post(url("record-attempt", enquiry.case), given)

    assert answer.status_code == 302
    assert Conversation.objects.filter(reached=False).count() == 1


def test_each_thing_joan_wants_is_kept_and_rated_one_by_one(sign_in, priya, enquiry):
    client = sign_in(priya)
    given = {"asked": "expressed", "outcomes": "My pension is mine.\nKevin knocks before he comes in."}
    client.post(url("record-outcomes-asked", enquiry.case), given)
    first, second = DesiredOutcome.objects.filter(enquiry=enquiry)
    half = client.post(url("rate-outcomes", enquiry.case), {f"adult_{first.pk}": "fully"})
    ratings = {f"adult_{first.pk}": "fully", f"worker_{first.pk}": "partly", f"worker_{second.pk}": "not"}
    rated = client.post(url("rate-outcomes", enquiry.case), ratings)

    enquiry.refresh_from_db()
    assert half.status_code == 422 and rated.status_code == 302
    assert enquiry.achieved == "partly"


def test_not_asked_needs_a_reason(sign_in, priya, enquiry):
    answer = sign_in(priya).post(url("record-outcomes-asked", enquiry.case), {"asked": "not_asked"})

    assert answer.status_code == 422 and "Why were they not asked" in text(answer)


def test_joan_who_can_take_part_is_asked_nothing_about_an_advocate(sign_in, priya, enquiry):
    given = {"capacity": "no_doubt", "under_pressure": "yes", "difficulty": "no"}
    answer = sign_in(priya).post(url("record-capacity", enquiry.case), given)

    kept = Participation.objects.get()
    assert answer.status_code == 302 and kept.under_pressure is True and kept.advocate == ""


def test_an_alleged_source_may_not_be_the_appropriate_person(sign_in, priya, enquiry, kevin):
    adults.name_alleged_source(enquiry.case, person=kevin, by=priya, at=TUESDAY)
    enquiry.case.involvements.create(role="carer", person=kevin, from_at=TUESDAY)
    given = {"capacity": "lacks", "under_pressure": "yes", "difficulty": "yes", "advocate": "appropriate_person",
             "appropriate_person": str(kevin.pk), "suitable": ["willing", "wanted", "unpaid"]}  # fmt: skip
    answer = sign_in(priya).post(url("record-capacity", enquiry.case), given)

    assert answer.status_code == 422 and "may be a risk to the adult" in text(answer)


def test_an_action_has_an_owner_and_is_finished(sign_in, priya, enquiry):
    client = sign_in(priya)
    unowned = client.post(url("add-action", enquiry.case), {"words": "Ring the bank."})
    client.post(url("add-action", enquiry.case), {"words": "Ring the bank.", "owner_words": "Her bank"})
    action = Action.objects.get()
    form = client.get(url("finish-action", enquiry.case)).context["form"]
    done = client.post(url("finish-action", enquiry.case), {"subject": str(action.pk), "words": "They stopped it."})

    assert unowned.status_code == 422 and form["subject"].value() == action.pk
    assert done.status_code == 302 and Action.objects.get().done_words == "They stopped it."


def test_the_clock_is_paused_and_runs_again(sign_in, priya, enquiry):
    client = sign_in(priya)
    paused = client.post(url("pause-enquiry", enquiry.case), {"reason": "hospital"})
    running = client.post(url("resume-enquiry", enquiry.case))
    again = client.post(url("resume-enquiry", enquiry.case))

    assert (paused.status_code, running.status_code, again.status_code) == (302, 302, 422)
    assert Pause.objects.get(clock__in=Clock.objects.of("enquiry", case=enquiry.case)).until_at is not None


def test_what_became_of_a_risk_is_asked_only_where_one_was_found(sign_in, priya, enquiry):
    client = sign_in(priya)
    asked = client.post(url("assess-risk", enquiry.case), {"assessment": "identified_action", "words": "Found."})
    given = {"assessment": "none_no_action", "outcome": "removed", "words": "Nothing was found."}
    answer = client.post(url("assess-risk", enquiry.case), given)

    enquiry.refresh_from_db()
    assert asked.status_code == 422 and "What became of the risk" in text(asked)
    assert answer.status_code == 302 and enquiry.risk_outcome == ""


def test_a_risk_that_remained_says_why(sign_in, priya, enquiry):
    given = {"assessment": "identified_no_action", "outcome_no_action": "remained", "words": "She wants him near."}
    client = sign_in(priya)
    refused = client.post(url("assess-risk", enquiry.case), given)
    answer = client.post(url("assess-risk", enquiry.case), {**given, "remained_no_action": "family_contact"})

    enquiry.refresh_from_db()
    assert refused.status_code == 422 and answer.status_code == 302
    assert (enquiry.risk_outcome, enquiry.remained_because) == ("remained", "family_contact")


def test_a_stale_risk_form_shows_both_texts(sign_in, priya, enquiry):
    old = enquiry.version
    adults.assess_risk(enquiry, assessment="none_no_action", words="Nothing found by Grace.", by=priya, at=TUESDAY)
    given = {"assessment": "inconclusive_action", "words": "Not sure yet.", "_version": old}
    answer = sign_in(priya).post(url("assess-risk", enquiry.case), given)

    assert answer.status_code == 409
    assert "Nothing found by Grace." in text(answer) and "Not sure yet." in text(answer)


def test_a_conclusion_says_what_it_still_needs(sign_in, priya, enquiry):
    client = sign_in(priya)
    page = text(client.get(url("propose-conclusion", enquiry.case)))
    answer = client.post(url("propose-conclusion", enquiry.case), {"words": "She is safe."})

    assert "the risk assessment" in page
    assert answer.status_code == 422 and "She is safe." in text(answer)


def test_a_short_enquiry_is_one_page_of_at_most_fifteen_answers(sign_in, priya, enquiry):
    Conversation.objects.filter(case=enquiry.case).delete()
    Concern.objects.filter(case=enquiry.case).update(adult_wants="I want my pension.")
    client = sign_in(priya)
    form = client.get(url("conclude-short-enquiry", enquiry.case)).context["form"]
    given_before = [name for name in SHORT if form[name].value()]
    answer = client.post(url("conclude-short-enquiry", enquiry.case), SHORT)

    enquiry.refresh_from_db()
    assert {"happened_at", "how", "asked", "wish_1"} <= set(given_before)
    assert len(set(SHORT) - set(given_before)) <= 15
    assert answer.status_code == 302 and enquiry.short and enquiry.proposed_by_id == priya.id


def test_what_was_said_before_is_not_asked_again(sign_in, priya, enquiry):
    Concern.objects.filter(case=enquiry.case).update(adult_wants="I want him to stop.")
    form = sign_in(priya).get(url("conclude-short-enquiry", enquiry.case)).context["form"]

    assert "adult_words" not in form.fields
    assert (form["asked"].value(), form["wish_1"].value()) == ("expressed", "I want him to stop.")


def test_somebody_else_authorises_with_the_enquiry_in_sight(sign_in, desmond, priya, proposed):
    client = sign_in(desmond)
    page = text(client.get(url("authorise-conclusion", proposed.case)))
    answer = client.post(url("authorise-conclusion", proposed.case), {"reasons": "Well done."})

    proposed.case.refresh_from_db()
    assert "“My pension is mine.”" in page and "Risk reduced" in page and "Her money is safe." in page
    assert answer.status_code == 302 and answer.url == url("prepare-closing", proposed.case)
    assert proposed.case.stage == "closing"


def test_nobody_authorises_their_own_enquiry(sign_in, desmond, enquiry):
    Enquiry.objects.filter(pk=enquiry.pk).update(
        officer=User.objects.get(pk=desmond.id), proposed_by=desmond.id, concluded_at=TUESDAY + timedelta(days=2),
        asked="none_expressed", risk_assessment="none_no_action", conclusion_words="Done.",
    )  # fmt: skip
    answer = sign_in(desmond).post(url("authorise-conclusion", enquiry.case), {"reasons": "My own good work."})

    assert answer.status_code == 422 and "Somebody else has to authorise" in text(answer)
    assert "My own good work." in text(answer)


def test_a_conclusion_is_sent_back_with_what_is_missing(sign_in, desmond, proposed):
    answer = sign_in(desmond).post(url("send-back-conclusion", proposed.case), {"reasons": "Ask her again."})

    proposed.refresh_from_db()
    assert answer.status_code == 302 and proposed.concluded_at is None


def test_a_plan_may_follow_instead_of_closing(sign_in, desmond, proposed):
    sign_in(desmond).post(url("authorise-conclusion", proposed.case), {"reasons": "Good.", "plan_to_follow": "on"})

    proposed.case.refresh_from_db()
    assert proposed.case.stage == "plan"


@pytest.mark.parametrize(
    "name",
    ["record-outcomes-asked", "record-capacity", "add-action", "assess-risk", "propose-conclusion",
     "conclude-short-enquiry", "pause-enquiry"],
)  # fmt: skip
def test_a_page_of_the_enquiry_before_there_is_one_says_so(sign_in, priya, concern, name):
    answer = sign_in(priya).get(url(name, concern.case))

    assert answer.status_code == 409 and "There is no enquiry going on" in text(answer)


@pytest.mark.parametrize(
    "name",
    ["record-conversation", "record-attempt", "record-outcomes-asked", "record-capacity", "add-action",
     "finish-action", "pause-enquiry", "resume-enquiry", "assess-risk", "rate-outcomes", "propose-conclusion",
     "conclude-short-enquiry", "agree-plan"],
)  # fmt: skip
def test_another_team_and_another_authority_find_no_page(sign_in, other_team_worker, elsewhere_worker, enquiry, name):
    for stranger in (other_team_worker, elsewhere_worker):
        assert sign_in(stranger).get(url(name, enquiry.case)).status_code == 404


def test_a_page_of_the_enquiry_tells_who_was_read_about(sign_in, priya, enquiry, joan: Person):
    answer = sign_in(priya).get(url("assess-risk", enquiry.case))

    assert ("person", joan.pk) in answer.wsgi_request.__dict__["shown"]
