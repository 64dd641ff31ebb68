"""How long, how counted, from what to what, and says who.

London's targets are aims: a reason is recorded, never a breach. The number may be set locally by a dated LocalPolicy;
the meaning never (PR-31, T-02 … T-05).
"""

from haven.casework.clocks.timescales import Counting, Timescale

FIRST_LOOK = Timescale(
    "first_look",
    "First look",
    amount=4,
    counting=Counting.HOURS,
    source="Local procedure (PR-01); hour clocks run day and night",
    starts="The report is received",
    stops="A named worker records that the adult is safe tonight, or what was done",
)
DECIDE_CONCERN = Timescale(
    "decide_concern",
    "Decide whether the section 42 duty applies",
    amount=2,
    counting=Counting.WORKING_DAYS,
    source="Local procedure; West Midlands ADASS scorecard allows 3 days",
    starts="The report is received",
    stops="A named person decides. Never paused",
)
ADULT_SPOKEN_TO = Timescale(
    "adult_spoken_to",
    "Speak with the adult",
    amount=1,
    counting=Counting.WORKING_DAYS,
    source="Local procedure; the London policy (2019) is understood to aim for the same day",
    starts="The report is received",
    stops="A conversation with the adult; closing, where there could be none. An attempt does not stop it",
)
FIRST_REPLY = Timescale(
    "first_reply",
    "First reply to the person who told us",
    amount=3,
    counting=Counting.WORKING_DAYS,
    source="Barnet multi-agency board report (T-04): 3 days",
    starts="The report is received",
    stops="A person replies, or records why not. An automatic receipt does not count",
)
ALLOCATE_CONCERN = Timescale(
    "allocate_concern",
    "Allocate the concern to a named worker",
    amount=5,
    counting=Counting.CALENDAR_DAYS,
    source="Westminster 2022/23 (T-02): within 5 days of receipt",
    starts="The report is received",
    stops="A named worker has it. A team's tray does not stop it",
)
ALLOCATE_ENQUIRY = Timescale(
    "allocate_enquiry",
    "Allocate the enquiry to a named officer",
    amount=24,
    counting=Counting.HOURS,
    source="Westminster 2022/23 (T-03): within 24 hours",
    starts="The decision to make enquiries",
    stops="A named officer has it",
)
ENQUIRY = Timescale(
    "enquiry",
    "Complete the enquiry in under 90 days",
    amount=89,
    counting=Counting.CALENDAR_DAYS,
    source="SAEB 2018/19 (T-05): in under 90 days, so the 89th day is the last",
    starts="The decision to make enquiries",
    stops="Somebody else authorises the conclusion",
    pausable=True,
)
FEEDBACK = Timescale(
    "feedback",
    "Tell the person who told us",
    amount=5,
    counting=Counting.WORKING_DAYS,
    source="London multi-agency policy (2019), closing actions: within 5 working days",
    starts="The decision on the concern",
    stops="The referrer is told, or the reason why not is recorded",
)
PLAN_REVIEW = Timescale(
    "plan_review",
    "Review the safeguarding plan",
    amount=3,
    counting=Counting.MONTHS,
    source="London multi-agency policy (2019): by risk, and not more than 3 months",
    starts="The plan is agreed, or was last reviewed",
    stops="The review is held",
)

TIMESCALES = (
    FIRST_LOOK,
    DECIDE_CONCERN,
    ADULT_SPOKEN_TO,
    FIRST_REPLY,
    ALLOCATE_CONCERN,
    ALLOCATE_ENQUIRY,
    ENQUIRY,
    FEEDBACK,
    PLAN_REVIEW,
)
FROM_RECEIPT = (DECIDE_CONCERN, ALLOCATE_CONCERN, ADULT_SPOKEN_TO, FIRST_REPLY)
"""Started when a report is accepted, counted from the moment any part of the authority first had it (PR-02)."""


def table() -> str:
    """The timescales as a table for README.md, which a test keeps true."""
    rows = ["| Timescale | How long | From | To | Says who |", "|---|---|---|---|---|"]
    for scale in TIMESCALES:
        counted = scale.counting.value.replace("_", " ")
        how_long = f"{scale.amount} {counted}" + (", may pause" if scale.pausable else "")
        rows.append(f"| {scale.label} | {how_long} | {scale.starts} | {scale.stops} | {scale.source} |")
    return "\n".join(rows)
