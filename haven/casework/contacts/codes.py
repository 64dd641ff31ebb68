"""How something arrives and where it stands."""

CHANNELS = {
    "web": "Web form",
    "phone": "Telephone",
    "email": "E-mail",
    "letter": "Letter",
    "walk_in": "Walk-in",
    "handover": "Hand-over from another team",
    "social_care_direct": "Social care direct",
    "api": "Partner system",
}
"""R-019, PR-02."""

URGENCIES = {"act_now": "Act now", "today": "Today", "routine": "Routine"}
"""PR-01: what a first look says."""

ALERTED = {"duty": "duty", "out_of_hours": "the out-of-hours worker"}
"""PR-01: whose turn an alert was, as the timeline says it."""

DANGERS = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}
"""PR-06, question 1."""

SAFE_TONIGHT = {"yes": "Safe tonight", "no": "Not safe tonight", "not_known": "Not known yet"}
"""PR-01, first look."""

ABOUT = {"me": "Me", "someone": "Someone I know", "work": "Someone I work with", "under_18": "Someone under 18"}
"""PR-06, question 2."""

IDENTITIES = {
    "use": "You can use my name",
    "inside": "Keep my name inside the council",
    "do_not_ask": "Do not ask my name",
}
"""PR-07."""
