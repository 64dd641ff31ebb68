"""The code lists of a person. Labels are those of the Safeguarding Adults Collection (SAC) 2025-26 unless said."""

GENDERS = {"male": "Male", "female": "Female", "not_known": "Not known"}
"""SAC SG1b."""

ETHNICITIES = {
    "white": "White",
    "mixed": "Mixed / Multiple",
    "asian": "Asian / Asian British",
    "black": "Black / African / Caribbean / Black British",
    "other": "Other Ethnic Group",
    "declined": "Declined to say",
    "not_known": "Undeclared / Not Known",
}
"""SAC SG1c; `declined` is the return's "Refused"."""

SUPPORT_REASONS = {
    "physical": "Physical Support",
    "sensory": "Sensory Support",
    "memory": "Support with Memory and Cognition",
    "learning_disability": "Learning Disability Support",
    "mental_health": "Mental Health Support",
    "social": "Social Support",
    "none": "No Support Reason",
    "not_known": "Not Known",
}
"""SAC SG1d, primary support reason."""

RELATIONSHIPS = {
    "partner": "Partner",
    "former_partner": "Former partner",
    "parent": "Parent",
    "child": "Son or daughter",
    "sibling": "Brother or sister",
    "grandchild": "Grandchild",
    "other_relative": "Other relative",
    "carer": "Unpaid carer",
    "neighbour": "Neighbour",
    "friend": "Friend",
    "paid_carer": "Paid carer",
    "professional": "Professional",
    "resident": "Lives in the same home",
    "landlord": "Landlord",
    "attorney": "Attorney or deputy",
    "acquaintance": "Acquaintance",
    "stranger": "Stranger",
    "not_known": "Not known",
}
"""How one person stands to another (R-005); local, to be extended with the network picture."""

FLAGS = {
    "visit_in_pairs": "Visit in pairs",
    "do_not_ring_home": "Do not ring home",
    "interpreter": "Interpreter needed",
    "learning_disability": "Learning disability",
    "autism": "Autism",
    "sensory": "Sensory loss",
    "mobility": "Mobility",
    "dnar": "Do-not-attempt-resuscitation decision held",
    "risk_to_staff": "Risk to staff",
}
"""R-009."""

WARNS = ("visit_in_pairs", "do_not_ring_home", "risk_to_staff")
"""Flags that warn even whoever may not know them, by `RING_FIRST` alone (PR-05). The wall has the same list."""

RING_FIRST = "ring_first"
"""What a reader is shown in place of a warning whose case is kept from them: whom to ring first, and nothing else."""

PROTECTED_KINDS = {
    "address": "Address",
    "number": "Telephone number or e-mail address",
    "whereabouts": "Where they are, as a report says",
    "reach": "How to reach them safely",
    "home_entry": "How to get in",
    "place": "Name of a refuge, home or school",
    "referrer": "Who told us",
}
"""TR-07: what is a type of its own and not text. F12b: the code of a key safe is one."""

PROTECTED_BECAUSE = {
    "chosen": "Somebody asked for it",
    "risk_link": "Somebody is named as a risk to them",
    "setting": "A refuge or temporary accommodation",
    "not_named": "Who told us asked not to be named",
}
"""Why a value was protected from the start (PR-22, PR-23)."""

REFUGES = frozenset({"refuge", "temporary_accommodation", "hostel", "temporary"})
"""Settings whose address is protected unless somebody says otherwise."""

REVEAL_REASONS = {
    "visit": "To visit",
    "reach": "To ring or write",
    "danger": "They may be in danger now",
    "check": "To check or correct it",
    "service": "For a service that keeps them safe",
    "visit_sheet": "The visit sheet",
}
"""PR-24: one tap, from a closed list."""
