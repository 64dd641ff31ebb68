"""The records of adult safeguarding, in a file for each stage."""

from haven.pathways.adults.models.closing import Closing, Feedback
from haven.pathways.adults.models.concern import (
    AlsoTold,
    Concern,
    HarmType,
    LimbAnswer,
    PoliceHold,
    PossibleCrime,
    SourceOfRisk,
)
from haven.pathways.adults.models.enquiry import Action, Conversation, DesiredOutcome, Enquiry, Participation
from haven.pathways.adults.models.plan import PlanAction, PlanReview, SafeguardingPlan

__all__ = [
    "Action",
    "AlsoTold",
    "Closing",
    "Concern",
    "Conversation",
    "DesiredOutcome",
    "Enquiry",
    "Feedback",
    "HarmType",
    "LimbAnswer",
    "Participation",
    "PlanAction",
    "PlanReview",
    "PoliceHold",
    "PossibleCrime",
    "SafeguardingPlan",
    "SourceOfRisk",
]
