"""The addresses of the desk, each with who may come (TR-01)."""

from haven.casework.desk.urls import cases, duty, figures, guardian, home, keeping, people, search

urlpatterns = [
    *home.urlpatterns,
    *duty.urlpatterns,
    *cases.urlpatterns,
    *people.urlpatterns,
    *search.urlpatterns,
    *figures.urlpatterns,
    *guardian.urlpatterns,
    *keeping.urlpatterns,
]
