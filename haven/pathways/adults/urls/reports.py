"""Addresses of reports at the desk."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DUTY, ENTERS
from haven.casework.access.routes import page
from haven.pathways.adults.views import allocating, entering
from haven.pathways.adults.views import reports as views

SEEN = "contacts visible_to"

urlpatterns = [
    path("reports/new", page(entering.enter_report, roles=ENTERS, not_received=True), name="enter-report"),
    path("reports/<str:reference>/", page(views.report, roles=ENTERS, rule=SEEN, personal=True), name="report"),
    path(
        "reports/<str:reference>/copy",
        page(views.report_copy, roles=ENTERS, rule=SEEN, personal=True),
        name="report-copy",
    ),
    path(
        "reports/<str:reference>/tell/<slug:line>",
        page(views.tell_report, roles=DUTY, rule=SEEN, personal=True),
        name="tell-report",
    ),
    path(
        "reports/<str:reference>/accept",
        page(views.accept_report, roles=DUTY, rule=SEEN, personal=True),
        name="accept-report",
    ),
    path(
        "reports/<str:reference>/join",
        page(views.join_report, roles=DUTY, rule=SEEN, personal=True),
        name="join-report",
    ),
    path(
        "reports/<str:reference>/decline",
        page(views.refuse_report, roles=DUTY, rule=SEEN, personal=True),
        name="refuse-report",
    ),
    path(
        "reports/<str:reference>/files/<uuid:pk>",
        page(views.report_file, roles=ENTERS, rule=SEEN, personal=True),
        name="report-file",
    ),
    path(
        "adults/<str:reference>/allocate-concern/",
        page(
            allocating.allocate_concern,
            roles=CASE_READERS,
            rule="cases visible_to; adults.allocate_concern",
            personal=True,
        ),
        name="allocate-concern",
    ),
]
