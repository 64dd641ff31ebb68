"""Addresses of a case and its notes."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from haven.casework.access.roles import CASE_READERS, READS_ONE
from haven.casework.access.routes import page
from haven.casework.desk.views import cases


def seen(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to who may see the case: case readers, and whoever was given one case to audit or as a referral."""
    return page(view, roles=READS_ONE, rule="visible_to", personal=True)


def written(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to who works on the case."""
    return page(view, roles=CASE_READERS, rule="works_on_case", personal=True)


urlpatterns = [
    path("cases/<str:reference>/", seen(cases.case), name="case"),
    path("cases/<str:reference>/timeline", seen(cases.timeline), name="case-timeline"),
    path("cases/<str:reference>/summary", seen(cases.summary), name="case-summary"),
    path("cases/<str:reference>/copy", seen(cases.copy), name="case-copy"),
    path("cases/<str:reference>/notes/new", written(cases.add_note), name="add-case-note"),
    path("cases/<str:reference>/notes/tried", written(cases.tried), name="add-attempt"),
    path("cases/<str:reference>/notes/<uuid:pk>/correct", written(cases.supersede_note), name="supersede-case-note"),
]
