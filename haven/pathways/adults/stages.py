"""The stages of adult safeguarding, in order. Read this file first.

A stage says only where a case has got to. The clocks of `timescales.py` are started and stopped by operations, because
most of them run from the report's receipt, before there is a case (PR-31).
"""

from haven.casework.stages.pathway import Stage

CONCERN = Stage("concern", "Concern", leads_to=("enquiry", "closing"), queue="duty", awaits_duty=True)
ENQUIRY = Stage("enquiry", "Safeguarding enquiry", leads_to=("plan", "closing"), queue="team")
PLAN = Stage("plan", "Safeguarding plan", leads_to=("enquiry", "closing"), queue="team")
CLOSING = Stage(
    "closing",
    "Closing: destination, adult told, referrer told, how to come back",
    leads_to=("closed", "enquiry"),
    queue="team",
)
CLOSED = Stage("closed", "Closed", leads_to=("enquiry",), final=True)

STAGES = (CONCERN, ENQUIRY, PLAN, CLOSING, CLOSED)


def table() -> str:
    """The stages as a table for README.md, which a test keeps true."""
    names = {stage.code: stage.name for stage in STAGES}
    rows = ["| Stage | Leads to | Waits in |", "|---|---|---|"]
    for stage in STAGES:
        leads = ", ".join(names[code].split(":")[0] for code in stage.leads_to)
        rows.append(f"| {stage.name} | {leads} | {stage.queue or 'nowhere: it is closed'} |")
    return "\n".join(rows)
