"""The addresses of the desk, each with who may come (TR-01)."""

from haven.casework.desk.urls import (
    cases,
    duty,
    figures,
    files,
    giving,
    guardian,
    home,
    keeping,
    messages,
    outbox,
    people,
    protected,
    search,
    senders,
    upkeep,
    waiting,
)

urlpatterns = [
    *home.urlpatterns,
    *duty.urlpatterns,
    *cases.urlpatterns,
    *people.urlpatterns,
    *protected.urlpatterns,
    *search.urlpatterns,
    *figures.urlpatterns,
    *files.urlpatterns,
    *messages.urlpatterns,
    *guardian.urlpatterns,
    *giving.urlpatterns,
    *keeping.urlpatterns,
    *outbox.urlpatterns,
    *senders.urlpatterns,
    *upkeep.urlpatterns,
    *waiting.urlpatterns,
]
