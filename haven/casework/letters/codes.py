"""The code lists of what is written for several people."""

WRITINGS = {"summary": "Summary", "minutes": "Minutes", "report": "Report"}

RECIPIENTS = {
    "adult": "The adult",
    "representative": "Somebody who speaks for the adult",
    "advocate": "Advocate",
    "agency": "Agency that helps to keep the adult safe",
    "provider": "Care provider",
    "referrer": "Somebody who told us",
    "resident": "Another resident, or who speaks for them",
    "alleged_source": "Person alleged to have caused harm",
    "other": "Somebody else",
}
"""Who somebody is to the case: with the level of feedback it decides what their rendition may show (TR-10, PR-21)."""

FOR_THE_ADULT = ("adult", "representative", "advocate")
AGENCIES = ("agency", "provider")

LEVELS = {
    "receipt": "Anybody it goes to",
    "stage": "Those who may know where it has got to",
    "outcome": "Those who may know what was found and what is needed",
}
"""How much somebody must be allowed to know before a part is shown to them (PR-21), least first."""

CHANNELS = {"email": "E-mail", "letter": "Letter", "hand": "Printed and handed over"}

LEFT_OUT = {
    "restricted": "it is restricted",
    "source": "it comes from somebody else, who has not agreed to it going further",
    "confidential": "the words are of somebody who must not be known",
    "protected": "it holds a protected address or number",
    "names_another": "it speaks of somebody else",
    "level": "they may not be told that much",
    "agreement": "the adult has not agreed",
    "audience": "it was written for others",
}
"""Why a part is not in somebody's rendition, as the worker is told it."""

WHY_APPROVED = {
    "several": "Goes to several people",
    "linked": "Goes to somebody linked to the person alleged to have caused harm",
    "redaction": "Something was taken out of it",
    "pack": "A pack of what is held",
}
"""Why a second person must agree to the bytes (TR-12)."""

OUTCOMES = {"approved": "Approved", "returned": "Sent back"}

VOIDED = {
    "changed": "It was changed after it was shown",
    "remade": "It was made again",
    "bytes": "The file is not the one that was shown",
    "withdrawn": "It was taken back",
}
"""Why an approval counts no longer (TR-12)."""
