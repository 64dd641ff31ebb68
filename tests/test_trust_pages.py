"""What anybody typed stays words on every page; a protected address or number is on none of them (PR-24, TR-07)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from haven.casework.access.models import Authority, User
from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.cases.operations import add_case_note
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import claim, first_look
from haven.casework.documents.keeping import keep_document
from haven.casework.operations.actor import Actor
from haven.casework.people.models import ContactPoint, Person
from haven.casework.people.recording import (
    add_address,
    add_contact_point,
    add_flag,
    add_person,
    name_risk_to,
    set_safe_contact,
)
from haven.casework.tasks.doing import add_task
from haven.lib.calendar import day_of
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry
from haven.project.testing.people import FRIDAY, TUESDAY, Teams, make_report

SCRIPT = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
LATER = TUESDAY + timedelta(days=1)


@pytest.fixture
def report(authority: Authority, neighbour: Actor, amara: Actor, settings: Any, tmp_path: Any) -> Contact:
    """A report in which every box was filled with markup, looked at by Amara."""
    settings.HAVEN_FILES = tmp_path
    contact = make_report(
        authority, neighbour, children_present=False, first_line=SCRIPT,
        answers={"receipt": [[SCRIPT, [[SCRIPT, SCRIPT]]]], "missing": [SCRIPT], "fields": {}},
        adults=[{"given_name": SCRIPT[:70], "family_name": "Whitlock", "whereabouts": SCRIPT, "description": SCRIPT}],
        referrer={"name": SCRIPT, "organisation": SCRIPT, "relationship": SCRIPT, "role": SCRIPT,
                  "email": "tom@example.org", "telephone": SCRIPT[:40], "their_reference": SCRIPT,
                  "safe_ways": ["email", "letter"], "is_professional": True, "source_code": "hospital_acute"},
    )  # fmt: skip
    keep_document(
        ContentFile(SCRIPT.encode(), name=f"{SCRIPT}.txt"), authority_id=authority.pk, contact_id=contact.pk,
        source_label=SCRIPT, quarantine=True, by=neighbour, at=FRIDAY,
    )  # fmt: skip
    claim(contact, by=amara, at=FRIDAY)
    first_look(contact, safe_tonight="no", urgency="today", words=SCRIPT, by=amara, at=FRIDAY)
    return contact


@pytest.fixture
def joan(authority: Authority, amara: Actor) -> Person:
    """Joan, of whom everything that can be typed is markup."""
    joan = add_person(
        at=FRIDAY, known_as=SCRIPT, given_name="Joan", family_name="Whitlock", other_names=SCRIPT, language=SCRIPT,
        communication=SCRIPT, description=SCRIPT, date_of_birth=date(1943, 5, 2),
    )  # fmt: skip
    kevin = add_person(at=FRIDAY, given_name=SCRIPT, family_name="W")
    where = {"authority_id": authority.pk, "at": FRIDAY}
    name_risk_to(joan, other=kevin, kind="other_relative", lives_with=True, **where)
    add_flag(joan, kind="visit_in_pairs", words=SCRIPT, source=SCRIPT, **where)
    set_safe_contact(joan, authority_id=authority.pk, how=SCRIPT, when_safe=SCRIPT, who_must_not_know=SCRIPT)
    return joan


@pytest.fixture
def enquiry(
    report: Contact, joan: Person, teams: Teams, amara: Actor, priya: Actor, desmond: Actor, authority: Authority
) -> Enquiry:
    """An enquiry in which every box was filled with markup."""
    [concern] = adults.accept_report(
        report, persons={report.adults.get().pk: joan}, team=teams.north, by=amara, at=TUESDAY
    )
    people = User.objects.in_bulk([priya.id, desmond.id])
    adults.allocate_concern(concern, worker=people[priya.id], manager=people[desmond.id], by=amara, at=TUESDAY)
    adults.record_hearing(concern, heard=True, words=SCRIPT, wants=SCRIPT, agrees="yes", by=priya, at=TUESDAY)
    adults.name_alleged_source(concern, given_name=SCRIPT[:70], by=priya, at=TUESDAY)
    adults.set_police_hold(concern, words=SCRIPT, officer=SCRIPT, by=priya, at=TUESDAY)
    adults.record_crime(concern, answer="yes", why_not=SCRIPT, adult_wanted=SCRIPT, by=priya, at=TUESDAY)
    adults.tell_also(concern, line="police", not_needed_because=SCRIPT, by=priya, at=TUESDAY)
    part = ("yes", SCRIPT)
    adults.answer_limbs(concern, needs=part, abuse=part, protect=part, by=priya, at=TUESDAY)
    enquiry = adults.decide_concern(concern, outcome="section_42", reasons=SCRIPT, by=desmond, at=TUESDAY)
    assert enquiry is not None
    adults.allocate_enquiry(enquiry, officer=people[priya.id], by=desmond, at=TUESDAY)
    adults.record_outcomes_asked(enquiry, asked="expressed", outcomes=[SCRIPT], by=priya, at=TUESDAY)
    adults.record_capacity(
        enquiry, capacity="no_doubt", difficulty="yes", advocate="advocate", advocate_name=SCRIPT, words=SCRIPT,
        by=priya, at=TUESDAY,
    )  # fmt: skip
    adults.assess_risk(
        enquiry, assessment="identified_action", outcome="remained", remained_because="adult_accepts", words=SCRIPT,
        by=priya, at=TUESDAY,
    )  # fmt: skip
    adults.agree_plan(
        enquiry, words=SCRIPT, adult_agrees="yes", review_on=day_of(LATER), triggers=SCRIPT, contingency=SCRIPT,
        by=priya, at=TUESDAY,
    )  # fmt: skip
    adults.add_action(enquiry, words=SCRIPT, owner_words=SCRIPT, by=priya, at=TUESDAY)
    add_case_note(enquiry.case, how="call", happened_at=TUESDAY, words=SCRIPT, by=priya, at=TUESDAY)
    add_task(
        authority_id=authority.pk, kind="x", words=SCRIPT, due_on=day_of(FRIDAY), case=enquiry.case, team=teams.north,
        by=priya, at=FRIDAY,
    )  # fmt: skip
    return enquiry


STEPS = (
    "record-hearing", "record-types", "name-alleged-source", "end-risk-to", "record-crime", "lift-police-hold",
    "record-safe-contact", "tell-also", "record-conversation", "record-outcomes-asked", "record-capacity",
    "add-action", "finish-action", "assess-risk", "rate-outcomes", "propose-conclusion", "conclude-short-enquiry",
    "change-plan", "review-plan", "end-plan", "tell-adult", "send-feedback", "hold-feedback", "allocate-enquiry",
)  # fmt: skip


def pages_of(case: Case, report: Contact) -> list[str]:
    """The address of every page that says something of this case, its people or its report."""
    of_case = ("case", "case-timeline", "case-summary", "case-copy", "add-case-note")
    return [
        "/home", "/team", "/board", "/duty", f"/people/{case.person_id}/", f"/reports/{report.reference}/",
        f"/reports/{report.reference}/copy", *(reverse(name, args=[case.reference]) for name in of_case + STEPS),
    ]  # fmt: skip


def test_markup_that_anybody_typed_stays_words_on_every_page(
    sign_in: Any, desmond: Actor, enquiry: Enquiry, report: Contact
) -> None:
    browser, met = sign_in(desmond), 0
    for where in pages_of(enquiry.case, report):
        answer = browser.get(where)
        assert answer.status_code == 200, where
        page = answer.content.decode()
        assert "<script>alert" not in page, where
        assert "<img src=x" not in page, where
        met += "&lt;script&gt;alert" in page
    found = browser.post("/search", {"q": "Joan Whitlock"}).content.decode()
    assert "<script>alert" not in found
    assert met > 25


def test_a_protected_address_or_number_is_on_no_page(
    sign_in: Any, desmond: Actor, enquiry: Enquiry, report: Contact, joan: Person, authority: Authority, amara: Actor
) -> None:
    where = {"authority_id": authority.pk, "by": amara, "at": FRIDAY, "protected": True}
    add_address(joan, lines="Harbour House refuge", postcode="ZZ7 7ZZ", **where)
    number = {"authority_id": authority.pk, "kind": "mobile", "by": amara, "at": FRIDAY}
    add_contact_point(joan, value="07700 900 555", protected=True, **number)
    browser = sign_in(desmond)
    pages = [browser.get(where).content.decode() for where in pages_of(enquiry.case, report)]
    pages += [browser.post("/search", {"q": words}).content.decode() for words in ("Joan Whitlock", "ZZ7 7ZZ")]

    for page in pages:
        for secret in ("Harbour House", "ZZ7 7ZZ", "ZZ77ZZ", "900 555"):
            assert secret not in page.replace('value="ZZ7 7ZZ"', "")
    assert ContactPoint.objects.filter(protected=True).exists()
    assert "same postcode" not in pages[-1]


def test_no_title_and_no_address_of_a_page_says_a_name(
    sign_in: Any, desmond: Actor, concern: Concern, kevin: Person
) -> None:
    Case.objects.filter(pk=concern.case_id).update(manager_id=desmond.id)
    involve(concern.case, role="alleged_source", person=kevin, at=FRIDAY)
    browser = sign_in(desmond)
    for where in pages_of(concern.case, concern.contact):
        answer = browser.get(where)
        if answer.status_code == 200:
            title = answer.content.decode().partition("<title>")[2].partition("</title>")[0]
            assert "Joan" not in title and "Whitlock" not in title and "Tom" not in title, where
