"""Addresses of the figures and of the cases behind them."""

from django.urls import path

from haven.casework.access.roles import FIGURES
from haven.casework.access.routes import page
from haven.casework.desk.views import figures

urlpatterns = [
    path("figures", page(figures.figures, roles=FIGURES, rule="own authorities"), name="figures"),
    path(
        "figures/<slug:measure>/<slug:row>/",
        page(figures.figure_cases, roles=FIGURES, rule="visible_to", personal=True),
        name="figure-cases",
    ),
]
