"""Addresses of the files that somebody must decide about."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES, GUARDIANS
from haven.casework.access.routes import page
from haven.casework.desk.views import files as views

urlpatterns = [
    path(
        "files",
        page(views.files, roles=(*CASE_READERS, *GUARDIANS), rule="files of what the reader may read", personal=True),
        name="waiting-files",
    ),
    path(
        "files/<uuid:pk>/",
        page(views.decide_file, roles=(*DECIDES, *GUARDIANS), rule="documents.decide_file", personal=True),
        name="decide-file",
    ),
]
