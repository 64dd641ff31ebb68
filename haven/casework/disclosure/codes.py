"""The code lists of redaction and disclosure. Reasons cite the law they rest on."""

REASONS = {
    "third_party": "About somebody else, who has not agreed (Data Protection Act 2018 Sch 2 para 16)",
    "protected_address": "A protected address or way of reaching somebody (Data Protection Act 2018 Sch 2 para 16)",
    "legal_privilege": "Legal advice, or written for a court (Data Protection Act 2018 Sch 2 para 19)",
    "police": "Would get in the way of finding or charging a crime (Data Protection Act 2018 Sch 2 para 2)",
    "serious_harm": "Would be likely to cause somebody serious harm (Data Protection Act 2018 Sch 3 paras 5 and 11)",
    "who_told_us": "Would show who told us in confidence (Data Protection Act 2018 Sch 2 para 16)",
    "restricted": "Restricted or sealed: only those named on the case may see it",
    "outside": "Not about the person who asked",
}
"""Why something is taken out or held back."""

PURPOSES = {
    "subject_access": "Somebody asked for what is held about them (UK GDPR Article 15)",
    "court": "A court ordered it",
    "police": "The police asked (Data Protection Act 2018 Sch 2 para 2)",
    "agency": "An agency that helps to keep somebody safe (Care Act 2014 s45)",
    "review": "A safeguarding adults review (Care Act 2014 s44)",
    "other": "Something else",
}
"""What a copy or a pack is for."""

MARKS = {
    "term": "Words",
    "box": "Part of the page",
    "person": "Everything about a person",
    "protected": "Protected addresses and numbers",
}

ANSWERS = {"include": "Include", "redact": "Include, with words taken out", "withhold": "Hold back"}

ITEMS = {
    "document": "Document",
    "letter": "Letter",
    "note": "Case note",
    "decision": "Decision",
    "report": "Report",
}

FINDINGS = {
    "text_layer": "redacted words can still be read in it",
    "under_box": "a box does not cover all that lies under it",
    "drawn_over": "something is drawn over a page that still holds what it covers",
    "further_picture": "a page holds more than its picture",
    "attachment": "a file is attached to it",
    "form_field": "it holds a form field",
    "annotation": "it holds a comment",
    "thumbnail": "it holds a small picture of the page as it was",
    "script": "it holds a script",
    "earlier_revision": "it holds an earlier revision",
    "trailing_bytes": "something follows its end",
    "locked": "it is locked",
    "metadata": "it holds hidden facts about itself",
    "protected_value": "a protected address or number can still be told from it",
    "unreadable": "it cannot be read",
}
"""What the check of a redacted copy may find, as a worker is told it."""


def finding_in_words(kind: str) -> str:
    """A finding of the check; where a kind names the place (written_in_Alt) the place is said."""
    return FINDINGS.get(kind) or f"redacted words stand in it ({kind.removeprefix('written_in_')})"
