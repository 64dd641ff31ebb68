"""Accounts that nobody uses: warned, suspended, asked for, let back in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from haven.casework.access.models import Membership, User
from haven.casework.access.operations import unused
from haven.casework.access.operations.unused import NotAsked, ask_restoring, restore_account, review_unused
from haven.casework.operations.refusals import NotAllowed
from haven.lib.calendar import day_of
from haven.project.testing.people import TUESDAY, actor_of_user


@pytest.fixture
def sent(monkeypatch):
    """The subjects of the mails that leave, by day."""
    subjects: list[str] = []
    monkeypatch.setattr(unused, "send_unused_warning", lambda user, at: subjects.append("warning"))
    monkeypatch.setattr(unused, "send_rota_prompt", lambda user, at: subjects.append("rota"))
    monkeypatch.setattr(unused, "send_suspended", lambda user, at: subjects.append("suspended"))
    return subjects


@pytest.fixture
def nights(sent):
    """Let nights pass after the account was last used; what was sent, by how many days after."""

    def pass_by(user_id, upto: int) -> dict[int, list[str]]:
        User.objects.exclude(pk=user_id).update(last_used_on=day_of(TUESDAY) + timedelta(days=900))
        User.objects.filter(pk=user_id).update(last_used_on=day_of(TUESDAY), unused_warned=0)
        happened = {}
        for day in range(1, upto + 1):
            sent.clear()
            review_unused(TUESDAY + timedelta(days=day))
            review_unused(TUESDAY + timedelta(days=day, hours=1))
            if sent:
                happened[day] = list(sent)
        return happened

    return pass_by


def test_an_account_is_warned_at_21_and_28_days_and_suspended_at_30(amara, nights):
    assert nights(amara.id, 40) == {21: ["warning"], 28: ["warning"], 30: ["suspended"]}
    assert User.objects.get(pk=amara.id).suspended_at == TUESDAY + timedelta(days=30)


def test_an_account_that_sees_only_figures_has_120_days(amara, nights):
    Membership.objects.filter(user_id=amara.id).update(role="councillor")

    assert nights(amara.id, 130) == {111: ["warning"], 118: ["warning"], 120: ["suspended"]}


def test_one_role_with_cases_among_figures_counts_as_30_days(amara, nights, authority):
    Membership.objects.create(
        user_id=amara.id, authority=authority, role="councillor", from_on=day_of(TUESDAY) - timedelta(days=9)
    )

    assert 30 in nights(amara.id, 31)


def test_somebody_on_a_rota_is_prompted_and_not_suspended(amara, nights, monkeypatch):
    monkeypatch.setattr(unused, "ON_ROTA", [lambda user_id, first, last: (last - first).days == 14])

    assert nights(amara.id, 60) == {21: ["rota"], 28: ["rota"]}
    assert User.objects.get(pk=amara.id).suspended_at is None


def test_using_the_account_starts_the_days_again(amara, sign_in, nights):
    nights(amara.id, 22)
    User.objects.filter(pk=amara.id).update(last_used_on=day_of(TUESDAY))
    browser = sign_in(amara)
    User.objects.filter(pk=amara.id).update(last_used_on=day_of(TUESDAY), unused_warned=21)
    browser.get("/home")

    user = User.objects.get(pk=amara.id)
    assert (user.last_used_on, user.unused_warned) == (day_of(timezone.now()), 0)


def test_a_suspended_person_who_signs_in_sees_the_page_to_ask_and_nothing_else(amara, sign_in):
    browser = sign_in(amara)
    User.objects.filter(pk=amara.id).update(suspended_at=TUESDAY)

    for address in ("/home", "/duty", "/accounts/", "/figures"):
        assert browser.get(address).url.startswith("/accounts/asleep/"), address
    assert "Ask to be let back in" in browser.get("/accounts/asleep/").content.decode()


def test_asking_and_one_managers_tap_let_somebody_back_in_at_once(amara, desmond, sign_in):
    asleep, manager = sign_in(amara), sign_in(desmond)
    User.objects.filter(pk=amara.id).update(suspended_at=TUESDAY, last_used_on=day_of(TUESDAY))
    assert "Nobody is asking" in manager.get("/restoring/").content.decode()

    asleep.post("/accounts/asleep/")
    assert "amara@example.org" in manager.get("/restoring/").content.decode()
    manager.post(f"/restoring/{amara.id}")

    assert asleep.get("/home").status_code == 200


def test_nobody_is_let_in_without_asking_or_by_themselves_or_by_another_authority(
    amara, desmond, elsewhere_worker, bola
):
    user = User.objects.get(pk=amara.id)
    User.objects.filter(pk=amara.id).update(suspended_at=TUESDAY)
    with pytest.raises(NotAsked):
        restore_account(user, by=desmond, at=TUESDAY)

    ask_restoring(user, by=amara, at=TUESDAY)
    for other in (amara, elsewhere_worker, bola):
        with pytest.raises(NotAllowed):
            restore_account(user, by=other, at=TUESDAY)
    restore_account(user, by=desmond, at=TUESDAY)
    assert User.objects.get(pk=amara.id).suspended_at is None


def test_a_manager_who_is_suspended_themselves_is_let_in_by_another(desmond, grace):
    user = User.objects.get(pk=desmond.id)
    User.objects.filter(pk=desmond.id).update(suspended_at=TUESDAY)
    ask_restoring(user, by=desmond, at=TUESDAY)
    with pytest.raises(NotAllowed):
        restore_account(user, by=desmond, at=TUESDAY)
    restore_account(user, by=actor_of_user(User.objects.get(pk=grace.id)), at=TUESDAY)


def test_bringing_this_in_suspends_nobody_at_once(amara, priya, sent):
    review_unused(TUESDAY)

    assert not User.objects.filter(suspended_at__isnull=False).exists()
    assert sent == []
    assert User.objects.get(pk=amara.id).last_used_on == day_of(TUESDAY)
