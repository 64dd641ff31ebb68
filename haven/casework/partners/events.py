"""What is recorded of partners' systems: who let them in, and who explained what did not come."""

from haven.casework.events.kinds import declare

_CODES = "Codes only."
_WORDS = "The reasons go; that it was explained, when and by whom stays."

ADDED = declare("partners.added", "{actor} let a partner’s system in: {source_code}", erasure=_CODES)
ENDED = declare("partners.ended", "{actor} closed the door to a partner’s system", erasure=_CODES)
EXPECTED = declare("partners.expected", "{actor} set how long a partner may be silent: {hours} hours", erasure=_CODES)
TOKEN_ISSUED = declare("partners.token_issued", "{actor} issued a token to a partner’s system", erasure=_CODES)
TOKEN_REVOKED = declare("partners.token_revoked", "{actor} revoked a partner’s token", erasure=_CODES)
WEBHOOK_SET = declare("partners.webhook_set", "{actor} set where a partner’s system is told", erasure=_CODES)
FILE_SENT = declare("partners.file_sent", "{actor} sent a file with a report", erasure=_CODES)
COUNT_SAID = declare("partners.count_said", "{actor} said how many it sent on {day}: {sent}", erasure=_CODES)
GAP_FOUND = declare("partners.gap_found", "{actor} found that something a partner sent may be missing", erasure=_CODES)
GAP_CAME = declare("partners.gap_came", "{actor} found that what was missing came after all", erasure=_CODES)
GAP_EXPLAINED = declare("partners.gap_explained", "{actor} explained what did not come", erasure=_WORDS)
STAGE_TOLD = declare("partners.stage_told", "{actor} told a partner’s system how far we are: {stage}", erasure=_CODES)
