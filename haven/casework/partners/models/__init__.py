"""Partner and its tokens; what each sent, and what of it may be missing."""

from haven.casework.partners.models.partners import Partner, PartnerCall, PartnerToken, TokenUse
from haven.casework.partners.models.senders import SenderDay, SenderGap, Submission

__all__ = ["Partner", "PartnerCall", "PartnerToken", "SenderDay", "SenderGap", "Submission", "TokenUse"]
