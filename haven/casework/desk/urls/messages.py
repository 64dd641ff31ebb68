"""Addresses of the messages that somebody must answer."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS
from haven.casework.access.routes import page
from haven.casework.desk.views import messages as views

READ = "contacts readable_by"

urlpatterns = [
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
