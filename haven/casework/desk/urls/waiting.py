"""Addresses of what waits beside the duty desk: files and messages."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES, GUARDIANS
from haven.casework.access.routes import page
from haven.casework.desk.views import waiting as views

READ = "contacts readable_by"

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
    path("messages", page(views.messages, roles=CASE_READERS, rule=READ, personal=True), name="messages"),
    path(
        "reports/<str:reference>/messages/",
        page(views.report_messages, roles=CASE_READERS, rule=f"{READ}; contacts.answer_message", personal=True),
        name="report-messages",
    ),
    path(
        "reports/<str:reference>/messages/no-answer",
        page(views.settle, roles=CASE_READERS, rule=f"{READ}; contacts.answer_message", personal=True),
        name="settle-messages",
    ),
]
