"""What a relationship of one's own to a case lets somebody do (TR-02, PR-24, R-097)."""

READS_NO_CASE = ("advocate",)
"""Sees what the advocate's page shows and never the case."""

READS_ONLY = ("triage", "covering", "auditing", "referral_recipient", *READS_NO_CASE)
"""May read and take no step of the case."""

MAY_NOTE = ("covering",)
"""May read, and leave a case note of what they heard or did for a colleague."""

BY_NAME = ("keeper", "named")
"""Keeps a restricted or sealed case, or was named by its keeper."""

ENDS_BY_ITSELF = ("triage", "covering", "break_glass")
"""Is over after a time, whatever anybody does."""
