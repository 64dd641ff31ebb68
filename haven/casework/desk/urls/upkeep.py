"""Addresses of the rules of the data, of the timed jobs, and of the continuity packs."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY
from haven.casework.access.routes import page
from haven.casework.desk.views import continuity, quality

LOOKS_AFTER = (*DECIDES, "performance_analyst", "authority_administrator", "platform_operator")
"""Who answers for the records, or for the service they are kept in."""

HAVE_PACKS = tuple(dict.fromkeys((*DUTY, *CASE_READERS)))
"""Those on duty; any worker, for they may keep a case."""

urlpatterns = [
    path("quality", page(quality.quality, roles=LOOKS_AFTER, rule="own authorities, counts only"), name="quality"),
    path(
        "quality/<slug:code>/",
        page(quality.quality_cases, roles=DECIDES, rule="visible_to", personal=True),
        name="quality-cases",
    ),
    path("continuity", page(continuity.continuity, roles=HAVE_PACKS, rule="packs visible_to"), name="continuity"),
    path(
        "continuity/<uuid:pk>/fetch",
        page(continuity.fetch_pack, roles=HAVE_PACKS, rule="packs visible_to; step-up", personal=True),
        name="fetch-pack",
    ),
    path(
        "continuity/<uuid:pk>/words",
        page(continuity.pack_words, roles=HAVE_PACKS, rule="packs visible_to; step-up"),
        name="pack-words",
    ),
]
