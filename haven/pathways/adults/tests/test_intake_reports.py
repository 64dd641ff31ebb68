"""A report at the desk: the first look, whether the person is known, who else must know, and what becomes of it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import claim
from haven.casework.documents.keeping import keep_document
from haven.casework.operations.actor import Actor
from haven.pathways.adults.models import AlsoTold, Concern
from haven.pathways.adults.operations import accept_report
from haven.project.testing.people import FRIDAY, TUESDAY, make_report

pytestmark = pytest.mark.django_db
LOOK = {"safe_tonight": "yes", "urgency": "today", "words": "Rang Tom. Joan is with her sister tonight."}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_FILES = tmp_path


@pytest.fixture
def joans_report(authority: Any, neighbour: Any, joan: Any) -> Contact:
    """Tom's report, which gives Joan's date of birth."""
    adult = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    return make_report(authority, neighbour, adults=[adult])


def earlier_concern(authority: Any, by: Actor, duty: Actor, joan: Any, **facts: Any) -> Concern:
    first = make_report(authority, by, **facts)
    return accept_report(first, persons={adult.pk: joan for adult in first.adults.all()}, by=duty, at=FRIDAY)[0]


def page(browser: Any, contact: Contact, step: str = "") -> str:
    return browser.get(f"/reports/{contact.reference}/{step}").content.decode()


# First look


def test_the_report_shows_the_words_as_typed_and_who_told_us(amara: Any, sign_in: Any, report: Contact) -> None:
    text = page(sign_in(amara), report)

    assert "Her nephew shouts at her and takes her pension." in text
    assert "Tom Baker, Neighbour" in text


def test_a_first_look_takes_three_answers_and_stops_its_clock(amara: Any, sign_in: Any, report: Contact) -> None:
    answer = sign_in(amara).post(f"/reports/{report.reference}/", LOOK)

    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.safe_tonight, report.urgency, report.state) == ("yes", "today", "looked_at")
    assert not Clock.objects.of("first_look", contact_id=report.pk).running().exists()


def test_a_first_look_without_an_answer_says_which_and_keeps_the_words(
    amara: Any, sign_in: Any, report: Contact
) -> None:
    answer = sign_in(amara).post(f"/reports/{report.reference}/", {"words": "Rang Tom."})

    assert answer.status_code == 422
    assert "Choose an answer: Safe tonight" in answer.content.decode()
    assert "Rang Tom." in answer.content.decode()


def test_opening_a_report_records_the_triage_by_itself(amara: Any, sign_in: Any, report: Contact) -> None:
    sign_in(amara).get(f"/reports/{report.reference}/")

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM events_read WHERE route = 'report'")
        assert cursor.fetchall() == [(f"triage of {report.reference}",)]


def test_a_report_is_not_there_for_another_authority(elsewhere_worker: Any, sign_in: Any, report: Contact) -> None:
    browser = sign_in(elsewhere_worker)

    assert browser.get(f"/reports/{report.reference}/").status_code == 404
    assert browser.post(f"/reports/{report.reference}/accept", {}).status_code == 404
    assert browser.get("/reports/C-2222-2222/").status_code == 404


def test_a_social_worker_does_not_see_the_desk_nor_its_reports(priya: Any, sign_in: Any, report: Contact) -> None:
    browser = sign_in(priya)

    assert browser.get("/duty").status_code == 404
    assert browser.get(f"/reports/{report.reference}/").status_code == 404


def test_who_keyed_a_report_sees_what_they_keyed_and_not_who_is_known(
    bola: Any, joan: Any, authority: Any, sign_in: Any
) -> None:
    keyed = make_report(authority, bola, channel="phone")

    text = page(sign_in(bola), keyed)

    assert "Her nephew shouts at her" in text
    assert "Is this person known?" not in text
    assert sign_in(bola).get(f"/reports/{keyed.reference}/accept").status_code == 404


# Is this person known?


def test_a_known_person_is_found_with_reasons_and_a_strip_of_what_went_before(
    amara: Any, sign_in: Any, joans_report: Contact, joan: Any, authority: Any, neighbour: Any
) -> None:
    earlier = earlier_concern(authority, neighbour, amara, joan)

    text = page(sign_in(amara), joans_report)

    assert "Is this person known?" in text
    assert "same date of birth" in text
    assert earlier.case.reference in text
    assert "not decided yet" in text
    assert "Safeguarding duty" in text


def test_somebody_with_nothing_but_sealed_cases_is_not_shown(
    amara: Any, sign_in: Any, joans_report: Contact, joan: Any, authority: Any, neighbour: Any
) -> None:
    earlier = earlier_concern(authority, neighbour, amara, joan)
    Case.objects.filter(pk=earlier.case_id).update(restriction=Restriction.SEALED)

    text = page(sign_in(amara), joans_report)

    assert "same date of birth" not in text
    assert earlier.case.reference not in text


def test_the_page_asks_as_many_questions_of_the_database_for_ten_adults_as_for_one(
    amara: Any, sign_in: Any, joans_report: Contact, joan: Any, authority: Any, neighbour: Any
) -> None:
    earlier_concern(authority, neighbour, amara, joan)
    many = [
        {"given_name": "Joan", "family_name": f"Whitlock {n}", "date_of_birth": joan.date_of_birth} for n in range(10)
    ]
    crowded = make_report(authority, neighbour, adults=many)
    browser = sign_in(amara)

    one, ten = statements(browser, joans_report), statements(browser, crowded)

    assert ten == one
    assert one <= 15


def statements(browser: Any, contact: Contact) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(f"/reports/{contact.reference}/")
    return len(
        [
            each
            for each in asked
            if not each["sql"].startswith(("SAVEPOINT", "RELEASE")) and "set_config" not in each["sql"]
        ]
    )


# Who else must know


def test_the_children_line_stands_until_it_is_answered(amara: Any, sign_in: Any, report: Contact) -> None:
    browser = sign_in(amara)
    assert "Not answered" in page(browser, report)

    browser.post(
        f"/reports/{report.reference}/tell/childrens_mash",
        {"answer": "not_needed", "not_needed_because": "She lives alone."},
    )

    assert AlsoTold.objects.get().not_needed_because == "She lives alone."
    assert "She lives alone." in page(browser, report)


def test_told_says_when(amara: Any, sign_in: Any, report: Contact) -> None:
    answer = sign_in(amara).post(
        f"/reports/{report.reference}/tell/police",
        {"answer": "told", "told_at": "2026-03-06T15:00:00+00:00", "reference": "CAD 77"},
    )

    assert answer.status_code == 302
    assert AlsoTold.objects.get().reference == "CAD 77"


# What becomes of it


def test_taking_it_on_as_a_known_person_makes_one_concern_of_hers(
    amara: Any, sign_in: Any, joans_report: Contact, joan: Any
) -> None:
    adult = joans_report.adults.get()

    answer = sign_in(amara).post(f"/reports/{joans_report.reference}/accept", {f"who_{adult.pk}": str(joan.pk)})

    concern = Concern.objects.select_related("case").get()
    assert answer.url == f"/cases/{concern.case.reference}/"
    assert concern.case.person_id == joan.pk
    assert Clock.objects.of("decide_concern", case=concern.case).get().started_at == FRIDAY


def test_the_worker_says_who_it_is_where_anybody_was_found(amara: Any, sign_in: Any, joans_report: Contact) -> None:
    answer = sign_in(amara).post(f"/reports/{joans_report.reference}/accept", {})

    assert answer.status_code == 422
    assert "Say who Joan Whitlock is" in answer.content.decode()


def test_only_the_adults_chosen_are_taken_on(amara: Any, sign_in: Any, authority: Any, neighbour: Any) -> None:
    two = make_report(authority, neighbour, adults=[{"given_name": "Ivy"}, {"given_name": "Olive"}])
    ivy, olive = two.adults.all()

    sign_in(amara).post(f"/reports/{two.reference}/accept", {f"take_{ivy.pk}": "on", f"who_{ivy.pk}": "new"})

    assert [case.person.given_name for case in Case.objects.select_related("person")] == ["Ivy"]
    assert two.adults.get(pk=olive.pk).case_id is None


def test_a_second_report_joins_the_concern_and_both_who_told_us_are_kept(
    amara: Any, sign_in: Any, joans_report: Contact, joan: Any, authority: Any, neighbour: Any
) -> None:
    concern = earlier_concern(authority, neighbour, amara, joan)

    sign_in(amara).post(
        f"/reports/{joans_report.reference}/join",
        {"to": str(concern.pk), "reasons": "The same evening, told by another neighbour."},
    )

    joans_report.refresh_from_db()
    assert (joans_report.state, joans_report.merged_into_id) == ("merged", concern.contact_id)
    assert joans_report.reference in page(sign_in(amara), joans_report)


def test_a_report_is_not_joined_to_a_case_of_another_authority(amara: Any, sign_in: Any, report: Contact) -> None:
    answer = sign_in(amara).post(
        f"/reports/{report.reference}/join", {"to": "another", "reference": "AS-2222-2222", "reasons": "Same."}
    )

    assert answer.status_code == 422
    assert "We could not find that case" in answer.content.decode()


def test_declining_takes_reasons_and_the_children_line_first(amara: Any, sign_in: Any, report: Contact) -> None:
    browser, address = sign_in(amara), f"/reports/{report.reference}/decline"
    reasons = {"reasons": "A noise complaint.", "told": "yes", "advice": "Told Tom of the noise team."}

    first = browser.post(address, reasons)
    assert first.status_code == 422
    assert "Children may be affected" in first.content.decode()

    browser.post(
        f"/reports/{report.reference}/tell/childrens_mash",
        {"answer": "not_needed", "not_needed_because": "No child there."},
    )
    browser.post(address, reasons)
    report.refresh_from_db()
    assert report.state == "refused"
    assert "Told Tom of the noise team." in page(browser, report)


def test_declining_says_what_whoever_told_us_was_told_or_why_nothing(
    amara: Any, sign_in: Any, authority: Any, neighbour: Any
) -> None:
    report = make_report(authority, neighbour, children_present=False)
    browser, address = sign_in(amara), f"/reports/{report.reference}/decline"

    silent = browser.post(address, {"reasons": "A noise complaint."})
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["told"])

    browser.post(address, {"reasons": "A noise complaint.", "told": "no", "not_told_because": "He gave no safe way."})
    assert "was not told, because: He gave no safe way." in page(browser, report)


def test_a_colleague_has_it_and_it_can_be_taken_over_knowingly(
    amara: Any, desmond: Any, sign_in: Any, report: Contact
) -> None:
    claim(report, by=desmond, at=TUESDAY)
    browser, address = sign_in(amara), f"/reports/{report.reference}/claim"

    assert "A colleague is on this one" in browser.post(address, follow=True).content.decode()
    browser.post(address, {"take_over": "1"})
    report.refresh_from_db()
    assert report.claimed_by_id == amara.id


# Files


def test_a_file_is_opened_after_a_warning_and_runs_nothing(amara: Any, sign_in: Any, report: Contact) -> None:
    upload = SimpleUploadedFile("letter.txt", b"He said <b>stop</b> & left.")
    kept = keep_document(upload, authority_id=report.authority_id, contact_id=report.pk, by=amara, at=FRIDAY)
    browser, address = sign_in(amara), f"/reports/{report.reference}/files/{kept.pk}"

    warning = browser.get(address)
    assert "No virus scanner has looked at this file" in warning.content.decode()
    assert b"<b>stop" not in warning.content
    saved = browser.post(address)
    assert saved["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved["Content-Security-Policy"]
    assert saved.content == b"He said <b>stop</b> & left."


def test_a_file_of_another_report_is_not_there(
    amara: Any, sign_in: Any, report: Contact, authority: Any, neighbour: Any
) -> None:
    other = make_report(authority, neighbour)
    upload = SimpleUploadedFile("letter.txt", b"words")
    kept = keep_document(upload, authority_id=authority.pk, contact_id=other.pk, by=amara, at=FRIDAY)

    assert sign_in(amara).get(f"/reports/{report.reference}/files/{kept.pk}").status_code == 404


# Allocating


def test_allocating_shows_each_workers_load_and_stops_the_clock(
    amara: Any, desmond: Any, priya: Any, sign_in: Any, report: Contact
) -> None:
    concern = accept_report(report, by=amara, at=FRIDAY)[0]
    browser, address = sign_in(desmond), f"/adults/{concern.case.reference}/allocate-concern/"

    assert "Priya Nair" in browser.get(address).content.decode()
    browser.post(address, {"worker": str(priya.id), "manager": str(desmond.id)})
    concern.case.refresh_from_db()
    assert concern.case.worker_id == priya.id
    assert not Clock.objects.of("allocate_concern", case=concern.case).running().exists()


def test_the_report_is_copied_as_clean_text_for_the_main_record(amara: Any, sign_in: Any, report: Contact) -> None:
    text = sign_in(amara).get(f"/reports/{report.reference}/copy").context["text"]

    assert text.startswith(f"Report {report.reference}\nReceived: Fri 6 Mar 2026, 14:00\nThe adult: Joan Whitlock")
    assert "Her nephew shouts at her and takes her pension." in text


def test_somebody_new_is_found_by_their_postcode_the_next_time(
    amara: Any, sign_in: Any, authority: Any, neighbour: Any
) -> None:
    ivy = {"given_name": "Ivy", "family_name": "Stone", "postcode": "ZZ9 9ZZ"}
    accept_report(make_report(authority, neighbour, adults=[ivy]), by=amara, at=FRIDAY)

    again = make_report(authority, neighbour, adults=[{"description": "An old woman", "postcode": "ZZ9 9ZZ"}])

    assert "same postcode" in page(sign_in(amara), again)


def test_harm_is_counted_where_it_happened_not_where_the_adult_is_now(
    amara: Any, authority: Any, neighbour: Any
) -> None:
    answers = {"fields": {"location": "care_home"}}

    concern = accept_report(
        make_report(authority, neighbour, answers=answers, setting_code="hospital"), by=amara, at=FRIDAY
    )[0]

    assert concern.location == "care_home"
