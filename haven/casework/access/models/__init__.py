"""Who somebody is, what they hold, and what ties them to one case or keeps them from it."""

from haven.casework.access.models.accounts import Authority, Membership, Team, User
from haven.casework.access.models.relationships import CaseRelationship, Conflict

__all__ = ["Authority", "CaseRelationship", "Conflict", "Membership", "Team", "User"]
