"""Being shown what is protected, from the page: a reason, one tap, hidden again; and the visit sheet (PR-24)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case, CaseNote
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.leaving import Outgoing
from haven.casework.deliveries.models import Release
from haven.casework.deliveries.release import CarriesProtected, ask_for_release
from haven.casework.deliveries.sending import send
from haven.casework.desk.saving import save
from haven.casework.operations.actor import Actor
from haven.casework.people.keeping import keep_protected
from haven.casework.people.models import Address, ContactPoint, Person, ProtectedValue, Relationship, Reveal
from haven.casework.people.recording import add_address
from haven.project.testing.people import FRIDAY, TUESDAY, make_report

LINES = "14 Larch Terrace"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_KEYS = tmp_path / "keys"


@pytest.fixture
def value(case: Case, joan: Person, authority: Authority, amara: Actor) -> ProtectedValue:
    where = {"lines": LINES, "postcode": "ZZ3 7QX", "source": "The refuge"}
    kept = add_address(joan, authority_id=authority.pk, protected=True, by=amara, at=TUESDAY, **where)
    return ProtectedValue.objects.get(address=kept)


def at(case: Case, value: ProtectedValue) -> str:
    return reverse("reveal", args=[case.reference, value.pk])


def words(answer: Any) -> str:
    return answer.content.decode()


def test_one_tap_shows_it_and_leaving_hides_it_again(sign_in: Any, priya: Actor, case: Case, value: Any) -> None:
    browser, person = sign_in(priya), reverse("person", args=[case.person_id])
    assert "To visit" in words(browser.get(person)) and LINES not in words(browser.get(person))

    shown = browser.post(at(case, value), {"reason": "visit"})
    assert f"{LINES}, ZZ3 7QX" in words(shown) and "no-store" in shown["Cache-Control"]
    again = words(browser.get(person))
    assert LINES not in again and "You said today: To visit" in again
    assert LINES in words(browser.post(at(case, value), {"reason": ""}))
    assert Reveal.objects.get().reason == "visit"


def test_without_a_reason_from_the_list_it_is_not_shown(sign_in: Any, priya: Actor, case: Case, value: Any) -> None:
    for reason in ("", "because", "<b>"):
        answer = sign_in(priya).post(at(case, value), {"reason": reason})
        assert answer.status_code == 422 and LINES not in words(answer) and "Choose why" in words(answer)
    assert not Reveal.objects.exists()


def test_to_others_there_is_nothing_there(
    sign_in: Any, other_team_worker: Actor, elsewhere_worker: Actor, bola: Actor, case: Case, value: Any
) -> None:
    for reader in (other_team_worker, elsewhere_worker, bola):
        assert sign_in(reader).post(at(case, value), {"reason": "visit"}).status_code == 404


def test_the_visit_sheet_is_masked_until_its_worker_asks(
    sign_in: Any, priya: Actor, case: Case, value: Any, authority: Authority
) -> None:
    told = {"authority_id": authority.pk, "person": case.person, "by": priya, "at": TUESDAY}
    keep_protected("home_entry", "Key safe 4471", **told)
    sheet = reverse("visit-sheet", args=[case.reference])
    browser = sign_in(priya)
    assert LINES not in words(browser.get(sheet)) and "4471" not in words(browser.get(sheet))

    asked = words(browser.post(sheet))
    assert LINES in asked and "Key safe 4471" in asked and "Addresses conflict" in asked
    assert set(Reveal.objects.values_list("reason", flat=True)) == {"visit_sheet"}
    assert "You said today: The visit sheet" in words(browser.get(reverse("person", args=[case.person_id])))


def test_an_address_is_added_from_the_person_page_and_protected_where_somebody_is_a_risk(
    sign_in: Any, priya: Actor, case: Case, kevin: Person
) -> None:
    url = reverse("record-address", args=[case.reference, case.person_id])
    browser = sign_in(priya)
    assert "so it is protected" in words(browser.get(url))
    browser.post(url, {"lines": "2 New Row", "postcode": "ZZ2 2ZZ", "kind": "stays", "source": "Her sister"})

    kept = Address.objects.get(person=case.person, kind="stays")
    assert (kept.protected, kept.lines, kept.source) == (True, "", "Her sister")
    assert kept.protected_value.because == "risk_link"


def test_where_nobody_is_a_risk_the_worker_chooses(sign_in: Any, priya: Actor, case: Case) -> None:
    url = reverse("record-number", args=[case.reference, case.person_id])
    for number, protected in (("07700 900111", ""), ("07700 900222", "on")):
        given = {"kind": "mobile", "value": number, "source": "Joan", **({"protected": "on"} if protected else {})}
        assert sign_in(priya).post(url, given).status_code == 302
    assert list(ContactPoint.objects.order_by("recorded_at").values_list("value", "protected")) == [
        ("07700 900111", False),
        ("", True),
    ]


def test_a_note_that_holds_it_warns_first_and_is_masked_after(
    sign_in: Any, priya: Actor, case: Case, value: Any
) -> None:
    url = reverse("add-case-note", args=[case.reference])
    when = FRIDAY - timedelta(days=400)
    note = {"how": "call", "words": f"Seen at {LINES}.", "standing": "fact", "happened_at_0": str(when.day),
            "happened_at_1": str(when.month), "happened_at_2": str(when.year), "happened_at_3": "10:00"}  # fmt: skip
    browser = sign_in(priya)
    warned = browser.post(url, note)
    assert warned.status_code == 422 and "holds something protected" in words(warned)
    assert not CaseNote.objects.exists()


def test_a_form_shown_masked_loses_nothing_when_it_is_saved(sign_in: Any, priya: Actor, case: Case, value: Any) -> None:
    note = CaseNote.objects.create(
        case=case, author_id=priya.id, how="call", happened_at=FRIDAY, recorded_at=FRIDAY, standing="fact",
        words=f"Seen at {LINES} today, calm.",
    )  # fmt: skip
    url = reverse("supersede-case-note", args=[case.reference, note.pk])
    browser = sign_in(priya)
    assert "Seen at [protected] today, calm." in words(browser.get(url))

    masked = {"words": "Seen at [protected] today, afraid.", "reason": "Misheard."}
    assert browser.post(url, masked).status_code == 302
    assert CaseNote.objects.get(superseded_by=None).words == f"Seen at {LINES} today, afraid."


def test_who_told_us_in_confidence_is_shown_to_duty_for_a_reason(
    sign_in: Any, amara: Actor, authority: Authority, neighbour: Actor
) -> None:
    told = {"name": "Tamsin Oddfellow", "telephone": "01632 960077", "identity": "inside", "source_code": "gp"}
    report: Contact = make_report(authority, neighbour, referrer=told, first_line="Tamsin Oddfellow is worried.")
    browser, url = sign_in(amara), reverse("report", args=[report.reference])
    for page in (url, "/duty", reverse("report-copy", args=[report.reference])):
        assert "Oddfellow" not in words(browser.get(page)) and "960077" not in words(browser.get(page)), page

    value = ProtectedValue.objects.get(contact_id=report.pk, kind="referrer")
    shown = browser.post(reverse("reveal-of-report", args=[report.reference, value.pk]), {"reason": "reach"})
    assert "Tamsin Oddfellow, 01632 960077" in words(shown)


def test_a_report_that_asks_it_protects_where_the_adult_is_from_the_first_minute(
    sign_in: Any, amara: Actor, authority: Authority, neighbour: Actor
) -> None:
    adult = {"given_name": "Joan", "whereabouts": LINES, "postcode": "ZZ3 7QX", "keep_protected": True}
    report = make_report(authority, neighbour, adults=[adult], answers={"worry": f"She hides at {LINES}."})
    page = words(sign_in(amara).get(reverse("report", args=[report.reference])))
    assert "Larch" not in page and "ZZ3" not in page and "[protected]" in page


def test_former_names_are_shown_for_a_reason_only(sign_in: Any, priya: Actor, case: Case) -> None:
    Person.objects.filter(pk=case.person_id).update(other_names="Jonathan Oldname")
    browser = sign_in(priya)
    for name in ("person", "case"):
        page = browser.get(reverse(name, args=[case.person_id if name == "person" else case.reference]))
        assert "Oldname" not in words(page)
    url = reverse("former-names", args=[case.reference, case.person_id])
    assert "Oldname" not in words(browser.get(url))
    assert "Jonathan Oldname" in words(browser.post(url, {"reason": "check"}))


def test_a_manager_ends_a_protection_and_a_worker_does_not(
    sign_in: Any, priya: Actor, desmond: Actor, case: Case, value: Any
) -> None:
    url = reverse("end-protection", args=[case.reference, value.pk])
    assert sign_in(priya).get(url).status_code == 404
    assert sign_in(desmond).post(url, {"reasons": "She moved on."}).status_code == 302
    assert Address.objects.get(postcode="ZZ3 7QX").lines == LINES


def test_a_release_waits_on_its_page_and_two_people_let_it_go(
    sign_in: Any, priya: Actor, desmond: Actor, grace: Actor, case: Case, value: Any, kevin: Person
) -> None:
    Relationship.objects.update(lives_with=False)
    item = Outgoing("email", "k@example.org", "Hello", f"At {LINES}.", case.authority_id, case)
    asked = ask_for_release(case, item=item, kinds=["address"], by=priya, at=TUESDAY)
    page = reverse("release", args=[asked.pk])
    assert case.reference in words(sign_in(desmond).get(reverse("releases")))
    assert f"At {LINES}." in words(sign_in(desmond).get(page))

    for person in (desmond, grace):
        given = {"answer": "release", "reasons": "A court ordered it."}
        assert sign_in(person).post(page, given).status_code == 302
    assert Release.objects.released().get().has_manager
    assert "Nothing of your cases waits" in words(sign_in(desmond).get(reverse("releases")))


def test_whoever_is_refused_has_asked_two_people_without_doing_more(
    rf: Any, case: Case, value: Any, kevin: Person, priya: Actor
) -> None:
    Relationship.objects.update(lives_with=False)
    told = {"channel": "email", "to_address": "k@example.org", "subject": "Hello", "body": f"At {LINES}.", "case": case}
    told |= {"purpose": "test", "authority_id": case.authority_id, "known_as": ("Kevin Whitlock",)}

    class Asked:
        errors: tuple[str, ...] = ()
        fields: tuple[str, ...] = ()
        cleaned_data: dict[str, Any] = {}

        def is_valid(self) -> bool:
            return True

        def add_error(self, _field: Any, said: str) -> None:
            self.errors = (said,)

    form, request = Asked(), rf.post("/")
    request.actor, request.session = priya, {}
    assert save(request, form, lambda by, at: send(at=at, **told), "/") is None  # type: ignore[arg-type]
    assert "something protected" in form.errors[0]
    assert Release.objects.waiting().get().asked_by_id == priya.id
    with pytest.raises(CarriesProtected):
        send(at=TUESDAY, **told)
