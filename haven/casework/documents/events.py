"""What is recorded of a document."""

from haven.casework.events.kinds import declare

ADDED = declare(
    "documents.added",
    "{actor} added a document",
    erasure="The file and its fingerprint go; that a document was added stays.",
)
OPENED = declare("documents.opened", "{actor} opened a document ({scan})", erasure="Codes only.")
