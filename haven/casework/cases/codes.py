"""How people and cases stand to a case."""

ROLES = {
    "adult": "The adult",
    "alleged_source": "Alleged source of harm",
    "referrer": "Told us",
    "carer": "Carer",
    "representative": "Representative",
    "advocate": "Advocate",
    "appropriate_person": "Appropriate person",
    "attorney": "Attorney or deputy",
    "household": "Lives in the household",
    "child": "Child in the household",
    "witness": "Saw or heard it",
    "provider": "Care provider",
    "gp": "GP",
    "worker": "Other worker",
}
"""R-005, R-018; Care Act 2014 s68 for advocate and appropriate person."""

STANDINGS = {
    "alleged": "Alleged",
    "found": "On balance found",
    "not_found": "Not found",
    "not_tested": "Not tested",
}
"""PR-30: every alleged link shows its standing."""

LINKS = {
    "same_incident": "Same incident",
    "also_at_risk": "The alleged source is also an adult at risk",
    "earlier": "Earlier case",
    "referred": "Referred on",
    "household": "Same household",
}
"""PR-14 and "refer"."""

NOTE_HOWS = {
    "visit": "Visit",
    "call": "Telephone call",
    "video": "Video call",
    "email": "E-mail",
    "letter": "Letter",
    "meeting": "Meeting",
    "message": "Text message",
    "discussion": "Discussion with a colleague",
    "other": "Other",
}
"""PR-17."""

NOTE_STANDINGS = {"fact": "Fact", "told": "Told to me", "view": "My view"}
"""PR-17: each note says which it is."""

KEPT_BECAUSE = {
    "staff_member": "The adult, or somebody close to them, works for us",
    "about_a_worker": "It is alleged of a worker",
    "councillor": "A councillor, or a relative of one",
    "police_operation": "A live police operation",
    "other": "Another reason",
}
"""TR-03, R-353: why a case is restricted or sealed. Local."""
