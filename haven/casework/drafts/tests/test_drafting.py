"""Drafts outlive the request, open only with their code and are forgotten after 28 days."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from haven.casework.drafts.drafting import (
    DraftTooLarge,
    WhoseDraft,
    delete_draft,
    delete_expired,
    load_draft,
    new_code,
    save_draft,
)
from haven.casework.drafts.models import Draft
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=ZoneInfo("Europe/London"))
TYPED = {"worry": "Her nephew shouts at her."}


@pytest.mark.usefixtures("own_database")
def test_what_was_typed_outlives_a_request_that_fails() -> None:
    code = new_code()
    with pytest.raises(RuntimeError), transaction.atomic():
        save_draft(form="report", data=TYPED, code=code, at=FRIDAY)
        raise RuntimeError("the request failed")

    kept = load_draft(form="report", code=code, at=FRIDAY)
    assert kept is not None
    assert kept.data == TYPED


@pytest.mark.django_db
def test_a_draft_opens_with_its_code_however_it_is_typed_and_with_no_other() -> None:
    code = new_code()
    save_draft(form="report", data=TYPED, code=code, at=FRIDAY)

    assert load_draft(form="report", code=f" {code.lower().replace('-', ' ')} ", at=FRIDAY) is not None
    assert load_draft(form="report", code=new_code(), at=FRIDAY) is None
    with pytest.raises(WhoseDraft):
        load_draft(form="report", code=" ", at=FRIDAY)


@pytest.mark.django_db
def test_the_code_itself_is_nowhere_kept() -> None:
    code = new_code()
    draft = save_draft(form="report", data=TYPED, code=code, at=FRIDAY)

    assert code not in str(Draft.objects.filter(pk=draft.pk).values().get())
    assert len(draft.code_hash) == 64


@pytest.mark.django_db
def test_a_copy_of_the_table_tells_nothing_of_what_was_typed() -> None:
    code = new_code()
    draft = save_draft(form="report", data=TYPED, code=code, at=FRIDAY)

    assert "nephew" not in str(Draft.objects.filter(pk=draft.pk).values().get())
    assert draft.data == TYPED


@pytest.mark.django_db
def test_saving_again_replaces_and_gives_another_28_days() -> None:
    code = new_code()
    save_draft(form="report", data=TYPED, code=code, at=FRIDAY)
    save_draft(form="report", data={"worry": "More"}, code=code, at=FRIDAY + timedelta(days=20))

    kept = load_draft(form="report", code=code, at=FRIDAY + timedelta(days=40))
    assert kept is not None
    assert kept.data == {"worry": "More"}
    assert Draft.objects.count() == 1


@pytest.mark.django_db
def test_after_28_days_a_draft_no_longer_opens_and_is_deleted() -> None:
    code = new_code()
    save_draft(form="report", data=TYPED, code=code, at=FRIDAY)
    later = FRIDAY + timedelta(days=28)

    assert load_draft(form="report", code=code, at=later - timedelta(seconds=1)) is not None
    assert load_draft(form="report", code=code, at=later) is None
    assert delete_expired(later) == 1
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_a_worker_has_one_draft_of_a_form_for_each_thing_it_is_about(priya: Actor, desmond: Actor) -> None:
    one, other = uuid7(), uuid7()
    for about in (one, other, None):
        save_draft(form="note", data={"about": str(about)}, owner_id=priya.id, about_id=about, at=FRIDAY)
        save_draft(form="note", data={"about": str(about)}, owner_id=priya.id, about_id=about, at=FRIDAY)

    kept = load_draft(form="note", owner_id=priya.id, about_id=other, at=FRIDAY)
    assert kept is not None
    assert kept.data == {"about": str(other)}
    assert Draft.objects.count() == 3
    assert load_draft(form="note", owner_id=desmond.id, about_id=other, at=FRIDAY) is None


@pytest.mark.django_db
def test_a_draft_that_was_sent_is_forgotten() -> None:
    code = new_code()
    save_draft(form="report", data=TYPED, code=code, at=FRIDAY)
    delete_draft("report", code=code)

    assert not Draft.objects.exists()


def test_a_draft_without_end_is_turned_away() -> None:
    with pytest.raises(DraftTooLarge, match="shorter"):
        save_draft(form="report", data={"worry": "a" * 300_000}, code=new_code(), at=FRIDAY)
