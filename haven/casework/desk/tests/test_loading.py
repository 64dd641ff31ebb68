"""Loading a record: shown to who works on it, and to nobody else by any sign."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest

from haven.casework.cases.models import Case
from haven.casework.desk.loading import load_case, load_person, people_visible_to
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person


def request_of(actor: Actor) -> HttpRequest:
    request = HttpRequest()
    request.actor = actor  # type: ignore[attr-defined]
    return request


def test_a_worker_opens_their_own_case_and_it_stands_in_what_was_shown(case: Case, priya: Actor):
    request = request_of(priya)

    assert load_case(request, case.reference.lower()) == case
    assert set(request.__dict__["shown"]) == {("case", case.pk), ("person", case.person_id)}


@pytest.mark.parametrize("reference", ["the case", "AS-0000-0000"])
def test_a_hidden_case_and_none_at_all_are_refused_in_the_same_words(
    case: Case, other_team_worker: Actor, reference: str
):
    with pytest.raises(NotAllowed, match="^We could not find that page.$"):
        load_case(request_of(other_team_worker), case.reference if reference == "the case" else reference)


def test_a_person_is_seen_by_who_sees_a_case_they_are_part_of(
    case: Case, joan: Person, priya: Actor, other_team_worker: Actor, elsewhere_worker: Actor
):
    assert load_person(request_of(priya), joan.pk) == joan
    assert not people_visible_to(other_team_worker).exists()
    assert not people_visible_to(elsewhere_worker).exists()


def test_nobody_sees_a_person_of_no_case(kevin: Person, grace: Actor, sign_in: Callable[[Actor], object]):
    with pytest.raises(NotAllowed):
        load_person(request_of(grace), kevin.pk)
