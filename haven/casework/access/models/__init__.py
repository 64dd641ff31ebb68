"""Who somebody is, what they hold, how they come to it, and what ties them to one case or keeps them from it."""

from haven.casework.access.models.accounts import Authority, Membership, Team, User
from haven.casework.access.models.disabling import Disabling
from haven.casework.access.models.invitations import Invitation
from haven.casework.access.models.relationships import CaseRelationship, Conflict
from haven.casework.access.models.single_sign_on import SingleSignOn
from haven.casework.access.models.throttling import SignInAttempts

__all__ = [
    "Authority",
    "CaseRelationship",
    "Conflict",
    "Disabling",
    "Invitation",
    "Membership",
    "SignInAttempts",
    "SingleSignOn",
    "Team",
    "User",
]
