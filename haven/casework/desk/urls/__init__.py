"""The addresses of the desk, each with who may come (TR-01)."""

from haven.casework.desk.urls import (
    cases,
    duty,
    figures,
    giving,
    guardian,
    home,
    keeping,
    people,
    protected,
    search,
    upkeep,
)

urlpatterns = [
    *home.urlpatterns,
    *duty.urlpatterns,
    *cases.urlpatterns,
    *people.urlpatterns,
    *protected.urlpatterns,
    *search.urlpatterns,
    *figures.urlpatterns,
    *guardian.urlpatterns,
    *giving.urlpatterns,
    *keeping.urlpatterns,
    *upkeep.urlpatterns,
]
