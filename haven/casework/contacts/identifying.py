"""What a reply to somebody without a name seems to ask that would tell who they are: for a warning (PR-23)."""

import re

_ASKS = {
    "their name": r"\b(?:your|ur)\s+(?:full\s+|first\s+|last\s+|sur)?name\b|\bwho (?:are|r) you\b"
    r"|\bidentify yourself\b",
    "how to reach them": r"\b(?:your|a)\s+(?:tele)?(?:phone|mobile|number|e-?mail|address)\b"
    r"|\b(?:ring|call|meet|contact) you\b",
    "their work": r"\b(?:where|when) do you (?:work|live)\b|\byour (?:job|role|post|shift|team|manager|employer)\b",
    "a shift, day or room": r"\b(?:which|what) (?:shift|day|date|time|room|ward|unit|floor)\b|\bon (?:shift|duty)\b"
    r"|\bwere you there\b",
    "how they know": r"\bhow do you know\b|\brelation(?:ship)? (?:to|with)\b|\bwho else (?:was|knows|saw)\b",
}


def asks_to_identify(words: str) -> list[str]:
    """What the words seem to ask for, if anything. A warning, never a refusal: a worker may have weighed it."""
    return [said for said, pattern in _ASKS.items() if re.search(pattern, words, re.IGNORECASE)]
