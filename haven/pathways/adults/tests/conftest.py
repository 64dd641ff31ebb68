"""Joan's concern and enquiry, ready for each stage's tests."""

from datetime import timedelta

import pytest

from haven.casework.access.models import Authority, User
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry
from haven.project.testing.people import TUESDAY, Teams, make_report

YES = ("yes", "She needs help every day.")
NO = ("no", "She can stop it herself.")


@pytest.fixture
def told(authority: Authority, neighbour: Actor) -> Contact:
    """Tom's report about Joan, with no child there."""
    return make_report(authority, neighbour, children_present=False)


@pytest.fixture
def concern(told: Contact, joan: Person, teams: Teams, amara: Actor, priya: Actor, desmond: Actor) -> Concern:
    """Joan's concern, taken on by Amara, with Priya working on it under Desmond."""
    adult = told.adults.get()
    [concern] = adults.accept_report(told, persons={adult.pk: joan}, team=teams.north, by=amara, at=TUESDAY)
    people = User.objects.in_bulk([priya.id, desmond.id])
    adults.allocate_concern(concern, worker=people[priya.id], manager=people[desmond.id], by=amara, at=TUESDAY)
    return concern


@pytest.fixture
def ready(concern: Concern, priya: Actor) -> Concern:
    """The concern, with Joan heard and the three parts all yes: ready to be decided."""
    adults.record_hearing(concern, heard=True, words="I want him to stop.", agrees="yes", by=priya, at=TUESDAY)
    adults.answer_limbs(concern, needs=YES, abuse=YES, protect=YES, by=priya, at=TUESDAY)
    return concern


@pytest.fixture
def enquiry(ready: Concern, desmond: Actor, priya: Actor) -> Enquiry:
    """A section 42 enquiry, with Priya as its officer and Desmond leading."""
    enquiry = adults.decide_concern(ready, outcome="section_42", reasons="Three yeses.", by=desmond, at=TUESDAY)
    assert enquiry is not None
    officer = User.objects.get(pk=priya.id)
    return adults.allocate_enquiry(enquiry, officer=officer, by=desmond, at=TUESDAY + timedelta(hours=1))


@pytest.fixture
def proposed(enquiry: Enquiry, priya: Actor) -> Enquiry:
    """The enquiry with its conclusion proposed by Priya."""
    return adults.conclude_short_enquiry(
        enquiry,
        conversation={"happened_at": TUESDAY, "adult_words": "I want my pension."},
        capacity={"capacity": "no_doubt", "difficulty": "no"},
        asked="expressed",
        outcomes=["My pension is mine."],
        ratings=[("fully", "fully")],
        risk={"assessment": "identified_action", "outcome": "reduced", "words": "The bank was told."},
        words="Her money is safe.",
        by=priya,
        at=TUESDAY + timedelta(days=3),
    )


@pytest.fixture
def closing(proposed: Enquiry, desmond: Actor) -> Enquiry:
    """The enquiry authorised by Desmond, and its case at closing."""
    return adults.authorise_conclusion(proposed, reasons="Done well.", by=desmond, at=TUESDAY + timedelta(days=4))
