"""Addresses of a case and its notes."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS
from haven.casework.access.routes import page
from haven.casework.desk.views import cases

SEEN = {"roles": CASE_READERS, "rule": "visible_to", "personal": True}
WRITES = {**SEEN, "rule": "works_on_case"}

urlpatterns = [
    path("cases/<str:reference>/", page(cases.case, **SEEN), name="case"),
    path("cases/<str:reference>/timeline", page(cases.timeline, **SEEN), name="case-timeline"),
    path("cases/<str:reference>/summary", page(cases.summary, **SEEN), name="case-summary"),
    path("cases/<str:reference>/notes/new", page(cases.add_note, **WRITES), name="add-case-note"),
    path("cases/<str:reference>/notes/tried", page(cases.tried, **WRITES), name="add-attempt"),
    path(
        "cases/<str:reference>/notes/<uuid:pk>/correct",
        page(cases.supersede_note, **WRITES),
        name="supersede-case-note",
    ),
]
