"""EmergencyOpening: a case opened in an emergency, and the words it was opened with (TR-04)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import CaseRelationship, User
from haven.casework.cases.models import Case
from haven.casework.events.sealing import Salted
from haven.lib.ids import uuid7

LONGEST = timedelta(hours=8)

EMERGENCIES = {
    "immediate_danger": _("Somebody is in immediate danger"),
    "child_at_risk": _("A child is at risk"),
    "emergency_service": _("Police or ambulance ask now"),
    "worker_not_reached": _("The worker on duty for it cannot be reached"),
    "other": _("Another emergency"),
}
"""TR-04: the closed list; words are asked as well."""


class EmergencyOpening(Salted):
    """One use of break-glass: by whom, why, in their words, until when, and when it was ended before that.

    The relationship it gave is what opens the case; it ends by itself after eight hours at most.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="emergency_openings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    relationship = models.OneToOneField(CaseRelationship, models.CASCADE, related_name="opening")
    reason = models.CharField(max_length=20, choices=list(EMERGENCIES.items()))
    words = models.TextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="an_emergency_opening_has_words"),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")) & Q(until_at__lte=F("opened_at") + LONGEST),
                name="an_emergency_opening_ends_within_eight_hours",
            ),
        ]
