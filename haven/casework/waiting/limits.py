"""How long each thing may wait before somebody is told. An authority may set another number (LocalPolicy).

Hours run day and night, because harm does. They are local procedure and Haven's own: the sources ask that every queue
has a limit and an alarm (TR-17, TR-18) and name few numbers.
"""

from haven.casework.clocks.timescales import Counting, Timescale


def _limit(code: str, label: str, hours: int, source: str) -> Timescale:
    return Timescale(
        f"waiting.{code}", label, hours, Counting.HOURS, source, "It begins to wait", "Somebody deals with it"
    )


NOT_LOOKED_AT = _limit("not_looked_at", "A report nobody has looked at", 4, "Local procedure (PR-01, TR-18)")
NOT_DECIDED = _limit(
    "not_decided", "A report looked at and not yet taken on or declined", 24, "Local procedure (TR-18)"
)
TASK = _limit("task", "A task past its day", 24, "Local procedure (TR-18)")
NOT_SENT = _limit("not_sent", "Something that is to leave and has not", 1, "Local procedure (TR-17, TR-24)")
GIVEN_UP = _limit("given_up", "Something that could not be sent", 4, "Local procedure (TR-17, TR-24)")
TO_RELEASE = _limit("to_release", "Something two people are to release", 24, "Local procedure (TR-08, TR-17)")
TO_APPROVE = _limit("to_approve", "Something a second person is to approve", 24, "Local procedure (TR-12, TR-17)")
ALERT = _limit("alert", "An alert the guardian has not decided", 72, "Local procedure (TR-04, TR-17)")
CHALLENGE = _limit("challenge", "A block somebody has challenged", 24, "PR-26: the same day")
INVITATION = _limit("invitation", "An invitation nobody has taken up", 168, "The link works for seven days (TR-33)")
PACK = _limit("pack", "A subject access request not yet answered", 720, "UK GDPR Article 12(3): within one month")
FILE = _limit("file", "A file that is held or kept apart", 24, "Local procedure (TR-17)")
NEVER = _limit("never", "What nobody has to do anything about", 24 * 365, "Kept while there was no virus scanner")
STAGE = _limit("stage", "A case with a clock past its time", 24, "PR-31: a reason is recorded")
