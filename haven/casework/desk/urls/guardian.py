"""Addresses of the guardian's pages, and of who has looked at what."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES, GUARDIANS
from haven.casework.access.routes import page
from haven.casework.desk.views import guardian as views
from haven.casework.desk.views import looks

FOR = (*GUARDIANS, *CASE_READERS)
"""Guardians; the head of service for alerts about a guardian; a case's keeper for those meant for them too."""

FIGURES_FOR = (*GUARDIANS, "head_of_service")
"""Who answers for how closely the staff are watched."""

OF_A_CASE = "guardian of its authority, or its accountable manager; no conflict of interest"
OF_A_PERSON = "guardian of an authority that knows the person; no conflict of interest"

urlpatterns = [
    path("guardian", page(views.guardian, roles=FOR, rule="alerts visible_to", personal=True), name="guardian"),
    path(
        "guardian/decided",
        page(views.guardian_decided, roles=FOR, rule="alerts visible_to", personal=True),
        name="guardian-decided",
    ),
    path(
        "guardian/figures",
        page(views.guardian_figures, roles=FIGURES_FOR, rule="own authorities"),
        name="guardian-figures",
    ),
    path("guardian/looks", page(looks.find_looks, roles=GUARDIANS, rule=OF_A_CASE, personal=True), name="find-looks"),
    path(
        "guardian/<uuid:pk>/",
        page(views.decide_alert, roles=FOR, rule="alerts visible_to; watch.decide_alert", personal=True),
        name="decide-alert",
    ),
    path(
        "cases/<str:reference>/looks",
        page(looks.case_looks, roles=(*GUARDIANS, *DECIDES), rule=OF_A_CASE, personal=True),
        name="case-looks",
    ),
    path(
        "people/<uuid:pk>/looks",
        page(looks.person_looks, roles=GUARDIANS, rule=OF_A_PERSON, personal=True),
        name="person-looks",
    ),
    path(
        "people/<uuid:pk>/looks/copy",
        page(looks.looks_copy, roles=GUARDIANS, rule=OF_A_PERSON, personal=True),
        name="looks-copy",
    ),
    path("my-looks", page(looks.my_looks, roles="staff", rule="own looks", personal=True), name="my-looks"),
]
