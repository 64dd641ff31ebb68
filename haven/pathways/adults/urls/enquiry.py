"""Addresses of the enquiry's pages, from the named officer to the authorised conclusion."""

from django.urls import path

from haven.pathways.adults.urls.step import step
from haven.pathways.adults.views import conclusion
from haven.pathways.adults.views import enquiry as views

urlpatterns = [
    path("adults/<str:reference>/allocate-enquiry/", step(views.allocate_enquiry), name="allocate-enquiry"),
    path("adults/<str:reference>/record-conversation/", step(views.record_conversation), name="record-conversation"),
    path("adults/<str:reference>/record-attempt/", step(views.record_attempt), name="record-attempt"),
    path(
        "adults/<str:reference>/record-outcomes-asked/",
        step(views.record_outcomes_asked),
        name="record-outcomes-asked",
    ),
    path("adults/<str:reference>/record-capacity/", step(views.record_capacity), name="record-capacity"),
    path("adults/<str:reference>/add-action/", step(views.add_action), name="add-action"),
    path("adults/<str:reference>/finish-action/", step(views.finish_action), name="finish-action"),
    path("adults/<str:reference>/pause-enquiry/", step(views.pause_enquiry), name="pause-enquiry"),
    path("adults/<str:reference>/resume-enquiry/", step(views.resume_enquiry), name="resume-enquiry"),
    path("adults/<str:reference>/assess-risk/", step(conclusion.assess_risk), name="assess-risk"),
    path("adults/<str:reference>/rate-outcomes/", step(conclusion.rate_outcomes), name="rate-outcomes"),
    path("adults/<str:reference>/propose-conclusion/", step(conclusion.propose_conclusion), name="propose-conclusion"),
    path(
        "adults/<str:reference>/authorise-conclusion/",
        step(conclusion.authorise_conclusion),
        name="authorise-conclusion",
    ),
    path(
        "adults/<str:reference>/send-back-conclusion/",
        step(conclusion.send_back_conclusion),
        name="send-back-conclusion",
    ),
    path(
        "adults/<str:reference>/conclude-short-enquiry/",
        step(conclusion.conclude_short_enquiry),
        name="conclude-short-enquiry",
    ),
]
