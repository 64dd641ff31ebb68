"""Nobody is told more than they may know, and nobody declines or signs alone what needs a second person."""

from datetime import timedelta
from typing import Any

import pytest

from haven.casework.access.models import Authority, Membership, User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person, Relationship
from haven.casework.people.recording import add_contact_point, add_person, name_risk_to
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.conclusion import OwnEnquiry
from haven.pathways.adults.operations.levels import receipt_only_because
from haven.pathways.adults.operations.report import AnotherAuthority, EarlierConcern
from haven.project.testing.people import FRIDAY, TUESDAY, Teams, actor_of_user, make_report, make_user

YES = ("yes", "She needs help every day.")


@pytest.fixture
def worked(concern: Concern, priya: Actor, desmond: Actor, teams: Teams) -> Concern:
    """Joan's concern with Priya as its worker and Desmond as its manager, in their team."""
    facts = {"worker_id": priya.id, "manager_id": desmond.id, "team": teams.north}
    Case.objects.filter(pk=concern.case_id).update(**facts)
    concern.case.refresh_from_db()
    return concern


# Feedback (PR-21, PR-22)


def test_a_referrer_named_as_a_risk_in_an_earlier_case_is_told_no_more_than_a_receipt(
    worked: Concern, joan: Person, authority: Authority
) -> None:
    tom = add_person(at=FRIDAY, given_name="Tom", family_name="Baker")
    assert receipt_only_because(worked.case, worked.contact) == ""

    name_risk_to(joan, other=tom, kind="neighbour", lives_with=False, authority_id=authority.pk, at=FRIDAY)

    assert receipt_only_because(worked.case, worked.contact) == "alleged_source"


def test_a_risk_link_that_a_manager_ended_no_longer_limits_what_a_referrer_is_told(
    worked: Concern, joan: Person, authority: Authority
) -> None:
    tom = add_person(at=FRIDAY, given_name="Tom", family_name="Baker")
    link = name_risk_to(joan, other=tom, kind="neighbour", lives_with=False, authority_id=authority.pk, at=FRIDAY)

    Relationship.objects.filter(pk=link.pk).update(ended_at=TUESDAY, ended_reasons="Mistaken for another Tom.")

    assert receipt_only_because(worked.case, worked.contact) == ""


def test_a_referrer_who_is_the_alleged_source_by_another_of_their_names_is_told_a_receipt(
    worked: Concern, priya: Actor
) -> None:
    kevin = add_person(at=FRIDAY, given_name="Kevin", family_name="Whitlock", other_names="Tom Baker")

    adults.name_alleged_source(worked, person=kevin, by=priya, at=TUESDAY)

    assert receipt_only_because(worked.case, worked.contact) == "alleged_source"


def test_the_wife_of_the_alleged_source_is_known_by_what_she_is_called_or_by_her_number_however_written(
    worked: Concern, kevin: Person, authority: Authority, priya: Actor
) -> None:
    meg = add_person(at=FRIDAY, known_as="Meg", given_name="Margaret", family_name="Whitlock")
    Relationship.objects.create(person=kevin, other=meg, kind="partner", authority=authority, from_at=FRIDAY)
    referrer = worked.contact.referrer
    for name, telephone, because in (
        ("Meg Whitlock", "", "alleged_source"), ("Margaret Whitlock", "", "alleged_source"),
        ("M Jones", "", ""), ("M Jones", "07700 900 111", "alleged_source"),
    ):  # fmt: skip
        referrer.name, referrer.telephone = name, telephone
        if telephone:
            add_contact_point(
                meg, authority_id=authority.pk, kind="mobile", value="+44 7700 900111", by=priya, at=FRIDAY
            )
        assert receipt_only_because(worked.case, worked.contact) == because, name


# Words of somebody who must not be named (PR-23)


@pytest.mark.parametrize("identity", ["inside", "do_not_ask"])
def test_the_words_and_the_number_of_somebody_who_must_not_be_named_are_not_in_the_copy(
    sign_in: Any, amara: Actor, authority: Authority, neighbour: Actor, identity: str
) -> None:
    told = {"name": "Tom Baker", "role": "Night carer", "relationship": "Her night carer", "telephone": "01632 960 099",
            "email": "tom@example.org", "identity": identity, "their_reference": "TB-1"}  # fmt: skip
    report = make_report(authority, neighbour, referrer=told)

    text = sign_in(amara).get(f"/reports/{report.reference}/copy").context["text"]

    for secret in ("Tom Baker", "ight carer", "960 099", "tom@example.org", "TB-1", "takes her pension"):
        assert secret not in text
    assert report.reference in text


# Declining at the desk (PR-12, R-048)


def test_a_repeat_of_the_same_name_and_day_of_birth_is_not_declined_by_one_person_at_the_desk(
    concern: Concern, authority: Authority, neighbour: Actor, joan: Person, amara: Actor
) -> None:
    again = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    report = make_report(authority, neighbour, children_present=False, received_at=TUESDAY, adults=[again])

    with pytest.raises(EarlierConcern, match="Take it on"):
        adults.refuse_report(report, reasons="Heard it before.", by=amara, at=TUESDAY)

    Case.objects.filter(pk=concern.case_id).update(restriction="sealed")
    adults.refuse_report(report, reasons="A noise complaint.", by=amara, at=TUESDAY)
    assert report.state == "refused"


def test_a_report_is_not_joined_to_a_concern_of_another_authority(
    concern: Concern, elsewhere: Authority, amara: Actor
) -> None:
    user = User.objects.get(pk=amara.id)
    Membership.objects.create(user=user, authority=elsewhere, role="duty_officer", from_on=FRIDAY.date())
    both = actor_of_user(user)
    theirs: Contact = make_report(elsewhere, Actor.public(elsewhere.pk), children_present=False)

    with pytest.raises(AnotherAuthority):
        adults.join_report(theirs, to=concern, reasons="The same.", by=both, at=TUESDAY)


def test_a_report_is_not_joined_to_a_sealed_concern_by_somebody_not_named_on_it(
    concern: Concern, authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    second = make_report(authority, neighbour, children_present=False)
    Case.objects.filter(pk=concern.case_id).update(restriction="sealed")
    concern.case.refresh_from_db()

    with pytest.raises(NotAllowed):
        adults.join_report(second, to=concern, reasons="The same.", by=amara, at=TUESDAY)


# Nobody authorises their own enquiry (PR-12)


def test_handing_ones_own_enquiry_to_a_colleague_does_not_let_one_authorise_it(
    worked: Concern, desmond: Actor, priya: Actor, amara: Actor, authority: Authority, teams: Teams
) -> None:
    adults.tell_also(worked, line="childrens_mash", not_needed_because="None there.", by=amara, at=TUESDAY)
    adults.record_hearing(worked, heard=True, words="Stop him.", agrees="yes", by=priya, at=TUESDAY)
    adults.answer_limbs(worked, needs=YES, abuse=YES, protect=YES, by=priya, at=TUESDAY)
    enquiry = adults.decide_concern(worked, outcome="section_42", reasons="Three yeses.", by=desmond, at=TUESDAY)
    assert enquiry is not None
    people = User.objects.in_bulk([desmond.id, priya.id])
    adults.allocate_enquiry(enquiry, officer=people[desmond.id], by=desmond, at=TUESDAY)
    adults.record_outcomes_asked(enquiry, asked="none_expressed", by=desmond, at=TUESDAY)
    adults.assess_risk(enquiry, assessment="none_no_action", words="None.", by=desmond, at=TUESDAY)
    adults.propose_conclusion(enquiry, words="Done.", by=priya, at=TUESDAY)
    adults.allocate_enquiry(enquiry, officer=people[priya.id], by=desmond, at=TUESDAY + timedelta(hours=1))
    later = TUESDAY + timedelta(days=1)

    with pytest.raises(OwnEnquiry):
        adults.authorise_conclusion(enquiry, reasons="Fine.", by=desmond, at=later)

    nadia = actor_of_user(make_user("Nadia Haddad", authority, "manager", team=teams.north))
    assert adults.authorise_conclusion(enquiry, reasons="Read it all.", by=nadia, at=later).authorised_at == later
