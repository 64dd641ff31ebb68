"""What is recorded of an authority's own numbers."""

from haven.casework.events.kinds import declare

POLICY_SET = declare(
    "clocks.policy_set", "{actor} set the local number for {rule} to {amount}", erasure="Codes and numbers only."
)
