"""Addresses of the safeguarding plan's pages."""

from django.urls import path

from haven.pathways.adults.urls.step import step
from haven.pathways.adults.views import plan as views

urlpatterns = [
    path("adults/<str:reference>/agree-plan/", step(views.agree_plan), name="agree-plan"),
    path("adults/<str:reference>/change-plan/", step(views.change_plan), name="change-plan"),
    path("adults/<str:reference>/add-plan-action/", step(views.add_plan_action), name="add-plan-action"),
    path("adults/<str:reference>/finish-plan-action/", step(views.finish_plan_action), name="finish-plan-action"),
    path("adults/<str:reference>/review-plan/", step(views.review_plan), name="review-plan"),
    path("adults/<str:reference>/end-plan/", step(views.end_plan), name="end-plan"),
]
