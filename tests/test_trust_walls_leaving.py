"""The second wall hides; it must not hide from what looks over a message before it leaves (TR-08, TR-11)."""

from typing import Any

import pytest

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.deliveries.leaving import Outgoing, given_away
from haven.casework.documents.models import Excerpt
from haven.casework.operations.actor import Actor
from haven.casework.people.keeping import keep_protected
from haven.casework.people.models import Person
from haven.casework.people.recording import add_address, add_contact_point
from haven.project.testing.people import FRIDAY, TUESDAY, Teams, make_case, make_report


def to_kevin(case: Case, words: str) -> Outgoing:
    return Outgoing("email", "kevin@example.org", "Your message", words, case.authority_id, case)


@pytest.fixture
def sealed(authority: Authority, teams: Teams, joan: Person, kevin: Person, amara: Actor) -> Case:
    """Another case of Joan's, by which alone Kevin and his e-mail address are known; Priya is not named on it."""
    sealed = make_case(authority, teams.south, joan)
    involve(sealed, role="alleged_source", person=kevin, standing="alleged", at=FRIDAY)
    where: dict[str, Any] = {"authority_id": authority.pk, "by": amara, "at": TUESDAY}
    add_contact_point(kevin, kind="email", value="kevin@example.org", **where)
    Case.objects.filter(pk=sealed.pk).update(restriction="sealed")
    return sealed


def test_a_refuge_does_not_leave_to_somebody_known_as_a_risk_by_a_sealed_case_alone(
    case: Case, sealed: Case, joan: Person, kevin: Person, priya: Actor, amara: Actor
) -> None:
    refuge = {"lines": "Rowan House, 14 Larch Terrace, Eastmere", "postcode": "ZZ3 7QX"}
    add_address(joan, authority_id=case.authority_id, protected=True, by=amara, at=TUESDAY, **refuge)
    wall.open_for(priya)
    case = Case.objects.get(pk=case.pk)
    assert not Person.objects.filter(pk=kevin.pk).exists()

    assert given_away(to_kevin(case, "She is at 14 Larch Terrace now."))
    assert not given_away(to_kevin(case, "We have had your message."))
    assert not Person.objects.filter(pk=kevin.pk).exists()


def test_a_refuge_told_of_in_a_sealed_report_does_not_leave_from_an_open_case(
    case: Case, sealed: Case, authority: Authority, joan: Person, kevin: Person, priya: Actor, neighbour: Actor
) -> None:
    report = make_report(authority, neighbour)
    report.adults.update(person=joan, case=sealed)
    keep_protected(
        "address", "Rowan House, 14 Larch Terrace", authority_id=authority.pk, person=joan, contact_id=report.pk,
        by=priya, at=TUESDAY,
    )  # fmt: skip
    wall.open_for(priya)

    assert given_away(to_kevin(Case.objects.get(pk=case.pk), "She is at 14 Larch Terrace now."))


def test_the_label_of_others_words_is_seen_by_whoever_may_write_from_the_case(
    case: Case, priya: Actor, desmond: Actor, other_team_worker: Actor
) -> None:
    Excerpt.objects.create(
        authority_id=case.authority_id, case=case, words="He hits me when he drinks.", source_label="Joan's GP",
        restriction="restricted", added_by_id=priya.id, added_at=TUESDAY,
    )  # fmt: skip
    wall.open_for(other_team_worker)
    assert Excerpt.objects.filter(case=case).exists()

    wall.open_to_all()
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    wall.open_for(other_team_worker)
    assert not Excerpt.objects.filter(case=case).exists()
