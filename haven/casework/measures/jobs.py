"""Counting the figures every night, so that the page never has to."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.measures.snapshots import periods_counted, save_snapshot
from haven.lib.calendar import day_of
from haven.lib.period import Period


@app.periodic(cron="20 2 * * *")
@app.task(name="count_figures", queueing_lock="count_figures")
def count_figures(timestamp: int) -> None:
    """Count again every period that has figures, this financial year and the last, for every authority."""
    at = timezone.now()
    for authority in Authority.objects.all():
        for period in _periods(authority, at):
            with transaction.atomic():
                wall.open_to_all("figures count every case, sealed included")
                save_snapshot(authority, period, at)


def _periods(authority: Authority, at: datetime) -> list[Period]:
    this_year = Period.financial_year_of(day_of(at))
    last_year = Period.financial_year(this_year.from_on.year - 1)
    with transaction.atomic():
        wall.open_for_work("which periods have figures", authority.pk)
        return list(dict.fromkeys([this_year, last_year, *periods_counted(authority)]))
