"""The addresses of adult safeguarding, each with who may come (TR-01). Public ones start with the authority's code."""

from haven.pathways.adults.urls import advocacy, closing, decision, enquiry, plan, professional, public, reports

urlpatterns = [
    *reports.urlpatterns,
    *advocacy.urlpatterns,
    *decision.urlpatterns,
    *enquiry.urlpatterns,
    *plan.urlpatterns,
    *closing.urlpatterns,
    *professional.urlpatterns,
    *public.urlpatterns,
]
