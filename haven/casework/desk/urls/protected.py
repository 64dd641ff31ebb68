"""Addresses of what is protected: being shown it, recording it, releasing it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from haven.casework.access.roles import CASE_READERS
from haven.casework.access.routes import page
from haven.casework.desk.urls.cases import written
from haven.casework.desk.views import protected, releases


def released(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to who reads the case in casework: a case given to audit or as a referral is not theirs to release from."""
    return page(view, roles=CASE_READERS, rule="visible_to", personal=True)


urlpatterns = [
    path("cases/<str:reference>/protected/<uuid:pk>/", written(protected.reveal), name="reveal"),
    path("cases/<str:reference>/protected/<uuid:pk>/end", written(protected.end_protection), name="end-protection"),
    path("cases/<str:reference>/visit-sheet", written(protected.print_visit_sheet), name="visit-sheet"),
    path("cases/<str:reference>/people/<uuid:pk>/address", written(protected.record_address), name="record-address"),
    path("cases/<str:reference>/people/<uuid:pk>/number", written(protected.record_number), name="record-number"),
    path(
        "cases/<str:reference>/people/<uuid:pk>/entry", written(protected.record_home_entry), name="record-home-entry"
    ),
    path("cases/<str:reference>/people/<uuid:pk>/former-names", written(protected.former_names), name="former-names"),
    path(
        "reports/<str:reference>/protected/<uuid:pk>/",
        page(protected.reveal_of_report, roles=CASE_READERS, rule="contacts_readable_by", personal=True),
        name="reveal-of-report",
    ),
    path("releases/", released(releases.releases), name="releases"),
    path("releases/<uuid:pk>/", released(releases.release), name="release"),
]
