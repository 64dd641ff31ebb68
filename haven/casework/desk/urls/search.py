"""The address of search."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS
from haven.casework.access.routes import page
from haven.casework.desk.views import search

urlpatterns = [
    path("search", page(search.search, roles=CASE_READERS, rule="people_visible_to", personal=True), name="search"),
]
