"""What is recorded of alerts."""

from haven.casework.events.kinds import declare

RAISED = declare("watch.alert_raised", "{actor} alerted the guardian: {kind}", erasure="Codes only.")
DECIDED = declare(
    "watch.alert_decided",
    "{actor} decided an alert: {outcome}",
    erasure="The reasons and their salt go; that it was decided, when and by whom stays.",
)
