"""The case page, its notes and its timeline."""

from datetime import timedelta

from django.apps import apps

from haven.casework.access.models import User
from haven.casework.cases.casework import involve
from haven.casework.cases.models import CaseNote
from haven.casework.cases.operations import add_case_note
from haven.casework.decisions.deciding import decide
from haven.casework.decisions.questions import Question
from haven.project.testing.people import FRIDAY, TUESDAY, protect_addresses

WHETHER = Question("section_42", "Does the duty apply?", outcomes={"section_42": "Section 42 enquiry"}, source="s42")


def address(case) -> str:
    return f"/cases/{case.reference}/"


def test_the_worker_sees_the_eight_things_first(case, priya, sign_in, kevin):
    involve(case, role="alleged_source", person=kevin, at=FRIDAY, standing="alleged", knows_of_this=False)
    decide(case, WHETHER, outcome="section_42", reasons="At risk from her nephew.", by=priya, at=TUESDAY)

    page = sign_in(priya).get(address(case)).content.decode()

    says = ["Joan Whitlock, 8", "before noon", "Must not know: Her nephew", "no voicemail", "4 Almond Row"]
    says += ["Priya Nair", "Desmond Clarke", "Kevin Whitlock", "other relative"]
    says += ["At risk from her nephew.", "Section 42 enquiry"]
    assert [words for words in says if words not in page] == []
    order = [page.index(f'id="g-{each}"') for each in ("where", "wants", "risk", "next", "source", "decisions")]
    assert order == sorted(order)


def test_the_title_carries_the_reference_and_no_name(case, priya, sign_in):
    page = sign_in(priya).get(address(case)).content.decode()

    title = page[page.index("<title>") : page.index("</title>")]
    assert case.reference in title
    assert "Joan" not in title


def test_opening_a_case_is_written_down_with_whom_it_showed(case, priya, sign_in, shown):
    sign_in(priya).get(address(case))

    assert shown() == {("case", case.pk), ("person", case.person_id)}


def test_another_team_and_another_authority_are_told_the_same_as_of_a_case_that_is_not(
    case, other_team_worker, elsewhere_worker, sign_in, shown
):
    answers = [
        sign_in(other_team_worker).get(address(case)),
        sign_in(elsewhere_worker).get(address(case)),
        sign_in(other_team_worker).get("/cases/AS-0000-0000/"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert case.reference not in answers[0].content.decode()
    assert not shown()


def test_business_support_opens_no_case(case, bola, sign_in):
    assert sign_in(bola).get(address(case)).status_code == 404


def test_a_protected_address_is_never_on_the_page(case, priya, sign_in):
    protect_addresses(case.person, by=priya)
    browser = sign_in(priya)

    pages = [browser.get(url).content.decode() for url in (address(case), f"/people/{case.person_id}/")]
    pages.append(browser.get(f"{address(case)}summary").content.decode())

    assert [page for page in pages if "Almond" in page or "ZZ1" in page] == []
    assert all("Protected" in page for page in pages)


def test_a_note_says_whether_it_is_fact_told_or_view(case, priya, sign_in):
    answers = {"how": "visit", "happened_at": "2026-03-09T11:00", "words": "Tom says he heard shouting.",
               "standing": "told"}  # fmt: skip

    answer = sign_in(priya).post(f"{address(case)}notes/new", answers, follow=True)

    page = answer.content.decode()
    assert "Priya Nair added a case note: Visit" in page
    assert "Told to me" in page
    assert "Tom says he heard shouting." in page


def test_a_note_without_words_is_asked_for_again_with_what_was_typed(case, priya, sign_in):
    answers = {"how": "visit", "happened_at": "2026-03-09T11:00", "words": " ", "standing": "view"}

    answer = sign_in(priya).post(f"{address(case)}notes/new", answers)

    assert answer.status_code == 422
    assert "Enter an answer: What happened" in answer.content.decode()
    assert not CaseNote.objects.exists()


def test_a_note_sent_twice_is_written_once(case, priya, sign_in):
    key = "01a2055e-5045-7415-bfcc-e1d75f1d98f6"
    answers = {"how": "visit", "happened_at": "2026-03-09T11:00", "words": "Seen.", "standing": "fact", "_key": key}
    browser = sign_in(priya)

    first, second = (browser.post(f"{address(case)}notes/new", answers) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert CaseNote.objects.count() == 1


def test_tried_no_answer_is_one_tap_and_counted(case, priya, sign_in):
    browser = sign_in(priya)

    browser.post(f"{address(case)}notes/tried")
    page = browser.post(f"{address(case)}notes/tried", follow=True).content.decode()

    assert "tried 2 times without an answer" in page
    assert "Priya Nair tried to make contact: Telephone call, no answer" in page


def test_a_corrected_note_keeps_its_first_text_and_says_why(case, priya, sign_in):
    note = add_case_note(case, how="call", happened_at=FRIDAY, words="Joan has a son.", by=priya, at=TUESDAY)
    url = f"{address(case)}notes/{note.pk}/correct"

    page = sign_in(priya).post(url, {"words": "Joan has a nephew.", "reason": "Misheard"}, follow=True).content.decode()

    assert "Joan has a son." in page
    assert "Joan has a nephew." in page
    assert "Misheard" in page
    assert "Corrected since" in page


def test_somebody_not_on_the_case_adds_no_note(case, other_team_worker, sign_in):
    assert sign_in(other_team_worker).post(f"{address(case)}notes/tried").status_code == 404
    assert not CaseNote.objects.exists()


def test_the_timeline_narrows_only_when_asked_and_says_who_did_what(case, priya, sign_in):
    add_case_note(case, how="call", happened_at=FRIDAY, words="She is well.", by=priya, at=TUESDAY)
    decide(case, WHETHER, outcome="section_42", reasons="At risk.", by=priya, at=TUESDAY + timedelta(hours=1))
    browser = sign_in(priya)

    everything = browser.get(address(case)).content.decode()
    notes = browser.get(f"{address(case)}?show=note").content.decode()

    timeline = slice(everything.index('id="timeline"'), None)
    assert "She is well." in everything[timeline]
    assert "At risk." in everything[timeline]
    assert "At risk." not in notes[notes.index('id="timeline"') :]


def test_a_worker_who_has_left_is_still_named_in_the_timeline(case, priya, desmond, sign_in):
    add_case_note(case, how="call", happened_at=FRIDAY, words="She is well.", by=priya, at=TUESDAY)
    User.objects.filter(pk=priya.id).update(is_active=False)

    assert "Priya Nair added a case note" in sign_in(desmond).get(address(case)).content.decode()


def test_the_summary_prints_on_two_pages_without_controls(case, priya, sign_in):
    page = sign_in(priya).get(f"{address(case)}summary").content.decode()

    assert "Official sensitive" in page
    assert "<form" not in page


def test_the_copy_for_the_main_record_is_written_down_and_holds_nothing_protected(case, priya, sign_in):
    decide(case, WHETHER, outcome="section_42", reasons="At risk from her nephew.", by=priya, at=TUESDAY)

    page = sign_in(priya).get(f"{address(case)}copy").content.decode()

    assert all(
        words in page for words in ("Reasons: At risk from her nephew.", "Decided by: Priya Nair", case.reference)
    )
    assert "Almond" not in page
    assert apps.get_model("events", "Read").objects.get().reason == "copy for the main record"
