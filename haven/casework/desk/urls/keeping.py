"""Addresses of who may read what: ties, keeping, emergencies, conflicts of interest, nights."""

from typing import Any

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY, ENTERS, GUARDIANS, READS_ONE
from haven.casework.access.routes import page
from haven.casework.desk.views import concerned, keeping, kept_reports, opening, out_of_hours

DECIDE_CONFLICTS = (*DECIDES, *GUARDIANS)


def managed(view: Any) -> Any:
    """A page of one case for who manages or keeps it."""
    return page(view, roles=DECIDES, rule=f"cases visible_to; watch.{view.__name__}", personal=True)


def of_report(view: Any, roles: tuple[str, ...] = DUTY) -> Any:
    """A page of one waiting report."""
    return page(view, roles=roles, rule=f"contacts visible_to; watch.{view.__name__}", personal=True)


CASES = [
    path("cases/<str:reference>/readers", page(keeping.readers, roles=READS_ONE, rule="visible_to", personal=True),
         name="case-readers"),
    path("cases/<str:reference>/readers/new", managed(keeping.tie), name="tie-to-case"),
    path("cases/<str:reference>/readers/<uuid:pk>/end", managed(keeping.untie), name="untie-from-case"),
    path("cases/<str:reference>/keep", managed(keeping.keep_case), name="keep-case"),
    path("cases/<str:reference>/lift", managed(keeping.lift_case), name="lift-case"),
    path("cases/<str:reference>/name", managed(keeping.name_on_case), name="name-on-case"),
    path("cases/<str:reference>/i-know-them",
         page(concerned.know_person, roles=CASE_READERS, rule="visible_to; watch.know_person", personal=True),
         name="know-person"),
    path("cases/<str:reference>/concerned", managed(concerned.record_conflict), name="record-conflict"),
]  # fmt: skip

REPORTS = [
    path("reports/<str:reference>/seal", of_report(kept_reports.seal_report), name="seal-report"),
    path("reports/<str:reference>/unseal", of_report(kept_reports.unseal_report), name="unseal-report"),
    path("reports/<str:reference>/i-know-them", of_report(concerned.know_reported, ENTERS), name="know-reported"),
    path("reports/<str:reference>/concerned", of_report(concerned.record_report_conflict),
         name="record-report-conflict"),
    path("reports/<str:reference>/earlier/<uuid:pk>",
         page(opening.open_in_triage, roles=DUTY, rule="contacts visible_to; watch.triage", personal=True),
         name="open-in-triage"),
]  # fmt: skip

urlpatterns = [
    *CASES,
    *REPORTS,
    path("kept", page(keeping.kept, roles=CASE_READERS, rule="named on it", personal=True), name="kept"),
    path("kept/<uuid:pk>/", page(kept_reports.take_over, roles=(*GUARDIANS, *CASE_READERS),
                                 rule="alerts visible_to; watch.take_over_report", personal=True), name="take-over"),
    path("emergency", page(opening.emergency, roles=CASE_READERS, rule="watch.open_in_emergency"), name="emergency"),
    path("emergency/<uuid:pk>/end", page(opening.end_emergency, roles=CASE_READERS, rule="own"), name="end-emergency"),
    path("open-case", page(opening.open_case, roles=CASE_READERS, rule="watch.read_with_reason"), name="open-case"),
    path("open-case/<uuid:pk>", page(opening.open_strip, roles=CASE_READERS, rule="watch.read_with_reason"),
         name="open-strip"),
    path("conflicts", page(concerned.conflict_list, roles=DECIDE_CONFLICTS, rule="own authorities; not own",
                           personal=True), name="conflicts"),
    path("conflicts/<uuid:pk>/end", page(concerned.end_conflict, roles=DECIDE_CONFLICTS, rule="watch.end_conflict"),
         name="end-conflict"),
    path("my-details", page(concerned.my_details, roles="staff", rule="own account"), name="my-details"),
    path("my-details/<uuid:pk>/challenge", page(concerned.challenge_conflict, roles="staff", rule="own"),
         name="challenge-conflict"),
    path("out-of-hours", page(out_of_hours.look, roles="out_of_hours_worker", rule="open cases of served authorities",
                              personal=True), name="out-of-hours"),
]  # fmt: skip
