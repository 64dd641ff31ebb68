"""The pages from the accepted concern to the decision, as Priya, Desmond and Amara use them."""

import pytest
from django.urls import reverse

from haven.casework.people.models import Person, Relationship, SafeContact
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import AlsoTold, Concern, Conversation, Enquiry, LimbAnswer, PoliceHold, PossibleCrime
from haven.project.testing.people import TUESDAY

LIMBS = {
    "needs": "yes", "needs_reasons": "She needs help to wash.",
    "abuse": "yes", "abuse_reasons": "Her nephew takes her pension.",
    "protect": "yes", "protect_reasons": "She depends on him.",
}  # fmt: skip
DECLINED = {**LIMBS, "abuse": "no", "abuse_reasons": "The money was found.", "outcome": "not_an_enquiry"}


def url(name: str, case) -> str:
    return reverse(name, args=[case.reference])


def text(answer) -> str:
    return answer.content.decode()


def required(form) -> list[str]:
    """The questions a person must answer: not filled in before, and not under a choice that was not made."""
    closed = {
        name
        for opener, choices in form.reveals.items()
        for value, names in choices.items()
        for name in names
        if form[opener].value() != value
    }
    shown = [name for name in form.fields if name not in closed]
    return [name for name in shown if form.fields[name].required and not form[name].value()]


@pytest.fixture
def fresh(concern: Concern) -> Concern:
    """The concern before anybody has heard Joan."""
    return concern


def test_the_decision_page_asks_no_more_than_eight_answers(sign_in, desmond, fresh):
    answer = sign_in(desmond).get(url("decide-concern", fresh.case))

    asked = [name for name in required(answer.context["form"]) if name not in ("outcome", "reasons")]
    assert asked == [
        "hearing", "needs", "needs_reasons", "abuse", "abuse_reasons", "protect", "protect_reasons",
    ]  # fmt: skip
    assert len(asked) + len(["destination"]) <= 8


def test_the_page_shows_what_is_known_above_the_questions(sign_in, desmond, fresh):
    page = text(sign_in(desmond).get(url("decide-concern", fresh.case)))

    for words in ("Joan", "Her nephew shouts at her", "Tom Baker, Neighbour", "Care Act 2014 s42(1)(a)", "Her mobile"):
        assert words in page, words
    assert "Joan" not in page.split("<title>")[1].split("</title>")[0]


def test_a_manager_decides_on_one_page(sign_in, desmond, fresh):
    given = {**LIMBS, "hearing": "not_reached", "outcome": "section_42", "reasons": "Three yeses."}
    answer = sign_in(desmond).post(url("decide-concern", fresh.case), given)

    assert answer.status_code == 302, answer.context["form"].errors
    fresh.refresh_from_db()
    assert (fresh.outcome, fresh.heard, fresh.not_heard_because) == ("section_42", False, "not_reached")
    assert Enquiry.objects.get(case=fresh.case).kind == "section_42"


def test_the_outcome_and_reasons_are_drafted_and_nothing_is_saved(sign_in, desmond, fresh):
    answer = sign_in(desmond).post(url("decide-concern", fresh.case), {**LIMBS, "hearing": "not_reached", "draft": "1"})

    form = answer.context["form"]
    assert answer.status_code == 200 and form["outcome"].value() == "section_42"
    assert "Her nephew takes her pension." in form["reasons"].value()
    assert [code for code, _label in form.fields["outcome"].choices] == ["section_42"]
    assert not LimbAnswer.objects.exists()


def test_a_drafted_decline_leaves_one_answer_to_give(sign_in, desmond, fresh):
    given = {**DECLINED, "outcome": "", "hearing": "not_reached", "draft": "1"}
    form = sign_in(desmond).post(url("decide-concern", fresh.case), given).context["form"]

    assert form["outcome"].value() == "not_an_enquiry"
    assert required(form) == ["destination"]


def test_a_duty_officer_saves_the_parts_as_a_proposal(sign_in, amara, fresh):
    client = sign_in(amara)
    page = text(client.get(url("decide-concern", fresh.case)))
    answer = client.post(url("decide-concern", fresh.case), {**LIMBS, "hearing": "unsafe", "outcome": "section_42"})

    assert "Save as a proposal" in page and "Save this decision" not in page
    assert answer.status_code == 302
    fresh.refresh_from_db()
    assert fresh.outcome == "" and fresh.limbs.count() == 3


def test_the_manager_finds_the_proposal_filled_in(sign_in, desmond, ready):
    answer = sign_in(desmond).get(url("decide-concern", ready.case))

    form = answer.context["form"]
    assert required(form) == [] and form["outcome"].value() == "section_42"
    assert "The three parts propose:" in text(answer) and "Section 42 enquiry" in text(answer)


def test_a_refusal_keeps_everything_that_was_typed(sign_in, desmond, fresh):
    given = {**DECLINED, "hearing": "not_reached", "outcome": "section_42", "reasons": "My own words."}
    answer = sign_in(desmond).post(url("decide-concern", fresh.case), given)

    assert answer.status_code == 422
    assert "Section 42 applies only when all three parts are yes" in text(answer)
    assert "My own words." in text(answer) and "The money was found." in text(answer)
    assert not LimbAnswer.objects.exists() and not Conversation.objects.exists()


def test_a_part_not_yet_known_says_what_would_settle_it(sign_in, amara, fresh):
    given = {**LIMBS, "hearing": "unsafe", "needs": "not_yet"}
    refused = sign_in(amara).post(url("decide-concern", fresh.case), given)
    settled = {**given, "needs_settle_how": "Her GP’s letter", "needs_settle_by": "2027-01-12"}
    answer = sign_in(amara).post(url("decide-concern", fresh.case), settled)

    assert refused.status_code == 422 and "what would settle" in text(refused)
    assert answer.status_code == 302
    assert LimbAnswer.objects.get(limb="needs").settle_how == "Her GP’s letter"


def test_children_are_asked_about_where_nobody_has(sign_in, desmond, concern):
    type(concern.contact).objects.filter(pk=concern.contact_id).update(children_present=None)
    given = {**LIMBS, "hearing": "unsafe", "outcome": "section_42", "reasons": "Yes."}
    client = sign_in(desmond)
    refused = client.post(url("decide-concern", concern.case), given)
    told = {**given, "children": "not_needed", "children_because": "No child lives there."}
    answer = client.post(url("decide-concern", concern.case), told)

    assert refused.status_code == 422 and "Children" in text(refused)
    assert answer.status_code == 302
    assert AlsoTold.objects.get().not_needed_because == "No child lives there."


def test_a_page_opened_before_a_colleague_changed_the_parts_shows_both(sign_in, desmond, priya, fresh):
    opened = fresh.version
    given = {"needs": ("yes", "Priya’s own reasons."), "abuse": ("no", "None."), "protect": ("no", "None.")}
    adults.record_hearing(fresh, heard=True, words="Let me be.", by=priya, at=TUESDAY)
    adults.answer_limbs(fresh, **given, by=priya, at=TUESDAY)
    sent = {**LIMBS, "hearing": "unsafe", "outcome": "section_42", "reasons": "Yes.", "_version": opened}
    answer = sign_in(desmond).post(url("decide-concern", fresh.case), sent)

    assert answer.status_code == 409
    assert "Priya’s own reasons." in text(answer) and "She needs help to wash." in text(answer)


def test_a_decided_concern_is_not_decided_again(sign_in, desmond, enquiry):
    answer = sign_in(desmond).get(url("decide-concern", enquiry.case))

    assert answer.status_code == 409 and "moved on" in text(answer)


@pytest.mark.parametrize(
    "name",
    ["decide-concern", "answer-limbs", "record-hearing", "record-types", "name-alleged-source", "record-crime",
     "set-police-hold", "record-safe-contact", "tell-also"],
)  # fmt: skip
def test_somebody_who_has_nothing_to_do_with_joan_finds_no_page(sign_in, other_team_worker, enquiry, name):
    assert sign_in(other_team_worker).get(url(name, enquiry.case)).status_code == 404


@pytest.mark.parametrize("name", ["countersign-concern", "end-risk-to", "allocate-enquiry", "authorise-conclusion"])
def test_a_social_worker_finds_no_page_of_a_managers(sign_in, priya, enquiry, name):
    assert sign_in(priya).get(url(name, enquiry.case)).status_code == 404


def test_what_joan_says_is_recorded(sign_in, priya, concern):
    given = {"hearing": "heard", "wants": "I want my pension.", "how": "visit", "knows": "yes", "agrees": "no",
             "ground": "coercion"}  # fmt: skip
    answer = sign_in(priya).post(url("record-hearing", concern.case), given)

    concern.refresh_from_db()
    assert answer.status_code == 302
    assert (concern.adult_wants, concern.override_ground) == ("I want my pension.", "coercion")
    assert Conversation.objects.get().adult_words == "I want my pension."


def test_two_who_write_at_once_both_keep_their_words(sign_in, priya, concern):
    old = concern.version
    adults.record_hearing(concern, heard=False, not_heard_because="unsafe", wants="Leave it.", by=priya, at=TUESDAY)
    given = {"hearing": "not_reached", "wants": "Please come.", "_version": old}
    answer = sign_in(priya).post(url("record-hearing", concern.case), given)

    assert answer.status_code == 409
    assert "Please come." in text(answer) and "Leave it." in text(answer)


def test_types_of_harm_place_and_sources_are_recorded(sign_in, priya, concern):
    given = {"types": ["financial", "neglect"], "primary": "financial", "location": "own_home", "sources": ["relative"],
             "source_else": "known_police"}  # fmt: skip
    answer = sign_in(priya).post(url("record-types", concern.case), given)

    assert answer.status_code == 302
    assert set(concern.case.sources_of_risk.values_list("code", flat=True)) == {"relative", "known_police"}
    again = sign_in(priya).get(url("record-types", concern.case)).context["form"]
    assert set(again["types"].value()) == {"financial", "neglect"}


def test_a_main_type_must_be_one_of_those_chosen(sign_in, priya, concern):
    given = {"types": ["financial", "neglect"], "primary": "sexual"}
    answer = sign_in(priya).post(url("record-types", concern.case), given)

    assert answer.status_code == 422 and "which of the types of harm is the main one" in text(answer)


def test_naming_somebody_links_them_as_a_risk_and_a_manager_ends_it(sign_in, priya, desmond, concern):
    given = {"who": "else", "given_name": "Kevin", "family_name": "Whitlock", "relationship": "other_relative",
             "lives_with": "yes", "knows_of_this": "no"}  # fmt: skip
    named = sign_in(priya).post(url("name-alleged-source", concern.case), given)
    link = Relationship.objects.get(person=concern.case.person, risk_to=True)
    ended = sign_in(desmond).post(
        url("end-risk-to", concern.case), {"subject": str(link.pk), "reasons": "He has moved abroad."}
    )

    link.refresh_from_db()
    assert (named.status_code, ended.status_code) == (302, 302)
    assert link.lives_with is True and link.ended_reasons == "He has moved abroad."


def test_a_possible_crime_says_when_the_police_were_told_or_why_not(sign_in, priya, concern):
    client = sign_in(priya)
    refused = client.post(url("record-crime", concern.case), {"answer": "yes"})
    given = {"answer": "yes", "told": "no", "why_not": "She asked us to wait.", "adult_wanted": "No police."}
    answer = client.post(url("record-crime", concern.case), given)

    assert refused.status_code == 422 and answer.status_code == 302
    assert PossibleCrime.objects.get().why_not == "She asked us to wait."


def test_a_police_hold_is_set_shown_and_lifted(sign_in, priya, concern):
    client = sign_in(priya)
    given = {"words": "Do not speak to Kevin.", "officer": "DC Rao, Eastmere"}
    client.post(url("set-police-hold", concern.case), given)
    shown = text(client.get(url("record-hearing", concern.case)))
    lifted = client.post(url("lift-police-hold", concern.case), {"words": "DC Rao agreed."})

    assert "Do not speak to Kevin." in shown and "Police hold" in shown
    assert lifted.status_code == 302 and PoliceHold.objects.get().lifted_words == "DC Rao agreed."


def test_not_an_enquiry_about_a_repeat_needs_a_second_person(sign_in, desmond, grace, concern):
    Concern.objects.filter(pk=concern.pk).update(repeat=True)
    given = {**DECLINED, "hearing": "unsafe", "destination": "advice", "reasons": "Advice was enough."}
    decided = sign_in(desmond).post(url("decide-concern", concern.case), given)
    own = sign_in(desmond).post(url("countersign-concern", concern.case), {"agrees": "yes", "reasons": "I agree."})
    seen = text(sign_in(grace).get(url("countersign-concern", concern.case)))
    second = sign_in(grace).post(url("countersign-concern", concern.case), {"agrees": "yes", "reasons": "Agreed."})

    concern.case.refresh_from_db()
    assert decided.status_code == 302 and own.status_code == 422 and "You made this decision" in text(own)
    assert "an earlier concern about the same adult" in seen and "Advice was enough." in seen
    assert second.status_code == 302 and concern.case.stage == "closing"


def test_safe_contact_is_recorded_for_the_adult(sign_in, priya, concern):
    given = {"how": "Through her friend Mary", "when_safe": "Mornings", "never": ["no_post", "no_email"]}
    answer = sign_in(priya).post(url("record-safe-contact", concern.case), given)

    kept = SafeContact.objects.get(person=concern.case.person)
    assert answer.status_code == 302
    assert (kept.how, kept.no_post, kept.no_voicemail) == ("Through her friend Mary", True, False)
    assert Person.objects.get(pk=concern.case.person_id).safe_contact.warnings() == ["no post", "no e-mail"]


def test_a_page_costs_no_more_than_fifteen_statements(sign_in, desmond, ready, django_assert_max_num_queries):
    client = sign_in(desmond)
    client.get(url("decide-concern", ready.case))
    with django_assert_max_num_queries(17):  # with the savepoint and its release, which are not counted
        client.get(url("decide-concern", ready.case))
