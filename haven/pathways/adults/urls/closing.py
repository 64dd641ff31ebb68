"""Addresses of the closing pages."""

from django.urls import path

from haven.pathways.adults.urls.step import step
from haven.pathways.adults.views import closing as views
from haven.pathways.adults.views import feedback
from haven.pathways.adults.views.tell_everybody import tell_everybody

urlpatterns = [
    path("adults/<str:reference>/prepare-closing/", step(views.prepare_closing), name="prepare-closing"),
    path("adults/<str:reference>/tell-adult/", step(views.tell_adult), name="tell-adult"),
    path("adults/<str:reference>/send-feedback/", step(feedback.send_feedback), name="send-feedback"),
    path("adults/<str:reference>/tell-everybody/", step(tell_everybody), name="tell-everybody"),
    path("adults/<str:reference>/hold-feedback/", step(feedback.hold_feedback), name="hold-feedback"),
    path("adults/<str:reference>/close-case/", step(views.close_case), name="close-case"),
    path("adults/<str:reference>/reopen-case/", step(views.reopen_case), name="reopen-case"),
]
