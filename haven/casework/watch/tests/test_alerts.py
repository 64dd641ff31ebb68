"""Alerts: raised once, told without personal data, decided by somebody they are not about (TR-04, TR-05)."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch.kinds import ALERT_KINDS, AlertKind, declare_alert
from haven.casework.watch.models import Alert
from haven.casework.watch.operations import AlertAlreadyDecided, DecisionRequired, decide_alert
from haven.casework.watch.raising import raise_alert
from haven.project.testing.people import TUESDAY, make_user

LOOKED = ALERT_KINDS.get("test_looked") or declare_alert(
    "test_looked", "A look nobody can explain", "{reader} opened {reference}", source="TR-04"
)


@pytest.fixture
def samira(authority: Authority) -> User:
    """The guardian."""
    return make_user("Samira Example", authority, "information_governance_officer")


def actor(user: User) -> Actor:
    from_memberships = user.memberships.values_list("authority_id", "role")
    roles = frozenset(from_memberships)
    ids = frozenset(pk for pk, _ in roles)
    return Actor("user", user.pk, user.name, ids, frozenset(role for _, role in roles), roles_at=roles)


def raised(case: Case, reader: Actor, **more: Any) -> Alert | None:
    given: dict[str, Any] = {"key": "one", "reader_id": reader.id, "case_id": case.pk, **more}
    by = Actor.job("watch")
    kind: AlertKind = LOOKED
    return raise_alert(kind, authority_id=case.authority_id, by=by, at=TUESDAY, **given)


def test_an_alert_is_raised_once_for_one_cause_and_tells_only_that_something_waits(
    case: Case, priya: Actor, samira: User, joan: Any
) -> None:
    assert raised(case, priya) is not None
    assert raised(case, priya) is None

    (told,) = Delivery.objects.filter(purpose="guardian_alert")
    assert told.to_address == samira.email
    for word in ("Joan", "Whitlock", case.reference, "Priya"):
        assert word not in told.subject + told.body


def test_an_alert_stands_in_the_guardians_queue_and_in_nobody_elses(
    case: Case, priya: Actor, desmond: Actor, grace: Actor, samira: User
) -> None:
    alert = raised(case, priya)

    assert list(Alert.objects.visible_to(actor(samira))) == [alert]
    for other in (priya, desmond, grace):
        assert not Alert.objects.visible_to(other).exists()


def test_an_alert_about_the_guardian_goes_to_the_head_of_service(case: Case, grace: Actor, samira: User) -> None:
    alert = raised(case, actor(samira))

    assert not Alert.objects.visible_to(actor(samira)).exists()
    assert list(Alert.objects.visible_to(grace)) == [alert]


def test_a_guardian_with_a_conflict_of_interest_does_not_see_the_alert(case: Case, priya: Actor, samira: User) -> None:
    raised(case, priya)
    related = replace(actor(samira), conflict_ids=frozenset({case.person_id}))

    assert not Alert.objects.visible_to(related).exists()


def test_an_alert_is_decided_once_with_an_outcome_and_reasons(case: Case, priya: Actor, samira: User) -> None:
    alert = raised(case, priya)
    assert alert is not None
    with pytest.raises(DecisionRequired):
        decide_alert(alert, outcome="explained", reasons=" ", by=actor(samira), at=TUESDAY)
    decide_alert(alert, outcome="explained", reasons="She covered for Wren.", by=actor(samira), at=TUESDAY)

    assert not Alert.objects.waiting().exists()
    with pytest.raises(AlertAlreadyDecided):
        decide_alert(alert, outcome="advice", reasons="Again.", by=actor(samira), at=TUESDAY)


def test_nobody_decides_an_alert_about_themselves(case: Case, samira: User) -> None:
    alert = raised(case, actor(samira))
    assert alert is not None
    with pytest.raises(NotAllowed):
        decide_alert(alert, outcome="explained", reasons="It was me.", by=actor(samira), at=TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        done = {"decided_at": TUESDAY, "decided_by_id": samira.pk, "outcome": "explained", "reasons": "Me."}
        Alert.objects.filter(pk=alert.pk).update(**done)


def test_the_guardian_decides_on_the_page(case: Case, priya: Actor, samira: User, sign_in: Any) -> None:
    alert = raised(case, priya)
    assert alert is not None
    browser = sign_in(actor(samira))
    assert case.reference in browser.get("/guardian").content.decode()
    assert sign_in(priya).get(f"/guardian/{alert.pk}/").status_code == 404

    answer = browser.post(f"/guardian/{alert.pk}/", {"outcome": "explained", "reasons": "On duty that night."})
    assert answer.status_code == 302
    assert "Nothing waits for you" in browser.get("/guardian").content.decode()
