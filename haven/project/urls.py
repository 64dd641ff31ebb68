"""Every address of Haven: probes, accounts, the desk, then each pathway's own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from haven.casework.access.routes import page
from haven.project.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", page(healthz, roles="public"), name="healthz"),
    path("readyz", page(readyz, roles="public"), name="readyz"),
]

for module in ("haven.casework.access.urls", "haven.casework.desk.urls", "haven.pathways.adults.urls"):
    try:
        if find_spec(module):
            urlpatterns.append(path("", include(module)))
    except ModuleNotFoundError:
        continue
