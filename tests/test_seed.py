"""Seeding: in bulk and round the operations, yet every record is as the operations would have left it."""

import subprocess
from datetime import timedelta

import pytest
from django.db.models import Count, F, Max, Min
from django.utils import timezone

from haven.casework.access.models import Authority, User
from haven.casework.access.roles import ROLES
from haven.casework.cases.models import Case, CaseNote
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.events.recording import history
from haven.casework.events.sealing import seal_words
from haven.casework.stages.models import StageEntry
from haven.pathways.adults.models import Concern
from haven.pathways.adults.stages import STAGES
from haven.project.bench.database import seed_into

N = 200


@pytest.fixture
def seeded(own_database: str, db: None) -> str:
    seed_into(own_database, cases=N, seed=11)
    return own_database


def test_cases_are_spread_over_ten_years_and_four_authorities_with_somebody_for_every_role(seeded: str) -> None:
    by_authority = Case.objects.values_list("authority__code").annotate(n=Count("pk"))
    opened = Case.objects.aggregate(first=Min("opened_at"), last=Max("opened_at"))
    personas = set(User.objects.exclude(persona="").values_list("persona", flat=True))

    assert set(by_authority.values_list("n", flat=True)) == {N // 4} and Authority.objects.count() == 4
    assert opened["last"] - opened["first"] > timedelta(days=3600)
    assert opened["last"] < timezone.now()
    assert set(Case.objects.values_list("stage", flat=True)) == {stage.code for stage in STAGES}
    assert personas == set(ROLES)


def test_the_records_of_a_case_fit_together_as_the_operations_would_leave_them(seeded: str) -> None:
    assert not Clock.objects.running().exclude(case__closed_at=None).exclude(case=None).exists()
    assert not Case.objects.open().exclude(clocks__stopped_at=None, clocks__isnull=False).exists()
    assert not StageEntry.objects.filter(left_at=None).exclude(stage=F("case__stage")).exists()
    states = dict(Contact.objects.values_list("state").annotate(n=Count("pk")).order_by())
    assert states["accepted"] == Concern.objects.count() == N
    assert not Contact.objects.filter(state__in=("merged", "refused"), outcome=None).exists()
    assert states["received"] and states["looked_at"]
    for note in CaseNote.objects.filter(attempt=False, case__stage="closed")[:20]:
        events = history(note.case_id)
        [added] = [event for event in events if event.subject_id == note.pk]
        assert bytes(added.digest) == seal_words(note.salt, note.words)
        assert {"stages.case_opened", "adults.concern_decided", "adults.case_closed"} <= {e.type for e in events}


def test_the_same_seed_is_not_written_twice(seeded: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        seed_into(seeded, cases=N, seed=11)

    assert Case.objects.count() == N
