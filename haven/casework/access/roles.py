"""The roles as the field knows them (design: "Trust" B.1; catalogue §4.1). A person may hold several, per authority."""

ROLES: dict[str, str] = {
    "public_reporter": "Member of the public",
    "partner_professional": "Partner professional",
    "provider_contact": "Care provider contact",
    "duty_officer": "Duty officer",
    "practitioner": "Social worker",
    "manager": "Safeguarding manager",
    "head_of_service": "Head of service",
    "out_of_hours_worker": "Out-of-hours worker",
    "advocate": "Advocate",
    "designated_safeguarding_officer": "Designated safeguarding officer",
    "business_support": "Business support",
    "performance_analyst": "Performance analyst",
    "auditor": "Auditor",
    "board_manager": "Board manager",
    "board_member": "Board member",
    "councillor": "Councillor",
    "information_governance_officer": "Information governance officer",
    "learning_officer": "Learning and development officer",
    "authority_administrator": "Authority administrator",
    "platform_operator": "Platform operator",
}

DECIDES = ("manager", "head_of_service")
"""May decide under section 42, authorise a conclusion and close (set per authority by who is given the role: PR-12)."""

DUTY = ("duty_officer", "out_of_hours_worker", "manager", "head_of_service")
"""See every waiting item: duty is a relationship (PR-24)."""

ENTERS = (*DUTY, "practitioner", "business_support")
"""May enter a report that came by telephone, letter or e-mail (PR-02)."""

CASE_READERS = (*DUTY, "practitioner")
"""May be in a relationship with a case at all; the relationship itself is checked case by case."""

READS_ONE = (*CASE_READERS, "auditor", "designated_safeguarding_officer")
"""May be given one case to read, to audit or as a referral; the relationship itself is checked case by case."""

FIGURES = (
    *CASE_READERS,
    "performance_analyst",
    "auditor",
    "board_manager",
    "board_member",
    "councillor",
    "information_governance_officer",
)
"""May see figures."""

GUARDIANS = ("information_governance_officer",)
"""The information-governance officer or Caldicott guardian: decides alerts, follows who looked at what (TR-04)."""

STAFF = tuple(role for role in ROLES if role != "public_reporter")
"""Everybody with an account."""

FIGURES_ONLY = ("performance_analyst", "board_manager", "board_member", "councillor")
"""See figures and no case: an account that holds nothing else may lie unused for longer (PR-25)."""

RESTORES = (*DECIDES, "authority_administrator")
"""May let somebody back in whose account was not used for long, day or night (PR-25)."""

GIVEN_BY_ADMINISTRATORS = tuple(role for role in STAFF if role != "platform_operator")
"""What an administrator of an authority may give to somebody else."""
