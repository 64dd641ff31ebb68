"""What is recorded of accounts: who may come in, as what, and who decided it."""

from haven.casework.events.kinds import declare

CODES = "Codes only."
INVITED = declare("access.invited", "{actor} invited somebody to take up a role", erasure=CODES)
INVITATION_REVOKED = declare("access.invitation_revoked", "{actor} took an invitation back", erasure=CODES)
INVITATION_RENEWED = declare("access.invitation_renewed", "{actor} sent an invitation again", erasure=CODES)
INVITATION_ACCEPTED = declare("access.invitation_accepted", "{actor} accepted an invitation", erasure=CODES)
ROLE_GIVEN = declare("access.role_given", "{actor} gave a role: {role}, from {from_on}", erasure=CODES)
ROLE_ENDED = declare("access.role_ended", "{actor} ended a role: {role}, last day {until_on}", erasure=CODES)
DISABLED = declare(
    "access.account_disabled",
    "{actor} disabled an account and ended {sessions} sessions",
    erasure="The reason and its salt go; that it was disabled, when and by whom stays.",
)
ENABLED = declare("access.account_enabled", "{actor} opened a disabled account again", erasure=CODES)
SESSIONS_ENDED = declare("access.sessions_ended", "{actor} ended {sessions} sessions", erasure=CODES)
UNUSED_WARNED = declare("access.unused_warned", "{actor} warned that an account is unused: {days} days", erasure=CODES)
SUSPENDED = declare(
    "access.account_suspended", "{actor} suspended an account that was unused for {days} days", erasure=CODES
)
RESTORE_ASKED = declare("access.restore_asked", "{actor} asked to be let back in", erasure=CODES)
RESTORED = declare("access.account_restored", "{actor} let somebody back in", erasure=CODES)
IDLE_SET = declare("access.idle_minutes_set", "{actor} set the idle lock to {minutes} minutes", erasure=CODES)
SIGN_ON_SAVED = declare("access.single_sign_on_saved", "{actor} changed single sign-on: {kind}", erasure=CODES)
SECOND_STEP_FORGOTTEN = declare(
    "access.second_step_forgotten", "{actor} had somebody’s second step set up anew", erasure=CODES
)
