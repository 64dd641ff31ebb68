"""Addresses of the first pages."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES
from haven.casework.access.routes import page
from haven.casework.access.standing import LOCKED
from haven.casework.desk.views import board, home, typing

OWN = "own typing"

urlpatterns = [
    path("", page(home.front, roles="public"), name="front"),
    path("home", page(home.home, roles="staff", rule="own work", personal=True), name="home"),
    path("tasks/<uuid:pk>/done", page(home.finish_task, roles="staff", rule="own task"), name="finish-task"),
    path("team", page(home.team, roles=CASE_READERS, rule="visible_to", personal=True), name="team"),
    path("board", page(board.board, roles=DECIDES, rule="visible_to", personal=True), name="board"),
    path(
        "kept-typing/",
        page(typing.keep_typed_form, roles="staff", rule=OWN, halfway=(LOCKED,), quiet=True),
        name="keep-typing",
    ),
    path("kept-typing/find", page(typing.find_kept, roles="staff", rule=OWN, quiet=True), name="find-kept"),
    path("kept-typing/<uuid:pk>/open", page(typing.open_kept, roles="staff", rule=OWN), name="open-kept"),
    path(
        "kept-typing/<uuid:pk>/throw-away",
        page(typing.throw_away_kept, roles="staff", rule=OWN),
        name="throw-away-kept",
    ),
]
