"""Every address of Haven: accounts, the desk, then each pathway's own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []

for module in ("haven.casework.access.urls", "haven.casework.desk.urls", "haven.pathways.adults.urls"):
    try:
        if find_spec(module):
            urlpatterns.append(path("", include(module)))
    except ModuleNotFoundError:
        continue
