"""Every address of Haven: probes, accounts, the desk, then each pathway's own, which end with the public pages."""

from django.urls import include, path

from haven.casework.access.routes import page
from haven.project.health import healthz, readyz
from haven.project.metrics.page import metrics

handler400 = "haven.project.errors.bad_request"

urlpatterns = [
    path("healthz", page(healthz, roles="public"), name="healthz"),
    path("readyz", page(readyz, roles="public"), name="readyz"),
    path("metrics", page(metrics, roles="public", rule="loopback or token"), name="metrics"),
    path("", include("haven.casework.access.urls")),
    path("", include("haven.project.administration.urls")),
    path("", include("haven.casework.desk.urls")),
    path("", include("haven.pathways.adults.urls")),
]
