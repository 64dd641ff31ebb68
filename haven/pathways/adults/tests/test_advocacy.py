"""An advocate's own sign-in: the plan and the wishes, and nothing else of the case (R-097)."""

from datetime import date, timedelta
from typing import Any

import pytest

from haven.casework.access.models import Authority, CaseRelationship, User
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.casework.watch.ties import tie
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Conversation, SafeguardingPlan
from haven.project.testing.people import TUESDAY, actor_of_user, make_user


@pytest.fixture
def planned(concern: Concern) -> Case:
    """Joan's case with a plan."""
    SafeguardingPlan.objects.create(
        case=concern.case, agreed_at=TUESDAY, adult_agrees="yes", words="A key safe, and a call each evening.",
        review_on=date(2027, 1, 5),
    )  # fmt: skip
    return concern.case


@pytest.fixture
def leyla(authority: Authority, planned: Case, grace: Actor) -> Actor:
    """Joan's advocate."""
    user = make_user("Leyla Example", authority, "advocate")
    tie(planned, user=user, kind="advocate", until_on=date(2026, 12, 1), by=grace, at=TUESDAY)
    CaseRelationship.objects.update(until_at=None)
    return actor_of_user(user)


def test_an_advocate_sees_the_plan_and_adds_a_wish(planned: Case, leyla: Actor, sign_in: Any, shown: Any) -> None:
    browser = sign_in(leyla)
    assert planned.reference in browser.get("/advocacy").content.decode()
    page = browser.get(f"/advocacy/{planned.reference}/").content.decode()
    assert "A key safe, and a call each evening." in page
    for hidden in ("Tom Baker", "Almond Row", "ZZ1 4AR", "takes her pension", "01632 960 099"):
        assert hidden not in page
    assert browser.post(f"/advocacy/{planned.reference}/", {"wish": "To stay at home."}).status_code == 302

    talk = Conversation.objects.get()
    assert (talk.adult_words, talk.with_whom, talk.by_id) == ("To stay at home.", "advocate", leyla.id)
    assert ("case", planned.pk) in shown()


def test_an_advocate_opens_no_page_of_the_case_and_no_search(planned: Case, leyla: Actor, sign_in: Any) -> None:
    browser = sign_in(leyla)
    for path in ("", "timeline", "summary", "copy", "readers"):
        assert browser.get(f"/cases/{planned.reference}/{path}").status_code == 404
    assert browser.get(f"/people/{planned.person_id}/").status_code == 404
    assert browser.post("/search", {"q": "Joan"}).status_code == 404
    assert not Case.objects.visible_to(leyla).exists()


@pytest.mark.parametrize("restriction", ["restricted", "sealed"])
def test_a_kept_case_is_not_the_advocates_any_more(planned: Case, leyla: Actor, sign_in: Any, restriction: str) -> None:
    Case.objects.filter(pk=planned.pk).update(restriction=restriction)
    browser = sign_in(leyla)

    assert planned.reference not in browser.get("/advocacy").content.decode()
    assert browser.get(f"/advocacy/{planned.reference}/").status_code == 404
    with pytest.raises(NotAllowed):
        adults.add_wish(Case.objects.get(pk=planned.pk), wish="To stay.", by=leyla, at=TUESDAY)


def test_an_advocate_of_nobody_sees_nothing(planned: Case, authority: Authority, sign_in: Any) -> None:
    other = actor_of_user(make_user("Sonia Example", authority, "advocate"))
    assert sign_in(other).get(f"/advocacy/{planned.reference}/").status_code == 404
    with pytest.raises(NotAllowed):
        adults.add_wish(planned, wish="To stay.", by=other, at=TUESDAY)


def test_naming_an_alleged_source_with_an_account_takes_the_case_from_them(
    concern: Concern, priya: Actor, grace: Actor, joan: Person
) -> None:
    Case.objects.filter(pk=concern.case_id).update(worker_id=priya.id)
    concern.case.refresh_from_db()
    account = User.objects.get(pk=priya.user_id)
    adults.name_alleged_source(
        concern, given_name="Priya", family_name="Nair", account=account, by=grace, at=TUESDAY + timedelta(hours=1)
    )

    assert not Case.objects.visible_to(actor_of_user(account)).exists()
    assert Case.objects.get(pk=concern.case_id).worker_id is None
