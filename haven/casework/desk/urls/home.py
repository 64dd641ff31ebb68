"""Addresses of the first pages."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES
from haven.casework.access.routes import page
from haven.casework.desk.views import board, home

urlpatterns = [
    path("", page(home.front, roles="public"), name="front"),
    path("home", page(home.home, roles="staff", rule="own work", personal=True), name="home"),
    path("tasks/<uuid:pk>/done", page(home.finish_task, roles="staff", rule="own task"), name="finish-task"),
    path("team", page(home.team, roles=CASE_READERS, rule="visible_to", personal=True), name="team"),
    path("board", page(board.board, roles=DECIDES, rule="visible_to", personal=True), name="board"),
]
