"""Addresses of the pages from the accepted concern to the decision: the operation's name, of one case."""

from django.urls import path

from haven.pathways.adults.urls.step import step
from haven.pathways.adults.views import deciding, delay
from haven.pathways.adults.views import decision as views

urlpatterns = [
    path("adults/<str:reference>/decide-concern/", step(deciding.decide_concern), name="decide-concern"),
    path("adults/<str:reference>/answer-limbs/", step(deciding.answer_limbs), name="answer-limbs"),
    path("adults/<str:reference>/record-hearing/", step(views.record_hearing), name="record-hearing"),
    path("adults/<str:reference>/record-types/", step(views.record_types), name="record-types"),
    path("adults/<str:reference>/name-alleged-source/", step(views.name_alleged_source), name="name-alleged-source"),
    path("adults/<str:reference>/end-risk-to/", step(views.end_risk_to), name="end-risk-to"),
    path("adults/<str:reference>/record-crime/", step(views.record_crime), name="record-crime"),
    path("adults/<str:reference>/set-police-hold/", step(views.set_police_hold), name="set-police-hold"),
    path("adults/<str:reference>/lift-police-hold/", step(views.lift_police_hold), name="lift-police-hold"),
    path("adults/<str:reference>/countersign-concern/", step(views.countersign_concern), name="countersign-concern"),
    path("adults/<str:reference>/record-destination/", step(views.record_destination), name="record-destination"),
    path("adults/<str:reference>/record-safe-contact/", step(views.record_safe_contact), name="record-safe-contact"),
    path("adults/<str:reference>/explain-delay/", step(delay.explain_delay), name="explain-delay"),
    path("adults/<str:reference>/tell-also/", step(views.tell_also), name="tell-also"),
]
